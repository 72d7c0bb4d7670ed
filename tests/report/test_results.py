"""The results document: every figure of the scores, the same in page and Markdown, and nothing of recordings."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from algorand_coder.evaluate.scores import score
from algorand_coder.report import write_report, write_results
from algorand_coder.report.plots import count_bars
from algorand_coder.report.results import read_results, render_html, render_markdown
from algorand_coder.report.scores import parse_scores
from tests.report.conftest import answers

HUMANEVAL = {
    "models": {
        "base": {"passed": 30, "n": 164, "rate": 0.1829, "low": 0.1314, "high": 0.2491},
        "tuned": {"passed": 28, "n": 164, "rate": 0.1707, "low": 0.1208, "high": 0.2357},
    },
    "paired": {"difference": -0.0122, "low": -0.05, "high": 0.03, "p": 0.75},
}


def altered(folder: Path, **changes: Any) -> dict[str, Any]:
    """The scores of a run, changed on disk."""
    path = folder / "evaluate" / "scores.json"
    found: dict[str, Any] = {**json.loads(path.read_text()), **changes}
    path.write_text(json.dumps(found))
    return found


def test_the_report_writes_page_markdown_and_plots(run_factory: Any) -> None:
    folder = run_factory.build()
    scores = altered(folder, humaneval=HUMANEVAL)
    write_report(folder)
    html, text = (folder / "results.html").read_text(), (folder / "results.md").read_text()
    for model in scores["models"].values():
        for rate in model["rates"].values():
            counts = f"{rate['passed']}/{rate['n']}"
            assert counts in html
            assert counts in text
    for counts in ("30/164", "28/164"):
        assert counts in html
        assert counts in text
    assert "| tuned minus base | HumanEval | -1.2 | -5.0 to +3.0 | 0.75 |" in text
    linked = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text)
    assert linked == [
        f"results/{name}.svg" for name in ("rates", "changes", "categories", "families", "levels", "failures")
    ]
    for name in linked:
        root = ElementTree.parse(folder / name).getroot()
        assert root.get("aria-label")
        assert (folder / name).read_text().split("\n")[2] in html
    tables = [block.strip().split("\n") for block in text.split("\n\n") if block.startswith("| ")]
    assert len(tables) == 8
    assert all(len({line.count(" |") for line in table}) == 1 for table in tables)


def test_the_same_scores_give_the_same_bytes(run_factory: Any) -> None:
    folder = run_factory.build()
    paths = [folder / "results.html", folder / "results.md", folder / "results" / "rates.svg"]
    write_results(folder)
    first = [path.read_bytes() for path in paths]
    write_results(folder)
    assert [path.read_bytes() for path in paths] == first


def test_synthetic_recordings_are_refused_even_under_the_name_of_scores(run_factory: Any) -> None:
    folder = run_factory.build()
    altered(folder, synthetic=True)
    assert write_results(folder) is None
    assert not (folder / "results.html").exists()
    assert parse_scores({"models": {"m": {"rates": {}}}, "synthetic": True}) is None


def test_several_answers_costs_and_times_are_shown(run_factory: Any) -> None:
    folder = run_factory.build()
    data = json.loads((folder / "evaluate" / "scores.json").read_text())
    data |= {"samples": 2}
    data["models"]["tuned"] |= {
        "pass_at_k": {"types": {"1": 0.25, "2": 0.4}},
        "dollars": 1.5,
        "dollars_per_solved": 0.125,
        "name": "<b>evil</b> | `x`",
    }
    scores = parse_scores(data)
    assert scores is not None
    counts = {"models": {"tuned": {"median_seconds": 2.5, "seconds_per_solved": 70.0}}}
    results = read_results("demo", scores, counts, {"typescript": "7"}, {"temperature": 0.2})
    text, html = render_markdown(results, "plots"), render_html(results)
    assert "| tuned | Type-checks | 25 % | 40 % |" in text
    assert "| 1.5000 | 0.1250 | 2.5 s | 1 min 10 s |" in text
    assert "&lt;b&gt;evil&lt;/b&gt; \\| 'x'" in text
    assert "<b>evil" not in html
    assert "| typescript | 7 |" in text
    assert "plots/rates.svg" in text


def other_models(folder: Path, *names: str) -> None:
    """Rename base and tuned on disk, in every figure of the scores."""
    path = folder / "evaluate" / "scores.json"
    rows = [
        replace(row, model=name)
        for old, name in zip(("base", "tuned"), names, strict=False)
        for row in answers(24)
        if row.model == old
    ]
    path.write_text(json.dumps(score(rows, {name: name for name in names}, bootstrap_samples=100, seed=1)))


def test_hosted_models_make_a_report(run_factory: Any) -> None:
    folder = run_factory.build()
    other_models(folder, "gpt", "sonnet")
    html = write_report(folder).read_text()
    assert '<div class="rates">' in html
    assert "Answers that type\u2011check: gpt 0 of 24, sonnet 5 of 24." in html
    assert "Answers that passed, gpt → sonnet" in html
    assert "Only one model" not in html
    assert "from base to tuned" not in html
    assert (folder / "results.html").is_file()


def test_long_names_have_a_line_of_their_own(run_factory: Any) -> None:
    folder = run_factory.build()
    other_models(folder, "gpt", "gpt+docs+repair")
    assert '<div class="rates long">' in write_report(folder).read_text()


def test_one_model_makes_a_document_without_differences(run_factory: Any) -> None:
    folder = run_factory.build()
    other_models(folder, "tuned")
    html = write_report(folder).read_text()
    assert "Only one model has been measured" in html
    page = (folder / "results.html").read_text()
    assert 'id="changes"' not in page
    assert 'id="failures"' in page
    assert "## Paired" not in (folder / "results.md").read_text()


def test_models_without_a_failure_make_a_document(run_factory: Any) -> None:
    folder = run_factory.build()
    scores = altered(folder)
    altered(folder, models={role: {**model, "failures": []} for role, model in scores["models"].items()})
    write_report(folder)
    assert 'id="failures"' not in (folder / "results.html").read_text()
    assert "## What goes wrong" not in (folder / "results.md").read_text()
    assert not (folder / "results" / "failures.svg").exists()


def test_labels_and_differences_follow_the_order_of_the_models(run_factory: Any) -> None:
    folder = run_factory.build()
    scores = altered(folder, humaneval=HUMANEVAL)
    turned = [{**each, "first": "tuned", "second": "base"} for each in scores["comparisons"]]
    altered(folder, models={role: scores["models"][role] for role in ("tuned", "base")}, comparisons=turned)
    html = write_report(folder).read_text()
    assert html.count("Answers that passed, tuned → base") == 2
    assert "base → tuned" not in html
    assert "| base minus tuned | HumanEval | +1.2 | -3.0 to +5.0 | 0.75 |" in (folder / "results.md").read_text()


def test_what_an_earlier_measurement_left_is_removed(run_factory: Any) -> None:
    folder = run_factory.build()
    write_report(folder)
    kept = folder / "results" / "notes.txt"
    kept.write_text("mine")
    shutil.rmtree(folder / "evaluate")
    write_report(folder)
    assert not (folder / "results.html").exists()
    assert not (folder / "results.md").exists()
    assert list((folder / "results").iterdir()) == [kept]


def test_without_a_compiler_nothing_is_said_of_contracts(run_factory: Any) -> None:
    folder = run_factory.build()
    scores = altered(folder)
    for model in scores["models"].values():
        model["rates"].pop("compile")
    altered(folder, models=scores["models"], contract_problems=0)
    write_report(folder)
    assert "0 of them with a contract" not in (folder / "results.html").read_text()
    assert "(0 with a contract)" not in (folder / "results.md").read_text()


def test_every_name_of_a_legend_has_a_place_of_its_own() -> None:
    names = [f"run-{n}/a-model-with-a-long-name+{helped}" for n in range(5) for helped in ("docs", "repair")]
    svg = count_bars("Counts", [("TS2304 (types)", [(name, 1) for name in names])])
    legend = re.findall(r'<rect[^>]* x="([\d.]+)" y="(\d+)" width="12" height="12"/>\n<text[^>]*>([^<]+)<', svg)
    assert len({(x, y) for x, y, _ in legend}) == len({shown for *_, shown in legend}) == len(names)
    assert max(int(y) for _, y, _ in legend) < float(
        re.findall(r'<rect[^>]* y="([\d.]+)" width="[\d.]+" h', svg)[len(names)]
    )
