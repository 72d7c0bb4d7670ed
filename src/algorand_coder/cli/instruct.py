"""``algorand-coder instruct``: make instruction pairs, or say what a language model's share of them would cost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from algorand_coder.cli.stages import stage_command

if TYPE_CHECKING:
    from algorand_coder.config import RunConfig
    from algorand_coder.instruct.synthesis.estimate import Estimate


def _estimate(config: RunConfig, run_folder: Path, estimate: bool) -> bool:
    if not estimate:
        return False
    import json
    from dataclasses import asdict

    from algorand_coder.instruct.synthesis.estimate import estimate_of_run

    found = estimate_of_run(run_folder, config.instruct.synthesis, config.seed)
    if click.get_current_context().params["as_json"]:
        click.echo(json.dumps([asdict(each) for each in found], indent=2))
    else:
        _table(found)
    return True


def _table(found: list[Estimate]) -> None:
    from rich.console import Console
    from rich.table import Table

    from algorand_coder.generate.endpoints import label_of

    table = Table(title="Synthesis, before anything is spent", title_justify="left", box=None, pad_edge=False)
    for heading in ("model", "requests", "prompt tokens", "reply tokens", "dollars", "at most"):
        table.add_column(heading, justify="left" if heading == "model" else "right", no_wrap=True)
    for each in found:
        table.add_row(
            label_of(each.model),
            f"{sum(each.requests.values()):,}",
            f"{each.prompt_tokens:,}",
            f"{each.completion_tokens:,}",
            f"${each.dollars:,.2f}",
            f"${each.dollars_at_most:,.2f}",
        )
    console = Console()
    console.print(table)
    parts = " and ".join(f"{count:,} for {task}s" for task, count in found[0].requests.items() if count)
    console.print(f"Requests: {parts or 'none, for want of accepted code'}.", highlight=False, soft_wrap=True)
    for each in found:
        key = f"; set {each.key_missing} first" if each.key_missing else ""
        line = f"{each.model}: {each.price}{', in batches' if each.batch else ''}{key}"
        console.print(line, highlight=False, soft_wrap=True)
    console.print(
        f"Spending ends at ${found[0].budget:,.2f} (instruct.synthesis.budget_dollars), whatever is still unasked.",
        highlight=False,
        soft_wrap=True,
    )


command = stage_command(
    "instruct",
    "Turn units and patterns into instruction pairs; keep those that the verifier accepts.",
    example="algorand-coder instruct --estimate --set instruct.synthesis.model=claude-sonnet",
    extra=[
        click.option("--estimate", is_flag=True, help="Print what a language model would cost, and ask nobody."),
    ],
    before=_estimate,
)
