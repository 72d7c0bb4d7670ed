"""``algorand-coder dataset``: make the data set; without a subcommand the stage runs. Then look at it, and send it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from algorand_coder.cli.stages import load_run, stage_command
from algorand_coder.errors import UserError

if TYPE_CHECKING:
    from algorand_coder.dataset.finished import DataSet
    from algorand_coder.records import Pair

FACETS = ("strategy", "category", "kind", "target", "licence", "source")
_SPLIT = click.option(
    "--split", type=click.Choice(["train", "validation", "all"]), default="all", show_default=True, help="Which rows."
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

_stage = stage_command(
    "dataset",
    "Check diversity and contamination, split 80/20, and write the data set with its card.\n\n"
    "With a subcommand: look at a finished data set, compare it, or send it to a hub.",
    example="algorand-coder dataset --config laptop --set dataset.validation_share=0.1",
)


def _stage_or_subcommand(**values: Any) -> None:
    context = click.get_current_context()
    if context.invoked_subcommand is None:
        assert _stage.callback is not None  # noqa: S101 - made by a decorator
        _stage.callback(**values)
        return
    given = [name for name in values if context.get_parameter_source(name) is not ParameterSource.DEFAULT]
    if given:
        option = next(o.opts[0] for o in _stage.params if o.name == given[0])
        raise UserError(f"{option} stands before {context.invoked_subcommand!r}: put it behind the subcommand")


command = click.Group(
    "dataset",
    help=_stage.help,
    epilog=_stage.epilog,
    params=_stage.params,
    callback=_stage_or_subcommand,
    invoke_without_command=True,
)


def _of_run(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--run-dir", type=click.Path(path_type=Path), help="Run folder  [default: runs/<name>]"),
        click.option("--config", "-c", default="laptop", show_default=True, help="A recipe's name or a YAML file."),
    ):
        function = option(function)
    return function


def _read(config: str, run_dir: Path | None) -> DataSet:
    from algorand_coder.dataset.finished import read_data_set

    return read_data_set(run_dir or load_run(config, None, ())[1])


@command.command("stats", epilog="Example: algorand-coder dataset stats --json")
@_of_run
@_JSON
def stats(config: str, run_dir: Path | None, as_json: bool) -> None:
    """Print how many rows there are, of what, and how long they are."""
    from algorand_coder.dataset.finished import stats as figures

    data = _read(config, run_dir)
    found = figures(data)
    if as_json:
        click.echo(json.dumps(found, indent=2))
        return
    counts = data.manifest.counts
    click.echo(f"{found['rows']:,} rows: {found['train']:,} for training, {found['validation']:,} held out")
    click.echo(f"{counts['distinct_skeletons']:,} distinct skeletons")
    tokens = counts["tokens"]
    length = f"a row has {tokens['median']:,} (median) to {tokens['max']:,}"
    click.echo(f"{found['tokens']:,} tokens; {length} ({tokens['counted_by']})")
    for facet in ("strategy", "category", "kind", "target", "licence"):
        _print_counts(facet, found[f"by_{facet}"])


def _print_counts(title: str, counts: Mapping[str, int]) -> None:
    click.echo(f"\n{title}")
    for name, count in counts.items():
        click.echo(f"  {count:>7,}  {name}")


@command.command("show", epilog="Example: algorand-coder dataset show 0affb7464bd5")
@click.argument("id")
@_of_run
@_JSON
def show(id: str, config: str, run_dir: Path | None, as_json: bool) -> None:
    """Show one row with everything known of it; the beginning of its ID is enough."""
    from algorand_coder.dataset import finished
    from algorand_coder.pipeline.tables import to_plain

    data = _read(config, run_dir)
    pair = data.row(id)
    if as_json:
        click.echo(json.dumps(to_plain(pair) | {"split": data.sides[pair.id]}, indent=2, ensure_ascii=False))
        return
    click.echo(f"{pair.id}  {data.sides[pair.id]}")
    click.echo(", ".join(value(pair) for value in finished.FACETS.values()))
    click.echo(f"lineage {pair.lineage}, {'mined' if pair.mined else 'built'}")
    for origin in pair.provenance:
        lines = f":{origin.start_line}-{origin.end_line}" if origin.start_line else ""
        click.echo(f"from {origin.source} {origin.revision} {origin.path}{lines} ({origin.licence})")
    for title, text in (("Instruction", pair.instruction), ("Input", pair.input), ("Output", pair.output)):
        if text:
            click.echo(f"\n{title}:\n\n{text.rstrip()}")


def _facet_options(function: Callable[..., Any]) -> Callable[..., Any]:
    for name in reversed(FACETS):
        function = click.option(f"--{name}", help=f"Only rows of this {name}.")(function)
    return function


@command.command("search", epilog='Example: algorand-coder dataset search "opt in" --category assets --kind contract')
@click.argument("text")
@_facet_options
@_SPLIT
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Rows to print.")
@_of_run
@_JSON
def search(  # noqa: PLR0917
    text: str, split: str, limit: int, config: str, run_dir: Path | None, as_json: bool, **facets: str | None
) -> None:
    """List rows that have every word of TEXT, in the instruction, the input or the output; best match first."""
    from algorand_coder.dataset.finished import search as find

    data = _read(config, run_dir)
    found = find(data, text, {name: value for name, value in facets.items() if value is not None}, split)
    if as_json:
        click.echo(json.dumps({"found": len(found), "rows": [_line(data, pair) for pair in found[:limit]]}, indent=2))
        return
    for pair in found[:limit]:
        line = _line(data, pair)
        click.echo(f"{pair.id[:16]:<16}  {line['split']:<10}  {line['strategy']:<9}  {line['instruction'][:90]}")
    click.echo(f"\n{len(found):,} rows" + (f", {limit} shown" if len(found) > limit else ""))


def _line(data: DataSet, pair: Pair) -> dict[str, str]:
    return {
        "id": pair.id,
        "split": data.sides[pair.id],
        "strategy": pair.strategy,
        "category": pair.category.value,
        "kind": pair.kind.value,
        "instruction": " ".join(pair.instruction.split()),
    }


@command.command(
    "export", epilog="Example: algorand-coder dataset export --format chat --split train --out train.jsonl"
)
@click.option("--format", "form", type=click.Choice(["alpaca", "chat", "parquet"]), default="alpaca", show_default=True)
@_SPLIT
@click.option("--out", type=click.Path(path_type=Path), required=True, help="File to write.")
@_of_run
def export(form: str, split: str, out: Path, config: str, run_dir: Path | None) -> None:
    """Write rows to one file: the three Alpaca fields, chat messages, or Parquet with all metadata."""
    from algorand_coder.dataset.finished import export as write

    count = write(_read(config, run_dir), form, split, out)
    click.echo(f"{count:,} rows in {out}", err=True)


@command.command("push", epilog="Example: algorand-coder dataset push me/algorand-instructions --dry-run")
@click.argument("repository", metavar="OWNER/NAME")
@click.option("--dry-run", is_flag=True, help="Say what would be sent, and send nothing.")
@click.option("--public", is_flag=True, help="Make a new repository public; without it, only you can see it.")
@click.option("--endpoint", help="Address of the hub.  [default: HF_ENDPOINT, or the Hugging Face hub]")
@_of_run
def push(  # noqa: PLR0917
    repository: str, dry_run: bool, public: bool, endpoint: str | None, config: str, run_dir: Path | None
) -> None:
    """Send the data set to a hub, with its card and attribution. Rows of private sources are never sent."""
    from algorand_coder.dataset import publish

    if repository.count("/") != 1 or not all(repository.split("/")):
        raise UserError(f"{repository!r} is no place on a hub: give OWNER/NAME")
    shipment = publish.prepare(_read(config, run_dir))
    if dry_run:
        for name, size in shipment.files:
            click.echo(f"{size:>12,}  {name}")
        total = sum(size for _, size in shipment.files)
        click.echo(f"{total:>12,}  bytes, {shipment.rows:,} rows would go to {repository}; nothing was sent")
        return
    address = publish.push(shipment, repository, private=not public, endpoint=endpoint)
    click.echo(f"{shipment.rows:,} rows sent to {address}")


@command.command("compare", epilog="Example: algorand-coder dataset compare runs/laptop runs/with-synthesis")
@click.argument("before", metavar="RUN_A", type=click.Path(path_type=Path))
@click.argument("after", metavar="RUN_B", type=click.Path(path_type=Path))
@_JSON
def compare(before: Path, after: Path, as_json: bool) -> None:
    """Compare the data sets of two run folders: counts, shared skeletons, what is new in RUN_B and what is gone."""
    from algorand_coder.dataset.comparison import compare as figures
    from algorand_coder.dataset.finished import read_data_set

    found = figures(read_data_set(before), read_data_set(after))
    if as_json:
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
        return
    for name in ("rows", "train", "validation"):
        click.echo(f"{name:<11}{_arrow(found[name])}")
    shapes = found["skeletons"]
    click.echo(f"{'skeletons':<11}{_arrow(shapes)}; {shapes['common']:,} in both (Jaccard {shapes['jaccard']:.2f})")
    click.echo(f"{found['same']:,} rows are the same; {found['crossed']:,} of them changed sides")
    for name in ("new", "gone"):
        click.echo(f"\n{found[name]['rows']:,} {name}")
        for strategy, count in found[name]["by_strategy"].items():
            click.echo(f"  {count:>7,}  {strategy}")
        for example in found[name]["examples"]:
            click.echo(f"           {example['id'][:16]}  {example['instruction']}")
    if found["new_to_nearest_before"]:
        near = found["new_to_nearest_before"]
        click.echo(
            f"\nA new row's similarity to the nearest old one: median {near['median']:.2f}, p90 {near['p90']:.2f}"
        )
    for facet in FACETS:
        changed = {name: count for name, count in found[f"by_{facet}"].items() if count["before"] != count["after"]}
        if changed:
            click.echo(f"\n{facet}")
        for name, count in changed.items():
            click.echo(f"  {_arrow(count):<20}{name}")


def _arrow(count: Mapping[str, int]) -> str:
    return f"{count['before']:,} → {count['after']:,}"


@command.command("page", epilog="Example: algorand-coder dataset page --per-cell 4")
@click.option(
    "--per-cell", type=click.IntRange(1, 50), default=3, show_default=True, help="Rows of each strategy and category."
)
@_of_run
def page(per_cell: int, config: str, run_dir: Path | None) -> None:
    """Write dataset.html into the run folder: samples to read, each judged now, and what was refused."""
    from algorand_coder.dataset.finished import read_data_set
    from algorand_coder.report import write_samples

    folder = run_dir or load_run(config, None, ())[1]
    read_data_set(folder)
    click.echo(f"Samples: {write_samples(folder, per_cell)}")
