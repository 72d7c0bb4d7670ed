"""The refine stage: extracted units → units worth teaching from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from typing import Any

from algorand_coder.pipeline import Stage, StageContext, read_table, write_table
from algorand_coder.records import Candidate, Level, Reject, Unit, Verdict
from algorand_coder.refine.config import RefineConfig
from algorand_coder.refine.contamination import NO_TRACE, trace
from algorand_coder.refine.counts import count
from algorand_coder.refine.coverage import Ask, Typed, type_coverage
from algorand_coder.refine.duplicates import NOTHING, Print
from algorand_coder.refine.filters import Subject, reasons
from algorand_coder.refine.relevance import Sources
from algorand_coder.refine.selection import Passed
from algorand_coder.refine.thresholds import Effects, effects
from algorand_coder.similarity.evaluation_sets import Trace, evaluation_sets, fingerprints
from algorand_coder.syntax import code_tokens

_EXCERPT_LINES = 12


@dataclass(frozen=True)
class Judged:
    """What one look at a unit gives; the last two only where the filters keep it."""

    against: list[tuple[str, str]]
    trace: Trace = NO_TRACE
    """The task of an evaluation set that it is nearest to."""
    print: Print = NOTHING


@dataclass(frozen=True)
class Refined:
    """The units of a run after refining, in the order of the input."""

    kept: list[Unit]
    rejects: list[Reject]
    typed: Sequence[Typed]
    thresholds: Effects


def run(context: StageContext) -> dict[str, Any]:
    """Filter, deduplicate and decontaminate; write the units kept, the rejects with reasons, and what types have."""
    config: RefineConfig = context.config
    units = read_table(context.inputs["extract"] / "units.parquet", Unit)
    sources = Sources.read(context.inputs["collect"], config)
    subjects = [subject(unit, sources) for unit in units]
    looked = context.engine.map(partial(judge, config=config), subjects, batch=256)
    judged = list(context.progress.track("refine", "units", looked, total=len(subjects)))
    refined = refine(subjects, judged, config, sources.targets, ask_verifier)
    write_table(context.folder / "units.parquet", Unit, refined.kept)
    write_table(context.folder / "rejects.parquet", Reject, refined.rejects)
    write_table(context.folder / "types.parquet", Typed, refined.typed)
    counts = count(units, refined.kept, refined.rejects, refined.typed, sources)
    most = sorted(counts["rejected"].items(), key=lambda item: -item[1])[:4]
    context.progress.note(
        "refine",
        f"kept {counts['kept']['units']:,} of {counts['units']:,} units, {counts['kept']['lines']:,} lines; "
        "refused most for " + ", ".join(f"{reason} ({number:,})" for reason, number in most),
    )
    if refined.typed:
        unresolved = counts["types"]["unresolved"]
        context.progress.note(
            "refine",
            f"type coverage measured for {counts['types']['measured']:,} units; kept though types do not resolve: "
            + (", ".join(f"{reason} ({number:,})" for reason, number in unresolved.items()) or "none"),
        )
    return {**counts, "thresholds": refined.thresholds, "evaluation_tasks": len(evaluation_sets())}


def ask_verifier(candidates: Sequence[Candidate]) -> list[Verdict]:
    """Verdicts with type coverage; known ones come from the verifier's cache."""
    from algorand_coder.verify import Verifier

    with Verifier(level=Level.TYPES, metrics=True) as verifier:
        return verifier.check(candidates)


def subject(unit: Unit, sources: Sources) -> Subject:
    """A unit with what its place says about it."""
    return Subject(unit, sources.package_of(unit.provenance), sources.is_relevant(unit.provenance))


def judge(subject: Subject, config: RefineConfig) -> Judged:
    """Ask every filter about one unit; what is kept so far is compared with others later."""
    against = reasons(subject, config)
    if against:
        return Judged(against)
    tokens = code_tokens(subject.unit.code, subject.language)
    return Judged([], trace(subject.unit, tokens, subject.language), Print.of(tokens))


def refine(
    subjects: Sequence[Subject],
    judged: Sequence[Judged],
    config: RefineConfig,
    targets: Mapping[str, str],
    ask: Ask,
) -> Refined:
    """Drop what the filters refuse, what has too few types, what an evaluation set holds, then duplicates."""
    refused = {index: verdict.against[0] for index, verdict in enumerate(judged) if verdict.against}
    left = [index for index in range(len(subjects)) if index not in refused]
    units = [subjects[index].unit for index in left]
    passed = Passed(
        units=units,
        typed=type_coverage(units, ask) if config.min_type_coverage else [],
        traces=[judged[index].trace for index in left],
        prints=[judged[index].print for index in left],
        targets=targets,
    )
    refused |= {left[place]: why for place, why in passed.refused(config).items()}
    secret = {index for index, verdict in enumerate(judged) if any(reason == "secret" for reason, _ in verdict.against)}
    return Refined(
        kept=[subject.unit for index, subject in enumerate(subjects) if index not in refused],
        rejects=[
            _reject(subjects[index].unit, *refused[index], has_secret=index in secret) for index in sorted(refused)
        ],
        typed=passed.typed,
        thresholds=effects(subjects, [verdict.against for verdict in judged], config) | passed.effects(config),
    )


def _reject(unit: Unit, reason: str, detail: str, *, has_secret: bool) -> Reject:
    excerpt = "\n".join(unit.code.split("\n")[:_EXCERPT_LINES])
    return Reject(
        stage="refine",
        subject=unit.id,
        reason=reason,
        detail=detail,
        name=unit.name,
        source=unit.provenance.source,
        # A secret must not live on among the rejects, whatever else speaks against its unit.
        excerpt="" if has_secret else excerpt,
    )


def _versions() -> dict[str, str]:
    from algorand_coder.verify import toolchain_versions

    return {**fingerprints(), **toolchain_versions(), "mnemonic": version("mnemonic")}


STAGE = Stage(
    name="refine",
    consumes=("collect", "extract"),
    run=run,
    code=("algorand_coder.refine", "algorand_coder.similarity", "algorand_coder.syntax"),
    versions=_versions,
)
