"""What models get wrong in client code: amounts, numbers, promises, and what a call gives back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from algorand_coder.instruct.repair.operators import Table
from algorand_coder.instruct.rewriting import Edit, Edits, Source, only_argument, swap

TABLE = Table(contract=False)
_AMOUNT_METHOD = re.compile(r"^(.*)\.(?:micro)?algos?\(\)$", re.IGNORECASE | re.DOTALL)
_AMOUNT_CALL = re.compile(r"^(?:AlgoAmount\.\w+|microAlgos?|algos?)$", re.IGNORECASE)
_WHOLE_ALGO = re.compile(r"(?:AlgoAmount\.)?algos?\([\d_]+\)|\([\d_]+\)\.algos?\(\)", re.IGNORECASE)
_IS_ID = re.compile(r"(?:id|Id|ID|app|asset)$")


def _declared(code: Source, annotation: Node) -> str:
    """What a type annotation belongs to."""
    return code.text(annotation.prev_sibling) if annotation.prev_sibling is not None else ""


@TABLE.operator("number-for-amount")
def number_for_amount(code: Source) -> Iterator[Edits]:
    """``amount: (1_000).microAlgo()`` → ``amount: 1_000``; not for whole Algo, as a number tells of microAlgos."""
    for node, called, arguments in code.calls():
        if node.parent is None or node.parent.type not in {"pair", "arguments"}:
            continue
        argument = only_argument(arguments)
        if _WHOLE_ALGO.fullmatch(code.text(node)):
            continue
        if _AMOUNT_CALL.match(called) and argument is not None:
            yield swap(node, code.text(argument))
        elif match := _AMOUNT_METHOD.match(code.text(node)):
            yield swap(node, match[1].removeprefix("(").removesuffix(")"))


@TABLE.operator("missing-await")
def missing_await(code: Source) -> Iterator[Edits]:
    """``const { txIds } = await send()`` → ``const { txIds } = send()``."""
    for node in code.all("await_expression"):
        value = node.named_children[0]
        if node.parent is not None and node.parent.type != "expression_statement":
            yield swap(node, code.text(value))


@TABLE.operator("missing-async")
def missing_async(code: Source) -> Iterator[Edits]:
    """``await`` in a function that is not ``async``."""
    for node in code.all("async"):
        if node.parent is not None and b"await" in (node.parent.text or b""):
            yield (Edit(node.start_byte, node.end_byte + 1, ""),)


@TABLE.operator("missing-do")
def missing_do(code: Source) -> Iterator[Edits]:
    """algosdk's requests are sent by ``.do()``."""
    for node, called, arguments in code.calls():
        if called.endswith(".do") and not arguments.named_children:
            yield swap(node, called.removesuffix(".do").rstrip())


@TABLE.operator("number-for-id")
def number_for_id(code: Source) -> Iterator[Edits]:
    """Ids of assets and applications are ``bigint``."""
    for node in code.all("type_annotation"):
        if code.text(node) == ": bigint" and _IS_ID.search(_declared(code, node)):
            yield swap(node, ": number")


@TABLE.operator("number-for-bigint")
def number_for_bigint(code: Source) -> Iterator[Edits]:
    """A ``bigint`` parameter or result declared as ``number``."""
    for node in code.all("type_annotation"):
        if code.text(node) in {": bigint", ": Promise<bigint>"} and not _IS_ID.search(_declared(code, node)):
            yield swap(node, code.text(node).replace("bigint", "number"))


@TABLE.operator("number-literal")
def number_literal(code: Source) -> Iterator[Edits]:
    """``10n`` → ``10`` where a ``bigint`` is needed."""
    for node in code.all("number"):
        if code.text(node).endswith("n"):
            yield swap(node, code.text(node)[:-1])


@TABLE.operator("bigint-literal")
def bigint_literal(code: Source) -> Iterator[Edits]:
    """``decimals: 6`` → ``decimals: 6n``, and ``list[0]`` → ``list[0n]``."""
    for node in code.all("number"):
        inside = node.parent.type if node.parent is not None else ""
        if code.text(node).isdecimal() and inside in {"pair", "subscript_expression", "arguments"}:
            yield swap(node, f"{code.text(node)}n")


@TABLE.operator("mixed-arithmetic")
def mixed_arithmetic(code: Source) -> Iterator[Edits]:
    """``Number(value)`` in the middle of ``bigint`` arithmetic."""
    for node in code.all("binary_expression"):
        if code.field(node, "operator") in {"+", "-", "*", "/"}:
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            if left is None or right is None or {left.type, right.type} & {"string", "number"}:
                continue
            yield swap(right, f"Number({code.text(right)})")


@TABLE.operator("whole-result")
def whole_result(code: Source) -> Iterator[Edits]:
    """``return result.txIds[0]`` → ``return result``."""
    for node in code.all("return_statement"):
        value = node.named_children[0] if node.named_children else None
        if value is not None and value.type in {"member_expression", "subscript_expression"}:
            start = value
            while (inner := start.child_by_field_name("object")) is not None:
                start = inner
            if start.type == "identifier" and start != value:
                yield swap(value, code.text(start))


@TABLE.operator("single-tx-id")
def single_tx_id(code: Source) -> Iterator[Edits]:
    """``result.txIds[0]`` → ``result.txId``."""
    for node in code.all("subscript_expression"):
        if (text := code.text(node)).endswith(".txIds[0]"):
            yield swap(node, text.removesuffix(".txIds[0]") + ".txId")
    for node in code.all("shorthand_property_identifier_pattern"):
        if code.text(node) == "txIds":
            yield swap(node, "txId")


@TABLE.operator("kebab-response")
def kebab_response(code: Source) -> Iterator[Edits]:
    """``confirmedRound`` → ``['confirmed-round']``, as algosdk 2 named it."""
    names = {
        "confirmedRound": "confirmed-round",
        "applicationIndex": "application-index",
        "assetIndex": "asset-index",
        "poolError": "pool-error",
        "minBalance": "min-balance",
        "lastRound": "last-round",
        "nextToken": "next-token",
        "appsLocalState": "apps-local-state",
    }
    for node in code.all("member_expression"):
        name = code.field(node, "property")
        if name in names:
            before = code.field(node, "object")
            optional = "?." if "?." in code.text(node)[len(before) :] else ""
            yield swap(node, f"{before}{optional}['{names[name]}']")
    for node in code.all("shorthand_property_identifier_pattern"):
        if (name := code.text(node)) in names:
            yield swap(node, f"'{names[name]}': {name}")


@TABLE.operator("amount-of-information")
def amount_of_information(code: Source) -> Iterator[Edits]:
    """``.balance.microAlgo`` → ``.amount``, what algod itself answers."""
    for node in code.all("member_expression"):
        match = re.fullmatch(r"(.*)\.balance\.(?:microAlgos?|algos?)", code.text(node), re.DOTALL)
        if match:
            yield swap(node, f"{match[1]}.amount")


@TABLE.operator("unchecked-optional")
def unchecked_optional(code: Source) -> Iterator[Edits]:
    """``result.return?.returnValue`` → ``result.return.returnValue``, and ``x!`` → ``x``."""
    for node in code.all("optional_chain"):
        after = code.raw[node.end_byte : node.end_byte + 1]
        yield swap(node, "" if after in {b"[", b"("} else ".")
    for node in code.all("non_null_expression"):
        yield swap(node, code.text(node).removesuffix("!"))


@TABLE.operator("unknown-error")
def unknown_error(code: Source) -> Iterator[Edits]:
    """What ``catch`` catches is ``unknown`` until it is looked at."""
    for node in code.all("as_expression"):
        parent = node.parent
        if parent is not None and parent.type == "parenthesized_expression":
            yield swap(parent, code.text(node.named_children[0]))
    for node in code.all("ternary_expression"):
        if "instanceof" in code.field(node, "condition"):
            yield swap(node, code.field(node, "consequence"))


@TABLE.operator("bare-return-type")
def bare_return_type(code: Source) -> Iterator[Edits]:
    """An async function that claims to return ``string``."""
    for node in code.all("type_annotation"):
        match = re.fullmatch(r": Promise<(.+)>", code.text(node), re.DOTALL)
        before = node.prev_sibling.type if node.prev_sibling is not None else ""
        if match and before == "formal_parameters" and match[1] != "void":
            yield swap(node, f": {match[1]}")


@TABLE.operator("text-for-address")
def text_for_address(code: Source) -> Iterator[Edits]:
    """``address.toString()`` → ``address`` where text is needed."""
    for node, called, arguments in code.calls():
        if called.endswith(".toString") and not arguments.named_children:
            yield swap(node, called.removesuffix(".toString"))


@TABLE.operator("cut-off")
def cut_off(code: Source) -> Iterator[Edits]:
    """The last closing brace is missing, as when an answer ends too early."""
    end = code.raw.rstrip()
    if end.endswith(b"}"):
        yield (Edit(len(end) - 1, len(code.raw), ""),)
