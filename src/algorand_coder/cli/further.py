"""What the commands of further training share: ``--dry-run``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from algorand_coder.cli.stages import stage_command

if TYPE_CHECKING:
    from algorand_coder.config import RunConfig


def further_command(name: str, help_text: str) -> click.Command:
    """The command of the further training ``name``."""

    def before(config: RunConfig, run_folder: Path, dry_run: bool) -> bool:
        if not dry_run:
            return False
        from rich.console import Console

        from algorand_coder.posttrain.dry_run import dry_run as check

        check(Console(), name, config, run_folder)
        return True

    return stage_command(
        name,
        help_text,
        example=f"algorand-coder {name} --dry-run",
        extra=(click.option("--dry-run", is_flag=True, help="Check recipe and data, say what it would do, stop."),),
        before=before,
    )
