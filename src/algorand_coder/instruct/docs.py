"""Strategy *docs*: what documentation says of a piece of code becomes the request that this code answers.

Functions and classes are asked for by their JSDoc, or by their name and the comments inside; examples by the prose
around them, test cases by their titles. The smallest prose
that says what the code does is taken, rewritten by rules, and left alone when the rules do not fit: a pair
that reads wrongly is worth less than none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from algorand_coder.instruct import docs_requests as requests
from algorand_coder.instruct.docs_category import category_of
from algorand_coder.instruct.docs_contracts import instruction_for
from algorand_coder.instruct.docs_requests import Request
from algorand_coder.instruct.docs_snippets import as_function, as_module, option_values
from algorand_coder.instruct.docs_tests import FILE, for_test, test_file
from algorand_coder.instruct.docs_values import unnamed_values
from algorand_coder.records import DEFAULT_TARGET, Category, Kind, Pair, Unit, digest
from algorand_coder.syntax import skeleton

UNRESOLVED = "// unresolved: "
"""How a unit's context begins when the unit cannot stand alone."""
MIN_CODE_LINES = 3
MAX_CODE_LINES = {"function": 45, "method": 45, "class": 30}
"""A sentence or two of documentation do not say what longer code does."""
CONTEXT_FILE = "context.ts"
_CONSTANT = re.compile(r"^const (\w+(?:: \w+)? = (?:[\d_]+n?|'[^'\n]*'|\"[^\"\n]*\"|Uint64\([\d_]+\)))", re.MULTILINE)
VERSIONS = {
    DEFAULT_TARGET: ("",),
    "utils10": ("Use AlgoKit Utils 10.", "Target: AlgoKit Utils 10.", "We are on AlgoKit Utils 10."),
}
"""Targets with units worth asking for, and sentences that name one that nobody would assume."""


class Unfit(Exception):
    """A unit gives no pair; ``str(error)`` is the reason, short and stable."""


class DocsStrategy:
    """Documentation → instruction pairs. ``refused`` counts the units left out, by reason."""

    name = "docs"

    def __init__(self) -> None:
        self.refused: Counter[str] = Counter()

    def generate(self, units: Sequence[Unit], config: Any, seed: int) -> Iterator[Pair]:
        """Pairs in the order of ``units``, at most ``config.max_pairs``; no request comes twice."""
        asked: set[tuple[str, str]] = set()
        made = 0
        for unit in units:
            try:
                pair = pair_of(unit)
                if (pair.instruction, pair.input) in asked:
                    raise Unfit("same-request")
            except Unfit as reason:
                self.refused[str(reason)] += 1
                continue
            asked.add((pair.instruction, pair.input))
            yield pair
            made += 1
            if made >= config.max_pairs:
                return


def pair_of(unit: Unit) -> Pair:
    """The pair that ``unit`` gives. Raises ``Unfit`` with the reason when it gives none."""
    if unit.unit_kind == "script":
        raise Unfit("not-documentation")
    if UNRESOLVED in unit.context:
        raise Unfit("not-self-contained")
    if unit.target not in VERSIONS:
        raise Unfit("other-target")
    if unit.kind is Kind.TEALSCRIPT:
        raise Unfit("other-kind")
    if "@deprecated" in unit.doc or "@internal" in unit.doc:
        raise Unfit("deprecated")
    if unit.metrics.has_parse_error:
        raise Unfit("parse-error")
    if unit.unit_kind == "test":
        return _test_pair(unit)
    if unit.unit_kind in {"contract", "logicsig"}:
        return _contract_pair(unit)
    return _example_pair(unit) if unit.unit_kind == "example" else _code_pair(unit)


def _code_pair(unit: Unit) -> Pair:
    """A documented function or class, asked for by its JSDoc."""
    if not unit.doc.strip():
        raise Unfit("undocumented")
    if unit.metrics.lines < MIN_CODE_LINES:
        raise Unfit("too-short")
    if unit.metrics.lines > MAX_CODE_LINES.get(unit.unit_kind, 45):
        raise Unfit("too-long-for-its-words")
    if unit.unit_kind == "method":
        unit = replace(unit, name=unit.name.rpartition(".")[2], code=as_function(unit.code))
    request = requests.for_class(unit) if unit.unit_kind == "class" else requests.for_function(unit)
    if request is None:
        raise Unfit("no-request")
    code = unit.code if unit.code.startswith("export ") else f"export {unit.code}"
    output = _joined(unit.imports, code)
    support = {CONTEXT_FILE: unit.context} if unit.context else {}
    return _named(_pair(unit, request, output, support))


def _test_pair(unit: Unit) -> Pair:
    """A test case, asked for by its title, given the code that it tests."""
    request = for_test(unit)
    if request is None:
        raise Unfit("no-request")
    return replace(_pair(unit, request, test_file(unit), {CONTEXT_FILE: unit.context}), entry=FILE)


def _contract_pair(unit: Unit) -> Pair:
    """A contract file as a whole, asked for by its JSDoc, its state and its methods."""
    prose, _ = requests.split_doc(unit.doc)
    if unit.provenance.path.endswith((".md", ".mdx")):
        prose = "\n".join(line for line in prose.split("\n") if not line.startswith("# "))
    asked = instruction_for(unit, prose)
    if asked is None:
        raise Unfit("no-request")
    instruction, members = asked
    values = ", ".join([*_CONSTANT.findall(unit.code), *option_values(unit.code)])
    shown = f"{members}\nValues: {values}" if values else members
    return _named(_pair(unit, Request(instruction, shown), _joined(unit.imports, unit.code), {}))


def _example_pair(unit: Unit) -> Pair:
    """A documentation example, made a module and asked for by the prose around it."""
    goal = requests.goal_of_example(unit)
    if not goal:
        raise Unfit("no-request")
    module = as_module(unit.code, unit.context, goal, requests.documented_call(unit))
    if not module.function and unit.context:
        raise Unfit("not-self-contained")
    if not re.search(r"\w\(", unit.code):
        raise Unfit("no-call")
    if module.function and "console." in module.code and not re.search(r"\breturn\b", module.code):
        raise Unfit("gives-nothing")
    request = requests.for_example(unit, goal, module)
    return _named(_pair(unit, request, _joined(unit.imports, module.code), {}))


def _named(pair: Pair) -> Pair:
    """``pair`` if its request names all values of the answer. Raises ``Unfit`` where it does not."""
    if unnamed_values(pair.output, f"{pair.instruction}\n{pair.input}"):
        raise Unfit("unnamed-value")
    return pair


def _pair(unit: Unit, request: Request, output: str, support: dict[str, str]) -> Pair:
    shown = "\n".join([*support.values(), request.input])
    instruction = requests.only_known_names(request.instruction, f"{output}\n{shown}")
    if version := VERSIONS[unit.target][requests.pick(unit.id, "version", len(VERSIONS[unit.target]))]:
        instruction = f"{instruction}\n\n{version}" if "\n" in instruction else f"{instruction} {version}"
    given = [f"Given these declarations in `{name}`:\n\n```ts\n{text.rstrip()}\n```" for name, text in support.items()]
    return Pair(
        id=digest(["docs", unit.id])[:24],
        instruction=instruction,
        input="\n\n".join([*given, request.input] if request.input else given),
        output=output,
        strategy="docs",
        category=Category.CONTRACTS if unit.kind is not Kind.CLIENT else category_of(instruction, unit.name, unit.code),
        kind=unit.kind,
        target=unit.target,
        skeleton=skeleton(output),
        lineage=unit.id,
        mined=True,
        provenance=(unit.provenance,),
        support=support,
    )


def _joined(imports: str, code: str) -> str:
    return f"{imports}\n\n{code.strip()}\n" if imports else f"{code.strip()}\n"
