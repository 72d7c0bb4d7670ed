"""Each fact about Algorand TypeScript that decides whether code is right, as code: the compiler is the judge.

A file's first line says what becomes of it; each wrong form gets advice.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from algorand_coder.records import Level, Outcome, Verdict
from algorand_coder.verify import Verifier, sources

FOLDER = Path(__file__).parent / "pitfalls"
FILES = sorted(FOLDER.glob("*.ts"))


@pytest.fixture(scope="module")
def verdicts(verifier: Verifier) -> dict[str, Verdict]:
    found = verifier.check([sources.from_file(file).candidate for file in FILES])
    return dict(zip((file.name for file in FILES), found, strict=True))


@pytest.mark.parametrize("name", [file.name for file in FILES])
def test_the_verdict_is_the_one_its_first_line_states(verdicts: dict[str, Verdict], name: str) -> None:
    stated = (FOLDER / name).read_text(encoding="utf-8").splitlines()[0].partition(": ")[2]
    verdict = verdicts[name]
    if stated == "passes":
        assert verdict.outcome == Outcome.PASSED, verdict.diagnostics
    else:
        assert (verdict.outcome, verdict.levels[-1].level) == (Outcome.FAILED, Level(stated.removeprefix("fails at ")))
        assert verdict.diagnostics[0].hint, verdict.diagnostics[0].message


def test_right_and_wrong_forms_are_both_there() -> None:
    wrong = [file for file in FILES if "-wrong-" in file.name]
    assert len(wrong) >= 45 and len(FILES) - len(wrong) >= 35
