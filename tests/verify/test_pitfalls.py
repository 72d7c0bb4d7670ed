"""Every known pitfall, one file a form: the verdict is what the file's first line says."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from algorand_coder.records import Candidate, Level, Outcome, Verdict
from algorand_coder.verify import Verifier, sources

FOLDER = Path(__file__).parent.parent / "fixtures/pitfalls"
HEADER = re.compile(r"// (?P<what>.+) \| (?P<form>wrong|right|deprecated) \| (?:fails-at|passes): (?P<level>\w+)")


@dataclass(frozen=True)
class Pitfall:
    """One file of the folder: ``contracts/``, or the name of the target it is written for."""

    path: Path
    form: str
    level: Level
    candidate: Candidate


def load(path: Path) -> Pitfall:
    header = HEADER.match(path.read_text(encoding="utf-8"))
    assert header, f"{path.name} has no header"
    found = sources.from_file(path).candidate
    if path.parent.name != "contracts":
        found = replace(found, target=path.parent.name)
    return Pitfall(path, header["form"], Level(header["level"]), found)


PITFALLS = [load(path) for path in sorted(FOLDER.rglob("*.ts")) if not path.name.endswith(".check.ts")]


@pytest.fixture(scope="module")
def verdicts(verifier: Verifier, require_tool: Callable[..., str]) -> dict[Path, Verdict]:
    """One batch over everything: what stands beside a file must not change its verdict."""
    require_tool("bwrap")
    found = verifier.check([pitfall.candidate for pitfall in PITFALLS], Level.BEHAVE)
    return {pitfall.path: verdict for pitfall, verdict in zip(PITFALLS, found, strict=True)}


@pytest.mark.parametrize("pitfall", PITFALLS, ids=lambda pitfall: f"{pitfall.path.parent.name}/{pitfall.path.stem}")
def test_the_verdict_is_right(pitfall: Pitfall, verdicts: dict[Path, Verdict]) -> None:
    verdict = verdicts[pitfall.path]
    assert verdict.last is not None
    if pitfall.form == "wrong":
        assert (verdict.outcome, verdict.last.level) == (Outcome.FAILED, pitfall.level), verdict.diagnostics
        if pitfall.path.parent.name == "contracts" and pitfall.level.depth <= Level.COMPILE.depth:
            assert verdict.diagnostics[0].hint, verdict.diagnostics[0].message
    else:
        assert verdict.outcome == Outcome.PASSED, (verdict.diagnostics, verdict.last.reason)
        assert verdict.last.level.depth >= pitfall.level.depth
        assert bool(verdict.deprecated) == (pitfall.form == "deprecated")


def test_every_target_has_thirty_client_snippets() -> None:
    for target in ("utils9", "utils10"):
        assert len(list((FOLDER / target).glob("*.ts"))) >= 30
