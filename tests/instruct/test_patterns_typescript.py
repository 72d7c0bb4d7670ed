"""The helpers that write TypeScript: imports, literals, wrapping."""

from __future__ import annotations

import pytest

from algorand_coder.instruct.patterns.base import Arg, Task, Unfit
from algorand_coder.instruct.patterns.contracts.compose import parsed
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.shells import render, replace_name
from algorand_coder.instruct.patterns.typescript import (
    braces,
    call,
    client_module,
    contract_module,
    quoted,
    used_words,
    wrapped,
)


def test_imports_follow_use() -> None:
    code = client_module("export const f = (a: AlgorandClient, t: TransactionSigner) => [algo(1), t, isValidAddress]")
    assert code.splitlines()[:3] == [
        "import { algo, AlgorandClient } from '@algorandfoundation/algokit-utils'",
        "import { isValidAddress } from 'algosdk'",
        "import type { TransactionSigner } from 'algosdk'",
    ]


@pytest.mark.parametrize(
    ("source", "absent"),
    [
        ("const amount = info.balance.algo", "algo"),
        ("const text = 'Address and Asset'", "Address"),
        ("// an Address", "Address"),
        ("const record = { Address: 1 }", "Address"),
        ("const line = `Address ${name}`", "Address"),
    ],
)
def test_properties_strings_keys_and_comments_are_no_use(source: str, absent: str) -> None:
    assert absent not in used_words(source)


@pytest.mark.parametrize(
    ("source", "present"),
    [
        ("const x = ok ? Address : undefined", "Address"),
        ("const line = `${Address.zeroAddress()}`", "Address"),
        ("class A extends Contract {}", "Contract"),
        ("f(Bytes)", "Bytes"),
    ],
)
def test_uses_are_found(source: str, present: str) -> None:
    assert present in used_words(source)


def test_a_name_that_the_code_declares_is_not_imported() -> None:
    assert "import" not in client_module("export class Account {}\nexport const a = new Account()")


def test_contract_imports_are_one_statement() -> None:
    code = contract_module("export class A extends Contract {\n  b = GlobalState<uint64>()\n}")
    assert code.startswith("import { Contract, GlobalState, uint64 } from '@algorandfoundation/algorand-typescript'\n")


def test_object_literals_break_when_long() -> None:
    assert call("f", ["a", "b: 1"]) == "f({ a, b: 1 })"
    assert braces([]) == "{}"
    assert braces(["a", "b", "c", "d"]) == "{\n  a,\n  b,\n  c,\n  d,\n}"


def test_long_lines_are_wrapped_at_top_level_commas() -> None:
    line = (
        "  const x = await client.send.something({ first: g({ a, b }), second: 'a, b', third: [" + "1, " * 30 + "2] })"
    )
    assert wrapped(line).splitlines()[:3] == [
        "  const x = await client.send.something({",
        "    first: g({ a, b }),",
        "    second: 'a, b',",
    ]
    chained = "const y = await a.b({ c: " + "1" * 60 + " }).simulate({ skipSignatures: true, more: true })"
    assert wrapped(chained) == chained


def test_quotes_are_escaped() -> None:
    assert quoted("it's \\ here") == r"'it\'s \\ here'"


def test_signatures_with_generics_and_tuples() -> None:
    params, returns = parsed("(values: FixedArray<uint64, 3>, pair: [uint64, string]): [string, uint64]")
    assert params == [("values", "FixedArray<uint64, 3>"), ("pair", "[uint64, string]")]
    assert returns == "[string, uint64]"
    assert parsed("(): void") == ([], "void")


def test_replacing_a_variable_leaves_properties_and_keys() -> None:
    source = "algorand.send.payment({ algorand: x.algorand, to: f(algorand) })"
    assert replace_name(source, "algorand", "this.algorand") == (
        "this.algorand.send.payment({ algorand: x.algorand, to: f(this.algorand) })"
    )


def test_every_shape_holds_the_task() -> None:
    for index in range(60):
        task = Task(
            ("count",),
            ("countThem",),
            [Arg("limit", "bigint", "a limit", "3n"), Arg("label", "string", "a label", "'x'")],
            "const total = limit + 1n",
            "[label, total]",
            "[string, bigint]",
        )
        shape = render(Dice("shape", index), task)
        assert "const total = limit + 1n" in shape.code
        assert bool(shape.name) == ("console.log" not in shape.code)


def test_clashing_parameters_are_unfit() -> None:
    task = Task(("pay",), ("pay",), [Arg("sender", "string"), Arg("sender", "string")], "")
    with pytest.raises(Unfit):
        render(Dice("clash"), task)
