"""The instruct stage: every enabled strategy proposes pairs, the verifier decides, every refusal keeps its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from algorand_coder.errors import UserError
from algorand_coder.generate.prompts import prompts_fingerprint
from algorand_coder.instruct.config import InstructConfig
from algorand_coder.instruct.derive import Tried, propose_trials, try_all
from algorand_coder.instruct.strategy import DERIVED, STRATEGIES, Material, load, operator_of
from algorand_coder.instruct.synthesis import Synthesis, synthesise
from algorand_coder.pipeline import Stage, StageContext, read_table, write_table
from algorand_coder.records import Candidate, Level, Outcome, Pair, Reject, Unit, Verdict

EXCERPT_LINES = 6


@dataclass(frozen=True, slots=True)
class Sorted:
    """Candidate pairs after judgement."""

    accepted: list[Pair]
    rejects: list[Reject]


def _run(context: StageContext) -> dict[str, Any]:
    from algorand_coder.verify import Verifier

    config: InstructConfig = context.config
    units = read_table(context.inputs["refine"] / "units.parquet", Unit)
    candidates = propose(units, config, context.seed)
    context.progress.note("instruct", f"{len(candidates):,} candidate pairs from {_shares(candidates)}")
    with Verifier(level=Level.COMPILE) as verifier:

        def check(judged: Sequence[Candidate]) -> Sequence[Verdict]:
            return verifier.check(judged, Level.COMPILE)

        with context.progress.bar("instruct", "verifying pairs", len(candidates)) as bar:
            verdicts = verifier.check([pair.candidate() for pair in candidates], Level.COMPILE, bar.advance)
        result = judge(candidates, verdicts, config)
        synthesis = Synthesis()
        if config.synthesis.enabled:
            synthesis = synthesise(
                units, result.accepted, config.synthesis, context.seed, check=check, progress=context.progress
            )
            result = add_synthetic(result, synthesis, check([pair.candidate() for pair in synthesis.pairs]), config)
        material = Material(result.accepted, verifier.compile_artifacts)
        trials = propose_trials(material, config, context.seed)
        derived = [trial.pair for trial in trials]
        context.progress.note("instruct", f"{len(trials):,} pairs derived from accepted ones: {_shares(derived)}")
        sides = len(trials) + sum(trial.shown is not None for trial in trials)
        with context.progress.bar("instruct", "verifying both sides of them", sides) as bar:
            tried = try_all(trials, lambda both: verifier.check(both, Level.COMPILE, bar.advance))
    result = add_tried(result, tried, config)
    write_table(context.folder / "pairs.parquet", Pair, result.accepted)
    write_table(context.folder / "rejects.parquet", Reject, result.rejects)
    return {**counts([*candidates, *synthesis.pairs, *derived], result), "synthesis": synthesis.report}


def propose(units: Sequence[Unit], config: InstructConfig, seed: int) -> list[Pair]:
    """Candidate pairs of all enabled strategies, mined ones first.

    Raises ``ValueError`` when two pairs have the same id, which only a faulty strategy can cause.
    """
    pairs: list[Pair] = []
    for name in STRATEGIES:
        section = getattr(config, name)
        if section.enabled:
            pairs += load(name).generate(units, section, seed)
    owner: dict[str, str] = {}
    for pair in pairs:
        if pair.id in owner:
            raise ValueError(f"pair id {pair.id} came twice, from {owner[pair.id]} and {pair.lineage}")
        owner[pair.id] = pair.lineage
    return sorted(pairs, key=lambda pair: not pair.mined)


def add_tried(result: Sorted, tried: Tried, config: InstructConfig) -> Sorted:
    """``result`` with the trials that passed, under the same limits, and those that did not.

    Raises ``UserError`` as :func:`judge` does.
    """
    for _, reason, detail in tried.refused:
        if reason.startswith("unjudged/") and not config.allow_unjudged:
            raise _unjudged(detail)
    later = judge(tried.pairs, tried.verdicts, config, result.accepted)
    refused = [as_reject(*each) for each in tried.refused]
    return Sorted([*result.accepted, *later.accepted], [*result.rejects, *refused, *later.rejects])


def add_synthetic(result: Sorted, synthesis: Synthesis, verdicts: Sequence[Verdict], config: InstructConfig) -> Sorted:
    """``result`` with the synthetic pairs that passed, and everything else that a model was paid for as rejects."""
    later = judge(synthesis.pairs, verdicts, config, result.accepted)
    return Sorted([*result.accepted, *later.accepted], [*result.rejects, *synthesis.rejects, *later.rejects])


def judge(
    candidates: Sequence[Pair], verdicts: Sequence[Verdict], config: InstructConfig, before: Sequence[Pair] = ()
) -> Sorted:
    """Sort ``candidates`` by their ``verdicts``; at most ``config.max_per_skeleton`` pass per skeleton.

    Those accepted ``before`` count as well. Raises ``UserError`` when a pair could not be judged, unless
    ``config.allow_unjudged``.
    """
    accepted: list[Pair] = []
    rejects: list[Reject] = []
    shapes = Counter(pair.skeleton for pair in before)
    for pair, verdict in zip(candidates, verdicts, strict=True):
        found = refusal(verdict)
        if found and verdict.outcome is Outcome.UNJUDGED and not config.allow_unjudged:
            raise _unjudged(found[1])
        if found is None and shapes[pair.skeleton] >= config.max_per_skeleton:
            found = ("skeleton-cap", f"{config.max_per_skeleton} accepted pairs share this skeleton")
        if found is None:
            shapes[pair.skeleton] += 1
            accepted.append(pair)
        else:
            rejects.append(as_reject(pair, *found))
    return Sorted(accepted, rejects)


def _unjudged(reason: str) -> UserError:
    return UserError(
        f"instruct: pairs could not be judged ({reason}): run 'algorand-coder doctor' for the command that "
        "mends it, or set instruct.allow_unjudged=true to go on without those pairs"
    )


def refusal(verdict: Verdict) -> tuple[str, str] | None:
    """Reason and detail why ``verdict`` keeps a pair out, or ``None``. The reason is what counts group by."""
    last = verdict.last
    if verdict.outcome is Outcome.UNJUDGED:
        level = last.level.value if last else "parse"
        return f"unjudged/{level}", last.reason if last and last.reason else "the verifier gave no reason"
    if verdict.outcome is Outcome.FAILED and last is not None:
        first = last.diagnostics[0] if last.diagnostics else None
        if first is None:
            return f"{last.level.value}/unknown", last.reason
        return f"{last.level.value}/{first.code}", f"{first.file}:{first.line}:{first.column} {first.message}"
    if verdict.deprecated:
        return "deprecated-api", ", ".join(verdict.deprecated)
    return None


def as_reject(pair: Pair, reason: str, detail: str) -> Reject:
    """The record of a refused pair."""
    return Reject(
        stage="instruct",
        subject=pair.id,
        reason=reason,
        detail=detail,
        name=pair.lineage,
        source=pair.provenance[0].source if pair.provenance else "",
        excerpt="\n".join(pair.output.splitlines()[:EXCERPT_LINES]),
    )


def counts(candidates: Sequence[Pair], result: Sorted) -> dict[str, Any]:
    """The figures of the stage's manifest."""
    accepted = result.accepted
    return {
        "candidates": len(candidates),
        "accepted": len(accepted),
        "rejected": len(result.rejects),
        "mined": sum(pair.mined for pair in accepted),
        "skeletons": len({pair.skeleton for pair in accepted}),
        "candidates_by_strategy": _tally(pair.strategy for pair in candidates),
        "by_strategy": _tally(pair.strategy for pair in accepted),
        "by_category": _tally(pair.category.value for pair in accepted),
        "by_kind": _tally(pair.kind.value for pair in accepted),
        "by_family": _tally("/".join(p.lineage.split("/")[:2]) for p in accepted if p.strategy == "patterns"),
        "by_operator": _tally(operator_of(p) for p in accepted if p.strategy in DERIVED),
        "rejected_by_reason": _tally(reject.reason for reject in result.rejects),
        "rejected_by_source": _tally(reject.source for reject in result.rejects),
    }


def _tally(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))


def _shares(pairs: Sequence[Pair]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in _tally(p.strategy for p in pairs).items()) or "no strategy"


def _versions() -> dict[str, str]:
    from algorand_coder.verify import toolchain_versions

    return {**toolchain_versions(), "prompts": prompts_fingerprint()}


STAGE = Stage(
    name="instruct",
    consumes=("refine",),
    run=_run,
    code=(
        "algorand_coder.instruct",
        "algorand_coder.generate.endpoints",
        "algorand_coder.generate.prompts",
        "algorand_coder.syntax",
        "algorand_coder.similarity",
        "algorand_coder.verify",
    ),
    versions=_versions,
)
