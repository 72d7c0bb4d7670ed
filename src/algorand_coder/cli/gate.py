"""``algorand-coder gate``: the checkpoints of a project, each with its figures and an exit code."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from algorand_coder.errors import UserError

if TYPE_CHECKING:
    from algorand_coder.pipeline.gate import Criterion

MARKS = {"passed": "ok", "failed": "FAIL", "unjudged": "?"}


@click.group("gate", epilog="Example: algorand-coder gate data runs/laptop --verify 200")
def command() -> None:
    """Ask whether a run is good enough to go on. Exit code 0: go, 1: no-go, 2: it cannot be told yet."""


@command.command("data", epilog="Example: algorand-coder gate data runs/laptop --verify 200")
@click.argument("run", type=click.Path(path_type=Path), default=Path("runs/laptop"))
@click.option("--verify", "sample", type=click.IntRange(min=1), help="Judge this many rows again, one by one.")
@click.option("--json", "as_json", is_flag=True, help="Print the criteria as JSON.")
def data_gate(run: Path, sample: int | None, as_json: bool) -> None:
    """Is the data set of RUN (a run folder, runs/laptop by default) worth training on?

    At least 5,000 pairs, all accepted by the verifier, enough contracts and rows of each category, no strategy that
    outweighs the others, a split that nothing leaks through, no duplicates, nothing of the benchmark, free licences.
    """
    from algorand_coder.dataset.finished import read_data_set
    from algorand_coder.dataset.gate import judge

    data = read_data_set(run)
    if sample is None:
        report("data", judge(data, run), as_json=as_json)
        return
    from algorand_coder.pipeline.progress import Progress
    from algorand_coder.verify import Verifier

    # Judged again means without what is remembered of the first time.
    with Verifier(cache=None) as verifier, Progress(quiet=as_json).bar("gate", "rows judged again", sample) as bar:
        criteria = judge(data, run, sample, verifier, bar.advance)
    report("data", criteria, as_json=as_json)


@command.command("model", epilog="Example: algorand-coder gate model runs/laptop")
@click.argument("run", type=click.Path(path_type=Path), default=Path("runs/laptop"))
@click.option("--json", "as_json", is_flag=True, help="Print the criteria as JSON.")
def model_gate(run: Path, as_json: bool) -> None:
    """Does the tuned model of RUN reach the minimum that it was trained for?

    Compile, deploy and type-check rates, the suite score, and HumanEval against the base of the same run. An interval
    that straddles a line decides nothing: ask more problems or more answers.
    """
    from algorand_coder.evaluate.gates import model_criteria

    report("model", _by_scores(run, model_criteria), as_json=as_json)


@command.command("integration", epilog="Example: algorand-coder gate integration runs/hosted")
@click.argument("run", type=click.Path(path_type=Path), default=Path("runs/laptop"))
@click.option("--json", "as_json", is_flag=True, help="Print the criteria as JSON.")
def integration_gate(run: Path, as_json: bool) -> None:
    """Is the tuned model of RUN better than prompting each hosted model that answered beside it?

    Measure them together first: algorand-coder evaluate --model tuned --model claude-sonnet --model gpt-4o
    """
    from algorand_coder.evaluate.gates import integration_criteria

    report("integration", _by_scores(run, integration_criteria), as_json=as_json)


def _by_scores(run: Path, judge: Callable[..., list[Criterion]]) -> list[Criterion]:
    """What ``judge`` says of the scores of ``run``; nothing when an earlier stage ran again since they were made.

    Raises ``UserError`` where there are none: an exit code of 1 would say no-go.
    """
    from algorand_coder.report.run_data import DONE, read_run

    data = read_run(run)
    stage, path = data.stages["evaluate"], run / "evaluate/scores.json"
    mend = f"algorand-coder evaluate --run-dir {run}"
    if stage.status != DONE:
        raise UserError(f"{run} is not evaluated yet: {mend}")
    scores = data.json("evaluate/scores.json")
    if scores is None:
        raise UserError(f"{path} is missing or damaged: {mend} --force")
    unreadable = UserError(f"{path} holds no scores: {mend} --force")
    if not (isinstance(scores, dict) and isinstance(scores.get("models"), dict)):
        raise unreadable
    try:
        return judge(scores, outdated=stage.stale and f"evaluate was made before {stage.stale} last ran: {mend}")
    except (AttributeError, KeyError, TypeError, ValueError):
        raise unreadable from None


def report(name: str, criteria: Sequence[Criterion], *, as_json: bool) -> None:
    """Print criteria and decision; ends the command with the decision's exit code."""
    from algorand_coder.pipeline import gate

    decision = gate.decide(criteria)
    if as_json:
        click.echo(json.dumps(gate.as_json(name, criteria), indent=2, ensure_ascii=False))
    else:
        wide = max((len(each.name) for each in criteria), default=0)
        for each in criteria:
            note = f"  ({each.note})" if each.note else ""
            click.echo(f"{MARKS[each.outcome.value]:<4}  {each.name:<{wide}}  {each.figure:>8}  {each.threshold}{note}")
        click.echo(f"\n{decision.value}")
    if decision.exit_code:
        raise click.exceptions.Exit(decision.exit_code)
