"""Which model answers: the tuned one for Algorand code, a general one for reasoning, planning, diagnosis, prose.

The rules are a table, ``routes.yaml``; so a person can read why a request went where it went, and change it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

Destination = Literal["tuned", "general"]
_HERE = Path(__file__).parent
_LONGEST = 20_000
"""Characters of a request that are looked at: its words come first, pasted code after them."""


@dataclass(frozen=True)
class Rule:
    """One row: requests of kind ``task`` go to ``to`` when ``when`` matches and ``unless`` does not."""

    task: str
    to: Destination
    when: re.Pattern[str]
    unless: re.Pattern[str] | None


@dataclass(frozen=True)
class Decision:
    """Where a request goes, and the row that said so."""

    to: Destination
    task: str


@dataclass(frozen=True)
class Labelled:
    """A request with the destination that a person gave it; ``held`` ones were not looked at while writing rules."""

    request: str
    to: Destination
    task: str
    held: bool


@cache
def table() -> tuple[Rule, ...]:
    """The rows of ``routes.yaml``, in order. Raises ``ValueError`` for a row that is none."""
    rules = []
    for row in yaml.safe_load((_HERE / "routes.yaml").read_text(encoding="utf-8")):
        if set(row) - {"task", "to", "when", "unless"} or row.get("to") not in {"tuned", "general"}:
            raise ValueError(f"not a rule: {row}")
        unless = _pattern(row["unless"]) if "unless" in row else None
        rules.append(Rule(row["task"], row["to"], _pattern(row["when"]), unless))
    return tuple(rules)


def decide(request: str) -> Decision:
    """The first row that fits; the tuned model where none does, for it is what this server is for."""
    words = _without_code(request[:_LONGEST])
    for rule in table():
        if rule.when.search(words) and not (rule.unless and rule.unless.search(words)):
            return Decision(rule.to, rule.task)
    return Decision("tuned", "other")


@cache
def labelled() -> tuple[Labelled, ...]:
    """The labelled requests of ``routes_examples.yaml``."""
    found = yaml.safe_load((_HERE / "routes_examples.yaml").read_text(encoding="utf-8"))
    return tuple(
        Labelled(request, group["to"], group["task"], group["held"]) for group in found for request in group["requests"]
    )


def accuracy(examples: Sequence[Labelled]) -> tuple[int, int, list[tuple[Labelled, Decision]]]:
    """How many ``examples`` go where their label says, of how many, and those that do not."""
    wrong = [(each, decided) for each in examples if (decided := decide(each.request)).to != each.to]
    return len(examples) - len(wrong), len(examples), wrong


def confusion(examples: Sequence[Labelled]) -> Counter[tuple[str, str]]:
    """Counts by label and decision."""
    return Counter((each.to, decide(each.request).to) for each in examples)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(" ".join(text.split()).replace(" | ", "|"), re.IGNORECASE)


def _without_code(text: str) -> str:
    """Pasted code says nothing about what is wanted, but an error message outside a fence does."""
    return re.sub(r"```.*?(?:```|\Z)", " ", text, flags=re.DOTALL)
