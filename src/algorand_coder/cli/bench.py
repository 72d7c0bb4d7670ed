"""``algorand-coder bench``: look at the benchmark, and prove that it can tell right from wrong."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from algorand_coder.evaluate.bench import Finding
    from algorand_coder.evaluate.problems import Problem


@click.group("bench", epilog="Example: algorand-coder bench show invoice-payment")
def command() -> None:
    """Look at the benchmark's problems, or prove that it can tell right from wrong."""


@command.command("list", epilog="Example: algorand-coder bench list --json")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
def list_problems(as_json: bool) -> None:
    """List every problem with its category, difficulty, kind and family."""
    from algorand_coder.evaluate.problems import load_problems

    problems = load_problems()
    if as_json:
        click.echo(json.dumps([_summary(problem) for problem in problems], indent=2))
        return
    wide = max(len(problem.id) for problem in problems)
    for problem in problems:
        header = problem.header
        unseen = "" if problem.seen else "  unseen"
        click.echo(
            f"{problem.id:<{wide}}  {header.category.value:<12}  {header.difficulty:<6}  {header.kind.value:<8}  "
            f"{header.title}{unseen}"
        )
    contracts = sum(problem.is_contract for problem in problems)
    unseen_count = sum(not problem.seen for problem in problems)
    click.echo(
        f"\n{len(problems)} problems, {contracts} with a contract, {unseen_count} of families unseen in training"
    )


@command.command("show", epilog="Example: algorand-coder bench show cloakroom")
@click.argument("problem_id", metavar="ID")
def show(problem_id: str) -> None:
    """Show one problem: what a model is asked, the reference, and the solutions that must fail."""
    from algorand_coder.evaluate.problems import load_problem, without_comments_for_us
    from algorand_coder.evaluate.prompts import conversation

    problem = load_problem(problem_id)
    header = problem.header
    click.echo(f"{problem.id}: {header.title}")
    click.echo(f"{header.category.value}, {header.difficulty}, {header.kind.value}, target {header.target}")
    click.echo(f"family {header.family} ({'seen' if problem.seen else 'unseen'} in training)\n")
    click.echo("A model is asked:\n")
    click.echo(textwrap.indent(conversation(problem)[-1]["content"], "  "))
    click.echo(f"\nIn short: {header.terse}\n\nReference:\n")
    click.echo(textwrap.indent(without_comments_for_us(problem.reference.code).strip(), "  "))
    click.echo("\nMust fail:")
    for solution in problem.wrong:
        click.echo(f"  {solution.name:<32} at {solution.fails_at}: {solution.why}")


@command.command("check", epilog="Example: algorand-coder bench check currency-desk")
@click.argument("problem_ids", metavar="[ID]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print every finding as JSON.")
@click.option("--mutants", is_flag=True, help="Plant small faults in the references instead; list those that survive.")
def check_problems(problem_ids: tuple[str, ...], as_json: bool, mutants: bool) -> None:
    """Prove that every reference passes and every wrong solution fails; exit code 1 if not."""
    from dataclasses import asdict

    from algorand_coder.evaluate.bench import check, check_files
    from algorand_coder.evaluate.problems import load_problems
    from algorand_coder.pipeline.progress import Progress
    from algorand_coder.records import Level
    from algorand_coder.verify import Verifier

    problems = load_problems(only=problem_ids)
    if mutants:
        _check_mutants(problems, as_json)
        return
    total = sum(1 + len(problem.alternatives) + len(problem.wrong) for problem in problems)
    progress = Progress(quiet=as_json)
    with Verifier(level=Level.BEHAVE) as verifier, progress.bar("bench", "solutions judged", total) as bar:
        findings = [*check_files(problems), *check(problems, lambda c: verifier.check(c, progress=bar.advance))]
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        _print(findings)
        click.echo(f"\n{len(problems)} problems, {len(findings)} solutions judged")
    violations = [finding for finding in findings if not finding.ok]
    if violations:
        click.echo(f"{len(violations)} violations", err=True)
        raise click.exceptions.Exit(1)


def _check_mutants(problems: list[Problem], as_json: bool) -> None:
    from dataclasses import asdict

    from algorand_coder.evaluate.mutants import LEAST_SCORE, WANTED, change, check, mutation_score, unmatched
    from algorand_coder.pipeline.progress import Progress
    from algorand_coder.records import Level
    from algorand_coder.verify import Verifier

    progress = Progress(quiet=as_json)
    with Verifier(level=Level.BEHAVE) as verifier, progress.bar("bench", "mutants judged", None) as bar:
        found = check(problems, lambda c: verifier.check(c, progress=bar.advance))
    score, few = mutation_score(found), [each.problem for each in found if each.compiled < WANTED]
    stale = unmatched(problems)
    if as_json:
        rows = [{**asdict(each), "killed": each.killed} for each in found]
        click.echo(json.dumps({"score": round(score, 4), "problems": rows}, indent=2))
    else:
        for problem, each in zip(problems, found, strict=True):
            same = f", {len(each.equivalent)} make no difference" if each.equivalent else ""
            lack = f"  fewer than {WANTED} get past the compilers" if each.problem in few else ""
            click.echo(f"{each.problem:<32}  {each.killed} of {each.compiled} turned down on chain{same}{lack}")
            for mutant in each.survivors:
                was, becomes = change(problem, mutant)
                click.echo(f"  survives  line {mutant.line}: {was}\n         as  {becomes}")
        sums = [sum(getattr(each, name) for each in found) for name in ("planted", "compiled", "killed")]
        idle = sum(len(each.equivalent) for each in found)
        click.echo(
            f"\n{sums[0]} mutants, {sums[1]} past the compilers, {sums[2]} turned down on chain, {idle} make no "
            f"difference; mutation score {score:.3f} (at least {LEAST_SCORE})"
        )
    for name, (was, becomes) in stale:
        click.echo(f"{name}: no mutant changes {was!r} to {becomes!r} as equivalent.yaml says", err=True)
    if score < LEAST_SCORE or few or stale:
        raise click.exceptions.Exit(1)


def _print(findings: list[Finding]) -> None:
    problem = ""
    for finding in findings:
        if finding.problem != problem:
            problem = finding.problem
            click.echo(problem)
        mark = "ok  " if finding.ok else "FAIL"
        wanted = "" if finding.ok else f", expected {finding.expected}"
        detail = f"  {finding.detail}" if finding.detail else ""
        click.echo(f"  {mark}  {finding.solution:<32}  {finding.found}{wanted}{detail[:110]}")


def _summary(problem: Problem) -> dict[str, object]:
    header = problem.header
    return {
        "id": problem.id,
        "category": header.category.value,
        "difficulty": header.difficulty,
        "kind": header.kind.value,
        "deepest_level": problem.deepest_level.value,
        "target": header.target,
        "family": header.family,
        "seen": problem.seen,
    }
