"""Inspect's own figures agree with ours, and its logs open."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from algorand_coder.evaluate.judging import Answer, AnswerRow, judge_answers
from algorand_coder.evaluate.problems import load_problem
from algorand_coder.evaluate.prompts import conversation
from algorand_coder.evaluate.scores import score
from algorand_coder.records import Level, LevelResult, Outcome, Verdict

pytestmark = pytest.mark.slow

PROBLEMS = [load_problem(name) for name in ("cloakroom", "greeting-card", "invoice-payment", "split-the-bill")]
OUTCOMES = {"cloakroom": "ppf", "greeting-card": "ppp", "invoice-payment": "pf", "split-the-bill": "pp"}


def rows() -> list[AnswerRow]:
    """One answer a problem, with the outcomes above."""
    letters = {"p": Outcome.PASSED, "f": Outcome.FAILED}
    questions = [(problem, conversation(problem)) for problem in PROBLEMS]
    answers = [Answer(f"```ts\nexport const a = {n}\n```", 100 + n, 10 + n, "stop") for n, _ in enumerate(PROBLEMS)]
    verdicts = [
        Verdict("k", tuple(LevelResult(level, letters[x]) for level, x in zip(Level, OUTCOMES[p.id], strict=False)))
        for p in PROBLEMS
    ]
    return judge_answers("base", questions, answers, lambda candidates: verdicts)


def test_logs_hold_our_answers_and_scores(tmp_path: Path) -> None:
    pytest.importorskip("inspect_ai") if not os.environ.get("CI") else None
    from inspect_ai.log import read_eval_log

    from algorand_coder.evaluate.inspect_task import write_logs

    made = rows()
    names = {"base": "small"}
    facts = {"base": {"model": "small", "sampling": {"temperature": 0.0, "top_p": None, "seed": 0}}}
    write_logs(tmp_path, PROBLEMS, "detailed", made, facts)
    paths = list(tmp_path.glob("*.eval"))
    assert len(paths) == 1
    log = read_eval_log(str(paths[0]))
    assert log.status == "success"
    ours = score(made, names, bootstrap_samples=100, seed=0)["models"]["base"]["rates"]
    found = {item.name: (item.scored_samples, item.metrics["accuracy"].value) for item in log.results.scores}
    assert set(found) >= set(ours) >= {"parse", "types", "compile"}
    for level, (n, accuracy) in found.items():
        assert (n, round(accuracy, 4)) == (ours[level]["n"], ours[level]["rate"])
    answers = {sample.id: sample.output.completion for sample in log.samples}
    assert answers == {row.problem: row.answer for row in made}
    usage = {sample.id: sample.output.usage.output_tokens for sample in log.samples}
    assert usage == {row.problem: row.completion_tokens for row in made}


def test_the_task_judges_answers_that_no_run_has_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scripted model answers one problem rightly and one with prose; the verifier is asked once for each."""
    pytest.importorskip("inspect_ai") if not os.environ.get("CI") else None
    from inspect_ai import eval as run
    from inspect_ai.model import GenerateConfig, Model

    from algorand_coder.evaluate import inspect_task
    from algorand_coder.verify import Verifier

    asked: list[str] = []

    def check(self: Verifier, candidates: list[object], *rest: object) -> list[Verdict]:
        asked.extend("one" for _ in candidates)
        return [Verdict("k", tuple(LevelResult(level, Outcome.PASSED) for level in Level)) for _ in candidates]

    monkeypatch.setattr(Verifier, "check", check)
    task = inspect_task.algorand(problems="cloakroom,greeting-card")
    chosen = [(load_problem(name), conversation(load_problem(name))) for name in ("cloakroom", "greeting-card")]
    texts = ["```ts\nexport class Cloakroom {}\n```", "I would rather not."]
    answers = [Answer(text, 1, 1, "stop") for text in texts]
    given = judge_answers("m", chosen, answers, lambda candidates: [Verdict("k", ()) for _ in candidates])
    model = inspect_task.Replay("scripted")
    model.answers = inspect_task.by_conversation(given)
    log = run(task, model=Model(model, GenerateConfig()), log_dir=str(tmp_path), display="none")[0]
    assert log.status == "success"
    assert asked == ["one"]
    found = {item.name: item.metrics["accuracy"].value for item in log.results.scores}
    assert found == {"parse": 0.5, "types": 0.5, "compile": 0.5, "deploy": 0.5, "behave": 0.5}
