"""``algorand-coder collect``: fetch the sources, or propose new ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from algorand_coder.cli.stages import stage_command
from algorand_coder.errors import UserError

if TYPE_CHECKING:
    from algorand_coder.config import RunConfig


def _discover(
    config: RunConfig,
    _run_folder: Path,
    *,
    discover: bool,
    output: Path | None,
    min_stars: int,
    forks: bool,
    archived: bool,
) -> bool:
    """Answer ``--discover``; returns whether it was given."""
    if not discover:
        if output is not None:
            raise UserError("--output goes with --discover")
        return False
    from algorand_coder.collect import discover as room
    from algorand_coder.collect.github import GitHub

    if config.collect.offline:
        raise UserError("--discover asks GitHub, and collect.offline is on")
    wanted = room.Wanted(min_stars=min_stars, forks=forks, archived=archived)
    found = room.discover(config.collect, wanted, GitHub())
    text = room.patch(config.collect, found.entries)
    if output is None:
        click.echo(text, nl=False)
    else:
        room.write_patch(text, output)
    click.echo(room.summary(found), err=True)
    return True


command = stage_command(
    "collect",
    "Fetch the sources: pinned, licensed, hashed. What cannot be reached is skipped with its reason.",
    example="algorand-coder collect --config laptop --set collect.mirror=/srv/git",
    extra=(
        click.option("--discover", is_flag=True, help="Fetch nothing; propose new repositories as a patch (GitHub)."),
        click.option(
            "--output", type=click.Path(path_type=Path), help="File for the patch  [default: standard output]"
        ),
        click.option("--min-stars", type=click.IntRange(0), default=50, show_default=True, help="For --discover."),
        click.option("--forks", is_flag=True, help="For --discover: propose forks too."),
        click.option("--archived", is_flag=True, help="For --discover: propose archived repositories too."),
    ),
    before=_discover,
)
