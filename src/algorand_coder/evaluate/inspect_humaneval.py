"""HumanEval as an Inspect task: our question, our extraction, and our sandbox in place of an executor of Inspect's."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.log import EvalLog
from inspect_ai.scorer import CORRECT, INCORRECT, Score, Scorer, Target, accuracy, scorer, stderr
from inspect_ai.solver import Generate, Solver, TaskState, generate, solver

from algorand_coder.evaluate.humaneval import (
    HumanEvalRow,
    HumanEvalTask,
    conversation,
    extract_python,
    judge,
    load_tasks,
)
from algorand_coder.evaluate.inspect_task import Replay, asked, messages, write_log
from algorand_coder.evaluate.judging import Answer
from algorand_coder.records import Outcome

TASK = "humaneval"


@task  # type: ignore[untyped-decorator]
def humaneval() -> Task:
    """All 164 problems, with any model that Inspect knows."""
    return _task(load_tasks(), {})


def write_logs(folder: Path, rows: Sequence[HumanEvalRow], facts: Mapping[str, Mapping[str, Any]]) -> list[EvalLog]:
    """One log a model in ``folder``, from answers that are already judged; see ``inspect_task.write_logs``."""
    tasks = load_tasks()
    logs = []
    for role, about in facts.items():
        known = {row.task: row for row in rows if row.model == role}
        replay = Replay(role)
        replay.answers = {asked(conversation(each)): _answer(known[each.id]) for each in tasks}
        logs += write_log(folder, _task(tasks, known), replay, about)
    return logs


def _task(tasks: Sequence[HumanEvalTask], known: Mapping[str, HumanEvalRow]) -> Task:
    samples = [Sample(id=each.id, input=messages(conversation(each)), target=each.entry) for each in tasks]
    return Task(
        name=TASK,
        dataset=MemoryDataset(samples, name=TASK),
        solver=again(known) if known else generate(),
        scorer=passes({each.id: each for each in tasks}, known),
    )


@solver  # type: ignore[untyped-decorator]
def again(known: Mapping[str, HumanEvalRow]) -> Solver:
    """The answer of a run, with what scoring it anew needs."""

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        row = known[str(state.sample_id)]
        state.metadata.update(
            finish=row.finish,
            error=row.error,
            prompt_tokens=row.prompt_tokens,
            completion_tokens=row.completion_tokens,
        )
        return await generate(state)

    return solve


@scorer(metrics=[accuracy(), stderr()])  # type: ignore[untyped-decorator]
def passes(tasks: Mapping[str, HumanEvalTask], known: Mapping[str, HumanEvalRow]) -> Scorer:
    """Whether the answer passes the problem's test; judged in the sandbox unless a run has judged it."""

    async def score(state: TaskState, target: Target) -> Score:
        asked_for = tasks[str(state.sample_id)]
        text = state.output.completion
        row = known.get(asked_for.id)
        if row is not None and row.answer == text:
            outcome, reason = Outcome(row.outcome), row.reason
        else:
            [found] = await asyncio.to_thread(judge, [asked_for], [text])
            outcome, reason = found.outcome, found.reason
        code = extract_python(text, asked_for)
        if outcome is Outcome.UNJUDGED:
            return Score.unscored(reason=reason, answer=code)
        passed = outcome is Outcome.PASSED
        return Score(value=CORRECT if passed else INCORRECT, answer=code, explanation=reason)

    return score


def _answer(row: HumanEvalRow) -> Answer:
    return Answer(row.answer, row.prompt_tokens, row.completion_tokens, row.finish, error=row.error)
