"""A run's manifests and outputs → JSON and pages that need nothing else: the report, the corpus, the data set."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from algorand_coder.report.results import Results

SUMMARY = "summary.json"
PAGE = "report.html"
FUNNEL = "funnel.html"
SAMPLES = "dataset.html"
RESULTS = "results"

__all__ = [
    "FUNNEL",
    "PAGE",
    "RESULTS",
    "SAMPLES",
    "SUMMARY",
    "print_summary",
    "write_document",
    "write_funnel",
    "write_report",
    "write_results",
    "write_samples",
]


def write_report(run_folder: Path) -> Path:
    """Write ``summary.json`` and ``report.html`` into ``run_folder``; returns the page's path.

    The run may be incomplete: a stage that has not run is shown as such. Raises ``UserError`` when
    ``run_folder`` holds no stage at all.
    """
    from algorand_coder.report.page import render
    from algorand_coder.report.run_data import read_run
    from algorand_coder.report.summary import summarise

    run = read_run(run_folder)
    summary = summarise(run)
    html = render(run, summary)
    # Rendering reads more files than the figures need, and may find more that cannot be read.
    summary["problems"] = list(run.problems)
    _write(run_folder / SUMMARY, json.dumps(summary, indent=2, ensure_ascii=False) + "\n")
    _write(run_folder / PAGE, html)
    if run.stages["refine"].manifest is not None:
        write_funnel(run_folder)
    write_results(run_folder)
    return run_folder / PAGE


def write_results(run_folder: Path) -> Path | None:
    """Write ``results.html`` and ``results.md`` with its plots, what was measured in this run; returns the page's path.

    ``None`` where no model was measured: recordings that are no model's (``synthetic``) make no results. What an
    earlier measurement left is removed then: nobody is to take its figures for this run's.
    """
    from algorand_coder.report.results import read_results
    from algorand_coder.report.run_data import read_run
    from algorand_coder.report.summary import scores_of

    run = read_run(run_folder)
    scores, stage = scores_of(run), run.stages["evaluate"]
    if scores is None or stage.manifest is None:
        _remove_document(run_folder)
        return None
    settings = (run.json("evaluate/scores.json") or {}).get("settings") or {}
    return write_document(
        run_folder, read_results(run_folder.resolve().name, scores, stage.counts, stage.manifest.versions, settings)
    )


def write_document(folder: Path, results: Results) -> Path:
    """Write ``results.html``, ``results.md`` and its plots into ``folder``; returns the page's path."""
    from algorand_coder.report.results import render_html, render_markdown

    markdown, html = render_markdown(results, RESULTS), render_html(results)
    _remove_document(folder)
    (folder / RESULTS).mkdir(parents=True, exist_ok=True)
    for name, svg in results.plots().items():
        _write(folder / RESULTS / f"{name}.svg", svg)
    _write(folder / f"{RESULTS}.md", markdown)
    _write(folder / f"{RESULTS}.html", html)
    return folder / f"{RESULTS}.html"


def _remove_document(folder: Path) -> None:
    """Remove the document and its plots, and nothing else that somebody keeps beside them."""
    from algorand_coder.report.results import PLOTS

    for path in (
        *(folder / f"{RESULTS}.{ending}" for ending in ("html", "md")),
        *(folder / RESULTS / f"{name}.svg" for name in PLOTS),
    ):
        path.unlink(missing_ok=True)
    with suppress(OSError):  # there is none, or it holds other files
        (folder / RESULTS).rmdir()


def write_funnel(run_folder: Path) -> Path:
    """Write ``funnel.html``, the page about the corpus, into ``run_folder``; returns its path."""
    from algorand_coder.report.page import render_funnel
    from algorand_coder.report.run_data import read_run

    _write(run_folder / FUNNEL, render_funnel(read_run(run_folder)))
    return run_folder / FUNNEL


def write_samples(run_folder: Path, per_cell: int) -> Path:
    """Write ``dataset.html``, rows of the data set with their verdicts, into ``run_folder``; returns its path.

    ``per_cell`` rows of each strategy and category are judged; what was judged before is remembered.
    """
    from algorand_coder.records import Level
    from algorand_coder.report.pairs import render_samples
    from algorand_coder.report.run_data import read_run
    from algorand_coder.verify import Verifier

    with Verifier(level=Level.COMPILE) as verifier:
        html = render_samples(read_run(run_folder), verifier.check, per_cell)
    _write(run_folder / SAMPLES, html)
    return run_folder / SAMPLES


def print_summary(console: Console, run_folder: Path) -> None:
    """Print counts, the before/after table, the verdict and the report's path."""
    from algorand_coder.report.console import show
    from algorand_coder.report.run_data import read_run
    from algorand_coder.report.summary import summarise

    show(console, summarise(read_run(run_folder)), run_folder / PAGE)


def _write(path: Path, text: str) -> None:
    temporary = path.with_name(path.name + ".tmp")
    # Model output may hold lone surrogates, which UTF-8 cannot carry.
    temporary.write_text(text, encoding="utf-8", errors="replace", newline="\n")
    os.replace(temporary, path)
