"""Answers in logs scored again: which runs they are of, how deep each was judged, and what a person is told."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from algorand_coder.cli.evaluate import command
from algorand_coder.errors import UserError
from algorand_coder.evaluate import humaneval
from algorand_coder.evaluate.judging import Answer, judge_answers
from algorand_coder.evaluate.problems import fingerprint, load_problem
from algorand_coder.evaluate.prompts import conversation
from algorand_coder.pipeline.progress import Progress
from algorand_coder.records import Candidate, Level, LevelResult, Outcome, Verdict
from algorand_coder.verify import Verifier

PROBLEMS = [load_problem(name) for name in ("cloakroom", "invoice-payment")]
GOOD, BAD = "```ts\nexport const good = 1\n```", "```ts\nexport const bad = 1\n```"


@pytest.fixture(autouse=True)
def judged(monkeypatch: pytest.MonkeyPatch) -> list[Level | None]:
    """Code with ``good`` in it passes every level, other code none; the list holds how deep each call looked."""
    asked: list[Level | None] = []

    def check(self: Verifier, candidates: Sequence[Candidate], level: Level | None = None, *rest: Any) -> list[Verdict]:
        asked.append(level)
        return [verdict(candidate, level or Level.BEHAVE) for candidate in candidates]

    monkeypatch.setattr(Verifier, "check", check)
    return asked


def verdict(candidate: Candidate, deepest: Level) -> Verdict:
    if "good" not in candidate.files[candidate.entry]:
        return Verdict("k", (LevelResult(Level.PARSE, Outcome.FAILED),))
    return Verdict("k", tuple(LevelResult(level, Outcome.PASSED) for level in Level if level.depth <= deepest.depth))


def logs_of(run: Path, *answers: str, deepest: Level = Level.BEHAVE, seconds: float = 0.0, error: str = "") -> Path:
    """Logs of a run whose one model, ``m``, gave ``answers`` to the problems in turn; returns their folder."""
    pytest.importorskip("inspect_ai") if not os.environ.get("CI") else None
    from algorand_coder.evaluate.inspect_task import write_logs

    folder = run / "evaluate" / "logs"
    given = [Answer(text, 1, 1, "none" if error else "stop", seconds=seconds, error=error) for text in answers]
    questions = [(problem, conversation(problem)) for problem in PROBLEMS]
    rows = judge_answers(
        "m", questions, given, lambda candidates: [verdict(each, deepest) for each in candidates], deepest
    )
    write_logs(folder, PROBLEMS, "detailed", rows, {"m": facts(deepest)})
    return folder


def facts(deepest: Level = Level.BEHAVE) -> Mapping[str, Any]:
    return {
        "label": "m", "position": 0, "model": "weights", "deepest_level": deepest.value, "benchmark": fingerprint(),
        "bootstrap_samples": 100, "seed": 3, "sampling": {"temperature": 0.0, "top_p": None, "seed": 3},
    }  # fmt: skip


def rescore(*logs: Path) -> dict[str, Any]:
    from algorand_coder.evaluate.rescore import rescore

    return rescore(logs, Progress(quiet=True))


def behaves(figures: dict[str, Any]) -> dict[str, tuple[int, int]]:
    return {
        label: (model["rates"]["behave"]["passed"], model["rates"]["behave"]["n"])
        for label, model in figures["models"].items()
    }


def told(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(each) for each in arguments], catch_exceptions=False)


def test_runs_of_the_same_name_are_told_apart_by_where_they_lie(tmp_path: Path) -> None:
    logs = [logs_of(tmp_path / where / "runs" / "laptop", text, text) for where, text in (("x", GOOD), ("y", BAD))]
    assert behaves(rescore(*logs)) == {"x/runs/laptop/m": (2, 2), "y/runs/laptop/m": (0, 2)}
    copies = [shutil.copytree(folder, tmp_path / f"logs-{n}") for n, folder in enumerate(logs)]
    assert behaves(rescore(*copies)) == {"logs-0/m": (2, 2), "logs-1/m": (0, 2)}


def test_a_log_that_is_named_twice_counts_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = logs_of(tmp_path / "run", GOOD, BAD)
    monkeypatch.chdir(tmp_path)
    figures = rescore(folder, Path("run/evaluate/logs"), next(folder.glob("*.eval")))
    assert behaves(figures) == {"m": (1, 2)}


def test_two_logs_that_nothing_tells_apart_are_refused(tmp_path: Path) -> None:
    first, second = logs_of(tmp_path / "first", GOOD, GOOD), logs_of(tmp_path / "second", BAD, BAD)
    shutil.copy(next(second.glob("*.eval")), first)
    with pytest.raises(UserError, match="are both logs of the model 'm'"):
        rescore(first)


def test_humaneval_keeps_the_label_that_its_model_gets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only one of the runs was asked it."""
    from algorand_coder.evaluate import inspect_humaneval

    first, second = logs_of(tmp_path / "first", GOOD, GOOD), logs_of(tmp_path / "second", BAD, BAD)
    task = humaneval.HumanEvalTask("Own/0", "def one():\n", "one", "    return 1\n", "def check(one): pass\n")
    for module in (humaneval, inspect_humaneval):
        monkeypatch.setattr(module, "load_tasks", lambda: [task])
    row = humaneval.HumanEvalRow("Own/0", "m", "text", "passed", "", "stop")
    monkeypatch.setattr(
        humaneval, "judge_answers", lambda label, *rest: [humaneval.HumanEvalRow("Own/0", label, "", "passed", "", "")]
    )
    inspect_humaneval.write_logs(second, [row], {"m": facts()})
    figures = rescore(first, second)
    assert list(figures["models"]) == ["first/m", "second/m"]
    assert list(figures["humaneval"]["models"]) == ["second/m"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_every_log_is_judged_as_deep_as_it_was(
    tmp_path: Path, judged: list[Level | None], order: tuple[int, int]
) -> None:
    made = [(Level.TYPES, tmp_path / "shallow"), (Level.BEHAVE, tmp_path / "deep")]
    logs = [logs_of(run, GOOD, GOOD, deepest=level) for level, run in made]
    figures = rescore(*(logs[n] for n in order))
    assert list(figures["models"]["shallow/m"]["rates"]) == ["parse", "types"]
    assert list(figures["models"]["deep/m"]["rates"])[-1] == "behave"
    assert judged == [made[n][0] for n in order]


def test_answers_that_could_not_be_judged_are_called_invalid(tmp_path: Path) -> None:
    done = told("--rescore", logs_of(tmp_path / "run", "", "", error="server [503]"))
    assert "INVALID: 2 answers (100.0%) could not be judged" in done.stderr
    assert "server [503]" in done.stderr
    quiet = told("--rescore", tmp_path / "run" / "evaluate" / "logs", "--json")
    assert quiet.stderr == ""
    assert not json.loads(quiet.stdout)["valid"]


def test_the_document_of_logs_has_the_times_of_their_answers(tmp_path: Path) -> None:
    done = told("--rescore", logs_of(tmp_path / "run", GOOD, BAD, seconds=2.0), "--results", tmp_path / "page")
    assert done.exit_code == 0
    assert "| 2.0 s | 4.0 s |" in (tmp_path / "page" / "results.md").read_text()


@pytest.mark.parametrize("name", ["mod 😀", "a: b, [c]", "\udcff", "3"])
def test_the_name_of_a_model_may_hold_any_characters(name: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as raised:
        told("--model", name, "--run-dir", tmp_path / "run")
    assert f"no model {name!r}" in str(raised.value)
