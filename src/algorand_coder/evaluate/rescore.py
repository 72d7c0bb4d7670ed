"""Scores from logs alone: answers are read back, code is found and judged anew, and the figures are the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from algorand_coder.errors import MissingTool, UserError
from algorand_coder.evaluate import humaneval
from algorand_coder.evaluate.judging import Answer, AnswerRow, judge_answers
from algorand_coder.evaluate.problems import Problem, fingerprint, load_problems
from algorand_coder.evaluate.scores import score
from algorand_coder.generate.chat import Conversation
from algorand_coder.pipeline.progress import Progress
from algorand_coder.records import Level
from algorand_coder.verify import Verifier

NAME = "evaluate"
HUMANEVAL = "humaneval"
"""The task whose logs hold answers to HumanEval."""

Task = TypeVar("Task")


def rescore(paths: Sequence[Path], progress: Progress) -> dict[str, Any]:
    """The figures of ``scores.json`` from the logs (or folders of logs) of one run, or of several; no model is asked.

    Models of the same name in several runs are told apart by the names of their run folders. Raises ``UserError`` for
    what is no log of ours, and for problems that the benchmark no longer has.
    """
    read = [(path, _read(path)) for path in _files(paths)]
    of_label = {(log.eval.task, log.eval.metadata["label"]): set[str]() for _, log in read}
    for path, log in read:
        of_label[log.eval.task, log.eval.metadata["label"]].add(_run_name(path))
    for path, log in read:
        if len(of_label[log.eval.task, label := log.eval.metadata["label"]]) > 1:
            log.eval.metadata["label"] = f"{_run_name(path)}/{label}"
    order = list(dict.fromkeys(_run_name(path) for path, _ in read))
    logs = [
        log
        for _, log in sorted(
            read, key=lambda each: (order.index(_run_name(each[0])), int(each[1].eval.metadata["position"]))
        )
    ]
    general = [log for log in logs if log.eval.task == HUMANEVAL]
    return {
        **_algorand([log for log in logs if log.eval.task != HUMANEVAL], progress),
        "humaneval": _humaneval(general, progress),
    }


def _algorand(logs: Sequence[Any], progress: Progress) -> dict[str, Any]:
    if not logs:
        return {}
    facts = [log.eval.metadata for log in logs]
    problems = {problem.id: problem for problem in load_problems()}
    if any(each["benchmark"] != fingerprint() for each in facts):
        progress.note(NAME, "the benchmark has changed since these answers were given: scores are those of today's")
    rows: list[AnswerRow] = []
    deepest = Level(facts[0]["deepest_level"])
    with Verifier(level=deepest) as verifier:
        for log, about in zip(logs, facts, strict=True):
            asked, answers = _answers(log, problems)
            with progress.bar(NAME, f"answers of {about['label']} judged", len(answers)) as bar:
                made = judge_answers(
                    about["label"],
                    asked,
                    answers,
                    lambda candidates, bar=bar: verifier.check(candidates, progress=bar.advance),  # type: ignore[misc]
                    deepest,
                )
            rows += sorted(made, key=lambda row: (row.problem, row.sample))
    names = {each["label"]: each["model"] for each in facts}
    return score(rows, names, bootstrap_samples=facts[0]["bootstrap_samples"], seed=facts[0]["seed"])


def _humaneval(logs: Sequence[Any], progress: Progress) -> dict[str, Any]:
    rows: list[humaneval.HumanEvalRow] = []
    tasks = {task.id: task for task in humaneval.load_tasks()} if logs else {}
    for log in logs:
        asked = [_known(log, tasks, sample.id) for sample in log.samples or []]
        answers = [
            Answer(
                sample.output.completion,
                sample.metadata["prompt_tokens"],
                sample.metadata["completion_tokens"],
                sample.metadata["finish"],
                error=sample.metadata["error"],
            )
            for sample in log.samples or []
        ]
        rows += humaneval.judge_answers(log.eval.metadata["label"], asked, answers, progress)
    if not rows:
        return {}
    about = logs[0].eval.metadata
    return humaneval.figures(rows, bootstrap_samples=about["bootstrap_samples"], seed=about["seed"])


def _files(paths: Sequence[Path]) -> list[Path]:
    found = [each for path in paths for each in (sorted(path.glob("*.eval")) if path.is_dir() else [path])]
    if not found:
        raise UserError(f"no logs (*.eval) in {', '.join(map(str, paths))}")
    return found


def _run_name(log: Path) -> str:
    """The run folder of ``RUN/evaluate/logs/LOG``."""
    parents = log.resolve().parents
    return parents[2].name if len(parents) > 2 else ""


def _read(path: Path) -> Any:
    try:
        from inspect_ai.log import read_eval_log
    except ModuleNotFoundError:
        raise MissingTool("reading logs needs inspect-ai: pip install 'algorand-coder[eval]'") from None
    try:
        log = read_eval_log(str(path))
    except Exception as error:  # Inspect raises errors of many kinds for files that are no logs
        raise UserError(f"{path} cannot be read as an Inspect log: {' '.join(str(error).split())[:200]}") from None
    if not {"label", "position", "model", "deepest_level", "bootstrap_samples", "seed", "benchmark"} <= set(
        log.eval.metadata or {}
    ):
        raise UserError(f"{path} is no log that 'algorand-coder evaluate' wrote")
    return log


def _answers(log: Any, problems: dict[str, Problem]) -> tuple[list[tuple[Problem, Conversation]], list[Answer]]:
    asked: list[tuple[Problem, Conversation]] = []
    answers: list[Answer] = []
    for sample in log.samples or []:
        kept, turns = sample.metadata, sample.messages[:-1]
        asked.append((_known(log, problems, sample.id), [{"role": turn.role, "content": turn.text} for turn in turns]))
        answers.append(
            Answer(
                sample.output.completion,
                kept["prompt_tokens"],
                kept["completion_tokens"],
                kept["finish"],
                kept["sample"],
                kept["error"].removeprefix("no answer: "),
                kept["served"],
                kept["dollars"],
                kept["seconds"],
            )
        )
    return asked, answers


def _known(log: Any, asked: Mapping[str, Task], name: str) -> Task:
    if name not in asked:
        raise UserError(f"{log.location}: the benchmark has no problem {name!r}")
    return asked[name]
