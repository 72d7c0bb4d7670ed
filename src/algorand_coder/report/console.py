"""The end of a run in the terminal: counts, before and after, the verdict, where the page is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from algorand_coder.report.page import duration, percent
from algorand_coder.report.scores import LEVEL_LABELS, LEVELS


def show(console: Console, summary: Mapping[str, Any], page: Path) -> None:
    """Print ``summary`` for a person; ``page`` is named last, where the eye ends."""
    console.print()
    for line in counts_lines(summary):
        console.print(line, highlight=False)
    evaluation = summary["evaluation"]
    if evaluation:
        console.print()
        console.print(rates_table(evaluation))
    console.print()
    for sentence in summary["verdict"].values():
        if sentence:
            console.print(escape(sentence), highlight=False)
    for problem in summary["problems"]:
        console.print(f"[yellow]{escape(problem)}[/]", highlight=False)
    console.print(f"\nReport: {escape(str(page))}", highlight=False, soft_wrap=True)


def counts_lines(summary: Mapping[str, Any]) -> list[str]:
    """The funnel in lines: sources and files, units, pairs, rows, training."""
    lines = []
    statuses = ", ".join(f"{n} {status}" for status, n in summary["sources"]["by_status"].items())
    if summary["source_files"] is not None:
        lines.append(f"[bold]sources[/]   {statuses or 'none listed'}; {summary['source_files']:,} files")
    for label, key in (("units", "units"), ("refined", "refined"), ("pairs", "pairs")):
        kept, refused = summary[key]["accepted"], summary[key]["refused"] or 0
        if kept is not None:
            lines.append(f"[bold]{label:<9}[/] {kept:,} kept, {refused:,} refused{_why(summary[key])}")
    data = summary["dataset"]
    if data:
        lines.append(
            f"[bold]data set[/]  {data['rows']:,} rows: {data['train']:,} training, {data['validation']:,} validation; "
            f"{data['mined']:,} mined; {data['distinct_skeletons']:,} distinct skeletons, "
            f"at most {data['max_rows_per_skeleton']} rows each"
        )
    training = summary["training"]
    if "validation_loss" in training:
        lines.append(
            f"[bold]training[/]  {training['train_rows']:,} rows, {training['steps']:,} steps; training loss "
            f"{training['train_loss']:.3f}; validation loss {training['validation_loss_before']:.3f} → "
            f"{training['validation_loss']:.3f}, perplexity {training['perplexity_before']:.2f} → "
            f"{training['perplexity']:.2f}"
        )
    lines.append(f"[bold]time[/]      {duration(summary['seconds'])} of work in all stages")
    return lines


def rates_table(evaluation: Mapping[str, Any]) -> Table:
    """Rates of every measured model by level, with 95 % intervals and n."""
    roles = [name for name in evaluation if name not in {"problems", "smoke_test", "valid", "paired"}]
    table = Table(title=f"{evaluation['problems']} held-out problems, 95 % intervals", title_justify="left")
    table.add_column("level")
    for role in roles:
        table.add_column(role, justify="right")
    for level in LEVELS:
        cells = [evaluation[role]["rates"].get(level) for role in roles]
        if any(cells):
            table.add_row(LEVEL_LABELS[level].lower(), *(_cell(cell) for cell in cells))
    return table


def _cell(rate: Mapping[str, Any] | None) -> str:
    if rate is None:
        return "–"
    span = f"{percent(rate['low'])} to {percent(rate['high'])}"
    return f"{rate['passed']}/{rate['n']}  {percent(rate['rate'])}  ({span})"


def _why(kept: Mapping[str, Any]) -> str:
    reasons = list(kept["refused_by_reason"].items())[:3]
    more = ", …" if len(kept["refused_by_reason"]) > len(reasons) else ""
    return " (" + ", ".join(f"{escape(reason)} {n:,}" for reason, n in reasons) + f"{more})" if reasons else ""
