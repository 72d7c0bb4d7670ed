"""The stage ``sample``: answers of a model to the training prompts; those the verifier accepts become a data set.

The first half of rejection-sampling fine-tuning (Yuan et al. 2023, arXiv 2308.01825); stage ``rft`` is the second.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from algorand_coder.dataset.checks import check_contamination
from algorand_coder.dataset.leakage import nearest_training_rows
from algorand_coder.dataset.stage import write
from algorand_coder.errors import UserError
from algorand_coder.generate.endpoints import label_of, resolve
from algorand_coder.pipeline import Stage, StageContext, write_table
from algorand_coder.posttrain import policy
from algorand_coder.posttrain.config import SampleConfig
from algorand_coder.posttrain.judging import Judged, judge
from algorand_coder.posttrain.sampling import EndpointSampler, LocalSampler, Sample, Sampler, sample_all
from algorand_coder.posttrain.tasks import DATASET, Rows, Tasks, choose_tasks, read_rows
from algorand_coder.records import Outcome, Pair, Provenance, Reject, digest
from algorand_coder.similarity.evaluation_sets import evaluation_sets, fingerprints
from algorand_coder.syntax import skeleton
from algorand_coder.verify import Verifier, toolchain_versions

NAME = "sample"
STRATEGY = "sample"
EXCERPT_LINES = 12


@dataclass(frozen=True, slots=True)
class Answer:
    """A row of ``answers.parquet``: one answer and what became of it."""

    row: str
    sample: int
    text: str
    finish: str
    code: str
    outcome: Outcome
    level: str
    """The deepest level that was looked at."""
    reason: str
    """Why it was not kept; empty where it was."""
    detail: str


@dataclass(frozen=True)
class Sifted:
    """Accepted answers as rows, and every answer with what became of it."""

    kept: list[Pair]
    answers: list[Answer]

    @property
    def rejects(self) -> list[Reject]:
        """Answers that were not kept."""
        return [_reject(answer) for answer in self.answers if answer.reason]


def run(context: StageContext) -> dict[str, Any]:
    """Sample, judge, keep what is accepted and distinct, and write a data set; returns the counts."""
    config: SampleConfig = context.config
    rows = read_rows(context.inputs["dataset"])
    opened: list[Sampler] = []

    def sampler() -> Sampler:
        if not opened:
            opened.append(open_sampler(context))
        return opened[0]

    tasks = choose_once(context, rows, sampler)
    total = len(tasks.rows) * config.samples
    with context.progress.bar(NAME, f"answers to {len(tasks.rows):,} prompts", total) as bar:
        journal = None if config.model else context.work / "answers.jsonl"
        found = sample_all(sampler, tasks.rows, config.samples, journal, bar.advance)
    asked = {row.id: row for row in tasks.rows}
    with (
        context.progress.bar(NAME, "judging answers", total) as bar,
        Verifier(level=config.level, metrics=True) as verifier,
    ):
        judged = judge(verifier, [asked[each.row] for each in found], [each.text for each in found], config.level)
        bar.advance(total)
    _stop_if_unjudged(judged)
    sifted = sift(rows, tasks.rows, found, judged, config, model_name(config))
    train = [*(rows.train if config.originals else []), *sifted.kept]
    train.sort(key=lambda pair: digest([context.seed, pair.id]))
    if not train:
        raise UserError(f"no answer of {total:,} was accepted, and sample.originals is off: nothing to train on")
    leaks = nearest_training_rows(rows.validation, train)
    write(context.folder, train, rows.validation, sifted.rejects, leaks)
    write_table(context.folder / "answers.parquet", Answer, sifted.answers)
    sides = {pair.id: side for side, pairs in (("train", train), ("validation", rows.validation)) for pair in pairs}
    (context.folder / "splits.json").write_text(json.dumps(dict(sorted(sides.items())), indent=0) + "\n")
    counts = count(config, tasks, sifted, rows, train)
    context.progress.note(
        NAME, f"{counts['accepted']:,} of {total:,} answers accepted, {counts['kept']:,} of them distinct and kept"
    )
    return counts


def choose_once(context: StageContext, rows: Rows, sampler: Any) -> Tasks:
    """The prompts, chosen once and then read back: a run that goes on need not load the model to choose again."""
    kept = context.work / "tasks.json"
    try:
        known = json.loads(kept.read_text(encoding="utf-8"))
        by_id = {row.id: row for row in rows.train}
        return Tasks([by_id[name] for name in known["rows"]], known["left_out"])
    except (OSError, ValueError, KeyError):
        config: SampleConfig = context.config
        tasks = choose_tasks(rows.train, seed=context.seed, count=config.max_prompts, fits=sampler().fits)
        temporary = kept.with_suffix(".tmp")
        plain = {"rows": [row.id for row in tasks.rows], "left_out": tasks.left_out}
        temporary.write_text(json.dumps(plain), encoding="utf-8")
        temporary.replace(kept)
        return tasks


def open_sampler(context: StageContext) -> Sampler:
    """The model that answers: behind an endpoint, or in this process with the adapter of ``config.start``."""
    config: SampleConfig = context.config
    name = model_name(config)
    if config.model:
        return EndpointSampler(name, resolve(config.model), config, context.seed, None)
    from algorand_coder.generate.transformers_engine import TransformersEngine

    policy.check_installed()
    start = policy.open_start(config.train, config.start, context.inputs, lambda t: context.progress.note(NAME, t))
    engine = TransformersEngine(start.model_dir, start.adapter)
    return LocalSampler(name, engine, config, context.seed)


def model_name(config: SampleConfig) -> str:
    """What provenance calls the model: free of addresses and folders."""
    if config.model:
        return label_of(config.model)
    base = config.train.base_model.rstrip("/").rpartition("/")[2]
    return base if config.start == policy.BASE else f"{base}+{config.start}"


def sift(  # noqa: PLR0917
    rows: Rows,
    asked: Sequence[Pair],
    samples: Sequence[Sample],
    judged: Sequence[Judged],
    config: SampleConfig,
    model: str,
) -> Sifted:
    """Keep accepted answers that differ in structure from the known answer, from each other, and from held-out rows."""
    sets = evaluation_sets()
    by_id = {row.id: row for row in asked}
    held_out = {row.skeleton for row in rows.validation}
    seen: dict[str, set[str]] = {row.id: {row.skeleton} for row in asked}
    kept: list[Pair] = []
    answers: list[Answer] = []
    for sample, found in zip(samples, judged, strict=True):
        reason, detail = found.reason, found.detail
        if sample.error:
            reason, detail = "unjudged/no-answer", sample.error
        if not reason:
            pair = _pair(by_id[sample.row], found.code, model)
            contamination = check_contamination(pair, sets, DATASET)
            if contamination is not None:
                reason, detail = contamination.reason, contamination.detail
            elif pair.skeleton in held_out:
                reason = "held-out"
            elif pair.skeleton in seen[sample.row]:
                reason = "same-structure"
            elif len(seen[sample.row]) > config.keep_per_prompt:
                reason = "enough"
            else:
                seen[sample.row].add(pair.skeleton)
                kept.append(pair)
        outcome = Outcome.UNJUDGED if sample.error else found.outcome
        answers.append(
            Answer(
                sample.row, sample.sample, sample.text, sample.finish, found.code, outcome, found.level, reason, detail
            )
        )
    return Sifted(kept, answers)


def count(config: SampleConfig, tasks: Tasks, sifted: Sifted, rows: Rows, train: Sequence[Pair]) -> dict[str, Any]:
    """The figures of the manifest."""
    answers = sifted.answers
    accepted = [answer for answer in answers if answer.outcome is Outcome.PASSED]
    return {
        "model": model_name(config),
        "prompts": len(tasks.rows),
        "left_out": tasks.left_out,
        "answers": len(answers),
        "accepted": len(accepted),
        "kept": len(sifted.kept),
        "prompts_solved": len({answer.row for answer in accepted}),
        "by_outcome": _tally(answer.outcome for answer in answers),
        "by_level": {
            outcome.value: _tally(answer.level for answer in answers if answer.outcome is outcome)
            for outcome in Outcome
        },
        "refused_by_reason": _tally(answer.reason for answer in answers if answer.reason),
        "train": len(train),
        "validation": len(rows.validation),
    }


def _stop_if_unjudged(judged: Sequence[Judged]) -> None:
    if judged and all(each.outcome is Outcome.UNJUDGED for each in judged):
        raise UserError(
            f"not one of {len(judged):,} answers could be judged ({judged[0].detail}): run 'algorand-coder doctor'; "
            "the answers are kept, the same command goes on from there"
        )


def _pair(row: Pair, code: str, model: str) -> Pair:
    """The accepted ``code`` as a row: it asks what ``row`` asks."""
    maker = Provenance("generated", f"{STRATEGY}-1 {model}", f"{STRATEGY}/{row.id}", "MIT", "generated")
    return Pair(
        id=digest([STRATEGY, row.id, code])[:24],
        instruction=row.instruction,
        input=row.input,
        output=code,
        strategy=STRATEGY,
        category=row.category,
        kind=row.kind,
        target=row.target,
        skeleton=skeleton(code),
        lineage=row.lineage,
        mined=False,
        provenance=(*row.provenance, maker),
        entry=row.entry,
        support=row.support,
    )


def _reject(answer: Answer) -> Reject:
    code = answer.code or answer.text
    return Reject(
        stage=NAME,
        subject=f"{answer.row}/{answer.sample}",
        reason=answer.reason,
        detail=answer.detail,
        name=answer.row,
        source="generated",
        excerpt="\n".join(code.splitlines()[:EXCERPT_LINES]),
    )


def _tally(values: Any) -> dict[str, int]:
    return dict(sorted(Counter(str(value) for value in values).items()))


STAGE = Stage(
    name=NAME,
    consumes=("dataset", "train", "dpo", "grpo"),
    needs=lambda config, name: name == "dataset" or (name == config.start and not config.model),
    run=run,
    code=(
        *policy.CODE,
        "algorand_coder.posttrain.sampling",
        "algorand_coder.posttrain.sample",
        "algorand_coder.generate.transformers_engine",
        "algorand_coder.dataset.checks",
        "algorand_coder.dataset.formats",
    ),
    versions=lambda: {**policy.versions(), **toolchain_versions(), **fingerprints()},
)
