"""Every known pitfall, one file a form: the verdict is what the file's first line says."""

from __future__ import annotations

import re
from dataclasses import dataclass
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
        found = Candidate(found.files, found.entry, found.kind, path.parent.name)
    return Pitfall(path, header["form"], Level(header["level"]), found)


PITFALLS = [load(path) for path in sorted(FOLDER.rglob("*.ts"))]


@pytest.fixture(scope="module")
def verdicts(verifier: Verifier) -> dict[Path, Verdict]:
    """One batch over everything: what stands beside a file must not change its verdict."""
    found = verifier.check([pitfall.candidate for pitfall in PITFALLS])
    return {pitfall.path: verdict for pitfall, verdict in zip(PITFALLS, found, strict=True)}


@pytest.mark.parametrize("pitfall", PITFALLS, ids=lambda pitfall: f"{pitfall.path.parent.name}/{pitfall.path.stem}")
def test_the_verdict_is_right(pitfall: Pitfall, verdicts: dict[Path, Verdict]) -> None:
    verdict = verdicts[pitfall.path]
    assert verdict.last is not None
    if pitfall.form == "wrong" and pitfall.level.depth <= Level.COMPILE.depth:
        assert (verdict.outcome, verdict.last.level) == (Outcome.FAILED, pitfall.level), verdict.diagnostics
        if pitfall.path.parent.name == "contracts":
            assert verdict.diagnostics[0].hint, verdict.diagnostics[0].message
    else:
        assert verdict.outcome == Outcome.PASSED, verdict.diagnostics
        assert bool(verdict.deprecated) == (pitfall.form == "deprecated")


def test_every_target_has_thirty_client_snippets() -> None:
    for target in ("utils9", "utils10"):
        assert len(list((FOLDER / target).glob("*.ts"))) >= 30
