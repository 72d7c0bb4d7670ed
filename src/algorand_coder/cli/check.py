"""``algorand-coder check``."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from algorand_coder.cache import cache_dir
from algorand_coder.errors import UserError
from algorand_coder.records import DEFAULT_TARGET, Level

if TYPE_CHECKING:
    from algorand_coder.ledger import Choice
    from algorand_coder.verify import Verifier
    from algorand_coder.verify.sources import Item

_LEVELS = [level.value for level in Level]
_TARGETS = ["utils9", "utils10"]


@click.command(
    "check",
    epilog="Example: algorand-coder check contracts/ app.ts",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH... | -")
@click.option("--level", type=click.Choice(_LEVELS), default="compile", show_default=True, help="How deep to judge.")
@click.option("--target", type=click.Choice(_TARGETS), default=DEFAULT_TARGET, show_default=True, help="Packages.")
@click.option("--json", "form", flag_value="json", help="One JSON array with an object a file.")
@click.option("--sarif", "form", flag_value="sarif", help="A SARIF 2.1.0 log.")
@click.option("--watch", is_flag=True, help="Judge again whenever a file changes.")
@click.option(
    "--ledger",
    type=click.Choice(["auto", "embedded", "localnet"]),
    default="auto",
    show_default=True,
    help="Where levels deploy and behave are judged; auto: the LocalNet when one answers.",
)
@click.option(
    "--allow-unsandboxed",
    is_flag=True,
    help="At level behave, run the code even where it cannot be isolated: it can then do whatever you can.",
)
@click.option("--no-cache", is_flag=True, help="Judge everything anew.")
def command(  # noqa: PLR0917
    paths: tuple[str, ...],
    level: str,
    target: str,
    form: str | None,
    watch: bool,
    ledger: Choice,
    allow_unsandboxed: bool,
    no_cache: bool,
) -> int:
    """Judge TypeScript files as the pipeline does.

    PATH is a file, a folder (walked), a data set (pairs.parquet, .jsonl), or - for standard input. A *.algo.ts file
    is a contract; TEALScript is told by its import. Level deploy creates every contract on a ledger; level behave runs
    the check program vault.check.ts, where there is one, beside vault.ts or vault.algo.ts.

    Exit code 0: all passed, 1: something failed, 2: something could not be judged, or bad input.
    """
    from algorand_coder.verify import Verifier

    if watch and (form or "-" in paths):
        raise UserError("--watch goes with files and folders, and without --json or --sarif")
    cache = None if no_cache else cache_dir("verdicts")
    with Verifier(level=Level(level), cache=cache, ledger=ledger, allow_unsandboxed=allow_unsandboxed) as verifier:
        if watch:
            return _watch(verifier, paths, target)
        return _once(verifier, _items(paths, target), form)


def _items(paths: Sequence[str], target: str) -> list[Item]:
    from algorand_coder.verify import sources

    items = []
    for path in paths:
        if path == "-":
            code = sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
            items.append(sources.from_text(code, target))
        else:
            items += sources.from_paths([Path(path)], target)
    return items


def _once(verifier: Verifier, items: Sequence[Item], form: str | None) -> int:
    from rich.console import Console

    from algorand_coder.pipeline.progress import Progress
    from algorand_coder.verify import output

    started = time.monotonic()
    progress = Progress(quiet=len(items) < 20 or form is not None)
    with progress.bar("check", "judging", len(items)) as bar:
        verdicts = verifier.check([item.candidate for item in items], progress=bar.advance)
    results = list(zip(items, verdicts, strict=True))
    if form == "json":
        click.echo(json.dumps(output.as_json(results), indent=2))
    elif form == "sarif":
        click.echo(json.dumps(output.as_sarif(results), indent=2))
    else:
        output.show(Console(), results, seconds=time.monotonic() - started)
    return output.exit_code(results)


def _watch(verifier: Verifier, paths: Sequence[str], target: str) -> int:
    """Unchanged files cost nothing: their verdicts are remembered."""
    seen: list[tuple[str, str]] | None = None
    code = 0
    try:
        while True:
            try:
                items = _items(paths, target)
            except UserError as error:
                # A file is being replaced, or gone for good: say it once and wait.
                items, now = [], [("", str(error))]
                if now != seen:
                    click.echo(f"algorand-coder: {error}", err=True)
            else:
                now = [(item.name, item.candidate.key) for item in items]
                if now != seen:
                    code = _once(verifier, items, None)
            seen = now
            time.sleep(0.5)
    except KeyboardInterrupt:
        return code
