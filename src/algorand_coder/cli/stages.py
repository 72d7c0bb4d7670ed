"""What the stage commands share: options, run folder, and the loop over stages."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from algorand_coder.errors import UserError

if TYPE_CHECKING:
    from algorand_coder.config import RunConfig
    from algorand_coder.pipeline.stage import Stage, StageReport

STAGES = ("collect", "extract", "refine", "instruct", "dataset", "train", "evaluate")
"""The stages in the order of the flow."""
FURTHER = {name: f"algorand_coder.posttrain.{name}" for name in ("sample", "rft", "dpo", "grpo")}
"""Stages beside the flow, and their modules: training that goes on from what ``train`` made."""


def load_stage(name: str) -> Stage:
    """The ``STAGE`` of room ``name``."""
    stage: Stage = import_module(FURTHER.get(name, f"algorand_coder.{name}.stage")).STAGE
    return stage


def run_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options every command over a run folder takes."""
    for option in reversed(
        (
            click.option("--config", "-c", default="laptop", show_default=True, help="A recipe's name or a YAML file."),
            click.option("--run-dir", type=click.Path(path_type=Path), help="Run folder  [default: runs/<name>]"),
            click.option("--set", "overrides", multiple=True, metavar="KEY=VALUE", help="Override one config value."),
        )
    ):
        function = option(function)
    return function


def load_run(config: str, run_dir: Path | None, overrides: Sequence[str]) -> tuple[RunConfig, Path]:
    """The validated config and the run folder (not created) that the options name."""
    from algorand_coder.config import load_config

    loaded = load_config(config, overrides)
    return loaded, run_dir or Path("runs") / loaded.name


def run_stages(
    names: Sequence[str], config: RunConfig, run_folder: Path, *, force: bool = False, quiet: bool = False
) -> list[StageReport]:
    """Run ``names`` in order, skipping what is finished and current."""
    from algorand_coder.pipeline.engine import Engine
    from algorand_coder.pipeline.progress import Progress
    from algorand_coder.pipeline.stage import run_stage

    progress = Progress(quiet=quiet)
    engine = Engine(config.engine, config.workers)
    with locked(run_folder):
        return [
            run_stage(
                load_stage(name),
                run_folder,
                getattr(config, name),
                seed=config.seed,
                engine=engine,
                progress=progress,
                force=force,
            )
            for name in names
        ]


@contextmanager
def locked(run_folder: Path) -> Iterator[None]:
    """Hold ``run_folder`` for this process; a second one gets a clear line instead of a mixed-up folder."""
    try:
        run_folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError, PermissionError) as error:
        raise UserError(
            f"cannot use {run_folder} as a run folder: {error.strerror}; choose another --run-dir"
        ) from None
    with (run_folder / ".lock").open("a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.seek(0)
            owner = handle.read().strip() or "unknown"
            raise UserError(
                f"another process (pid {owner}) is working in {run_folder}: wait for it or use --run-dir"
            ) from None
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        yield


def stage_command(
    name: str,
    help_text: str,
    *,
    example: str,
    extra: Sequence[Callable[..., Any]] = (),
    before: Any = None,
    after: Callable[[StageReport, Path], None] | None = None,
    summary: tuple[str, ...] = (),
) -> click.Command:
    """The command of one stage.

    ``extra`` holds additional click options; ``before(config, run_folder, **extra_values)`` is called first
    and ends the command when it returns True (for flags such as ``--explain``). ``after(report, run_folder)`` is
    called when the stage is done. ``summary`` names the counts that ``--json`` prints instead of the manifest.
    """

    @run_options
    @click.option("--force", is_flag=True, help="Run again even when the finished output is current.")
    @click.option(
        "--json", "as_json", is_flag=True, help=f"Print the {'counts' if summary else 'manifest'} of the stage as JSON."
    )
    def callback(
        config: str, run_dir: Path | None, overrides: tuple[str, ...], force: bool, as_json: bool, **values: Any
    ) -> None:
        loaded, run_folder = load_run(config, run_dir, overrides)
        if before is not None and before(loaded, run_folder, **values):
            return
        report = run_stages([name], loaded, run_folder, force=force, quiet=as_json)[0]
        if after is not None:
            after(report, run_folder)
        if as_json:
            from dataclasses import asdict

            counts = report.manifest.counts
            printed = {key: counts[key] for key in summary} if summary else asdict(report.manifest)
            click.echo(json.dumps(printed, indent=2))

    for option in reversed(extra):
        callback = option(callback)
    return click.command(name, help=help_text, epilog=f"Example: {example}")(callback)
