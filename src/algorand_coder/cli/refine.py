"""``algorand-coder refine``: filter, deduplicate, decontaminate; or explain what happened to one unit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from algorand_coder.cli.stages import stage_command

if TYPE_CHECKING:
    from algorand_coder.config import RunConfig


def _explain(config: RunConfig, run_folder: Path, explain: str | None) -> bool:
    if explain is None:
        return False
    from algorand_coder.refine.explain import explain as lines

    for line in lines(run_folder, explain, config.refine):
        click.echo(line)
    return True


command = stage_command(
    "refine",
    "Filter, deduplicate and decontaminate the units. Every reject is kept with its reason.",
    example="algorand-coder refine --explain src/types/amount.ts:41",
    extra=[
        click.option(
            "--explain", metavar="FILE:LINE", help="Say what happened to the unit at this line of a source, and why."
        )
    ],
    before=_explain,
)
