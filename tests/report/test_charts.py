"""Geometry of the plots, and code as safe HTML."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.report.charts import histogram, line_chart, nice_ticks, shares, thin
from algorand_coder.report.highlight import MAX_LINES, markdown, plain, prose, typescript
from algorand_coder.report.history import History, Point, read_history

finite = st.floats(-1e6, 1e6, allow_nan=False)


@given(finite, st.floats(1e-3, 1e6))
def test_ticks_cover_the_range_evenly_and_are_few(low: float, span: float) -> None:
    ticks = nice_ticks(low, low + span)
    steps = [b - a for a, b in pairwise(ticks)]
    slack = 1e-6 * max(1.0, abs(low), span)
    assert ticks[0] <= low + slack
    assert ticks[-1] >= low + span - slack
    assert 2 <= len(ticks) <= 7
    assert max(steps) - min(steps) <= slack


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [(0, 3, [0, 1, 2, 3]), (0, 0.9, [0, 0.25, 0.5, 0.75, 1]), (0, 0, [0, 0.25, 0.5, 0.75, 1]), (5, 5, [4, 6, 8, 10])],
)
def test_known_ticks(low: float, high: float, ticks: list[float]) -> None:
    assert nice_ticks(low, high) == ticks


def test_a_chart_places_points_from_zero_upwards() -> None:
    chart = line_chart("Loss", "step", {"training": [(0, 2.0), (50, 1.0), (100, 0.0)], "validation": []})
    assert chart is not None
    line = chart.lines[0]
    assert len(chart.lines) == 1
    assert list(line.points) == [(0, 0), (50, 50), (100, 100)]
    assert line.last == "0.00"
    assert [tick.label for tick in chart.y_ticks] == ["0", "0.5", "1", "1.5", "2"]
    assert "training from 2.00 to 0.00" in chart.description


def test_a_chart_of_nothing_is_none_and_infinities_are_left_out() -> None:
    assert line_chart("x", "step", {"a": [], "b": [(1, math.inf), (math.nan, 1)]}) is None
    chart = line_chart("x", "step", {"a": [(0, 1), (1, math.inf)]})
    assert chart is not None
    assert len(chart.lines[0].points) == 1


@given(st.lists(st.tuples(finite, finite), max_size=2000))
def test_thinning_keeps_the_ends_and_bounds_the_number(points: list[tuple[float, float]]) -> None:
    kept = thin(points, 50)
    assert len(kept) <= 52
    assert kept[:1] == points[:1]
    assert kept[-1:] == points[-1:]


def test_histogram_bins() -> None:
    assert histogram([]) == []
    found = histogram([0.0, 0.05, 0.95, 1.0])
    assert [count for count, _ in found] == [2, 0, 0, 0, 0, 0, 0, 0, 0, 2]
    assert found[0][1] == 100


def test_shares_sum_to_a_hundred_without_empty_parts() -> None:
    assert shares({"a": 3, "b": 0, "c": 1}) == [("a", 3, 75.0), ("c", 1, 25.0)]


def test_history_takes_what_is_finite_in_order() -> None:
    data = {
        "steps": [{"step": 2, "loss": 1.0}, {"step": 1, "loss": 2.0}, {"step": 3}],
        "eval": [{"step": 0, "loss": math.nan}],
    }
    assert read_history(data) == History((Point(1, 2.0), Point(2, 1.0)))
    assert read_history(None) == History()
    assert Point(1, 1e6).perplexity == math.inf


@given(st.text())
def test_code_and_prose_never_leave_markup_behind(text: str) -> None:
    for html in (typescript(text), prose(text), plain(text), markdown(f"{text}\n```ts\n{text}\n```")):
        ours = r'</?code>|</span>|</pre>|</p>|<span class="[\w ]+">|<pre class="given" tabindex="0">|<p class="prompt">'
        assert "<" not in re.sub(ours, "", str(html))


def test_long_code_is_cut_and_says_so() -> None:
    html = typescript("\n".join(f"const a{i} = {i}" for i in range(MAX_LINES + 7)) + "x" * 5000)
    assert "… 7 more lines" in html
    assert html.count("const") == MAX_LINES


def test_backticks_become_code() -> None:
    assert prose("Use `a<b>` now") == "Use <code>a&lt;b&gt;</code> now"
