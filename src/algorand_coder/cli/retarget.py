"""``algorand-coder retarget``: what another version of an Algorand package would break."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from algorand_coder.retarget.breaks import Report

_SHOWN = 15
_EXIT = {"passed": 0, "failed": 1, "unjudged": 2}


@click.command(
    "retarget",
    epilog="Example: algorand-coder retarget --package @algorandfoundation/algokit-utils@9.1.0 --run-dir runs/laptop",
    context_settings={"max_content_width": 110},
)
@click.option("--package", "packages", multiple=True, required=True, metavar="NAME@VERSION", help="May be repeated.")
@click.option("--run-dir", type=click.Path(path_type=Path, exists=True), help="A run whose data set is judged too.")
@click.option(
    "--rows", default=0, show_default=True, type=click.IntRange(min=-1), help="At most so many; 0: all, -1: none."
)
@click.option(
    "--problems", default=0, show_default=True, type=click.IntRange(min=-1), help="At most so many; 0: all, -1: none."
)
@click.option(
    "--level",
    type=click.Choice(["types", "compile", "deploy", "behave"]),
    default="compile",
    show_default=True,
    help="How deep is judged.",
)
@click.option("--workers", default=0, type=click.IntRange(min=0), help="Compilers side by side  [default: one a core]")
@click.option("--json", "as_json", is_flag=True, help="Print the whole report as JSON.")
def command(  # noqa: PLR0917
    packages: tuple[str, ...], run_dir: Path | None, rows: int, problems: int, level: str, workers: int, as_json: bool
) -> int:
    """Judge the data set and the benchmark's solutions with other versions of the Algorand packages.

    The versions are pinned in a toolchain of their own, in the cache; data, benchmark and shipped toolchain stay as
    they are. Exit code 0 when nothing breaks, 1 when something does, 2 when that cannot be told.
    """
    from dataclasses import asdict

    from algorand_coder.pipeline.progress import Progress
    from algorand_coder.records import Level
    from algorand_coder.retarget.breaks import compare, subjects

    progress = Progress(quiet=as_json)
    with ExitStack() as stack:

        def bar(what: str, total: int) -> Callable[[int], None]:
            return stack.enter_context(progress.bar("retarget", what, total)).advance

        report = compare(packages, subjects(run_dir, rows, problems), Level(level), workers, bar)
    if as_json:
        click.echo(json.dumps({"outcome": report.outcome, **asdict(report)}, indent=2))
    else:
        _show(report)
    return _EXIT[report.outcome]


def _show(report: Report) -> None:
    for change in report.changes:
        click.echo(f"{change.package}: {change.before} → {change.after} ({change.project})")
    wanted = {(change.project, change.package) for change in report.changes}
    for project, packages in report.moved.items():
        also = [f"{name} {old} → {new}" for name, (old, new) in packages.items() if (project, name) not in wanted]
        if also:
            click.echo(f"  npm moved as well ({project}): {', '.join(also)}")
    click.echo("")
    for source, count in report.judged.items():
        parts = {"broken": report.broken, "mended": report.mended, "not judged": report.unjudged}
        said = ", ".join(f"{found[source]:,} {name}" for name, found in parts.items() if found.get(source))
        click.echo(f"{source}: {count:,} judged, {said or 'nothing breaks'}")
    for source, count in report.not_concerned.items():
        click.echo(f"{source}: {count:,} not concerned by these packages")
    for reason, count in report.reasons.items():
        click.echo(f"  not judged, {count:,}: {reason}")
    for found in report.breaks[:_SHOWN]:
        click.echo(f"\n{found.count:>5,}  {found.code}  {found.message}")
        for example in found.examples:
            click.echo(f"       {example}")
    if len(report.breaks) > _SHOWN:
        click.echo(f"\n{len(report.breaks) - _SHOWN} more errors: --json has them all")
    if report.newly_deprecated:
        said = ", ".join(f"{name} ({count:,})" for name, count in list(report.newly_deprecated.items())[:_SHOWN])
        click.echo(f"\nnewly deprecated: {said}")
