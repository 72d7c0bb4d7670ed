"""The stage from end to end with scripted models whose answers have known outcomes."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest
from rich.console import Console

from algorand_coder.errors import MissingTool, UserError
from algorand_coder.evaluate import answering, humaneval, stage
from algorand_coder.evaluate.config import EvaluateConfig
from algorand_coder.evaluate.judging import Answer, AnswerRow
from algorand_coder.evaluate.overlap import overlap
from algorand_coder.evaluate.problems import Problem, load_problem, without_comments_for_us
from algorand_coder.generate.chat import Conversation
from algorand_coder.pipeline import Engine, StageContext, read_table, write_table
from algorand_coder.pipeline.progress import Progress
from algorand_coder.records import Category, Kind, Level, Pair, Provenance
from algorand_coder.syntax import skeleton
from algorand_coder.verify import Verifier

IDS = ("cloakroom", "greeting-card", "invoice-payment", "split-the-bill", "stop-voting")
PROBLEMS = [load_problem(name) for name in IDS]


class Scripted:
    """Base answers with prose, tuned with references; for some problems with a wrong solution."""

    wrong: tuple[str, ...] = ()
    made: ClassVar[list[str]] = []
    die_at: int | None = None

    def __init__(
        self, model_dir: Path, adapter: Path | None, max_new_tokens: int, batch_size: int, switches: dict[str, Any]
    ) -> None:
        self._tuned = adapter is not None
        Scripted.made.append("tuned" if self._tuned else "base")

    def answer(self, conversations: Sequence[Conversation]) -> list[Answer]:
        if Scripted.die_at == len(Scripted.made):
            raise KeyboardInterrupt
        return [Answer(self._text(conversation[-1]["content"]), 50, 60, "stop") for conversation in conversations]

    def _text(self, asked: str) -> str:
        problem = next(p for p in PROBLEMS if " ".join(p.header.statement.split()) in asked)
        if not self._tuned:
            return "Let me think about that."
        solution = problem.wrong[0] if problem.id in Scripted.wrong else problem.reference
        return f"```ts\n{solution.code}```"


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StageContext:
    monkeypatch.setattr(answering, "LocalAnswerer", Scripted)
    monkeypatch.setattr(answering, "fetch", lambda name, revision, note: tmp_path)
    monkeypatch.setattr(Scripted, "made", [])
    monkeypatch.setattr(Scripted, "wrong", ())
    monkeypatch.setattr(Scripted, "die_at", None)
    adapter = tmp_path / "train" / "adapter"
    adapter.mkdir(parents=True)
    (adapter / "algorand-coder.json").write_text(json.dumps({"base_model": "small", "base_revision": None}))
    (tmp_path / "dataset").mkdir()
    write_table(tmp_path / "dataset" / "pairs.parquet", Pair, [pair("export const x = 1\n")])
    folder = tmp_path / "evaluate"
    folder.mkdir()
    return StageContext(
        folder=folder,
        inputs={"train": tmp_path / "train", "dataset": tmp_path / "dataset"},
        config=EvaluateConfig(problems=IDS, batch_size=2, bootstrap_samples=200, inspect_logs=False),
        seed=1,
        engine=Engine(),
        progress=Progress(Console(file=io.StringIO(), width=200)),
    )


def pair(output: str, instruction: str = "Write it.") -> Pair:
    origin = (Provenance("generated", "1", "patterns/x", "MIT", "generated"),)
    about = (Category.STATE, Kind.CLIENT, "utils9", skeleton(output), "x", False)
    return Pair("p1", instruction, "", output, "patterns", *about, origin)


def configured(context: StageContext, **changes: Any) -> StageContext:
    return StageContext(
        folder=context.folder,
        inputs=context.inputs,
        config=context.config.model_copy(update=changes),
        seed=context.seed,
        engine=context.engine,
        progress=context.progress,
    )


def said(context: StageContext) -> str:
    out = context.progress.console.file
    assert isinstance(out, io.StringIO)
    return out.getvalue()


FAIL = [(load_problem("cloakroom"), Level.TYPES), (load_problem("split-the-bill"), Level.BEHAVE)]
"""The wrong solutions that stand for answers below, and where they fail."""


def asked() -> dict[Level, int]:
    """How many problems are judged at each level."""
    counts = {level: sum(level in problem.levels for problem in PROBLEMS) for level in Level}
    return {level: count for level, count in counts.items() if count}


@pytest.mark.slow
def test_known_answers_give_the_known_rates(
    context: StageContext, verifier: Verifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_wrong = {name: load_problem(name).wrong[0].fails_at for name in ("cloakroom", "split-the-bill")}
    assert {name: str(level) for name, level in first_wrong.items()} == {
        "cloakroom": "types",
        "split-the-bill": "behave",
    }
    monkeypatch.setattr(Scripted, "wrong", ("cloakroom", "split-the-bill"))
    counts = stage.run(context)
    written = json.loads((context.folder / "scores.json").read_text())
    rates = {
        role: {level: (r["passed"], r["n"]) for level, r in model["rates"].items()}
        for role, model in counts["models"].items()
    }
    assert rates["base"] == {level.value: (0, n) for level, n in asked().items()}
    assert rates["tuned"] == {
        level.value: (
            n - sum(failed in p.levels and level in p.levels[p.levels.index(failed) :] for p, failed in FAIL),
            n,
        )
        for level, n in asked().items()
    }
    assert written["models"]["tuned"]["rates"] == counts["models"]["tuned"]["rates"]
    assert written["paired"]["types"]["only_second"] == 4
    assert written["smoke_test"] is True
    assert written["valid"] is True
    assert counts["models"]["base"]["no_code"] == 5
    rows = read_table(context.folder / "answers.parquet", AnswerRow)
    assert [(row.problem, row.model) for row in rows[:2]] == [("cloakroom", "base"), ("cloakroom", "tuned")]
    assert len(rows) == 10
    assert "tuned: parse 5/5, types 4/5, compile 1/2" in said(context)


@pytest.mark.slow
def test_the_same_run_gives_the_same_bytes(context: StageContext, verifier: Verifier) -> None:
    stage.run(context)
    first = {name: (context.folder / name).read_bytes() for name in ("answers.parquet", "scores.json")}
    stage.run(context)
    assert {name: (context.folder / name).read_bytes() for name in first} == first
    assert Scripted.made == ["base", "tuned"]


@pytest.mark.slow
def test_a_run_that_was_stopped_goes_on(
    context: StageContext, verifier: Verifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Scripted, "die_at", 2)
    with pytest.raises(KeyboardInterrupt):
        stage.run(context)
    monkeypatch.setattr(Scripted, "die_at", None)
    counts = stage.run(context)
    assert Scripted.made == ["base", "tuned", "tuned"]
    assert counts["models"]["tuned"]["rates"]["types"]["passed"] == 5


@pytest.mark.slow
def test_a_verifier_that_cannot_judge_makes_the_run_invalid(
    context: StageContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    from algorand_coder.records import Level, LevelResult, Outcome, Verdict

    gap = (LevelResult(Level.PARSE, Outcome.UNJUDGED, reason="node is gone"),)
    monkeypatch.setattr(Verifier, "check", lambda self, cs, *a, **k: [Verdict(c.key, gap) for c in cs])
    counts = stage.run(context)
    assert counts["valid"] is False
    assert counts["models"]["tuned"]["rates"]["types"]["n"] == 0
    assert "INVALID: 5 answers (50.0%) could not be judged (node is gone)" in said(context)


def test_logs_are_written_for_both_models_when_asked(context: StageContext, monkeypatch: pytest.MonkeyPatch) -> None:
    from algorand_coder.records import Level, LevelResult, Outcome, Verdict

    pytest.importorskip("inspect_ai")
    fine = tuple(LevelResult(level, Outcome.PASSED) for level in (Level.PARSE, Level.TYPES, Level.COMPILE))
    monkeypatch.setattr(Verifier, "check", lambda self, cs, *a, **k: [Verdict(c.key, fine) for c in cs])
    stage.run(configured(context, inspect_logs=True))
    stage.run(configured(context, inspect_logs=True))
    assert len(list((context.folder / "logs").glob("*.eval"))) == 2


def test_one_model_alone_can_be_measured(context: StageContext, monkeypatch: pytest.MonkeyPatch) -> None:
    from algorand_coder.records import Verdict

    monkeypatch.setattr(Verifier, "check", lambda self, cs, *a, **k: [Verdict(c.key, ()) for c in cs])
    counts = stage.run(configured(context, models=("base",)))
    assert list(counts["models"]) == ["base"]
    assert counts["paired"] == {}


def test_what_humaneval_found_and_could_not_judge_is_said(
    context: StageContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = {"base": "pfp", "tuned": "puu"}
    words = {"p": "passed", "f": "failed", "u": "unjudged"}
    rows = [
        humaneval.HumanEvalRow(f"HumanEval/{n}", model, "", words[letter], "", "stop")
        for model, letters in outcomes.items()
        for n, letter in enumerate(letters)
    ]
    figures = humaneval.figures(rows, bootstrap_samples=100, seed=1)
    stage._tell(context, {"models": {}, "synthetic": False, "valid": True, "humaneval": figures})
    assert "base: HumanEval 2/3\n" in said(context)
    assert "tuned: HumanEval 1/1; 2 answers could not be judged" in said(context)


def test_missing_inspect_says_how_to_get_it(context: StageContext, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "find_spec", lambda name: None)
    with pytest.raises(MissingTool, match=r"pip install 'algorand-coder\[eval\]'"):
        stage.run(configured(context, inspect_logs=True))


def test_missing_humaneval_is_said_before_any_answer(context: StageContext, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(humaneval, "humaneval_file", lambda: None)
    with pytest.raises(MissingTool, match=r"pip install 'algorand-coder\[eval\]'"):
        stage.run(configured(context, humaneval=True))
    assert Scripted.made == []


def test_a_damaged_adapter_record_is_one_line(context: StageContext) -> None:
    (context.inputs["train"] / "adapter" / "algorand-coder.json").write_text("{")
    with pytest.raises(UserError, match="missing or damaged: run 'algorand-coder train --force'"):
        stage.run(context)


def test_overlap_finds_marked_rows_and_known_structures(tmp_path: Path) -> None:
    problem: Problem = load_problem("cloakroom")
    copied = without_comments_for_us(problem.reference.code).replace("Cloakroom", "Wardrobe").replace("coats", "hats")
    marked = problem.harness["expect.ts"].split("\n")[0] + "\nexport const x = 1\n"
    write_table(tmp_path / "p.parquet", Pair, [pair(copied), pair(marked), pair("export const y = 2\n")])
    found = overlap(tmp_path / "p.parquet", [problem])
    assert found == {"pairs": 3, "with_canary": 1, "same_skeleton": 1, "problems": ["cloakroom"]}


def test_the_stage_names_what_decides_its_output() -> None:
    assert stage.STAGE.consumes == ("train", "dataset")
    assert {"benchmark", "typescript"} <= set(stage.STAGE.versions())
