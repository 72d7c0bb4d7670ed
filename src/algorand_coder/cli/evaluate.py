"""``algorand-coder evaluate``: measure models on the benchmark, or score answers again that are in a log."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from algorand_coder.cli.stages import load_run, run_options, run_stages
from algorand_coder.errors import UserError

if TYPE_CHECKING:
    from algorand_coder.pipeline.progress import Progress


@click.command("evaluate", epilog="Example: algorand-coder evaluate --model gpt-4o --model gpt-4o+docs+repair")
@run_options
@click.option(
    "--model",
    "models",
    multiple=True,
    metavar="NAME",
    help="base, tuned, a name in models.yaml, FILE.yaml#name, http://host:port/v1#model, or a folder of weights or of "
    "an adapter; +docs and +repair after it give it help. May be repeated.",
)
@click.option(
    "--rescore",
    "logs",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="Score the answers in a log, or in a folder of logs, again; no model is asked. May be repeated: the models of "
    "several runs are compared.",
)
@click.option(
    "--results",
    type=click.Path(path_type=Path, file_okay=False),
    help="With --rescore: write the results document into this folder.",
)
@click.option("--force", is_flag=True, help="Run again even when the finished output is current.")
@click.option("--json", "as_json", is_flag=True, help="Print the stage's manifest, or the scores, as JSON.")
def command(  # noqa: PLR0917
    config: str,
    run_dir: Path | None,
    overrides: tuple[str, ...],
    models: tuple[str, ...],
    logs: tuple[Path, ...],
    results: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Put the benchmark's problems to models, judge every answer, and write rates with intervals.

    Without --model these are the run's base and tuned model; others get a run folder of their own. A hosted model is
    asked once for each answer, ever, and evaluate.budget_dollars limits what its answers may cost.
    """
    if logs:
        _rescore(logs, results, as_json)
        return
    if results is not None:
        raise UserError("--results needs --rescore; the document of a run is written by algorand-coder report")
    chosen = (f"evaluate.models={_as_yaml(models)}",) if models else ()
    loaded, run_folder = load_run(config, run_dir, (*overrides, *chosen))
    if models:
        from algorand_coder.evaluate.models import check_keys, needs_run, run_name

        check_keys(models)
        if run_dir is None and not needs_run(loaded.evaluate):
            # Results of models from elsewhere must not take the place of those of the run's own.
            run_folder = run_folder.with_name(run_name(models))
    report = run_stages(["evaluate"], loaded, run_folder, force=force, quiet=as_json)[0]
    if as_json:
        from dataclasses import asdict

        click.echo(json.dumps(asdict(report.manifest), indent=2))


def _as_yaml(models: tuple[str, ...]) -> str:
    """As an override is read: JSON, which is nearly YAML, has another notation for characters beyond 16 bits."""
    import yaml

    listed: str = yaml.safe_dump(list(models), default_flow_style=True, width=math.inf)
    return listed.strip()


def _rescore(logs: tuple[Path, ...], results: Path | None, as_json: bool) -> None:
    from algorand_coder.evaluate.rescore import rescore_timed
    from algorand_coder.pipeline.progress import Progress

    progress = Progress(quiet=as_json)
    figures, times = rescore_timed(logs, progress)
    _warn(figures, progress)
    if results is not None:
        _write_results(figures, times, results)
    if as_json:
        click.echo(json.dumps(figures, indent=2))
        return
    for label, model in figures.get("models", {}).items():
        rates = ", ".join(f"{level} {rate['passed']}/{rate['n']}" for level, rate in model["rates"].items())
        cost = f"; ${model['dollars']:,.2f}" if model["dollars"] else ""
        click.echo(f"{label}: {rates}{cost}")
    for label, rate in figures["humaneval"].get("models", {}).items():
        click.echo(f"{label}: HumanEval {rate['passed']}/{rate['n']}")


def _warn(figures: dict[str, Any], progress: Progress) -> None:
    """What keeps these figures from being results; a run says the same."""
    from rich.markup import escape

    if figures.get("synthetic"):
        progress.note("evaluate", "SYNTHETIC recordings answered: these are no figures about any model")
    if not figures.get("valid", True):
        unjudged = figures["unjudged"]
        reason = escape(next(iter(unjudged["reasons"]), ""))
        progress.note(
            "evaluate",
            f"INVALID: {unjudged['answers']} answers ({unjudged['share']:.1%}) could not be judged ({reason}); "
            "run 'algorand-coder doctor', then score again; answers that were never given need an evaluation",
        )


def _write_results(figures: dict[str, Any], times: dict[str, Any], folder: Path) -> None:
    from algorand_coder.report import write_document
    from algorand_coder.report.results import read_results
    from algorand_coder.report.scores import parse_scores
    from algorand_coder.verify import toolchain_versions

    scores = parse_scores(figures)
    if scores is None:
        raise UserError("no results: the logs hold synthetic recordings, or no answers to the benchmark")
    page = write_document(folder, read_results(folder.resolve().name, scores, times, toolchain_versions(), {}))
    click.echo(f"wrote {page}", err=True)
