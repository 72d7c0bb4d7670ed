"""The stage ``grpo``: the model answers training prompts, the verifier says what each answer is worth."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from algorand_coder.errors import UserError
from algorand_coder.generate.chat import Conversation
from algorand_coder.pipeline import Stage, StageContext
from algorand_coder.posttrain import policy
from algorand_coder.posttrain.config import GrpoConfig
from algorand_coder.posttrain.judging import Judged, judge
from algorand_coder.posttrain.tasks import Tasks, choose_tasks, conversation, read_rows
from algorand_coder.records import Level, Pair, digest
from algorand_coder.similarity.evaluation_sets import fingerprints
from algorand_coder.verify import Verifier, toolchain_versions

NAME = "grpo"
ALL_UNJUDGED = 3
"""Steps in a row without a single judged answer after which the infrastructure counts as broken."""


def run(context: StageContext) -> dict[str, Any]:
    """Choose prompts, train, and write adapter, history and what became of the answers; returns the counts."""
    config: GrpoConfig = context.config
    policy.check_installed()
    longest = config.max_prompt_tokens + config.max_new_tokens
    policy.check_fits(config.train, sequences=config.batch_size, tokens=longest)
    start = policy.open_start(config.train, config.start, context.inputs, lambda t: context.progress.note(NAME, t))
    tasks = choose(context, start)
    context.progress.note(
        NAME, f"{len(tasks.rows):,} prompts, {config.answers_per_prompt} answers each, judged up to {config.level}"
    )
    journal = context.work / "answers.jsonl"
    if not any((context.work / "checkpoints").glob("checkpoint-*")):
        journal.unlink(missing_ok=True)
    with Verifier(level=config.level, metrics=True) as verifier:
        reward = VerifierReward(verifier, tasks.rows, config.level, journal)
        steps, resumed = _train(context, start, tasks.rows, reward)
    last = steps[-max(1, len(steps) // 10) :]
    counts = {
        "prompts": len(tasks.rows),
        "left_out": tasks.left_out,
        "steps": len(steps),
        **reward.counts(),
        "reward_first": _mean(steps[:1]),
        "reward": _mean(last),
        "resumed_from": resumed,
    }
    context.progress.note(NAME, f"mean reward {counts['reward_first']} → {counts['reward']}")
    return counts


class VerifierReward:
    """The reward function that TRL calls: answers in, one number from 0 to 1 each, ``None`` for what is unjudged.

    What became of every answer is appended to ``journal`` (JSON lines). Raises ``UserError`` when nothing could be
    judged for some steps: to train on would be to spend time for nothing.
    """

    __name__ = "verifier"

    def __init__(self, verifier: Verifier, rows: Sequence[Pair], level: Level, journal: Path) -> None:
        self._verifier, self._level, self._journal = verifier, level, journal
        self._rows = {row.id: row for row in rows}
        self._unjudged_calls = 0

    def __call__(
        self, prompts: Sequence[Conversation], completions: Sequence[Any], row: Sequence[str], **about: Any
    ) -> list[float | None]:
        """Rewards in the order of ``completions``; ``row`` names the row that each answers."""
        texts = [each if isinstance(each, str) else str(each[-1]["content"]) for each in completions]
        judged = judge(self._verifier, [self._rows[name] for name in row], texts, self._level)
        state = about.get("trainer_state")
        self._write(state.global_step + 1 if state else 0, row, judged)
        lost = [each for each in judged if each.reward is None]
        self._unjudged_calls = self._unjudged_calls + 1 if len(lost) == len(judged) else 0
        if self._unjudged_calls >= ALL_UNJUDGED:
            raise UserError(
                f"{ALL_UNJUDGED} steps without an answer that could be judged ({lost[0].detail}): run "
                "'algorand-coder doctor'; the same command goes on from the last checkpoint"
            )
        return [each.reward for each in judged]

    def counts(self) -> dict[str, Any]:
        """What became of the answers of the whole run; of a step that was done twice after a kill, the later ones."""
        steps: dict[int, list[dict[str, Any]]] = {}
        for line in self._journal.read_text(encoding="utf-8").split("\n"):
            try:
                found = json.loads(line)
                steps[found["step"]] = found["answers"]
            except (ValueError, KeyError):
                continue  # a line that was being written when the process died
        answers = [answer for step in steps.values() for answer in step]
        refused = Counter(each["reason"] for each in answers if each["reason"])
        return {
            "answers": len(answers),
            "by_outcome": dict(sorted(Counter(each["outcome"] for each in answers).items())),
            "by_level": dict(sorted(Counter(each["level"] for each in answers).items())),
            "refused_by_reason": dict(sorted(refused.items())),
        }

    def _write(self, step: int, rows: Sequence[str], judged: Sequence[Judged]) -> None:
        answers = [
            {"row": row, "outcome": each.outcome, "level": each.level, "reason": each.reason, "reward": each.reward}
            for row, each in zip(rows, judged, strict=True)
        ]
        with self._journal.open("a", encoding="utf-8", newline="\n") as out:
            out.write("\n" + json.dumps({"step": step, "answers": answers}) + "\n")


def choose(context: StageContext, start: policy.Start) -> Tasks:
    """Training prompts that are short enough."""
    from algorand_coder.generate.chat import encode, render

    config: GrpoConfig = context.config
    rows = read_rows(context.inputs["dataset"]).train

    def fits(row: Pair) -> bool:
        text = render(start.tokenizer, conversation(row), ask=True, **start.switches)
        return len(encode(start.tokenizer, text)) <= config.max_prompt_tokens

    return choose_tasks(rows, seed=context.seed, count=config.max_prompts, fits=fits)


def _train(
    context: StageContext, start: policy.Start, rows: Sequence[Pair], reward: VerifierReward
) -> tuple[list[dict[str, Any]], int]:
    """The steps, and the one that training went on from."""
    from algorand_coder.posttrain.grpo_trainer import build
    from algorand_coder.posttrain.trainers import carry_out, write_history

    config: GrpoConfig = context.config
    identity = policy.identity(
        start, config, seed=context.seed, data=digest([[row.id, row.instruction, row.input] for row in rows])
    )
    with context.progress.bar(NAME, "optimizer steps", None) as bar:
        trainer = build(
            start,
            config,
            rows,
            reward,
            seed=context.seed,
            work=context.work,
            identity=identity,
            on_step=lambda entry: bar.advance(1, note=f"reward {entry['reward']}"),
        )
        done = carry_out(trainer, context.work, identity, measure=False)
    policy.save_policy(trainer.model, context.folder / "adapter", start, config.train)
    write_history(context.folder / "history.json", done.steps, done.measured)
    return done.steps, done.resumed_from


def _mean(steps: Sequence[dict[str, Any]]) -> float | None:
    """Mean reward of ``steps``; ``None`` where nothing in them could be judged."""
    found = [step["reward"] for step in steps if step.get("reward") is not None]
    return round(fmean(found), 4) if found else None


STAGE = Stage(
    name=NAME,
    consumes=("dataset", "train", "rft", "dpo"),
    needs=lambda config, name: name in {"dataset", config.start},
    keeps_work=True,
    run=run,
    code=(
        *policy.CODE,
        "algorand_coder.posttrain.grpo",
        "algorand_coder.posttrain.grpo_trainer",
    ),
    versions=lambda: {**policy.versions(), **toolchain_versions(), **fingerprints()},
)
