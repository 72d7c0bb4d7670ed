"""What an error means and how to mend it: run-time errors from a table, compiler errors from the verifier's hints."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, Field

from algorand_coder.records import Diagnostic, Kind, Level

_LONGEST = 20_000
_CODE = re.compile(r"\bTS\d{4,5}\b|\bpuya\b")
_PREFIX = re.compile(r"^.*?(?:error:?\s+)?(?:\bTS\d{4,5}\b|\berror\b)\s*[:)]?\s*", re.IGNORECASE)
_MOST = 5


class Explained(BaseModel):
    """One explanation."""

    title: str
    meaning: str
    fix: str


class Explanation(BaseModel):
    """Everything known about an error."""

    known: bool = Field(description="False when nothing in the tables fits.")
    explanations: list[Explained]


@dataclass(frozen=True)
class _Row:
    when: re.Pattern[str]
    explained: Explained


@cache
def table() -> tuple[_Row, ...]:
    """The rows of ``explanations.yaml``. Raises ``ValueError`` for a row that is none."""
    rows = yaml.safe_load((Path(__file__).parent / "explanations.yaml").read_text(encoding="utf-8"))
    for row in rows:
        if set(row) != {"title", "when", "meaning", "fix"}:
            raise ValueError(f"not an explanation: {row}")
    return tuple(
        _Row(re.compile(row.pop("when"), re.IGNORECASE), Explained.model_validate(row)) for row in map(dict, rows)
    )


def explain(error: str, code: str = "") -> Explanation:
    """What is known about ``error`` (a message, or the output of a compiler), which ``code`` gave."""
    error = error[:_LONGEST]
    found = [row.explained for row in table() if row.when.search(error)]
    found += [each for each in _pitfalls(error, code) if each not in found]
    return Explanation(known=bool(found), explanations=found[:_MOST])


def _pitfalls(error: str, code: str) -> list[Explained]:
    """Compiler errors, line by line, that are a known pitfall's."""
    from algorand_coder.verify.hints import advise
    from algorand_coder.verify.sources import detect_kind

    kinds = [detect_kind(code)] if code.strip() else [Kind.CLIENT, Kind.CONTRACT]
    lines = code.splitlines()
    found = []
    for said in error.splitlines():
        number = re.search(r"[:(](\d+)[:,]\d+", said)
        source = lines[int(number[1]) - 1] if number and 0 < int(number[1]) <= len(lines) else ""
        named = _CODE.search(said)
        for message in (said.strip(), _PREFIX.sub("", said).strip()):
            for kind in kinds:
                diagnostic = Diagnostic(Level.TYPES, "", 0, 0, named[0] if named else "", message)
                if message and (hint := advise(diagnostic, source, kind).hint):
                    found.append(Explained(title="A known pitfall", meaning=message[:300], fix=hint))
    return list({each.fix: each for each in found}.values())
