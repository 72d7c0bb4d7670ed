"""Scores from logs alone: answers are read back, code is found and judged anew, and the figures are the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
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

    Models of the same name in several runs are told apart by their run folders. Raises ``UserError`` for what is no log
    of ours, for problems that the benchmark no longer has, and for logs that cannot be told apart.
    """
    return rescore_timed(paths, progress)[0]


def rescore_timed(paths: Sequence[Path], progress: Progress) -> tuple[dict[str, Any], dict[str, Any]]:
    """:func:`rescore`, and what the stage's counts hold beside it: the times that answers took, by model."""
    read = [(path, _read(path)) for path in _files(paths)]
    runs = list(dict.fromkeys(_run_folder(path) for path, _ in read))
    read.sort(key=lambda each: (runs.index(_run_folder(each[0])), int(each[1].eval.metadata["position"])))
    _tell_apart(read, runs)
    logs = [log for _, log in read]
    figures, times = _algorand([log for log in logs if log.eval.task != HUMANEVAL], progress)
    return {**figures, "humaneval": _humaneval([log for log in logs if log.eval.task == HUMANEVAL], progress)}, times


def _tell_apart(read: Sequence[tuple[Path, Any]], runs: Sequence[Path]) -> None:
    """Put the run before labels that several runs have; the same in all tasks, which are joined by label."""
    of_label: dict[str, set[Path]] = {}
    for path, log in read:
        of_label.setdefault(log.eval.metadata["label"], set()).add(_run_folder(path))
    seen: dict[tuple[str, str], Path] = {}
    for path, log in read:
        label = log.eval.metadata["label"]
        if len(of_label[label]) > 1:
            label = f"{_name(_run_folder(path), runs)}/{label}"
        other = seen.setdefault((log.eval.task, label), path)
        if other != path:
            raise UserError(f"{other} and {path} are both logs of the model {label!r}: give one of them")
        log.eval.metadata["label"] = label


def _algorand(logs: Sequence[Any], progress: Progress) -> tuple[dict[str, Any], dict[str, Any]]:
    if not logs:
        return {}, {}
    facts = [log.eval.metadata for log in logs]
    problems = {problem.id: problem for problem in load_problems()}
    if any(each["benchmark"] != fingerprint() for each in facts):
        progress.note(NAME, "the benchmark has changed since these answers were given: scores are those of today's")
    rows: list[AnswerRow] = []
    depths = [Level(each["deepest_level"]) for each in facts]
    with Verifier(level=max(depths, key=lambda level: level.depth)) as verifier:
        for log, about, deepest in zip(logs, facts, depths, strict=True):
            asked, answers = _answers(log, problems)
            with progress.bar(NAME, f"answers of {about['label']} judged", len(answers)) as bar:
                made = judge_answers(
                    about["label"],
                    asked,
                    answers,
                    lambda candidates, bar=bar, deepest=deepest: verifier.check(  # type: ignore[misc]
                        candidates, deepest, bar.advance
                    ),
                    deepest,
                )
            rows += sorted(made, key=lambda row: (row.problem, row.sample))
    names = {each["label"]: each["model"] for each in facts}
    figures = score(rows, names, bootstrap_samples=facts[0]["bootstrap_samples"], seed=facts[0]["seed"])
    return figures, {"models": {label: _times([row for row in rows if row.model == label]) for label in names}}


def _times(rows: Sequence[AnswerRow]) -> dict[str, float]:
    """Seconds of the median answer and per solved problem; empty where nothing timed the answers."""
    seconds, solved = sum(row.seconds for row in rows), sum(row.solved for row in rows)
    if not seconds:
        return {}
    middle = {"median_seconds": round(median(row.seconds for row in rows), 3)}
    return {**middle, "seconds_per_solved": round(seconds / solved, 3)} if solved else middle


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
    """The logs, each once however often it is named."""
    found = [each for path in paths for each in (sorted(path.glob("*.eval")) if path.is_dir() else [path])]
    if not found:
        raise UserError(f"no logs (*.eval) in {', '.join(map(str, paths))}")
    once: dict[Path, Path] = {}
    for path in found:
        once.setdefault(path.resolve(), path)
    return list(once.values())


def _run_folder(log: Path) -> Path:
    """The run folder of ``RUN/evaluate/logs/LOG``; of a log that lies elsewhere its own folder."""
    folder = log.resolve().parent
    return folder.parent.parent if (folder.parent.name, folder.name) == (NAME, "logs") else folder


def _name(folder: Path, folders: Sequence[Path]) -> str:
    """As many of the last parts of ``folder`` as no other of ``folders`` ends with."""
    others = [other.parts for other in folders if other != folder]
    parts = folder.parts
    shown = next((parts[-n:] for n in range(1, len(parts)) if all(other[-n:] != parts[-n:] for other in others)), parts)
    return Path(*shown).as_posix()


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
