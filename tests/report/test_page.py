"""The page: complete, self-contained, safe against hostile text, and honest about what is missing."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.errors import UserError
from algorand_coder.report import write_report

SECTIONS = ("rates", "funnel", "dataset", "training", "answers", "pairs", "sources", "run")


def page_of(folder: Path) -> str:
    return write_report(folder).read_text(encoding="utf-8")


def test_a_finished_run_has_every_section_and_nothing_missing(run_factory: Any) -> None:
    html = page_of(run_factory.build())
    for section in SECTIONS:
        assert f'<h2 id="{section}">' in html
        assert f'href="#{section}"' in html
    assert "Not run" not in html
    assert "24 problems are a smoke test" in html
    assert "answers of the tuned model type\u2011check" in html
    assert "devportal" in html
    assert "no licence found" in html
    assert "near-duplicate-output" in html
    # Files, units and rows of one source, each from another stage.
    row = html[html.index("algokit-utils-ts") :]
    assert re.findall(r'<td class="n">([\d,]+)</td>', row)[:3] == ["20", "1,480", "140"]


def test_text_of_models_and_sources_stays_text(run_factory: Any, hostile: str) -> None:
    html = page_of(run_factory.build())
    assert "&lt;script&gt;" in html
    assert hostile not in html
    tags = {tag.lower() for tag in re.findall(r"<([a-zA-Z][\w-]*)", html)}
    assert not tags & {"script", "img", "iframe", "object", "embed", "form", "base"}
    assert not re.search(r"<[^>]*\son\w+\s*=", html)


def test_the_page_asks_for_nothing_outside_itself(run_factory: Any) -> None:
    html = page_of(run_factory.build())
    targets = re.findall(r"""(?:href|src|action|xlink:href)\s*=\s*["']([^"']*)""", html)
    assert targets
    # A link to the page beside it is followed by a reader, not by the page.
    assert all(target.startswith("#") or target in {"data:,", "funnel.html", "results.html"} for target in targets)
    assert "url(" not in html
    assert "@import" not in html
    assert "default-src 'none'" in html


def test_every_anchor_leads_somewhere(run_factory: Any) -> None:
    html = page_of(run_factory.build())
    for target in re.findall(r'href="#([\w-]+)"', html):
        assert html.count(f'id="{target}"') == 1


@pytest.mark.parametrize("until", ["collect", "extract", "refine", "instruct", "dataset", "train"])
def test_an_incomplete_run_says_what_has_not_run(run_factory: Any, until: str) -> None:
    html = page_of(run_factory.build(until))
    assert "No model has been measured in this run yet." in html
    assert "Not run." in html
    assert "None" not in re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)


def test_an_unfinished_stage_is_not_called_done(run_factory: Any) -> None:
    folder = run_factory.build("dataset")
    (folder / "train").mkdir()
    (folder / "train" / ".key").write_text("key")
    assert '<span class="state bad">unfinished</span>' in page_of(folder)


def test_a_stage_older_than_its_input_is_called_outdated(run_factory: Any) -> None:
    folder = run_factory.build()
    assert "outdated" not in page_of(folder)
    manifest = json.loads((folder / "dataset" / "manifest.json").read_text())
    manifest["outputs"]["pairs.parquet"] = "another hash"
    (folder / "dataset" / "manifest.json").write_text(json.dumps(manifest))
    html = page_of(folder)
    assert "Stage train was made before dataset last ran" in html
    assert "Stage evaluate was made before dataset last ran" in html
    assert html.count("done, outdated") == 2


@pytest.mark.parametrize("name", ["evaluate/scores.json", "evaluate/answers.parquet", "collect/files.parquet"])
def test_a_file_that_cannot_be_read_is_named(run_factory: Any, name: str) -> None:
    folder = run_factory.build()
    (folder / name).write_bytes(b"\x00 not what it should be")
    assert f"{name} could not be read" in page_of(folder)


def test_no_run_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="holds no run"):
        write_report(tmp_path)


def test_the_same_run_gives_the_same_bytes(run_factory: Any) -> None:
    folder = run_factory.build()
    first = write_report(folder).read_bytes(), (folder / "summary.json").read_bytes()
    assert first == (write_report(folder).read_bytes(), (folder / "summary.json").read_bytes())


def test_lone_surrogates_of_a_model_do_not_stop_the_report(run_factory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from algorand_coder.report import page

    folder = run_factory.build()
    monkeypatch.setattr(page, "source_rows", lambda run: [])
    monkeypatch.setattr(page, "typescript", lambda code: "\ud800")
    assert write_report(folder).is_file()
