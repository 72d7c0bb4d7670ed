"""``algorand-coder train``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from algorand_coder.cli.stages import stage_command

if TYPE_CHECKING:
    from algorand_coder.config import RunConfig
    from algorand_coder.pipeline.stage import StageReport
    from algorand_coder.train.backends import Job


def _before(config: RunConfig, run_folder: Path, show_masks: int, dry_run: bool) -> bool:
    """Serve the flags that end the command without training."""
    if not (show_masks or dry_run):
        return _help_the_first(config)
    from rich.console import Console

    console = Console()
    if dry_run:
        from algorand_coder.train.dry_run import dry_run as check

        check(console, config.train, run_folder / "dataset")
    if show_masks:
        from algorand_coder.train.show import show_first_masks

        show_first_masks(console, config.train, run_folder / "dataset", show_masks)
    return True


def _help_the_first(config: RunConfig) -> bool:
    """Under torchrun, all processes but the first train the job that the first one hands out; whether this is one."""
    if os.environ.get("RANK", "0") == "0":
        return False
    from algorand_coder.train.distributed import finish, share_work

    job: Job | None = share_work(None)
    if job is not None:
        from algorand_coder.train.backends import choose

        choose(config.train).train(job)
    finish()
    return True


def _after(report: StageReport, run_folder: Path) -> None:
    """Let the others go; those of a stage that was finished already are still waiting."""
    if os.environ.get("WORLD_SIZE", "1") != "1":
        from algorand_coder.train.distributed import finish, share_work

        share_work(None)
        finish()


command = stage_command(
    "train",
    "Fine-tune the base model on the data set: a LoRA adapter, its losses, and the figures behind them.",
    example="algorand-coder train --config qwen3-coder-30b-a3b --dry-run",
    extra=(
        click.option(
            "--show-masks",
            type=click.IntRange(0, 1000),
            default=0,
            metavar="N",
            help="Print the tokens of N rows, those that carry loss in green, and stop.",
        ),
        click.option("--dry-run", is_flag=True, help="Check recipe and data, estimate memory, download nothing, stop."),
    ),
    before=_before,
    after=_after,
)
