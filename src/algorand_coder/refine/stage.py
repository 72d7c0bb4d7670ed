"""The refine stage: extracted units → units worth teaching from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from typing import Any

from algorand_coder.pipeline import Stage, StageContext, read_table, write_table
from algorand_coder.records import CONTRACT_KINDS, Reject, Unit
from algorand_coder.refine.config import RefineConfig
from algorand_coder.refine.contamination import benchmark_fingerprint, benchmark_index
from algorand_coder.refine.duplicates import find_duplicates
from algorand_coder.refine.filters import Subject, reasons
from algorand_coder.refine.packages import Packages
from algorand_coder.refine.thresholds import effects
from algorand_coder.syntax import code_tokens

_EXCERPT_LINES = 12


@dataclass(frozen=True)
class Judged:
    """What the filters say of one unit, and the tokens that duplicates are found by."""

    against: list[tuple[str, str]]
    tokens: list[str]


@dataclass(frozen=True)
class Refined:
    """The units of a run after refining, in the order of the input."""

    kept: list[Unit]
    rejects: list[Reject]
    thresholds: dict[str, dict[str, float]]


def run(context: StageContext) -> dict[str, Any]:
    """Filter, deduplicate and decontaminate; write the units kept and the rejects with their reasons."""
    units = read_table(context.inputs["extract"] / "units.parquet", Unit)
    packages = Packages.read(context.inputs["collect"] / "sources.json")
    subjects = [Subject(unit, packages.of(unit.provenance)) for unit in units]
    judge_one = partial(judge, config=context.config)
    judged = list(
        context.progress.track(
            "refine", "units", context.engine.map(judge_one, subjects, batch=256), total=len(subjects)
        )
    )
    refined = refine(subjects, judged, context.config, packages.targets)
    write_table(context.folder / "units.parquet", Unit, refined.kept)
    write_table(context.folder / "rejects.parquet", Reject, refined.rejects)
    counts = _counts(units, refined)
    most = sorted(counts["rejected"].items(), key=lambda item: -item[1])[:4]
    context.progress.note(
        "refine",
        f"kept {counts['kept']:,} of {counts['units']:,} units, {counts['kept_lines']:,} lines; refused most for "
        + ", ".join(f"{reason} ({number:,})" for reason, number in most),
    )
    return counts


def judge(subject: Subject, config: RefineConfig) -> Judged:
    """Ask every filter about one unit."""
    against = reasons(subject, config)
    # Tokens are needed only of what may be kept.
    return Judged(against, [] if against else code_tokens(subject.unit.code, subject.language))


def refine(
    subjects: Sequence[Subject], judged: Sequence[Judged], config: RefineConfig, targets: Mapping[str, str]
) -> Refined:
    """Drop what the filters refuse, then what the benchmark holds, then duplicates."""
    refused: dict[int, tuple[str, str]] = {
        index: verdict.against[0] for index, verdict in enumerate(judged) if verdict.against
    }
    solutions = benchmark_index()
    passed = [index for index in range(len(subjects)) if index not in refused]
    for index in passed:
        problem, share = solutions.closest(judged[index].tokens)
        if share >= config.contamination:
            refused[index] = ("contaminated", f"shares {share:.0%} of its 10-token windows with problem {problem}")
    passed = [index for index in passed if index not in refused]
    units = [subjects[index].unit for index in passed]
    tokens = [judged[index].tokens for index in passed]
    for place, (reason, kept) in find_duplicates(units, tokens, config.near_duplicate, targets).items():
        where = units[kept].provenance
        refused[passed[place]] = (reason, f"of {where.source} {where.path}:{where.start_line}")
    return Refined(
        kept=[subject.unit for index, subject in enumerate(subjects) if index not in refused],
        rejects=[_reject(subjects[index].unit, *refused[index]) for index in sorted(refused)],
        thresholds=effects(subjects, [verdict.against for verdict in judged], config),
    )


def _reject(unit: Unit, reason: str, detail: str) -> Reject:
    excerpt = "\n".join(unit.code.split("\n")[:_EXCERPT_LINES])
    return Reject(
        stage="refine",
        subject=unit.id,
        reason=reason,
        detail=detail,
        name=unit.name,
        source=unit.provenance.source,
        # A secret must not live on among the rejects.
        excerpt="" if reason == "secret" else excerpt,
    )


def _counts(units: Sequence[Unit], refined: Refined) -> dict[str, Any]:
    by_source: dict[str, dict[str, int]] = {}
    for reject in refined.rejects:
        row = by_source.setdefault(reject.source, {})
        row[reject.reason] = row.get(reject.reason, 0) + 1
    kept = refined.kept
    contracts = [unit for unit in kept if unit.kind in CONTRACT_KINDS]
    return {
        "units": len(units),
        "kept": len(kept),
        "kept_lines": sum(unit.metrics.lines for unit in kept if unit.unit_kind != "method"),
        "kept_contracts": len(contracts),
        "kept_contracts_20_lines": sum(unit.metrics.lines >= 20 for unit in contracts),
        "kept_by_unit_kind": _tally(unit.unit_kind for unit in kept),
        "kept_by_source": _tally(unit.provenance.source for unit in kept),
        "kept_by_target": _tally(unit.target for unit in kept),
        "kept_lines_by_licence": _lines_by_licence(kept),
        "distinct_skeletons": len({unit.skeleton for unit in kept}),
        "rejected": _tally(reject.reason for reject in refined.rejects),
        "rejected_by_source": {source: dict(sorted(row.items())) for source, row in sorted(by_source.items())},
        "thresholds": refined.thresholds,
    }


def _lines_by_licence(units: Sequence[Unit]) -> dict[str, int]:
    lines: Counter[str] = Counter()
    for unit in units:
        lines[unit.provenance.licence] += unit.metrics.lines if unit.unit_kind != "method" else 0
    return dict(sorted(lines.items()))


def _tally(values: Any) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))


def _versions() -> dict[str, str]:
    return {"benchmark": benchmark_fingerprint(), "mnemonic": version("mnemonic")}


STAGE = Stage(
    name="refine",
    consumes=("collect", "extract"),
    run=run,
    code=("algorand_coder.refine", "algorand_coder.similarity", "algorand_coder.syntax"),
    versions=_versions,
)
