"""``algorand-coder route``: where the router sends a request, and how often it is right."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from algorand_coder.errors import UserError

if TYPE_CHECKING:
    from algorand_coder.serve.router import Labelled


@click.command(
    "route",
    epilog='Example: algorand-coder route "Why does my app call fail?"',
    context_settings={"max_content_width": 110},
)
@click.argument("request_words", nargs=-1, metavar="[REQUEST]...")
@click.option("--evaluate", is_flag=True, help="Measure the rules on the labelled requests.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(request_words: tuple[str, ...], evaluate: bool, as_json: bool) -> None:
    """Show which model would answer a request, the tuned or the general one, and by which rule."""
    from algorand_coder.serve import router

    if evaluate == bool(request_words):
        raise UserError('give a request, or --evaluate: algorand-coder route "Write a payment"')
    if not evaluate:
        decided = router.decide(" ".join(request_words))
        found = {"to": decided.to, "task": decided.task}
        click.echo(json.dumps(found) if as_json else f"{decided.to} (rule: {decided.task})")
        return
    groups = {
        "held out": [each for each in router.labelled() if each.held],
        "seen": [each for each in router.labelled() if not each.held],
    }
    if as_json:
        click.echo(json.dumps({name: _figures(group) for name, group in groups.items()}, indent=2))
        return
    for name, group in groups.items():
        right, count, wrong = router.accuracy(group)
        low, high = _figures(group)["interval"]
        click.echo(f"{name}: {right}/{count} right, {right / count:.0%} (95 % Wilson {low:.0%} to {high:.0%})")
        for each, decided in wrong:
            click.echo(f"  to {decided.to} by {decided.task!r}, should be {each.to}: {each.request}")


def _figures(group: list[Labelled]) -> dict[str, Any]:
    from algorand_coder.evaluate.statistics import wilson
    from algorand_coder.serve import router

    right, count, _ = router.accuracy(group)
    confusion = {f"{label} to {decided}": n for (label, decided), n in sorted(router.confusion(group).items())}
    return {"right": right, "count": count, "interval": wilson(right, count), "confusion": confusion}
