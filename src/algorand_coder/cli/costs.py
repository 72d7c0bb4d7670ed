"""``algorand-coder costs``: the plan's budget beside what is measured, listed and estimated."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from algorand_coder.errors import UserError

if TYPE_CHECKING:
    from algorand_coder.costs.budget import Row


@click.command(
    "costs",
    epilog="Example: algorand-coder costs --run-dir runs/laptop --config qwen2.5-coder-7b --price runpod=1.19",
    context_settings={"max_content_width": 110},
)
@click.option(
    "--run-dir",
    type=click.Path(path_type=Path),
    default="runs/laptop",
    show_default=True,
    help="The run whose tokens, hours and bills are counted.",
)
@click.option(
    "--config", default="qwen3-coder-30b-a3b", show_default=True, help="The recipe that is to be trained on its data."
)
@click.option("--set", "overrides", multiple=True, metavar="KEY=VALUE", help="Override one config value.")
@click.option("--gpu", "gpu_name", default="A100", show_default=True, help="The GPU, as SkyPilot spells it.")
@click.option("--price", "asked", multiple=True, metavar="PLATFORM=DOLLARS", help="An hour's price that you know.")
@click.option(
    "--serving-hours", default=50.0, show_default=True, type=click.FloatRange(min=0), help="Hours served in a month."
)
@click.option("--tokens-per-second", type=click.FloatRange(min=0.001), help="What your server reaches, all streams.")
@click.option("--json", "as_json", is_flag=True, help="Print the rows and the run's figures as JSON.")
def command(  # noqa: PLR0917
    run_dir: Path,
    config: str,
    overrides: tuple[str, ...],
    gpu_name: str,
    asked: tuple[str, ...],
    serving_hours: float,
    tokens_per_second: float | None,
    as_json: bool,
) -> None:
    """Put today's figures beside every row of the plan's cost tables.

    measured: the run says it. listed: a price with its date. estimated: arithmetic on both. unknown: said to be.
    """
    from dataclasses import asdict

    from algorand_coder.config import load_config
    from algorand_coder.costs.budget import Question, rows
    from algorand_coder.costs.measured import read_run
    from algorand_coder.launch.order import gpu

    measured = read_run(run_dir)
    loaded = load_config(config, overrides)
    synthesis = loaded.instruct.synthesis
    question = Question(
        loaded.train,
        synthesis,
        loaded.seed,
        run_dir,
        measured,
        gpu(gpu_name),
        _asked(asked),
        serving_hours,
        tokens_per_second,
    )
    found = rows(question)
    if as_json:
        click.echo(json.dumps({"measured": asdict(measured), "rows": [asdict(row) for row in found]}, indent=2))
        return
    _show(found)
    total = sum(measured.hours.values())
    stages = ", ".join(f"{stage} {hours:.2f}" for stage, hours in measured.hours.items())
    click.echo(f"measured in {run_dir}: {total:.2f} h ({stages})")
    if measured.answers_dollars is not None:
        click.echo(f"measured in its evaluation: ${measured.answers_dollars:,.2f} ({measured.answers})")


def _asked(texts: tuple[str, ...]) -> dict[str, float]:
    found = {}
    for text in texts:
        platform, _, dollars = text.partition("=")
        try:
            found[platform.strip().lower()] = value = float(dollars)
        except ValueError:
            value = -1.0
        if not platform.strip() or not 0 <= value < float("inf"):
            raise UserError(f"--price {text!r}: give PLATFORM=DOLLARS an hour, e.g. runpod=1.89")
    return found


def _show(found: list[Row]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    for name in dict.fromkeys(row.table for row in found):
        table = Table(title=f"dollars, {name}", title_justify="left", box=None, pad_edge=False)
        for heading in ("", "the plan", "today", "", "from"):
            table.add_column(heading, overflow="fold", no_wrap=heading == "today")
        for row in (row for row in found if row.table == name):
            table.add_row(row.item, row.plan, amount(row), row.basis, f"[dim]{row.how}[/]")
        console.print(table, highlight=False)
        console.print()


def amount(row: Row) -> str:
    """Dollars of a row, e.g. ``$3.10-8.20/h``."""
    per = {"": "", "hour": "/h", "month": "/month", "1K tokens": "/1K"}[row.per]
    digits = 4 if row.per == "1K tokens" else 2
    if row.low is None:
        return "?"
    if row.high is None:
        return f"from ${row.low:,.{digits}f}{per}"
    low, high = f"{row.low:,.{digits}f}", f"{row.high:,.{digits}f}"
    return f"${low}{per}" if low == high else f"${low}-{high}{per}"
