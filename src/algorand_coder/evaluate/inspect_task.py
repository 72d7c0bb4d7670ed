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
from inspect_ai.solver import TaskState, generate
from inspect_ai.tool import ToolChoice, ToolInfo

from algorand_coder.errors import UserError
from algorand_coder.evaluate.judging import LEVELS, Answer, AnswerRow, judge_answers
from algorand_coder.evaluate.problems import Problem, load_problems
from algorand_coder.evaluate.prompts import Statement, conversation
from algorand_coder.records import Level, Outcome
from algorand_coder.verify import Verifier

PROVIDER = "algorand-coder"


class Judgements:
    """Rows by problem and answer: those known from a run, and new ones that the verifier makes when asked."""

    def __init__(self, problems: Sequence[Problem], rows: Iterable[AnswerRow] = ()) -> None:
        self._problems = {problem.id: problem for problem in problems}
        self._rows = {(row.problem, row.answer): row for row in rows}
        self._verifier: Verifier | None = None
        self._one_at_a_time = asyncio.Lock()

    async def row(self, problem_id: str, answer: str) -> AnswerRow:
        """The judged answer; asks the verifier, off the event loop, when it was not judged before."""
        async with self._one_at_a_time:
            found = self._rows.get((problem_id, answer))
            if found is None:
                found = await asyncio.to_thread(self._judge, self._problems[problem_id], answer)
                self._rows[problem_id, answer] = found
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
    folder: Path, problems: Sequence[Problem], statement: Statement, rows: Sequence[AnswerRow], names: dict[str, str]
) -> list[EvalLog]:
    """One log a model in ``folder``, from answers that are already there; raises ``UserError`` if Inspect fails."""
    logs = []
    for role, name in names.items():
        answered = [row for row in rows if row.model == role]
        replay = Replay(role)
        replay.rows = by_conversation(answered)
        made = eval(
            _task(problems, statement, Judgements(problems, answered)),
            model=Model(replay, GenerateConfig(temperature=0.0)),
            log_dir=str(folder),
            metadata={"model": name, "statement": statement},
            display="none",
            log_level="error",
            log_realtime=False,
            score_display=False,
            acp_server=False,
            ctl_server=False,
            max_samples=16,
        )
        if any(log.status != "success" for log in made):
            reason = next((log.error.message for log in made if log.error), "no reason given")
            raise UserError(f"Inspect could not write its log for {role}: {reason}; set evaluate.inspect_logs=false")
        logs.extend(made)
    return logs


@modelapi(name=PROVIDER)
class Replay(ModelAPI):  # type: ignore[misc]
    """Answers each conversation with what a model answered to it before."""

    rows: Mapping[tuple[tuple[str, str], ...], AnswerRow] = MappingProxyType({})
    """By conversation; set after construction, because Inspect copies a provider's arguments into the log."""

    async def generate(
        self, input: list[ChatMessage], tools: list[ToolInfo], tool_choice: ToolChoice, config: GenerateConfig
    ) -> ModelOutput:
        """The stored answer, with the tokens it took."""
        row = self.rows[_turns([{"role": message.role, "content": message.text} for message in input])]
        reason = "max_tokens" if row.finish == "length" else "stop"
        output = ModelOutput.from_content(self.model_name, row.answer, stop_reason=reason)
        total = row.prompt_tokens + row.completion_tokens
        output.usage = ModelUsage(
            input_tokens=row.prompt_tokens, output_tokens=row.completion_tokens, total_tokens=total
        )
        return output


def by_conversation(rows: Iterable[AnswerRow]) -> dict[tuple[tuple[str, str], ...], AnswerRow]:
    """Rows by the conversation that they answer, as ``Replay`` looks them up."""
    return {_turns(json.loads(row.messages)): row for row in rows}


def _task(problems: Sequence[Problem], statement: Statement, judgements: Judgements) -> Task:
    return Task(
        name="algorand",
        dataset=MemoryDataset([_sample(problem, statement) for problem in problems], name="algorand-coder-benchmark"),
        solver=generate(),
        scorer=[_at_level(level, judgements) for level in LEVELS],
    )


def _sample(problem: Problem, statement: Statement) -> Sample:
    header = problem.header
    roles = {"system": ChatMessageSystem, "user": ChatMessageUser}
    messages: list[ChatMessage] = [
        roles[turn["role"]](content=turn["content"]) for turn in conversation(problem, statement)
    ]
    about = {
        "category": header.category.value,
        "difficulty": header.difficulty,
        "kind": header.kind.value,
        "family": header.family,
        "seen": problem.seen,
    }
    return Sample(id=problem.id, input=messages, target=problem.deepest_level.value, metadata=about)


def _at_level(level: Level, judgements: Judgements) -> Scorer:
    """A scorer for one level. Where the level does not apply, or could not be judged, the sample is left unscored."""

    @scorer(metrics=[accuracy(), stderr()], name=level.value)  # type: ignore[untyped-decorator]
    def at_level() -> Scorer:
        async def score(state: TaskState, target: Target) -> Score:
            row = await judgements.row(str(state.sample_id), state.output.completion)
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


def _turns(messages: Sequence[dict[str, Any]]) -> tuple[tuple[str, str], ...]:
    return tuple((turn["role"], turn["content"]) for turn in messages)
