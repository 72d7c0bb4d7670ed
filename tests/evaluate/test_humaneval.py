"""HumanEval: right answers in any shape pass, wrong and hostile ones fail, and nothing runs outside the sandbox."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from algorand_coder.evaluate import humaneval, inspect_humaneval
from algorand_coder.evaluate.answering import Question
from algorand_coder.evaluate.humaneval import HumanEvalTask, extract_python, judge, load_tasks
from algorand_coder.evaluate.judging import Answer
from algorand_coder.pipeline.progress import Progress
from algorand_coder.records import Outcome
from algorand_coder.sandbox import Limits, bubblewrap

TASK = HumanEvalTask(
    "Own/0",
    'from typing import List\n\n\ndef largest(numbers: List[int]) -> int:\n    """The largest of the numbers."""\n',
    "largest",
    "def check(candidate):\n    assert candidate([1, 3]) == 3\n    assert candidate([-2, -5]) == -2\n",
    "    return max(numbers)\n",
)
WHOLE = "def largest(numbers: List[int]) -> int:\n    return max(numbers)\n"


@pytest.fixture
def sandboxed(require_tool: Callable[..., str]) -> None:
    require_tool("bwrap")


RIGHT = {
    "the body": "    return max(numbers)\n",
    "the body without indentation": "best = numbers[0]\nfor n in numbers:\n    best = max(best, n)\nreturn best\n",
    "the body in a fence": "```python\n    return max(numbers)\n```",
    "the whole in a fence": f"Sure:\n```python\n{WHOLE}```\nThat is all.",
    "a fence without end": f"```py\n{WHOLE}",
    "a fence without language": f"```\nfrom typing import List\n{WHOLE}```",
    "no fence": WHOLE,
    "an example before": f"Call it so:\n```python\nlargest([1])\n```\nHere it is:\n```python\n{WHOLE}```",
}
WRONG = {
    "wrong": WHOLE.replace("max", "min"),
    "nothing": "",
    "prose": "I would rather not.",
    "ends early": "    import os\n    os._exit(0)\n",
    "never ends": "    while True:\n        pass\n",
    "patches the comparison": WHOLE.replace("max(numbers)", "type('A', (), {'__eq__': lambda s, o: False})()"),
    "reads the host": "    return open('/etc/passwd').read()\n",
    "prints and exits": "    print('0' * 32)\n    raise SystemExit(0)\n",
}


@pytest.mark.parametrize("thinking", ["<think>\n{}</think>\n\n", "{}</think>\n"])
def test_a_draft_in_the_thinking_is_no_answer(thinking: str) -> None:
    draft = thinking.format(f"First try:\n```python\n{WRONG['wrong']}```\nno, that is wrong\n")
    for answer in (f"```python\n{WHOLE}```\n", WHOLE):
        assert extract_python(draft + answer, TASK).split() == extract_python(answer, TASK).split()


@pytest.mark.slow
def test_each_shape_gets_its_outcome(sandboxed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(humaneval, "LIMITS", Limits(wall_seconds=20, cpu_seconds=1))
    answers = {**RIGHT, **WRONG}
    judged = judge([TASK] * len(answers), list(answers.values()))
    found = {name: (result.outcome, result.reason) for name, result in zip(answers, judged, strict=True)}
    assert {name: found[name][0] for name in RIGHT} == dict.fromkeys(RIGHT, Outcome.PASSED), found
    assert {name: found[name][0] for name in WRONG} == dict.fromkeys(WRONG, Outcome.FAILED), found


def test_without_a_sandbox_nothing_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bubblewrap, "unavailable", lambda: "no bubblewrap here")
    [result] = judge([TASK], [WHOLE])
    assert (result.outcome, result.reason) == (Outcome.UNJUDGED, "no bubblewrap here")


@pytest.mark.slow
def test_all_reference_solutions_pass_and_none_passes_for_another(sandboxed: None) -> None:
    tasks = load_tasks()
    assert len(tasks) == 164
    judged = judge(tasks, [task.solution for task in tasks])
    assert [task.id for task, result in zip(tasks, judged, strict=True) if result.outcome != Outcome.PASSED] == []
    whole = [task.prompt + task.solution for task in tasks]
    assert all(extract_python(f"```python\n{text}```", task) for task, text in zip(tasks, whole, strict=True))
    crossed = judge(tasks[:20], [f"    return {task.entry!r}\n" for task in tasks[:20]])
    assert {result.outcome for result in crossed} == {Outcome.FAILED}


class Scripted:
    """Answers every question with what it was made with; ``lost`` stands for an endpoint that was out of reach."""

    def __init__(self, text: str, lost: int = 0) -> None:
        self.name = "scripted"
        self._text, self._lost = text, lost

    def answer(self, questions: Sequence[Question], what: str, progress: Progress) -> list[Answer]:
        return [
            Answer("", 0, 0, "none", error="out of reach") if n < self._lost else Answer(self._text, 1, 1, "stop")
            for n in range(len(questions))
        ]

    def about(self) -> dict[str, object]:
        return {}


@pytest.mark.slow
def test_rates_and_the_paired_change(sandboxed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = [replace(TASK, id=f"Own/{n}") for n in range(6)]
    monkeypatch.setattr(humaneval, "load_tasks", lambda: tasks)
    models = {"base": Scripted(WHOLE, lost=2), "tuned": Scripted(WRONG["wrong"])}
    rows, figures = humaneval.measure(models, Progress(quiet=True), bootstrap_samples=100, seed=0)
    assert len(rows) == 12
    assert figures["unjudged"] == 2
    assert {label: (each["passed"], each["n"]) for label, each in figures["models"].items()} == {
        "base": (4, 4),
        "tuned": (0, 6),
    }
    assert (figures["paired"]["difference"], figures["paired"]["n"]) == (-1.0, 4)


@pytest.mark.slow
def test_the_logs_give_the_same_figures_without_a_model(
    sandboxed: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("inspect_ai") if not os.environ.get("CI") else None
    from inspect_ai.log import read_eval_log

    from algorand_coder.evaluate.inspect_humaneval import write_logs
    from algorand_coder.evaluate.rescore import rescore

    tasks = [replace(TASK, id=f"Own/{n}", prompt=f"# {n}\n{TASK.prompt}") for n in range(4)]
    monkeypatch.setattr(humaneval, "load_tasks", lambda: tasks)
    monkeypatch.setattr(inspect_humaneval, "load_tasks", lambda: tasks)
    models = {"base": Scripted(WRONG["wrong"], lost=1), "tuned": Scripted(f"```python\n{WHOLE}```")}
    rows, figures = humaneval.measure(models, Progress(quiet=True), bootstrap_samples=100, seed=3)
    facts = {
        label: {
            "label": label, "position": position, "model": label, "deepest_level": "behave", "benchmark": "",
            "bootstrap_samples": 100, "seed": 3, "sampling": {"temperature": 0.0, "top_p": None, "seed": 3},
        }
        for position, label in enumerate(models)
    }  # fmt: skip
    write_logs(tmp_path, rows, facts)
    assert rescore([tmp_path], Progress(quiet=True)) == {"humaneval": figures}
    accuracy = {}
    for path in tmp_path.glob("*.eval"):
        log = read_eval_log(str(path))
        [found] = log.results.scores
        accuracy[log.eval.metadata["label"]] = (found.scored_samples, found.metrics["accuracy"].value)
    assert accuracy == {"base": (3, 0.0), "tuned": (4, 1.0)}
