"""What models get wrong in contracts: JavaScript that the AVM lacks, values that are copied, untyped numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from algorand_coder.instruct.repair.operators import Table
from algorand_coder.instruct.rewriting import Edit, Edits, Source, only_argument, swap

TABLE = Table(contract=True)


@TABLE.operator("number-type")
def number_type(code: Source) -> Iterator[Edits]:
    """``uint64`` → ``number``."""
    for node in code.all("type_annotation"):
        if code.text(node) == ": uint64":
            yield swap(node, ": number")


@TABLE.operator("bigint-type")
def bigint_type(code: Source) -> Iterator[Edits]:
    """``uint64`` or ``biguint`` → ``bigint``."""
    for node in code.all("type_annotation"):
        if code.text(node) in {": uint64", ": biguint"}:
            yield swap(node, ": bigint")


@TABLE.operator("untyped-result")
def untyped_result(code: Source) -> Iterator[Edits]:
    """``const sum: uint64 = a + b`` and ``let i: uint64 = 0`` without their types."""
    for node in code.all("variable_declarator"):
        kind, value = node.child_by_field_name("type"), node.child_by_field_name("value")
        if kind is None or value is None or code.text(kind) not in {": uint64", ": biguint"}:
            continue
        constant = node.parent is not None and code.text(node.parent).startswith("const")
        if value.type == "binary_expression" or (value.type == "number" and not constant):
            yield swap(kind, "")


@TABLE.operator("untyped-sum")
def untyped_sum(code: Source) -> Iterator[Edits]:
    """An assignment's sum first put into an untyped constant."""
    for node in code.all("assignment_expression"):
        right = node.child_by_field_name("right")
        if right is not None and right.type == "binary_expression" and node.parent is not None:
            yield _before(code, node.parent, f"const next = {code.text(right)}", swap(right, "next"))
    for node in code.all("augmented_assignment_expression"):
        left, operator = code.field(node, "left"), code.field(node, "operator").removesuffix("=")
        if operator in {"+", "-", "*"} and node.parent is not None and node.parent.type == "expression_statement":
            total = f"{left} {operator} {code.field(node, 'right')}"
            margin = " " * node.start_point.column
            yield swap(node, f"const next = {total}\n{margin}{left} = next")


@TABLE.operator("loose-equality")
def loose_equality(code: Source) -> Iterator[Edits]:
    """``===`` → ``==``."""
    for node in code.all("===", "!=="):
        yield swap(node, code.text(node)[:-1])


@TABLE.operator("missing-submit")
def missing_submit(code: Source) -> Iterator[Edits]:
    """An inner transaction that is never sent."""
    for node, called, _ in code.calls():
        if called.endswith(".submit"):
            yield swap(node, called.removesuffix(".submit").rstrip())


@TABLE.operator("missing-clone")
def missing_clone(code: Source) -> Iterator[Edits]:
    """A mutable value used twice without a copy."""
    for node, called, arguments in code.calls():
        argument = only_argument(arguments)
        if called == "clone" and argument is not None:
            yield swap(node, code.text(argument))


@TABLE.operator("copy-method")
def copy_method(code: Source) -> Iterator[Edits]:
    """``clone(x)`` → ``x.copy()``."""
    for node, called, arguments in code.calls():
        argument = only_argument(arguments)
        if called == "clone" and argument is not None:
            yield swap(node, f"{code.text(argument)}.copy()")


@TABLE.operator("new-state")
def new_state(code: Source) -> Iterator[Edits]:
    """State proxies are made without ``new``."""
    for node, called, _ in code.calls():
        if re.match(r"(?:Box|BoxMap|GlobalState|LocalState|GlobalMap|LocalMap)$", called):
            yield (Edit(node.start_byte, node.start_byte, "new "),)


@TABLE.operator("thrown-error")
def thrown_error(code: Source) -> Iterator[Edits]:
    """``assert(x, 'why')`` → ``if (!(x)) throw new Error('why')``."""
    for node, called, arguments in code.calls():
        if node.parent is None or node.parent.type != "expression_statement":
            continue
        given = [code.text(each) for each in arguments.named_children]
        if called == "assert" and given:
            reason = given[1] if len(given) > 1 else "'assertion failed'"
            yield swap(node, f"if (!({given[0]})) throw new Error({reason})")
        elif called == "err":
            yield swap(node, f"throw new Error({', '.join(given)})")


@TABLE.operator("caught-error")
def caught_error(code: Source) -> Iterator[Edits]:
    """A statement inside ``try``."""
    for node in code.all("expression_statement"):
        if ".submit()" in (text := code.text(node)) or text.startswith("assert("):
            margin = " " * node.start_point.column
            inner = "\n".join(f"  {line}" if line.strip() else line for line in text.split("\n"))
            yield swap(node, f"try {{\n{margin}{inner}\n{margin}}} catch (e) {{\n{margin}  throw e\n{margin}}}")


@TABLE.operator("string-length")
def string_length(code: Source) -> Iterator[Edits]:
    """``Bytes(text).length`` → ``text.length``."""
    for node, called, arguments in code.calls():
        argument = only_argument(arguments)
        wanted = code.field(node.parent, "property") if node.parent is not None else ""
        if called == "Bytes" and argument is not None and wanted == "length":
            yield swap(node, code.text(argument))


@TABLE.operator("missing-value")
def missing_value(code: Source) -> Iterator[Edits]:
    """``this.count.value`` → ``this.count``."""
    for node in code.all("member_expression"):
        text = code.text(node)
        if re.fullmatch(r"this\.\w+(?:\([^()]*\))?\.value", text):
            yield swap(node, text.removesuffix(".value"))


@TABLE.operator("map-methods")
def map_methods(code: Source) -> Iterator[Edits]:
    """``this.map(key).value = x`` → ``this.map.set(key, x)``, and the same for reading."""
    pattern = re.compile(r"(this\.\w+)\((.*)\)\.(value|exists|delete)", re.DOTALL)
    for node in code.all("assignment_expression"):
        if (match := pattern.fullmatch(code.field(node, "left"))) and match[3] == "value":
            yield swap(node, f"{match[1]}.set({match[2]}, {code.field(node, 'right')})")
    for node in code.all("member_expression"):
        match = pattern.fullmatch(code.text(node))
        inside = node.parent is not None and node.parent.type in {"assignment_expression", "call_expression"}
        if match and match[3] in {"value", "exists"} and not inside:
            yield swap(node, f"{match[1]}.{'get' if match[3] == 'value' else 'has'}({match[2]})")


@TABLE.operator("optional-parameter")
def optional_parameter(code: Source) -> Iterator[Edits]:
    """A parameter with a default, or one that may be left out."""
    for node in _method_parameters(code):
        kind = code.field(node, "type")
        name = code.field(node, "pattern")
        if kind == ": uint64":
            yield swap(node, f"{name}: uint64 = 0")
        elif kind == ": string":
            yield swap(node, f"{name}: string = ''")
        elif kind in {": Account", ": boolean"}:
            yield swap(node, f"{name}?{kind}")


@TABLE.operator("null-union")
def null_union(code: Source) -> Iterator[Edits]:
    """``uint64 | null`` as the result of a method."""
    for node in code.all("method_definition"):
        result = node.child_by_field_name("return_type")
        if result is not None and code.text(result) in {": uint64", ": Account", ": string", ": boolean"}:
            yield swap(result, f"{code.text(result)} | null")


@TABLE.operator("plain-property")
def plain_property(code: Source) -> Iterator[Edits]:
    """State kept in an ordinary class property."""
    for node in code.all("public_field_definition"):
        # Without a value at creation the property would need one that the contract does not have.
        match = re.search(r"= GlobalState<(uint64|string|boolean)>\(.*initialValue: ([^,}\s]+)", code.text(node))
        name = node.child_by_field_name("name")
        if match and name is not None:
            used = [n for n in code.all("member_expression") if code.text(n) == f"this.{code.text(name)}.value"]
            yield (
                Edit(node.start_byte, node.end_byte, f"{code.text(name)}: {match[1]} = {match[2]}"),
                *(Edit(n.start_byte, n.end_byte, f"this.{code.text(name)}") for n in used),
            )


@TABLE.operator("async-method")
def async_method(code: Source) -> Iterator[Edits]:
    """A contract's method as ``async``."""
    for node in code.all("method_definition"):
        name, result = node.child_by_field_name("name"), node.child_by_field_name("return_type")
        if name is None or result is None or code.text(node).startswith(("private", "protected")):
            continue
        wrapped = f": Promise<{code.text(result).removeprefix(': ')}>"
        yield (Edit(name.start_byte, name.start_byte, "async "), *swap(result, wrapped))


@TABLE.operator("array-callback")
def array_callback(code: Source) -> Iterator[Edits]:
    """``for (const x of xs) {…}`` → ``xs.forEach((x) => {…})``."""
    for node in code.all("for_in_statement"):
        body = node.child_by_field_name("body")
        values = code.field(node, "right")
        if body is not None and "urange" not in values and "entries" not in values and "return" not in code.text(body):
            yield swap(node, f"{values}.forEach(({code.field(node, 'left')}) => {code.text(body)})")


@TABLE.operator("math-function")
def math_function(code: Source) -> Iterator[Edits]:
    """``a < b ? a : b`` → ``Math.min(a, b)``."""
    for node in code.all("ternary_expression"):
        match = re.fullmatch(r"(.+?) (<=?|>=?) (.+)", code.field(node, "condition"), re.DOTALL)
        yes, no = code.field(node, "consequence"), code.field(node, "alternative")
        if match and {match[1], match[3]} == {yes, no}:
            smaller = (match[1] == yes) == match[2].startswith("<")
            yield swap(node, f"Math.{'min' if smaller else 'max'}({yes}, {no})")


@TABLE.operator("console-log")
def console_log(code: Source) -> Iterator[Edits]:
    """Debug output left in a method."""
    for node in code.all("method_definition"):
        body = node.child_by_field_name("body")
        first = body.named_children[0] if body is not None and body.named_children else None
        if first is not None and first.type != "comment":
            yield _before(code, first, f"console.log('{code.field(node, 'name')}')", ())


@TABLE.operator("cut-off-contract")
def cut_off(code: Source) -> Iterator[Edits]:
    """The last closing brace is missing, as when an answer ends too early."""
    end = code.raw.rstrip()
    if end.endswith(b"}"):
        yield (Edit(len(end) - 1, len(code.raw), ""),)


def _before(code: Source, node: Node, statement: str, edits: Edits) -> Edits:
    """``statement`` on a line of its own before ``node``, together with ``edits``."""
    return (Edit(node.start_byte, node.start_byte, f"{statement}\n{' ' * node.start_point.column}"), *edits)


def _method_parameters(code: Source) -> Iterator[Node]:
    """The last parameter of every public method."""
    for node in code.all("method_definition"):
        parameters = node.child_by_field_name("parameters")
        if parameters is not None and not code.text(node).startswith(("private", "protected")):
            yield from [each for each in parameters.named_children if each.type == "required_parameter"][-1:]
