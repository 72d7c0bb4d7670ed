"""``algorand-coder refine``: filter, deduplicate, decontaminate, show the funnel; or explain one unit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from algorand_coder.cli.stages import stage_command

if TYPE_CHECKING:
    from algorand_coder.config import RunConfig
    from algorand_coder.pipeline.stage import StageReport


def _explain(config: RunConfig, run_folder: Path, explain: str | None) -> bool:
    if explain is None:
        return False
    from algorand_coder.refine.explain import explain as lines

    for line in lines(run_folder, explain, config.refine):
        click.echo(line)
    return True


def _write_page(report: StageReport, run_folder: Path) -> None:
    from algorand_coder.report import FUNNEL, write_funnel

    page = run_folder / FUNNEL
    if not report.reused or not page.is_file():
        write_funnel(run_folder)
    click.echo(f"Funnel: {page}", err=True)


command = stage_command(
    "refine",
    "Filter, deduplicate and decontaminate the units. Every reject is kept with its reason; funnel.html shows them.",
    example="algorand-coder refine --explain src/types/amount.ts:41",
    extra=[
        click.option(
            "--explain", metavar="FILE:LINE", help="Say what happened to the unit at this line of a source, and why."
        )
    ],
    before=_explain,
    after=_write_page,
    summary=("sources", "files", "units", "kept", "rejected", "licences"),
)
