"""``algorand-coder report``."""

from __future__ import annotations

from pathlib import Path

import click

from algorand_coder.cli.stages import load_run, run_options


@click.command("report", epilog="Example: algorand-coder report --run-dir runs/laptop --open")
@run_options
@click.option("--open", "open_page", is_flag=True, help="Open the page in a browser.")
@click.option("--json", "as_json", is_flag=True, help="Print summary.json instead of the table.")
def command(config: str, run_dir: Path | None, overrides: tuple[str, ...], open_page: bool, as_json: bool) -> None:
    """Write report.html and summary.json of a run, finished or not, and print the before/after table."""
    from rich.console import Console

    from algorand_coder.report import SUMMARY, print_summary, write_report

    # A given folder is enough: its config may be a file that is long gone.
    run_folder = run_dir if run_dir is not None else load_run(config, None, overrides)[1]
    page = write_report(run_folder)
    if as_json:
        click.echo((run_folder / SUMMARY).read_text(encoding="utf-8"), nl=False)
    else:
        print_summary(Console(), run_folder)
    if open_page:
        click.launch(page.resolve().as_uri())
