"""Small faults planted in references: a check that cannot tell a mutant from the reference asserts too little.

Method: mutation testing after DeMillo, Lipton and Sayward (1978), with the operators that matter in ledger code. The
operators are fixed, the choice is spread evenly over them, and nothing is random: the same reference gives the same
mutants.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from tree_sitter import Node

from algorand_coder.evaluate.problems import Problem
from algorand_coder.records import Candidate, Level, Outcome, Verdict
from algorand_coder.syntax import parse

MOST = 12
"""Mutants planted in one reference."""
WANTED = 5
"""Mutants that must get past the compilers, so that the check is what turns them down."""

_SWAPS = {
    ">": ">=",
    ">=": ">",
    "<": "<=",
    "<=": "<",
    "===": "!==",
    "!==": "===",
    "==": "!=",
    "!=": "==",
    "+": "-",
    "-": "+",
    "*": "+",
    "/": "*",
    "%": "/",
    "&&": "||",
    "||": "&&",
    "+=": "-=",
    "-=": "+=",
}
_OPPOSITES = {
    ">": "<=",
    ">=": "<",
    "<": ">=",
    "<=": ">",
}
_WORDS = {"true": "false", "false": "true"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One planted fault."""

    operator: str
    line: int
    before: str
    after: str
    code: str


@dataclass(frozen=True, slots=True)
class Planted:
    """What became of one problem's mutants."""

    problem: str
    planted: int
    compiled: int
    """How many got as far as the ledger."""
    survivors: tuple[Mutant, ...]
    """Those that pass the check: what they changed is not asserted."""
    unjudged: int

    @property
    def killed(self) -> int:
        """Mutants that only the ledger turned down."""
        return self.compiled - len(self.survivors)


def mutants(code: str) -> list[Mutant]:
    """At most ``MOST`` mutants of ``code``, the operators in turn; none twice."""
    source = code.encode()
    nodes = list(_walk(parse(code).root_node))
    by_operator = [list(operator(source, nodes)) for operator in _OPERATORS]
    taken: dict[str, Mutant] = {}
    for turn in zip_longest(*(_spread(found) for found in by_operator)):
        for mutant in turn:
            if mutant is not None and mutant.code != code:
                taken.setdefault(mutant.code, mutant)
    return list(taken.values())[:MOST]


def check(problems: Sequence[Problem], judge: Callable[[Sequence[Candidate]], Sequence[Verdict]]) -> list[Planted]:
    """Plant mutants in every reference and judge them; one result a problem, in order."""
    planted = [(problem, mutant) for problem in problems for mutant in mutants(problem.reference.code)]
    verdicts = judge([problem.candidate(mutant.code) for problem, mutant in planted])
    return [
        _planted(
            problem,
            [(m, v) for (owner, m), v in zip(planted, verdicts, strict=True) if owner.id == problem.id],
        )
        for problem in problems
    ]


def _planted(problem: Problem, judged: Sequence[tuple[Mutant, Verdict]]) -> Planted:
    compilers = Level.COMPILE if problem.is_contract else Level.TYPES
    beyond = [(mutant, verdict) for mutant, verdict in judged if verdict.passed(compilers)]
    told = [(mutant, verdict) for mutant, verdict in beyond if verdict.outcome != Outcome.UNJUDGED]
    survivors = tuple(mutant for mutant, verdict in told if verdict.outcome == Outcome.PASSED)
    return Planted(problem.id, len(judged), len(told), survivors, len(beyond) - len(told))


def _walk(node: Node) -> Iterator[Node]:
    # Types and imports decide nothing at run time.
    if node.type in {"import_statement", "type_annotation", "interface_declaration", "type_alias_declaration"}:
        return
    yield node
    for child in node.children:
        yield from _walk(child)


def _spread(found: Sequence[Mutant]) -> Iterator[Mutant]:
    """First, last, middle, …: so that a long file is not only mutated at its top."""
    waiting = [(0, len(found))]
    while waiting:
        start, end = waiting.pop(0)
        if start < end:
            middle = (start + end) // 2
            yield found[middle]
            waiting += [(start, middle), (middle + 1, end)]


def _replaced(operator: str, source: bytes, node: Node, text: str) -> Mutant:
    start, end = node.start_byte, node.end_byte
    code = (source[:start] + text.encode() + source[end:]).decode()
    return Mutant(operator, node.start_point[0] + 1, source[start:end].decode(), text, code)


def _tokens(operator: str, swaps: dict[str, str]) -> Callable[[bytes, Sequence[Node]], Iterator[Mutant]]:
    def plant(source: bytes, nodes: Sequence[Node]) -> Iterator[Mutant]:
        for node in nodes:
            expression = node.parent is not None and node.parent.type in {
                "binary_expression",
                "augmented_assignment_expression",
            }
            if node.type in swaps and (expression or node.type in _WORDS):
                yield _replaced(operator, source, node, swaps[node.type])

    return plant


def _numbers(source: bytes, nodes: Sequence[Node]) -> Iterator[Mutant]:
    for node in nodes:
        text = source[node.start_byte : node.end_byte].decode()
        plain = text.removesuffix("n").replace("_", "")
        if node.type == "number" and plain.isdecimal():
            yield _replaced("number", source, node, f"{int(plain) + 1}{'n' if text.endswith('n') else ''}")


def _statements(source: bytes, nodes: Sequence[Node]) -> Iterator[Mutant]:
    for node in nodes:
        if node.type == "expression_statement" and node.parent is not None and node.parent.type == "statement_block":
            yield _replaced("statement", source, node, ";")


def _conditions(source: bytes, nodes: Sequence[Node]) -> Iterator[Mutant]:
    for node in nodes:
        if node.type == "if_statement" and (condition := node.child_by_field_name("condition")) is not None:
            inner = source[condition.start_byte : condition.end_byte].decode()
            yield _replaced("condition", source, condition, f"(!{inner})")


def _properties(source: bytes, nodes: Sequence[Node]) -> Iterator[Mutant]:
    """Leaves out one property of an object, with its comma."""
    for node in nodes:
        if node.type not in {"pair", "shorthand_property_identifier"} or node.next_sibling is None:
            continue
        end = node.next_sibling.end_byte if node.next_sibling.type == "," else node.end_byte
        code = (source[: node.start_byte] + source[end:]).decode()
        yield Mutant("property", node.start_point[0] + 1, source[node.start_byte : node.end_byte].decode(), "", code)


def _arguments(source: bytes, nodes: Sequence[Node]) -> Iterator[Mutant]:
    """Exchanges the first two arguments of a call, or two shorthand properties of an object."""
    for node in nodes:
        if node.type == "arguments" and len(node.named_children) > 1:
            first, second = node.named_children[:2]
        elif node.type == "object":
            named = [child for child in node.named_children if child.type == "pair"]
            values = [child.child_by_field_name("value") for child in named[:2]]
            if len(values) < 2 or values[0] is None or values[1] is None:
                continue
            first, second = values[0], values[1]
        else:
            continue
        texts = [source[each.start_byte : each.end_byte] for each in (first, second)]
        code = source[: first.start_byte] + texts[1] + source[first.end_byte : second.start_byte] + texts[0]
        after = (texts[1] + b", " + texts[0]).decode()
        before = (texts[0] + b", " + texts[1]).decode()
        whole = (code + source[second.end_byte :]).decode()
        yield Mutant("exchange", node.start_point[0] + 1, before, after, whole)


_OPERATORS: tuple[Callable[[bytes, Sequence[Node]], Iterator[Mutant]], ...] = (
    _tokens("operator", _SWAPS),
    _statements,
    _numbers,
    _tokens("opposite", _OPPOSITES),
    _properties,
    _conditions,
    _arguments,
    _tokens("word", _WORDS),
)
