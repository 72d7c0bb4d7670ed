"""The corpus page: figures of the manifest, thresholds to scale, rejects from many sources, nothing unescaped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.pipeline import manifest, write_table
from algorand_coder.records import Reject
from algorand_coder.refine.coverage import Typed
from algorand_coder.report import write_funnel
from algorand_coder.report.corpus import SAMPLES, plots, reasons, steps, thresholds
from algorand_coder.report.run_data import RunData, read_run

from .conftest import HOSTILE

RARE = 5
"""Number of the only reject of its source."""
COUNTS = {
    "sources": 5,
    "files": 190,
    "units": 1480,
    "kept": {"units": 942, "lines": 20_500, "contracts": 31},
    "rejected": {"too-short": 312},
    "licences": {"MIT": 20_000, "Apache-2.0": 500},
    "distinct_skeletons": 700,
    "types": {"measured": 2, "unresolved": {"types TS2307": 3}},
    "thresholds": {
        "min_lines": {"value": 10, "step": 1, "minus": 40, "plus": -80},
        "max_complexity": {"value": 14, "step": 1, "minus": -8, "plus": 2},
    },
    "by_source": {
        f"kit {HOSTILE}": {
            "files": 3, "units": 9, "kept": 4, "lines": 70, "contracts": 1, "rejected": {"too-short": 4, "secret": 1}
        }
    },
}  # fmt: skip


@pytest.fixture
def corpus(run_factory: Any) -> Path:
    """A refined run with hostile rejects of several sources."""
    folder: Path = run_factory.build("refine")
    rejects = [
        Reject(
            "refine",
            f"r{n}",
            "too-short",
            f"{n} lines {HOSTILE}",
            f"f{n}",
            "rare" if n == RARE else f"source-{n % 2}",
            f"const a = '{HOSTILE}'",
        )
        for n in range(40)
    ]
    write_table(
        folder / "refine" / "rejects.parquet", Reject, [*rejects, Reject("refine", "s", "secret", "", "s", "k", "")]
    )
    write_table(folder / "refine" / "types.parquet", Typed, [Typed("u1", 0.95), Typed("u1400", 0.1), Typed("u2", None)])
    file = folder / "refine" / manifest.NAME
    file.write_text(json.dumps({**json.loads(file.read_text()), "counts": COUNTS}))
    return folder


@pytest.fixture
def run(corpus: Path) -> RunData:
    return read_run(corpus)


def test_steps_say_what_was_refused_on_the_way(run: RunData) -> None:
    files, units, kept = steps(run)
    assert (files.note, units.count, kept.count) == ("from 5 of 7 sources", 1480, 942)
    assert kept.reasons == (("too-short", 40), ("secret", 1))
    assert units.share == 100


def test_thresholds_are_drawn_on_one_scale(run: RunData) -> None:
    first, second = thresholds(run)
    assert [first.name, second.name] == ["min_lines", "max_complexity"]
    assert (first.width(first.plus), first.width(first.minus), second.width(second.minus)) == (100, 50, 10)


def test_plots_show_all_units_and_those_kept(run: RunData) -> None:
    by_title = {plot.title: plot for plot in plots(run)}
    lines = by_title["Lines of a unit"].bins[1]
    assert (lines.label, lines.units, lines.kept) == ("10", 1480, 942)
    assert lines.kept_height == pytest.approx(100 * 942 / 1480)
    coverage = by_title["Type coverage, where types resolve"].bins
    assert [(b.label, b.units, b.kept) for b in coverage if b.units] == [("0.1", 1, 0), ("0.9", 1, 1)]


def test_rejects_come_from_many_sources_and_stay_the_same(run: RunData) -> None:
    refused = {row.reason: row for row in reasons(run) if row.stage == "refine"}
    shown = refused["too-short"].rejects
    assert (refused["too-short"].count, len(shown)) == (40, SAMPLES)
    assert {reject.place.split()[0] for reject in shown} == {"rare", "source-0", "source-1"}
    assert reasons(run) == reasons(run)


def test_the_page_holds_the_figures_and_nothing_unescaped(corpus: Path) -> None:
    html = write_funnel(corpus).read_text(encoding="utf-8")
    for text in ("942 of 1,480 units", "20,500", "<code>min_lines</code>", "+40", "-80", 'id="refine-too-short"'):
        assert text in html
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html
    assert html == write_funnel(corpus).read_text(encoding="utf-8")


def test_a_run_without_the_figures_still_has_a_page(run_factory: Any) -> None:
    html = write_funnel(run_factory.build("refine")).read_text(encoding="utf-8")
    assert "942 of 1,480 units" in html
    assert "Not measured." in html
