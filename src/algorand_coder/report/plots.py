"""Plots as SVG that stand alone: the results page holds them inline, the Markdown document links to them as files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from algorand_coder.report.charts import nice_ticks
from algorand_coder.report.scores import Paired, Rate

WIDTH = 760
_LEFT, _RIGHT = 190, 128
_AXIS = WIDTH - _LEFT - _RIGHT
_ROW, _GAP, _TOP, _BOTTOM = 24, 14, 10, 30
_STYLE = (
    "text{font:13px ui-sans-serif,system-ui,'Segoe UI',Roboto,Arial,'Liberation Sans',sans-serif;fill:#182026}"
    ".q{fill:#55626c}.g{stroke:#dde3e6}.w{stroke:#182026;stroke-width:1.5}.z{stroke:#55626c}.h{font-weight:600}"
    ".s0{fill:#5a6672}.s1{fill:#0b6b62}.s2{fill:#3f6fb0}.s3{fill:#b7791f}.s4{fill:#8a4f9e}.s5{fill:#b4483e}"
    ".b{fill-opacity:.55}.c{fill:#0b6b62}"
    "@media (prefers-color-scheme:dark){text{fill:#e4eaec}.q{fill:#9aa8b1}.g{stroke:#2a343a}.w{stroke:#e4eaec}"
    ".z{stroke:#9aa8b1}.s0{fill:#9aa7b4}.s1{fill:#4fb8aa}.s2{fill:#7aa7e0}.s3{fill:#dcae5a}.s4{fill:#c08fd2}"
    ".s5{fill:#e38a80}.c{fill:#4fb8aa}}"
)
_COLOURS = 6
_LEGEND, _LONGEST = 2, 21
"""Names beside each other in a legend, and characters of a name."""


def rate_bars(description: str, groups: Sequence[tuple[str, Sequence[tuple[str, Rate]]]]) -> str:
    """A bar for every rate with its 95 % interval as a whisker; ``groups`` are ``(heading, [(name, rate)])``."""
    order = _order(name for _, rows in groups for name, _ in rows)
    parts, y = [], _TOP
    for heading, rows in groups:
        parts.append(_text(_LEFT, y + 13, heading, "h"))
        y += 20
        for name, rate in rows:
            middle, at = y + _ROW / 2, _LEFT + _AXIS * rate.rate
            low, high = _LEFT + _AXIS * rate.low, _LEFT + _AXIS * rate.high
            parts += [
                _label(name, middle),
                _bar(order[name], y + 4, at - _LEFT, _ROW - 8),
                _whisker(low, high, middle),
                _text(_LEFT + _AXIS + 14, middle + 4, f"{100 * rate.rate:.1f} %  {rate.passed}/{rate.n}"),
            ]
            y += _ROW
        y += _GAP
    return _plot(description, parts, y, [(share / 100, f"{share} %") for share in (0, 25, 50, 75, 100)])


def difference_dots(description: str, groups: Sequence[tuple[str, Sequence[tuple[str, Paired]]]]) -> str:
    """A dot for every paired difference with its 95 % interval, beside a line at no difference."""
    pairs = [pair for _, rows in groups for _, pair in rows]
    ends = [end for pair in pairs for end in (pair.low, pair.high)]
    span = max(0.05, *(abs(end) for end in ends)) if ends else 0.05
    limit = nice_ticks(0.0, 100 * span, 2)[-1] / 100
    parts, y = [], _TOP

    def place(value: float) -> float:
        return _LEFT + _AXIS * (value + limit) / (2 * limit)

    for heading, rows in groups:
        parts.append(_text(_LEFT, y + 13, heading, "h"))
        y += 20
        for name, pair in rows:
            middle = y + _ROW / 2
            sure = "s1" if pair.sure else "s0"
            said = f"{100 * pair.difference:+.1f} points"
            parts += [
                _label(name, middle),
                _whisker(place(pair.low), place(pair.high), middle),
                f'<circle class="{sure}" cx="{place(pair.difference):.1f}" cy="{middle:.1f}" r="5"/>',
                _text(_LEFT + _AXIS + 14, middle + 4, said),
            ]
            y += _ROW
        y += _GAP
    ticks = [((step + 2) / 4, f"{step * limit * 50:+.3g}" if step else "0") for step in range(-2, 3)]
    middle = _LEFT + _AXIS / 2
    parts.insert(0, f'<line class="z" x1="{middle}" x2="{middle}" y1="{_TOP}" y2="{y}"/>')
    return _plot(description, parts, y, ticks)


def heat_map(
    description: str, columns: Sequence[str], groups: Sequence[tuple[str, Sequence[tuple[str, Sequence[Rate | None]]]]]
) -> str:
    """A cell for every rate, the fuller the higher; ``groups`` are ``(heading, [(name, a rate a column)])``."""
    wide, high = (WIDTH - _LEFT) / max(1, len(columns)), 44
    parts = [_text(_LEFT + wide * (n + 0.5), _TOP + 13, name, "q", "middle") for n, name in enumerate(columns)]
    y = _TOP + 18
    for heading, rows in groups:
        parts.append(_text(_LEFT, y + 15, heading, "h"))
        y += 22
        for name, cells in rows:
            parts.append(_label(name, y + high / 2))
            for n, rate in enumerate(cells):
                x, middle = _LEFT + wide * n, _LEFT + wide * (n + 0.5)
                if rate is None:
                    parts.append(_text(middle, y + high / 2 + 4, "–", "q", "middle"))
                    continue
                parts += [
                    f'<rect class="c" fill-opacity="{0.06 + 0.44 * rate.rate:.3f}" x="{x + 1:.1f}" y="{y}" '
                    f'width="{wide - 2:.1f}" height="{high - 2}"/>',
                    _text(middle, y + 19, f"{100 * rate.rate:.0f} %", "h", "middle"),
                    _text(middle, y + 35, f"{rate.passed}/{rate.n}", "", "middle"),
                ]
            y += high
        y += 6
    return _svg(description, parts, y + 4)


def count_bars(description: str, rows: Sequence[tuple[str, Sequence[tuple[str, int]]]]) -> str:
    """Bars of counts: ``rows`` are ``(what, [(name, count)])``, the same names in every row."""
    order = _order(name for _, counts in rows for name, _ in counts)
    most = max((count for _, counts in rows for _, count in counts), default=0) or 1
    ticks = [tick for tick in nice_ticks(0.0, float(most)) if tick == int(tick)]
    thin, parts, y = 12, [], _TOP
    for place, (name, colour) in enumerate(order.items()):
        row, column = divmod(place, _LEGEND)
        x, at = _LEFT + (WIDTH - _LEFT) * column / _LEGEND, y + 20 * row
        parts += [
            f'<rect class="b s{colour}" x="{x:.1f}" y="{at}" width="12" height="12"/>',
            _text(x + 18, at + 11, _cut(name)),
        ]
    y += 6 + 20 * -(-len(order) // _LEGEND)
    for what, counts in rows:
        parts.append(_label(what, y + thin * len(counts) / 2))
        for name, count in counts:
            length = _AXIS * count / ticks[-1]
            parts += [
                _bar(order[name], y + 1, length, thin - 2),
                _text(_LEFT + length + 6, y + thin - 2, str(count), "q"),
            ]
            y += thin
        y += 8
    return _plot(description, parts, y, [(tick / ticks[-1], f"{tick:g}") for tick in ticks])


def _order(names: Iterable[str]) -> dict[str, int]:
    """Names with the number of their colour."""
    return {name: place % _COLOURS for place, name in enumerate(dict.fromkeys(names))}


def _plot(description: str, parts: Sequence[str], bottom: float, ticks: Sequence[tuple[float, str]]) -> str:
    grid = []
    for share, label in ticks:
        x = _LEFT + _AXIS * share
        grid.append(f'<line class="g" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{bottom:.1f}"/>')
        grid.append(_text(x, bottom + 18, label, "q", "middle"))
    return _svg(description, [*grid, *parts], bottom + _BOTTOM)


def _svg(description: str, parts: Sequence[str], height: float) -> str:
    body = "\n".join(parts)
    size = f'viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" height="{height:.0f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{escape(description)}">\n'
        f"<style>{_STYLE}</style>\n{body}\n</svg>\n"
    )


def _bar(colour: int, y: float, length: float, height: float) -> str:
    return f'<rect class="b s{colour}" x="{_LEFT}" y="{y:.1f}" width="{length:.1f}" height="{height:.1f}"/>'


def _whisker(low: float, high: float, y: float) -> str:
    ends = "".join(f"M{x:.1f} {y - 4:.1f}V{y + 4:.1f}" for x in (low, high))
    return f'<path class="w" fill="none" d="M{low:.1f} {y:.1f}H{high:.1f}{ends}"/>'


def _label(name: str, y: float) -> str:
    return _text(_LEFT - 12, y + 4, _cut(name), "", "end")


def _cut(name: str) -> str:
    """A long name without its middle: what tells models apart stands at either end."""
    half = _LONGEST // 2
    return name if len(name) <= _LONGEST else f"{name[:half]}…{name[-half:]}"


def _text(x: float, y: float, text: str, kind: str = "", anchor: str = "") -> str:
    of_kind = f' class="{kind}"' if kind else ""
    anchored = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text{of_kind}{anchored} x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'
