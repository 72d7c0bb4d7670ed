"""The stage ``dpo``: a data set in, an adapter out that prefers accepted code to refused code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import fmean
from typing import Any

from algorand_coder.errors import UserError
from algorand_coder.pipeline import Stage, StageContext, write_table
from algorand_coder.posttrain import policy
from algorand_coder.posttrain.config import DpoConfig
from algorand_coder.posttrain.encoding import TokenPair, encode_preferences
from algorand_coder.posttrain.preferences import Preference, Preferences, build
from algorand_coder.posttrain.tasks import read_rows
from algorand_coder.records import Candidate, Level, Verdict, digest
from algorand_coder.verify import Verifier, toolchain_versions

NAME = "dpo"


def run(context: StageContext) -> dict[str, Any]:
    """Build the preferences, train on them, and write adapter, preferences and history; returns the counts."""
    config: DpoConfig = context.config
    policy.check_installed()
    policy.check_fits(config.train, sequences=2 * config.batch_size, tokens=config.max_seq_length)
    found = preferences(context)
    write_table(context.folder / "preferences.parquet", Preference, [*found[0].pairs, *found[1].pairs])
    start = policy.open_start(config.train, config.start, context.inputs, lambda t: context.progress.note(NAME, t))
    train, dropped = encode(start, found[0].pairs, config)
    validation, _ = encode(start, found[1].pairs, config)
    train = choose(train, context.seed, config.max_pairs)
    validation = choose(validation, context.seed, config.validation_pairs)
    if not train:
        why = f": {found[0].unjudged}" if found[0].unjudged else f" ({found[0].left_out}, {dropped})"
        raise UserError(f"no preference is left to train on{why}")
    context.progress.note(NAME, f"{len(train):,} preferences to train on, {len(validation):,} held out")
    steps, measured, resumed = _train(context, start, train, validation)
    counts = {
        "preferences": len(train),
        "validation_preferences": len(validation),
        "left_out": {**found[0].left_out, **dropped},
        "by_level": dict(sorted(Counter(pair.rejected_at for pair in found[0].pairs).items())),
        "by_mistake": dict(sorted(Counter(pair.mistake for pair in found[0].pairs).items())),
        "steps": len(steps),
        "loss_first": round(steps[0]["loss"], 4),
        "loss": round(fmean(step["loss"] for step in steps[-max(1, len(steps) // 10) :]), 4),
        "accuracy": round(measured[-1]["eval_rewards/accuracies"], 4) if measured else None,
        "margin": round(measured[-1]["eval_rewards/margins"], 4) if measured else None,
        "resumed_from": resumed,
    }
    context.progress.note(NAME, f"loss {counts['loss_first']:.3f} → {counts['loss']:.3f}" + _held_out(counts))
    return counts


def preferences(context: StageContext) -> tuple[Preferences, Preferences]:
    """Those of the training rows and those of the validation rows, judged."""
    rows = read_rows(context.inputs["dataset"])
    with Verifier(level=Level.COMPILE) as verifier:

        def check(candidates: Sequence[Candidate]) -> Sequence[Verdict]:
            with context.progress.bar(NAME, "judging both sides of the preferences", len(candidates)) as bar:
                return verifier.check(candidates, Level.COMPILE, bar.advance)

        return build(rows.train, "train", check), build(rows.validation, "validation", check)


def encode(
    start: policy.Start, pairs: Sequence[Preference], config: DpoConfig
) -> tuple[list[TokenPair], dict[str, int]]:
    """Tokens of ``pairs`` under the start's chat template; see :func:`encode_preferences`."""
    limit = config.max_seq_length
    return encode_preferences(
        start.tokenizer, pairs, max_length=limit, overlong=config.overlong, switches=start.switches
    )


def choose(pairs: Sequence[TokenPair], seed: int, count: int | None) -> list[TokenPair]:
    """``count`` of ``pairs``, evenly over the categories, in an order that depends on seed and ids alone."""
    ranked: list[tuple[int, str, TokenPair]] = []
    seen: Counter[str] = Counter()
    for pair in sorted(pairs, key=lambda pair: digest([seed, pair.id])):
        ranked.append((seen[pair.category], digest([seed, pair.id]), pair))
        seen[pair.category] += 1
    if count is None or count >= len(ranked):
        return [pair for _, _, pair in sorted(ranked, key=lambda item: item[1])]
    kept = sorted(ranked, key=lambda item: item[:2])[:count]
    return [pair for _, _, pair in sorted(kept, key=lambda item: item[1])]


def _train(
    context: StageContext, start: policy.Start, train: Sequence[TokenPair], validation: Sequence[TokenPair]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """Steps, the measurement after them, and the step that training went on from."""
    from algorand_coder.posttrain.dpo_trainer import build as build_trainer
    from algorand_coder.posttrain.trainers import carry_out, write_history

    config: DpoConfig = context.config
    identity = policy.identity(start, config, seed=context.seed, data=_identity(train))
    with context.progress.bar(NAME, "optimizer steps", None) as bar:
        trainer = build_trainer(
            start,
            config,
            train,
            validation,
            seed=context.seed,
            work=context.work,
            identity=identity,
            on_step=lambda entry: bar.advance(1, note=f"loss {entry['loss']:.3f}"),
        )
        done = carry_out(trainer, context.work, identity, measure=bool(validation))
    policy.save_policy(trainer.model, context.folder / "adapter", start, config.train)
    write_history(context.folder / "history.json", done.steps, done.measured)
    return done.steps, done.measured, done.resumed_from


def _identity(pairs: Sequence[TokenPair]) -> str:
    return digest([[pair.prompt, pair.chosen, pair.rejected] for pair in pairs])


def _held_out(counts: dict[str, Any]) -> str:
    if counts["accuracy"] is None:
        return ""
    return f"; held out, the accepted code is preferred in {counts['accuracy']:.0%}, margin {counts['margin']:.3f}"


STAGE = Stage(
    name=NAME,
    consumes=("dataset", "train", "rft"),
    needs=lambda config, name: name in {"dataset", config.start},
    keeps_work=True,
    run=run,
    code=(
        *policy.CODE,
        "algorand_coder.posttrain.preferences",
        "algorand_coder.posttrain.encoding",
        "algorand_coder.posttrain.dpo",
        "algorand_coder.posttrain.dpo_trainer",
        "algorand_coder.train.masks",
    ),
    versions=lambda: {**policy.versions(), **toolchain_versions()},
)
