"""``algorand-coder run``: every stage in order, then the report."""

from __future__ import annotations

from pathlib import Path

import click

from algorand_coder.cli.stages import STAGES, load_run, run_options, run_stages


@click.command("run", epilog="Example: algorand-coder run --config laptop --until dataset")
@run_options
@click.option("--until", type=click.Choice(STAGES), help="Stop after this stage.")
@click.option("--force", is_flag=True, help="Run every stage again, also those that are finished and current.")
def command(config: str, run_dir: Path | None, overrides: tuple[str, ...], until: str | None, force: bool) -> None:
    """Everything, end to end: sources to a measured model and a report.

    Stages that are finished and current are recognised; an interrupted run goes on where it stopped.
    """
    loaded, run_folder = load_run(config, run_dir, overrides)
    names = STAGES[: STAGES.index(until) + 1] if until else STAGES
    run_stages(names, loaded, run_folder, force=force)
    from rich.console import Console

    from algorand_coder.report import print_summary, write_report

    write_report(run_folder)
    print_summary(Console(), run_folder)
