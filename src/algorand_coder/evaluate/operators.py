"""Operators of mutation: each plants one small fault that ledger code could have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from tree_sitter import Node

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


_INSTEAD = {
    "string": ("''", "`${{{}}}!`"),
    "string | undefined": ("undefined", "`${{{}}}!`"),
    "bigint": ("0n", "({}) + 1n", "({}) - 1n", "({}) * 2n"),
    "number": ("0", "({}) + 1", "({}) - 1"),
    "boolean": ("false", "!({})"),
    "uint64": ("0", "({}) + 1"),
    "Uint8Array": ("new Uint8Array()",),
    "[]": ("[]",),
    "{}": ("{{}}",),
}
_FIELDS = {
    "balance": "minBalance",
    "minBalance": "balance",
    "sender": "receiver",
    "receiver": "sender",
    "firstValid": "lastValid",
    "lastValid": "firstValid",
    "freeze": "clawback",
    "clawback": "freeze",
    "manager": "reserve",
    "reserve": "manager",
    "appAddress": "creatorAddress",
    "appsLocalState": "createdApps",
    "createdApps": "appsLocalState",
    "authAddr": "address",
}
_READS = re.compile(r"\bget[A-Z]|\bstatus\b|simulate|minimumBalance", re.IGNORECASE)
_CALLS = {
    "includes": "startsWith",
    "startsWith": "includes",
    "every": "some",
    "some": "every",
    "find": "findLast",
    "findLast": "find",
    "push": "unshift",
    "trim": "trimStart",
    "toLowerCase": "toUpperCase",
    "min": "max",
    "max": "min",
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One planted fault."""

    operator: str
    line: int
    before: str
    after: str
    code: str


Operator = Callable[[bytes, Sequence[Node]], Iterator[Mutant]]


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


def _operands(source: bytes, nodes: Sequence[Node]) -> Iterator[Mutant]:
    """Exchanges the sides of a subtraction, a division, a remainder or a power."""
    for node in nodes:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if node.type == "binary_expression" and node.children[1].type in {"-", "/", "%", "**"} and left and right:
            sides = [source[each.start_byte : each.end_byte].decode() for each in (left, right)]
            between = source[left.end_byte : right.start_byte].decode()
            yield _replaced("operands", source, node, f"{sides[1]}{between}{sides[0]}")


def _branches(source: bytes, nodes: Sequence[Node]) -> Iterator[Mutant]:
    """Exchanges what a conditional expression gives."""
    for node in nodes:
        condition = node.child_by_field_name("condition")
        if node.type == "ternary_expression" and condition is not None:
            text = source[condition.start_byte : condition.end_byte].decode()
            yield _replaced("branches", source, condition, f"!({text})")


def _negations(source: bytes, nodes: Sequence[Node]) -> Iterator[Mutant]:
    for node in nodes:
        argument = node.child_by_field_name("argument")
        if node.type == "unary_expression" and source[node.start_byte : node.start_byte + 1] == b"!" and argument:
            text = source[argument.start_byte : argument.end_byte].decode()
            yield _replaced("negation", source, node, text)


def _patterns(source: bytes, nodes: Sequence[Node]) -> Iterator[Mutant]:
    """A regular expression that never matches."""
    for node in nodes:
        if node.type == "regex":
            yield _replaced("pattern", source, node, "/(?!)/")


def _calls(source: bytes, nodes: Sequence[Node]) -> Iterator[Mutant]:
    for node in nodes:
        text = source[node.start_byte : node.end_byte].decode()
        called = node.parent is not None and node.parent.parent is not None
        if node.type == "property_identifier" and text in _CALLS and called:
            yield _replaced("call", source, node, _CALLS[text])


def _texts(source: bytes, nodes: Sequence[Node]) -> Iterator[Mutant]:
    """Takes a text away, or a value out of a template."""
    for node in nodes:
        if node.type in {"string_fragment", "template_substitution"}:
            yield _replaced("text", source, node, "")


def _twice(source: bytes, nodes: Sequence[Node]) -> Iterator[Mutant]:
    """Does what is waited for a second time, unless it only reads."""
    for node in nodes:
        text = source[node.start_byte : node.end_byte].decode()
        if node.type == "await_expression" and not _READS.search(text):
            yield _replaced("twice", source, node, f"({text}, {text})")


def _results(source: bytes, nodes: Sequence[Node]) -> Iterator[Mutant]:
    """Gives back the empty value of the declared type, and one beside the right one."""
    for node in nodes:
        if node.type != "return_statement" or not node.named_children:
            continue
        function: Node | None = node
        while function is not None and (declared := function.child_by_field_name("return_type")) is None:
            function = function.parent
        if function is None or declared is None:
            continue
        kind = source[declared.start_byte : declared.end_byte].decode().removeprefix(":").strip()
        kind = kind.removeprefix("Promise<").removesuffix(">") if kind.startswith("Promise<") else kind
        value = node.named_children[0]
        text = source[value.start_byte : value.end_byte].decode()
        shape = "[]" if kind.endswith("[]") else "{}" if kind.startswith("Record<") else kind
        for instead in _INSTEAD.get(shape, ()):
            yield _replaced("result", source, value, instead.format(text))


def _assignments(source: bytes, nodes: Sequence[Node]) -> Iterator[Mutant]:
    """One more than what is assigned, another key than the one assigned to, or no assignment in a lone branch."""
    for node in nodes:
        if node.type == "expression_statement" and node.parent is not None and node.parent.type == "if_statement":
            yield _replaced("assignment", source, node, ";")
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if node.type != "assignment_expression" or left is None or right is None:
            continue
        yield _replaced("assignment", source, right, f"{source[right.start_byte : right.end_byte].decode()} + 1n")
        key = left.child_by_field_name("index")
        if key is not None:
            yield _replaced("assignment", source, key, f"`${{{source[key.start_byte : key.end_byte].decode()}}}!`")


def _values(source: bytes, nodes: Sequence[Node]) -> Iterator[Mutant]:
    """Gives one property of an object the value of the next, or a value beside its own."""
    for node in nodes:
        if node.type != "object":
            continue
        values = [child.child_by_field_name("value") for child in node.named_children if child.type == "pair"]
        texts = [source[value.start_byte : value.end_byte].decode() for value in values if value is not None]
        for value, text, following in zip_longest(values, texts, texts[1:]):
            for instead in (following, f"{text} + 1", f"{text} + 1n", f"{text} - 1n"):
                if instead is not None and value is not None:
                    yield _replaced("value", source, value, instead)


def _fewer(source: bytes, nodes: Sequence[Node]) -> Iterator[Mutant]:
    """Leaves out the first, or the last, of what a loop or a callback goes through."""
    for node in nodes:
        through = node.child_by_field_name("right") if node.type == "for_in_statement" else None
        if node.type == "member_expression" and source[node.start_byte : node.end_byte].endswith((b".map", b".filter")):
            through = node.child_by_field_name("object")
        if through is not None:
            text = source[through.start_byte : through.end_byte].decode()
            yield _replaced("fewer", source, through, f"[...{text}].slice(1)")
            yield _replaced("fewer", source, through, f"[...{text}].slice(0, -1)")


def _names(source: bytes, nodes: Sequence[Node]) -> Iterator[Mutant]:
    """Takes one field for another of the same type."""
    for node in nodes:
        text = source[node.start_byte : node.end_byte].decode()
        if node.type == "shorthand_property_identifier_pattern" and text in _FIELDS:
            yield _replaced("name", source, node, f"{_FIELDS[text]}: {text}")
        elif node.type == "property_identifier" and text in _FIELDS and node.next_sibling is None:
            yield _replaced("name", source, node, _FIELDS[text])


def _one_way(source: bytes, nodes: Sequence[Node]) -> Iterator[Mutant]:
    """Gives one of the two values of a conditional expression, whatever its condition says."""
    for node in nodes:
        if node.type != "ternary_expression":
            continue
        for name in ("alternative", "consequence"):
            if (value := node.child_by_field_name(name)) is not None:
                yield _replaced("one way", source, node, source[value.start_byte : value.end_byte].decode())


def _idle(source: bytes, nodes: Sequence[Node]) -> Iterator[Mutant]:
    """A callback that does nothing, where all it does is to call something."""
    for node in nodes:
        body = node.child_by_field_name("body") if node.type == "arrow_function" else None
        if body is not None and body.type == "call_expression":
            yield _replaced("idle", source, body, "{}")


OPERATORS: tuple[Operator, ...] = (
    _tokens("operator", _SWAPS),
    _statements,
    _numbers,
    _tokens("opposite", _OPPOSITES),
    _properties,
    _conditions,
    _arguments,
    _tokens("word", _WORDS),
)
MORE: tuple[Operator, ...] = (
    _operands,
    _branches,
    _negations,
    _patterns,
    _calls,
    _results,
    _names,
    _fewer,
    _values,
    _assignments,
    _twice,
    _texts,
)
"""For code in which the others find too little that still compiles."""
LAST: tuple[Operator, ...] = (_one_way, _idle)
"""For the few pieces of code in which even those find too little."""
