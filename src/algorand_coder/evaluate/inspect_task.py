"""The benchmark as an Inspect task: problems are samples, the verifier's levels are scorers.

``algorand`` runs with any model that Inspect knows. Inside a run, ``write_logs`` replays the answers that were
already generated and judged, so that ``inspect view`` shows them; nothing is generated or judged twice.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from inspect_ai import Task, eval, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.log import EvalLog
from inspect_ai.model import (
    ChatMessage,
    ChatMessageAssistant,
    ChatMessageSystem,
    ChatMessageUser,
    GenerateConfig,
    Model,
    ModelAPI,
    ModelOutput,
    ModelUsage,
    modelapi,
)
from inspect_ai.scorer import CORRECT, INCORRECT, Score, Scorer, Target, accuracy, scorer, stderr
from inspect_ai.solver import Generate, Solver, TaskState, generate, solver
from inspect_ai.tool import ToolChoice, ToolInfo

from algorand_coder.errors import UserError
from algorand_coder.evaluate.judging import LEVELS, Answer, AnswerRow, judge_answers
from algorand_coder.evaluate.problems import Problem, load_problems
from algorand_coder.evaluate.prompts import Statement, conversation
from algorand_coder.generate.chat import Conversation
from algorand_coder.records import Level, Outcome
from algorand_coder.verify import Verifier

PROVIDER = "algorand-coder"
Asked = tuple[int, tuple[tuple[str, str], ...]]
"""Which answer to which conversation."""


class Judgements:
    """Rows by problem and sample: those known from a run, and new ones that the verifier makes when asked."""

    def __init__(self, problems: Sequence[Problem], rows: Iterable[AnswerRow] = ()) -> None:
        self._problems = {problem.id: problem for problem in problems}
        self._known = {(row.problem, row.sample): row for row in rows}
        self._judged: dict[tuple[str, str], AnswerRow] = {}
        self._verifier: Verifier | None = None
        self._one_at_a_time = asyncio.Lock()

    def known(self, problem_id: str, sample: int) -> AnswerRow | None:
        """The row of a run."""
        return self._known.get((problem_id, sample))

    async def row(self, problem_id: str, sample: int, answer: str) -> AnswerRow:
        """The judged answer; asks the verifier, off the event loop, when it was not judged before."""
        known = self.known(problem_id, sample)
        if known is not None and known.answer == answer:
            return known
        async with self._one_at_a_time:
            found = self._judged.get((problem_id, answer))
            if found is None:
                found = await asyncio.to_thread(self._judge, self._problems[problem_id], answer)
                self._judged[problem_id, answer] = found
        return found

    def _judge(self, problem: Problem, answer: str) -> AnswerRow:
        self._verifier = self._verifier or Verifier(level=Level.BEHAVE)
        questions = [(problem, conversation(problem))]
        return judge_answers("", questions, [Answer(answer, 0, 0, "stop")], self._verifier.check)[0]


@task  # type: ignore[untyped-decorator]
def algorand(statement: Statement = "detailed", problems: str = "") -> Task:
    """The Algorand benchmark; ``problems`` names a comma-separated subset."""
    chosen = load_problems(only=[name for name in problems.split(",") if name])
    return _task(chosen, statement, Judgements(chosen))


def write_logs(
    folder: Path,
    problems: Sequence[Problem],
    statement: Statement,
    rows: Sequence[AnswerRow],
    facts: Mapping[str, Mapping[str, Any]],
) -> list[EvalLog]:
    """One log a model in ``folder``, from answers that are already there; raises ``UserError`` if Inspect fails.

    ``facts`` says of each model what decides its answers and scores; a log holds all that scoring needs.
    """
    logs = []
    samples = max((row.sample for row in rows), default=0) + 1
    for role, about in facts.items():
        answered = [row for row in rows if row.model == role]
        replay = Replay(role)
        replay.answers = by_conversation(answered)
        judgements = Judgements(problems, answered)
        logs += write_log(folder, _task(problems, statement, judgements, again(judgements)), replay, about, samples)
    return logs


def write_log(folder: Path, made: Task, replay: Replay, about: Mapping[str, Any], samples: int = 1) -> list[EvalLog]:
    """The log of one model: ``made`` is run with the answers that ``replay`` holds."""
    logs: list[EvalLog] = eval(
        made,
        model=Model(replay, GenerateConfig(**{k: v for k, v in about["sampling"].items() if k != "seed"})),
        epochs=samples,
        log_dir=str(folder),
        metadata=dict(about),
        display="none",
        log_level="error",
        log_realtime=False,
        score_display=False,
        acp_server=False,
        ctl_server=False,
        max_samples=16,
    )
    if any(log.status != "success" for log in logs):
        reason = next((log.error.message for log in logs if log.error), "no reason given")
        raise UserError(
            f"Inspect could not write its log for {replay.model_name}: {reason}; set evaluate.inspect_logs=false"
        )
    return logs


@solver  # type: ignore[untyped-decorator]
def again(judgements: Judgements) -> Solver:
    """Repeats the rounds of a run: the conversation before the last answer, then that answer by the replaying model."""

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        row = judgements.known(str(state.sample_id), state.epoch - 1)
        if row is None:
            raise ValueError(f"no answer to {state.sample_id}, sample {state.epoch - 1}")
        state.messages = messages(json.loads(row.messages))
        state.metadata.update(
            sample=row.sample,
            finish=row.finish,
            served=row.served,
            dollars=row.dollars,
            seconds=row.seconds,
            error=_error(row),
            prompt_tokens=row.prompt_tokens,
            completion_tokens=row.completion_tokens,
        )
        # The seed is how the replaying model is told which of several answers to the same conversation is meant.
        return await generate(state, seed=row.sample)

    return solve


@modelapi(name=PROVIDER)
class Replay(ModelAPI):  # type: ignore[misc]
    """Answers each conversation with what a model answered to it before."""

    answers: Mapping[Asked, Answer] = MappingProxyType({})
    """Set after construction: Inspect copies a provider's arguments into the log."""

    async def generate(
        self, input: list[ChatMessage], tools: list[ToolInfo], tool_choice: ToolChoice, config: GenerateConfig
    ) -> ModelOutput:
        """The stored answer, with the tokens it took."""
        turns = [{"role": message.role, "content": message.text} for message in input]
        answer = self.answers[asked(turns, config.seed or 0)]
        reason = _STOP_REASONS.get(answer.finish, "stop")
        output = ModelOutput.from_content(self.model_name, answer.text, stop_reason=reason, error=answer.error or None)
        total = answer.prompt_tokens + answer.completion_tokens
        output.usage = ModelUsage(
            input_tokens=answer.prompt_tokens, output_tokens=answer.completion_tokens, total_tokens=total
        )
        return output


_STOP_REASONS: Mapping[str, Any] = MappingProxyType(
    {"length": "max_tokens", "refusal": "content_filter", "none": "unknown"}
)


def asked(turns: Conversation, sample: int = 0) -> Asked:
    """The conversation with the number of the answer to it, as ``Replay`` looks answers up."""
    return sample, tuple((turn["role"], turn["content"]) for turn in turns)


def by_conversation(rows: Iterable[AnswerRow]) -> dict[Asked, Answer]:
    """The answers of ``rows`` by what was asked."""
    return {
        asked(json.loads(row.messages), row.sample): Answer(
            row.answer, row.prompt_tokens, row.completion_tokens, row.finish, row.sample, _error(row)
        )
        for row in rows
    }


def _task(
    problems: Sequence[Problem], statement: Statement, judgements: Judgements, solve: Solver | None = None
) -> Task:
    return Task(
        name="algorand",
        dataset=MemoryDataset([_sample(problem, statement) for problem in problems], name="algorand-coder-benchmark"),
        solver=solve or generate(),
        scorer=[_at_level(level, judgements) for level in LEVELS],
    )


def _sample(problem: Problem, statement: Statement) -> Sample:
    header = problem.header
    about = {
        "category": header.category.value,
        "difficulty": header.difficulty,
        "kind": header.kind.value,
        "family": header.family,
        "seen": problem.seen,
    }
    turns = messages(conversation(problem, statement))
    return Sample(id=problem.id, input=turns, target=problem.deepest_level.value, metadata=about)


def _at_level(level: Level, judgements: Judgements) -> Scorer:
    """A scorer for one level. Where the level does not apply, or could not be judged, the sample is left unscored."""

    @scorer(metrics=[accuracy(), stderr()], name=level.value)  # type: ignore[untyped-decorator]
    def at_level() -> Scorer:
        async def score(state: TaskState, target: Target) -> Score:
            row = await judgements.row(str(state.sample_id), state.epoch - 1, state.output.completion)
            outcome = row.outcome(level)
            if outcome not in {Outcome.PASSED, Outcome.FAILED}:
                return Score.unscored(reason=_reason(row, outcome), answer=row.code)
            if outcome == Outcome.PASSED:
                return Score(value=CORRECT, answer=row.code)
            return Score(value=INCORRECT, answer=row.code, explanation=_explain(row))

        return score

    return at_level()


def _explain(row: AnswerRow) -> str:
    findings = [f"{d.file}:{d.line}:{d.column} {d.code} {d.message}" for d in row.verdict.diagnostics[:5]]
    return "\n".join(findings)


def _reason(row: AnswerRow, outcome: str) -> str:
    if not outcome:
        return "the level does not apply to this problem"
    return row.verdict.last.reason if row.verdict.last else "no level was judged"


def _error(row: AnswerRow) -> str:
    """Why the infrastructure left a question without an answer; empty for an answer."""
    return row.verdict.last.reason if row.finish == "none" and row.verdict.last else ""


def messages(turns: Iterable[Mapping[str, str]]) -> list[ChatMessage]:
    """A conversation as Inspect has it."""
    roles = {"system": ChatMessageSystem, "user": ChatMessageUser, "assistant": ChatMessageAssistant}
    return [roles[turn["role"]](content=turn["content"]) for turn in turns]
