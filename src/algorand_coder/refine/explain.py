"""What happened to the code at one line, from the tables of a finished run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from algorand_coder.errors import UserError
from algorand_coder.pipeline import read_table
from algorand_coder.records import Reject, Unit
from algorand_coder.refine.config import RefineConfig
from algorand_coder.refine.coverage import Typed
from algorand_coder.refine.filters import reasons
from algorand_coder.refine.relevance import Sources
from algorand_coder.refine.stage import subject


def explain(run_folder: Path, place: str, config: RefineConfig) -> Iterator[str]:
    """Yield lines that say which units hold ``place`` and why each was kept or refused.

    ``place`` is ``FILE:LINE``, where FILE is a path inside a source, or the end of one. Raises ``UserError`` when it
    is not of that form, when the run has no refine output yet, or when nothing was ever collected under that name.
    """
    path, line = _parse(place)
    tables = {
        "units": run_folder / "extract" / "units.parquet",
        "kept": run_folder / "refine" / "units.parquet",
        "rejects": run_folder / "refine" / "rejects.parquet",
        "types": run_folder / "refine" / "types.parquet",
    }
    for table in tables.values():
        if not table.is_file():
            raise UserError(f"{table} is not there: run 'algorand-coder refine' first, then ask --explain")
    units = [unit for unit in read_table(tables["units"], Unit) if _same_file(unit.provenance.path, path)]
    here = [unit for unit in units if unit.provenance.start_line <= line <= unit.provenance.end_line]
    if not here:
        yield from _no_unit(run_folder, path, line, units)
        return
    kept = {unit.id for unit in read_table(tables["kept"], Unit)}
    rejects = {reject.subject: reject for reject in read_table(tables["rejects"], Reject)}
    typed = {each.unit: each for each in read_table(tables["types"], Typed)}
    sources = Sources.read(run_folder / "collect", config)
    for unit in here:
        where = unit.provenance
        yield f"{where.source} {where.path}:{where.start_line}-{where.end_line}  {unit.unit_kind} {unit.name}"
        yield (
            f"  {unit.metrics.lines} lines, complexity {unit.metrics.complexity}, "
            f"comments {unit.metrics.comment_ratio:.1%}, target {unit.target}, licence {where.licence}"
        )
        reject = rejects.get(unit.id)
        if unit.id in kept:
            yield "  kept"
        elif reject is not None:
            yield f"  refused: {reject.reason}: {reject.detail}"
        if unit.id in typed:
            yield f"  {_types(typed[unit.id])}"
        against = reasons(subject(unit, sources), config)
        for reason, detail in against:
            if reject is None or reason != reject.reason:
                yield f"  also: {reason}: {detail}"


def _types(typed: Typed) -> str:
    if typed.coverage is None:
        return f"types not resolved, which speaks neither for nor against it: {typed.reason}"
    return f"type coverage {typed.coverage:.0%}"


def _parse(place: str) -> tuple[str, int]:
    path, _, line = place.rpartition(":")
    if not path or not line.isdigit():
        raise UserError(f"--explain {place!r}: expected FILE:LINE, for example src/types/amount.ts:41")
    return path, int(line)


def _same_file(whole: str, end: str) -> bool:
    return whole == end or whole.endswith("/" + end.lstrip("/"))


def _no_unit(run_folder: Path, path: str, line: int, units: list[Unit]) -> Iterator[str]:
    """Why no unit covers a line: the file was left out earlier, or the line belongs to none."""
    for stage in ("collect", "extract"):
        table = run_folder / stage / "rejects.parquet"
        for reject in read_table(table, Reject) if table.is_file() else []:
            if _same_file(reject.name, path):
                yield f"{reject.source} {reject.name}: left out by {stage}: {reject.reason} {reject.detail}".rstrip()
                return
    if not units:
        raise UserError(f"--explain: no collected file ends in {path!r}; paths are those inside a source")
    spans = sorted((unit.provenance.start_line, unit.provenance.end_line) for unit in units)
    nearest = min(spans, key=lambda span: min(abs(span[0] - line), abs(span[1] - line)))
    yield f"{path}:{line} belongs to no unit; the nearest one is at lines {nearest[0]}-{nearest[1]}"
