"""The results document: what was measured of which models, as a page and as Markdown, from ``scores.json`` alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from algorand_coder.report.page import TEMPLATES, duration, environment, percent
from algorand_coder.report.plots import count_bars, difference_dots, heat_map, rate_bars
from algorand_coder.report.scores import LEVEL_LABELS, ModelScores, Paired, Rate, Scores

HUMANEVAL = "HumanEval"
MOST_FAILURES = 10
PLOTS = ("rates", "categories", "families", "levels", "changes", "failures")
Group = tuple[str, list[tuple[str, list[Rate | None]]]]
"""A heading with models and their rates."""
_HTML = str.maketrans({"<": "&lt;", ">": "&gt;", "&": "&amp;", "|": "\\|", "`": "'"})


@dataclass(frozen=True)
class Results:
    """What the document says, and where the figures come from."""

    name: str
    scores: Scores
    seconds: Mapping[str, tuple[float | None, float | None]]
    """By model: seconds of the median answer, and seconds per solved problem; ``None`` where nothing timed them."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def models(self) -> Sequence[ModelScores]:
        """In the order of the run."""
        return list(self.scores.models.values())

    def levels(self) -> list[tuple[str, list[tuple[str, Rate]]]]:
        """``(heading, [(model, rate)])`` for every level, and for HumanEval."""
        found = [
            (LEVEL_LABELS[level], [(m.role, m.rates[level]) for m in self.models if level in m.rates])
            for level in self.scores.levels
        ]
        return [*found, (HUMANEVAL, list(self.scores.humaneval.items()))] if self.scores.humaneval else found

    def changes(self) -> list[tuple[str, list[tuple[str, Paired]]]]:
        """``(second minus first, [(level, paired difference)])`` for any two models."""
        found = []
        for first, second, levels in self.scores.comparisons:
            rows = [(LEVEL_LABELS[level], levels[level]) for level in self.scores.levels if level in levels]
            if {first, second} == {"base", "tuned"} and (general := self.scores.humaneval_change) is not None:
                rows.append((HUMANEVAL, general if second == "tuned" else general.turned()))
            if rows:
                found.append((f"{second} minus {first}", rows))
        return found

    def groups(self, attribute: str) -> tuple[list[str], list[Group]]:
        """Names of ``by_category``, ``by_group`` or ``by_difficulty``, and the models' rates in that order by level.

        Only levels that every problem has: so a row compares like with like.
        """
        of_models = [(model.role, getattr(model, attribute)) for model in self.models]
        names = sorted(self.scores.groups(attribute), key=lambda name: _GROUPS.get(name, ("", 0))[1])
        return names, [
            (
                LEVEL_LABELS[level],
                [(role, [rates.get(name, {}).get(level) for name in names]) for role, rates in of_models],
            )
            for level in ("parse", "types", "behave")
            if level in self.scores.levels
        ]

    def failures(self) -> list[tuple[str, str, list[tuple[str, int]]]]:
        """``(code, level, [(model, answers)])``: the first findings of failed answers, most frequent first."""
        counts: dict[tuple[str, str], dict[str, int]] = {}
        for model in self.models:
            for level, code, answers in model.failures:
                counts.setdefault((code, level), {})[model.role] = answers
        ordered = sorted(counts.items(), key=lambda item: (-sum(item[1].values()), item[0]))[:MOST_FAILURES]
        roles = [model.role for model in self.models]
        return [(code, level, [(role, by_model.get(role, 0)) for role in roles]) for (code, level), by_model in ordered]

    def plots(self) -> dict[str, str]:
        """SVG by name (of ``PLOTS``), without those that there is nothing for."""
        made = {"rates": rate_bars(f"Rates of {_all(self.scores.models)} by level, 95 % intervals", self.levels())}
        for name, attribute in (("categories", "by_category"), ("families", "by_group"), ("levels", "by_difficulty")):
            columns, rows = self.groups(attribute)
            if columns:
                made[name] = heat_map(f"Rates by {name}", [_shown(column) for column in columns], rows)
        if changes := self.changes():
            made["changes"] = difference_dots("Paired differences in points, 95 % intervals", changes)
        if failures := self.failures():
            rows_of = [(f"{code} ({level})", counts) for code, level, counts in failures]
            made["failures"] = count_bars("First findings of failed answers", rows_of)
        return made


_GROUPS = {
    "easy": ("easy", 0),
    "medium": ("medium", 1),
    "hard": ("hard", 2),
    "seen": ("family seen in training", 0),
    "unseen": ("family unseen in training", 1),
}
"""Groups by how they are called and where they stand."""


def _shown(group: str) -> str:
    return _GROUPS.get(group, (group, 0))[0]


def read_results(
    name: str, scores: Scores, counts: Mapping[str, Any], versions: Mapping[str, str], settings: Mapping[str, Any]
) -> Results:
    """Results with the times that the stage's ``counts`` hold (times are no part of scores)."""
    of_models = counts.get("models") or {}
    seconds = {
        role: (of_models.get(role, {}).get("median_seconds"), of_models.get(role, {}).get("seconds_per_solved"))
        for role in scores.models
    }
    return Results(name, scores, seconds, settings, versions)


def render_html(results: Results) -> str:
    """The page: no script, no request, everything from outside escaped."""
    plots = {name: Markup(svg) for name, svg in results.plots().items()}  # noqa: S704
    return environment().get_template("results.html.j2").render(_names(results), plots=plots)


def render_markdown(results: Results, folder: str) -> str:
    """The document with the same figures; plots are linked to as files in ``folder``."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=False,  # noqa: S701  what is not ours goes through the filter `cell`
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(cell=_cell, percent=percent, duration=duration)
    plots = {name: f"{folder}/{name}.svg" for name in results.plots()}
    return made.get_template("results.md.j2").render(_names(results), plots=plots)


def _names(results: Results) -> dict[str, Any]:
    return {
        "results": results,
        "scores": results.scores,
        "models": results.models,
        "labels": LEVEL_LABELS,
        "shown": _shown,
        "p_value": _p_value,
        "tables": [
            (title, plot, *results.groups(attribute))
            for title, plot, attribute in (
                ("By category", "categories", "by_category"),
                (
                    "Families that training may have seen, and families reserved for the benchmark",
                    "families",
                    "by_group",
                ),
                ("By difficulty", "levels", "by_difficulty"),
            )
        ],
    }


def _p_value(p: float | None) -> str:
    if p is None:
        return "–"
    return "< 0.0001" if p < 0.0001 else f"{p:.2g}"


def _cell(text: object) -> str:
    """Text from outside as one cell of a table: no markup, no line breaks."""
    return " ".join(str(text).translate(_HTML).split())


def _all(names: Iterable[str]) -> str:
    return " and ".join(names)
