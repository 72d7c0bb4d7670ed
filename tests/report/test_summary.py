"""summary.json: the figures of the run, and sentences that do not flatter it."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from rich.console import Console

from algorand_coder.cli import _run
from algorand_coder.report import print_summary, write_report
from algorand_coder.report.page import duration, percent, roughly
from algorand_coder.report.scores import ModelScores, Paired, Rate, Scores, parse_scores
from algorand_coder.report.verdict import caveat, measured


def test_the_figures_are_those_of_the_stages(run_factory: Any) -> None:
    folder = run_factory.build()
    write_report(folder)
    summary = json.loads((folder / "summary.json").read_text())
    assert summary["source_files"] == 190
    assert summary["sources"] == {"listed": 7, "by_status": {"fetched": 5, "refused": 1, "skipped": 1}}
    assert summary["units"]["accepted"] == 1480
    assert summary["refined"]["refused_by_reason"]["near-duplicate"] == 140
    assert summary["pairs"]["accepted"] == 420
    assert summary["pairs"]["refused"] == 353
    assert summary["pairs"]["refused_by_reason"] == {
        "types/TS2339": 210,
        "types/TS2307": 120,
        "compile/puya": 14,
        "parse": 9,
    }
    assert (summary["dataset"]["train"], summary["dataset"]["validation"]) == (336, 84)
    assert summary["dataset"]["distinct_skeletons"] == 210
    assert (summary["training"]["train_loss"], summary["training"]["validation_loss"]) == (0.4712, 0.565)
    assert summary["training"]["base_model"] == "SmolLM2-135M-Instruct"
    assert summary["verdict"]["built"].endswith("SmolLM2-135M-Instruct trained on 300 of them.")
    assert summary["evaluation"]["base"]["rates"]["types"]["n"] == 24
    assert summary["evaluation"]["tuned"]["rates"]["types"]["passed"] == 5
    assert summary["stages"]["train"] == {"status": "done", "stale": "", "seconds": 402.0}
    assert summary["versions"]["typescript"] == "7.0.2"
    assert "benchmark" not in summary["versions"]


def test_an_incomplete_run_leaves_figures_out(run_factory: Any) -> None:
    folder = run_factory.build("extract")
    write_report(folder)
    summary = json.loads((folder / "summary.json").read_text())
    assert summary["units"]["accepted"] == 1480
    assert summary["pairs"]["accepted"] is None
    assert summary["dataset"] == {}
    assert summary["training"] == {}
    assert summary["evaluation"] == {}
    assert summary["stages"]["instruct"]["status"] == "not run"


def scores(
    before: int, after: int, paired: tuple[float, float] | None = None, n: int = 24, p: float | None = None
) -> Scores:
    def model(role: str, passed: int) -> ModelScores:
        share = passed / n if n else 0.0
        return ModelScores(role, role, {"types": Rate(passed, n, share, max(0, share - 0.1), min(1, share + 0.1))})

    change = {"types": Paired((after - before) / n, *paired, p)} if paired else {}
    return Scores({"base": model("base", before), "tuned": model("tuned", after)}, change, n, n < 50)


def called(*names: str, n: int = 24) -> Scores:
    """Models from elsewhere, each with one answer more than the one before."""
    rates = {name: Rate(place, n, place / n if n else 0.0, 0.0, 1.0) for place, name in enumerate(names)}
    return Scores({name: ModelScores(name, name, {"types": rate}) for name, rate in rates.items()}, {}, n, n < 50)


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (scores(3, 3), "Fine-tuning made no difference to that."),
        (scores(5, 3), "The tuned model is not better."),
        (scores(20, 2, (-0.9, -0.5)), "The tuned model is worse on these problems."),
        (scores(2, 4, (-0.05, 0.2)), "The tuned model did better, by no more than chance could explain."),
        (scores(0, 4, (0.04, 0.3), p=0.125), "The tuned model did better, by no more than chance could explain."),
        (scores(0, 9, (0.2, 0.6), p=0.004), "The tuned model is better on these problems."),
        (scores(0, 9, (0.2, 0.6)), "The tuned model is better on these problems."),
        (scores(0, 9), "The tuned model is better on these problems."),
        (scores(0, 2), "The tuned model did better, by no more than chance could explain."),
        (None, "No model has been measured in this run yet."),
        (Scores({"base": scores(1, 1).models["base"]}, {}, 24, True), "so there is nothing to compare."),
        (scores(0, 0, n=0), "nothing can be said about the change."),
        (called("gpt", "sonnet", n=0), "nothing can be said about the models."),
        (called("gpt", "sonnet"), "Answers that type-check: gpt 0 of 24, sonnet 1 of 24."),
        (called("a", "b", "c", "d"), "Answers that type-check: from 0 of 24 (a) to 3 of 24 (d)."),
    ],
)
def test_the_verdict_is_honest(found: Scores | None, sentence: str) -> None:
    assert measured(found).endswith(sentence)


def test_caveats() -> None:
    assert "24 problems are a smoke test" in caveat(scores(1, 2))
    assert caveat(scores(10, 20, n=200)) == ""
    assert measured(Scores({"base": scores(1, 1).models["base"]}, {}, 200, False, valid=False)).startswith(
        "The measurement says"
    )
    assert "2 rows of the data set are too close" in caveat(Scores({}, {}, 200, False, leaked=2))
    spoilt = Scores({"base": ModelScores("base", "base", {}, invalid=3)}, {}, 200, False)
    assert "3 answers of the base model could not be judged" in caveat(spoilt)


@pytest.mark.parametrize("data", [None, [], {}, {"models": {}}, {"models": {"base": {"name": "x"}}}, "text", 3])
def test_scores_without_rates_are_no_scores(data: object) -> None:
    assert parse_scores(data) is None


def test_the_terminal_shows_counts_rates_verdict_and_path(run_factory: Any) -> None:
    folder = run_factory.build()
    out = io.StringIO()
    print_summary(Console(file=out, width=200), folder)
    text = out.getvalue()
    assert "420 rows: 336 training, 84 validation; 140 mined; 210 distinct skeletons" in text
    assert "5/24  20.8 %" in text
    assert "0/24  0 %" in text
    assert "smoke test" in text
    assert text.rstrip().endswith(str(folder / "report.html"))


def test_the_terminal_shows_an_unfinished_run(run_factory: Any) -> None:
    out = io.StringIO()
    print_summary(Console(file=out, width=200), run_factory.build("refine"))
    assert "942 kept, 538 refused (too-short 312, near-duplicate 140, complexity 51, …)" in out.getvalue()


def test_the_command(run_factory: Any, capsys: pytest.CaptureFixture[str]) -> None:
    folder = run_factory.build()
    assert _run(["report", "--run-dir", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["dataset"]["rows"] == 420
    assert _run(["report", "--run-dir", str(folder)]) == 0
    assert "report.html" in capsys.readouterr().out
    assert _run(["report", "--run-dir", str(folder / "nowhere")]) == 2
    assert "holds no run" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, "–"),
        (0.04, "0.0 s"),
        (9.94, "9.9 s"),
        (9.96, "10 s"),
        (61.2, "1 min 1 s"),
        (3599.6, "1 h 0 min"),
        (7500, "2 h 5 min"),
    ],
)
def test_durations(seconds: float | None, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("share", "text"), [(0, "0 %"), (0.2, "< 1 %"), (12.6, "13 %"), (99.7, "> 99 %"), (100, "100 %")]
)
def test_rough_shares(share: float, text: str) -> None:
    assert roughly(share) == text


@pytest.mark.parametrize(("value", "text"), [(0, "0 %"), (1, "100 %"), (0.125, "12.5 %"), (0.6667, "66.7 %")])
def test_percentages(value: float, text: str) -> None:
    assert percent(value) == text
