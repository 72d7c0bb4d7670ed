"""What a model is shown: code that stands alone and has no pair yet, and snippets that new problems start from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from algorand_coder.instruct.docs import CONTEXT_FILE, MIN_CODE_LINES, UNRESOLVED
from algorand_coder.instruct.docs_snippets import as_function
from algorand_coder.records import DEFAULT_TARGET, Candidate, Kind, Pair, Provenance, Unit, default_filename, digest

MAX_CHARS = 6_000
"""Of code and declarations; longer rows would not fit into training."""
SEED_CHARS = 1_500
"""Of a snippet that a problem starts from: an idea needs no more."""
_PUBLISHED = frozenset({"function", "method", "class", "contract", "logicsig", "test"})


@dataclass(frozen=True, slots=True)
class Code:
    """Code of a unit as the answer of a pair."""

    unit: Unit
    output: str
    support: dict[str, str]

    def candidate(self) -> Candidate:
        """What the verifier judges."""
        entry = default_filename(self.unit.kind)
        return Candidate({**self.support, entry: self.output}, entry, self.unit.kind, self.unit.target)


@dataclass(frozen=True, slots=True)
class Snippet:
    """What a problem starts from."""

    id: str
    """Of the unit or pair."""
    text: str
    provenance: tuple[Provenance, ...]


def standing_alone(units: Sequence[Unit], taken: Collection[str], *, private: bool) -> list[Code]:
    """Code of ``units`` that can be an answer as it stands; ``taken`` holds ids of units that have a pair already.

    Units of private sources are left out unless ``private``: they must not leave the machine.
    """
    usable = [unit for unit in units if unit.id not in taken and (private or not unit.provenance.private)]
    return [code for unit in usable if (code := _code(unit)) is not None]


def seeds(accepted: Sequence[Pair], units: Sequence[Unit], seed: int, *, private: bool) -> list[Snippet]:
    """Snippets in a mixed order: what people wrote, and what generators made and was accepted."""
    found = {unit.id: Snippet(unit.id, _cut(unit.code), (unit.provenance,)) for unit in units if _sound(unit)}
    for pair in accepted:
        found.setdefault(pair.id, Snippet(pair.id, _cut(pair.output), pair.provenance))
    usable = [
        snippet
        for snippet in found.values()
        if len(snippet.text.splitlines()) >= MIN_CODE_LINES
        and (private or not any(each.private for each in snippet.provenance))
    ]
    return sorted(usable, key=lambda snippet: digest([seed, "synthesis", snippet.id]))


def _sound(unit: Unit) -> bool:
    return unit.target == DEFAULT_TARGET and unit.kind is not Kind.TEALSCRIPT and not unit.metrics.has_parse_error


def _code(unit: Unit) -> Code | None:
    outdated = "@deprecated" in unit.doc or "@internal" in unit.doc
    if not _sound(unit) or outdated or UNRESOLVED in unit.context or unit.unit_kind not in _PUBLISHED:
        return None
    if unit.metrics.lines < MIN_CODE_LINES or len(unit.code) + len(unit.context) > MAX_CHARS:
        return None
    if unit.unit_kind == "method":
        unit = replace(unit, name=unit.name.rpartition(".")[2], code=as_function(unit.code))
    whole = unit.unit_kind in {"contract", "logicsig", "test"} or unit.code.startswith("export ")
    code = unit.code if whole else f"export {unit.code}"
    output = f"{unit.imports}\n\n{code.strip()}\n" if unit.imports else f"{code.strip()}\n"
    return Code(unit, output, {CONTEXT_FILE: unit.context} if unit.context else {})


def _cut(text: str) -> str:
    if len(text) <= SEED_CHARS:
        return text.strip()
    return text[:SEED_CHARS].rsplit("\n", 1)[0].strip()
