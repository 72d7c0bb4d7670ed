"""From compiler error to advice: what a person who knows the pitfall would say. The table is ``hints.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml

from algorand_coder.records import CONTRACT_KINDS, Diagnostic, Kind, LevelResult

_KEYS = {"message", "code", "line", "kind", "advice"}


@dataclass(frozen=True, slots=True)
class Hint:
    """One row of the table; an empty pattern matches everything."""

    message: re.Pattern[str]
    code: re.Pattern[str]
    line: re.Pattern[str]
    kind: str
    advice: str

    def fits(self, diagnostic: Diagnostic, line: str, kind: Kind) -> bool:
        """Whether this is the pitfall that ``diagnostic`` is about."""
        return (
            (not self.kind or (self.kind == "contract") == (kind in CONTRACT_KINDS))
            and self.code.search(diagnostic.code) is not None
            and self.message.search(diagnostic.message) is not None
            and self.line.search(line) is not None
        )


@cache
def table() -> tuple[Hint, ...]:
    """The rows of ``hints.yaml``, in order. Raises ``ValueError`` for a row that says nothing or has unknown keys."""
    rows = yaml.safe_load((Path(__file__).parent / "hints.yaml").read_text(encoding="utf-8"))
    hints = []
    for row in rows:
        if set(row) - _KEYS or not row.get("advice") or not set(row) & {"message", "code", "line"}:
            raise ValueError(f"not a hint: {row}")
        message, code, line = (re.compile(row.get(key, "")) for key in ("message", "code", "line"))
        hints.append(Hint(message, code, line, row.get("kind", ""), row["advice"]))
    return tuple(hints)


def advise(diagnostic: Diagnostic, line: str, kind: Kind) -> Diagnostic:
    """``diagnostic`` with a hint where its message, or the ``line`` of code it points at, is a known pitfall's."""
    return next(
        (replace(diagnostic, hint=hint.advice) for hint in table() if hint.fits(diagnostic, line, kind)), diagnostic
    )


def advise_all(result: LevelResult, files: Mapping[str, str], kind: Kind) -> LevelResult:
    """``result`` with hints on its diagnostics; ``files`` is the code they are about."""
    if not result.diagnostics:
        return result
    lines = {name: text.splitlines() for name, text in files.items()}

    def line_of(diagnostic: Diagnostic) -> str:
        of_file = lines.get(diagnostic.file, [])
        return of_file[diagnostic.line - 1] if 0 < diagnostic.line <= len(of_file) else ""

    return replace(result, diagnostics=tuple(advise(each, line_of(each), kind) for each in result.diagnostics))
