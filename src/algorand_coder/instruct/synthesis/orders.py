"""What is asked of the model: one order a request, in a fixed order, so that a run can stop anywhere and go on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from algorand_coder.generate.endpoints import Request
from algorand_coder.generate.prompts import render
from algorand_coder.instruct.config import SynthesisConfig
from algorand_coder.instruct.docs import CONTEXT_FILE
from algorand_coder.instruct.patterns.base import reserved_families
from algorand_coder.instruct.synthesis.material import Code, Snippet
from algorand_coder.records import Category, Kind, digest

Task = Literal["instruction", "problem"]

PROMPT: dict[Task, str] = {
    "instruction": "synthesis-instruction.md.j2",
    "problem": "synthesis-problem.md.j2",
}
STYLES = ("plain", "careful", "plain", "terse")
"""How instructions are written; half of them name no identifier beyond what is exported."""
TOPICS: tuple[tuple[Category, Kind, str], ...] = (
    (Category.TRANSACTIONS, Kind.CLIENT, "payments, transaction groups, fees, notes, validity or signing"),
    (Category.CONTRACTS, Kind.CONTRACT, "a contract with methods, rules about who may call them, and global state"),
    (Category.STATE, Kind.CONTRACT, "a contract that keeps records in boxes or local state"),
    (Category.ASSETS, Kind.CLIENT, "assets: creating, holding, transferring, freezing or configuring them"),
    (Category.CONTRACTS, Kind.CLIENT, "deploying contracts and calling their methods"),
    (Category.STATE, Kind.CLIENT, "reading and decoding the state of contracts and accounts"),
    (Category.ASSETS, Kind.CONTRACT, "a contract that creates, holds or pays out assets by inner transactions"),
    (Category.ERRORS, Kind.CLIENT, "telling failures apart and handling them"),
)
"""Category, kind and wording of problems, taken in turn."""
DIFFICULTIES = ("easy, about ten lines", "of medium difficulty, about twenty-five lines", "hard, about fifty lines")


@dataclass(frozen=True)
class Order:
    """One request and what its answer is for."""

    task: Task
    request: Request
    category: Category | None = None
    """Of a problem; an instruction's category shows in its code."""
    kind: Kind = Kind.CLIENT
    snippet: Snippet | None = None
    """What a problem starts from."""
    code: Code | None = None
    """What an instruction is asked for."""


def orders(codes: Sequence[Code], snippets: Sequence[Snippet], config: SynthesisConfig, seed: int) -> list[Order]:
    """Instructions for ``codes``, then problems from ``snippets`` until there are ``config.max_requests``."""
    made = [_instruction(code, config, seed) for code in codes[: config.max_requests]]
    if not snippets:
        return made
    asked: Counter[str] = Counter()
    for number in range(config.max_requests - len(made)):
        order = _problem(number, snippets[number % len(snippets)], config, seed)
        # Where snippets are few the same question comes again: as a further sample it gets an answer of its own.
        repeated = asked[order.request.key]
        asked[order.request.key] += 1
        made.append(replace(order, request=replace(order.request, sample=repeated)))
    return made


def _instruction(code: Code, config: SynthesisConfig, seed: int) -> Order:
    style = STYLES[int(digest([seed, code.unit.id])[:8], 16) % len(STYLES)]
    text = render(
        PROMPT["instruction"],
        code=code.output.strip(),
        context=code.unit.context.strip(),
        context_file=CONTEXT_FILE,
        style=style,
    )
    return Order("instruction", _request(text, config, seed), kind=code.unit.kind, code=code)


def _problem(number: int, snippet: Snippet, config: SynthesisConfig, seed: int) -> Order:
    category, kind, topic = TOPICS[number % len(TOPICS)]
    text = render(
        PROMPT["problem"],
        seed=snippet.text,
        kind=kind.value,
        topic=topic,
        difficulty=DIFFICULTIES[number // len(TOPICS) % len(DIFFICULTIES)],
        reserved=[family.about for family in reserved_families()],
        documentation=render(f"documentation-{kind.value}.md"),
    )
    return Order("problem", _request(text, config, seed), category=category, kind=kind, snippet=snippet)


def _request(text: str, config: SynthesisConfig, seed: int) -> Request:
    turns = ({"role": "system", "content": render("synthesis-system.md")}, {"role": "user", "content": text})
    return Request(turns, config.max_tokens, temperature=config.temperature, seed=seed)
