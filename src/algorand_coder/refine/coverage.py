"""Type coverage, asked of the verifier: how much of a unit has a type other than ``any``.

What the verifier cannot resolve out of its file (a module that is not there, a name of the rest of the file) is never
guessed: such a unit is kept and flagged with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from algorand_coder.records import Candidate, Kind, Level, Unit, Verdict, default_filename
from algorand_coder.refine.duplicates import UNRESOLVED

NOT_ALONE = "cannot stand alone"
_CONTEXT = "context.ts"
_DECLARED = re.compile(r"^declare const (\w+): (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Typed:
    """What is known of one unit's types."""

    unit: str
    """Id of the unit."""
    coverage: float | None
    """Share of typed expressions, 0 to 1; ``None`` where types cannot be resolved."""
    reason: str = ""
    """Why they cannot, empty otherwise."""


Ask = Callable[[Sequence[Candidate]], list[Verdict]]
"""Verdicts with type coverage in the order of the candidates."""


def type_coverage(units: Sequence[Unit], ask: Ask) -> list[Typed]:
    """Coverage of each unit with the imports and context that it ships; the context is counted with it."""
    alone = [index for index, unit in enumerate(units) if UNRESOLVED not in unit.context]
    found = [Typed(unit.id, None, NOT_ALONE) for unit in units]
    for index, verdict in zip(alone, ask([candidate(units[index]) for index in alone]), strict=True):
        found[index] = Typed(units[index].id, verdict.type_coverage, _reason(verdict))
    return found


def candidate(unit: Unit) -> Candidate:
    """A unit as a program of its own."""
    entry = default_filename(unit.kind)
    code, files = unit.code, {}
    declared = _DECLARED.findall(unit.context)
    if unit.unit_kind == "method":
        code = f"export class Enclosing {{\n{code}\n}}"
    elif declared:
        # The verifier refuses claims that something exists: what an example is given becomes its parameters.
        given = ", ".join(f"{name}: {kind}" for name, kind in declared)
        code = f"export async function example({given}) {{\n{code}\n}}"
    elif unit.context:
        files[_CONTEXT] = unit.context
    if unit.kind is Kind.CLIENT and "export" not in code:
        code += "\nexport {}"
    files[entry] = f"{unit.imports}\n{code}\n"
    return Candidate(files=files, entry=entry, kind=unit.kind, target=unit.target)


def _reason(verdict: Verdict) -> str:
    """Why a verdict has no coverage, in words that counts can be grouped by."""
    if verdict.type_coverage is not None:
        return ""
    last = verdict.last
    if last is None or last.reason or not last.diagnostics:
        return f"not judged: {last.reason}" if last and last.reason else "not judged"
    return f"{'types' if last.level is Level.TYPES else 'syntax'}: {last.diagnostics[0].code}"
