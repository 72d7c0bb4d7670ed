"""Rendering of ``report.html``: one page, no script, no request, everything from a model escaped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from algorand_coder.report import corpus
from algorand_coder.report.charts import Chart, histogram, line_chart, shares
from algorand_coder.report.funnel import funnel_steps
from algorand_coder.report.highlight import markdown, plain, prose, typescript
from algorand_coder.report.history import History
from algorand_coder.report.run_data import RunData
from algorand_coder.report.samples import sample_answers, sample_pairs
from algorand_coder.report.scores import LEVEL_LABELS
from algorand_coder.report.sources import read_sources
from algorand_coder.report.summary import history_of, scores_of

TEMPLATES = Path(__file__).parent / "templates"

_FUNNEL_COUNTS = ("kept", "licences", "kept_by_unit_kind", "types", "by_source")
"""Counts of the refine stage that its page shows where they are."""


def render(run: RunData, summary: Mapping[str, Any]) -> str:
    """The page for ``run``; ``summary`` is :func:`summary.summarise` of the same run."""
    templates = environment()
    answers, problem_count = sample_answers(run)
    history = history_of(run)
    parts = {
        "answers": answers,
        "problem_count": problem_count,
        "pairs": sample_pairs(run),
        "sources": source_rows(run),
        "leakage": histogram([row["jaccard"] for row in run.table("dataset/leakage.parquet", ["jaccard"])]),
        "charts": training_charts(history),
        "losses": category_losses(history),
        "facts": training_facts(summary["training"]),
        "scores": scores_of(run),
    }
    return templates.get_template("report.html.j2").render(
        summary=summary,
        unreadable=run.problems,
        stages=list(run.stages.values()),
        funnel=funnel_steps(summary),
        counts=summary["dataset"],
        grid=grid(summary["dataset"]),
        level_labels=LEVEL_LABELS,
        **parts,
    )


_FIGURES = (
    ("Held-out answers that type-check, percent", "type-check", "compile_rate", 100.0, "validation"),
    ("Learning rate, millionths", "learning rate", "learning_rate", 1e6, "train"),
    ("Gradient norm", "norm", "grad_norm", 1.0, "train"),
    ("Tokens a second", "tokens/s", "tokens_per_second", 1.0, "train"),
    ("Model FLOPs utilisation, percent", "MFU", "mfu", 100.0, "train"),
    ("GPU memory, GiB", "peak", "device_bytes", 2.0**-30, "train"),
)
"""Charts of single figures: title, name of the curve, key in the history, factor, and which points hold it."""


def training_charts(history: History) -> list[Chart]:
    """Loss and perplexity, and whatever else the run measured at more than two steps."""
    loss = {"training": history.train, "validation": history.validation}
    found = [
        line_chart("Loss", "step", {name: [(p.step, p.loss) for p in points] for name, points in loss.items()}),
    ]
    if len(history.validation) > 2:
        perplexity = [(point.step, point.perplexity) for point in history.validation]
        found.append(line_chart("Perplexity on held-out code", "step", {"validation": perplexity}))
    found += [
        line_chart(title, "step", {name: series})
        for title, name, key, scale, points in _FIGURES
        if len(series := [(p.step, p.figures[key] * scale) for p in getattr(history, points) if p.figures.get(key)]) > 2
    ]
    return [chart for chart in found if chart is not None]


def category_losses(history: History) -> list[tuple[str, float, float]]:
    """``(category, loss before, loss after)`` on held-out rows, where the run measured both."""
    if len(history.validation) < 2:
        return []
    before, after = history.validation[0].by_category, history.validation[-1].by_category
    return [(name, before[name], after[name]) for name in sorted(before) if name in after]


def training_facts(training: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What was trained and how, in words and figures, as far as the stage said."""
    named: list[tuple[str, str, Callable[[Any], str]]] = [
        ("train_rows", "training rows", _count),
        ("validation_rows", "held-out rows measured", _count),
        ("epochs", "epochs", _count),
        ("steps", "optimizer steps", _count),
        ("train_tokens", "tokens seen", _count),
        ("train_loss", "training loss, mean of the last tenth", "{:.3f}".format),
        ("validation_loss_before", "validation loss before", "{:.3f}".format),
        ("validation_loss", "validation loss after", "{:.3f}".format),
        ("perplexity_before", "perplexity on held-out code before", "{:.2f}".format),
        ("perplexity", "perplexity on held-out code after", "{:.2f}".format),
        ("lora_r", "LoRA rank", str),
        ("learning_rate", "learning rate", "{:g}".format),
        ("trainable_parameters", "trainable parameters", _count),
        ("total_parameters", "parameters in all", _count),
        ("device", "device", str),
        ("dtype", "number type", str),
        ("tokens_per_second", "tokens a second", "{:,.0f}".format),
        ("peak_rss_bytes", "most memory used", lambda value: f"{value / 2**30:.1f} GiB"),
        ("peak_device_bytes", "most device memory used", lambda value: f"{value / 2**30:.1f} GiB"),
    ]
    return [(label, show(training[key])) for key, label, show in named if training.get(key)]


def source_rows(run: RunData) -> list[dict[str, Any]]:
    """Every listed source with what became of it (state, files, units, rows), most rows first."""
    files = run.tally("collect/files.parquet", "provenance.source")
    units = run.tally("extract/units.parquet", "provenance.source")
    rows = run.stages["dataset"].counts.get("by_source", {})
    found = []
    for source in read_sources(run.json("collect/sources.json")):
        found.append(
            {
                "source": source,
                "files": files.get(source.name, source.files or 0),
                "units": units.get(source.name, 0),
                "rows": rows.get(source.name, 0),
            }
        )
    return sorted(found, key=lambda row: (-row["rows"], -row["files"], row["source"].name))


def render_funnel(run: RunData) -> str:
    """The page about the corpus of ``run``: each step's refusals, thresholds, measures, sources, rejects."""
    counts = {**{key: {} for key in _FUNNEL_COUNTS}, **run.stages["refine"].counts}
    return (
        environment()
        .get_template("funnel.html.j2")
        .render(
            name=run.folder.resolve().name,
            counts=counts,
            steps=corpus.steps(run),
            thresholds=corpus.thresholds(run),
            plots=corpus.plots(run),
            reasons=corpus.reasons(run),
            stages=corpus.STAGES,
            sources=sorted(counts["by_source"].items(), key=lambda item: (-item[1]["kept"], item[0])),
            samples=corpus.SAMPLES,
            unreadable=run.problems,
        )
    )


def environment() -> Environment:
    """Templates with the page's filters and style."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["style"] = Markup((TEMPLATES / "style.css").read_text(encoding="utf-8"))  # noqa: S704
    made.filters.update(
        count=_count,
        percent=percent,
        roughly=roughly,
        duration=duration,
        markdown=markdown,
        plain=plain,
        prose=prose,
        typescript=typescript,
        shares=shares,
    )
    return made


def _count(value: int | None) -> str:
    return "–" if value is None else f"{value:,}"


def percent(value: float) -> str:
    """A rate (0 to 1) as people read it: one decimal below 10 %, none where it adds nothing."""
    text = f"{100 * value:.1f}"
    return f"{text.removesuffix('.0')} %"


def roughly(share: float) -> str:
    """Percent without decimals; a small part is not called nothing, nor a large one all."""
    if 0 < share < 0.5:
        return "< 1 %"
    return "> 99 %" if 99.5 <= share < 100 else f"{share:.0f} %"


def duration(seconds: float | None) -> str:
    """Seconds as ``0.4 s``, ``12 s``, ``3 min 20 s``, ``2 h 5 min``."""
    if seconds is None:
        return "–"
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def grid(counts: Mapping[str, Any]) -> tuple[Sequence[str], list[tuple[str, list[int], int]], int]:
    """Categories by strategy: the strategies, a row ``(category, counts, sum)`` each, and the largest cell."""
    table: Mapping[str, Mapping[str, int]] = counts.get("by_strategy_and_category", {})
    strategies = list(counts.get("by_strategy", {}))
    rows = []
    for category in counts.get("by_category", {}):
        cells = [table.get(strategy, {}).get(category, 0) for strategy in strategies]
        rows.append((category, cells, sum(cells)))
    return strategies, rows, max((cell for _, cells, _ in rows for cell in cells), default=0)
