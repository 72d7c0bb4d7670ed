"""Code of examples made into functions and modules: names, parameters, values that a request must say."""

from __future__ import annotations

import pytest

from algorand_coder.instruct.docs_lifting import Call
from algorand_coder.instruct.docs_requests import only_known_names
from algorand_coder.instruct.docs_snippets import (
    as_function,
    as_module,
    function_name,
    option_values,
    signature_of,
)
from algorand_coder.instruct.docs_values import unnamed_values
from algorand_coder.syntax import has_error


@pytest.mark.parametrize(
    ("method", "start"),
    [
        ("run() {\n  }", "function run() {"),
        ("private *walk(a: A) {\n  }", "function* walk(a: A) {"),
        ("static run() { return 1 }", "function run() { return 1 }"),
    ],
)
def test_modifiers_go(method: str, start: str) -> None:
    assert as_function(method).startswith(start)
    assert not has_error(as_function(method))


def test_constants_and_arguments_become_parameters() -> None:
    call = Call("balance", ("purseId", "name", "network"))
    module = as_module(
        "const unused = 3\nconst b = purse.balance(12n, 'My Purse', 'testnet')", "", "get the balance", call
    )
    assert module.parameters == ("purseId: bigint", "name: string")
    assert module.code == (
        "export function getBalance(purseId: bigint, name: string) {\n"
        "  const b = purse.balance(purseId, name, 'testnet')\n  return b\n}"
    )


def test_variants_conflicting_fees_and_several_results() -> None:
    variants = "// Basic example\npay(1)\n// With a note\npay(1, { note: 'n' })"
    assert "pay(1)\n" not in as_module(variants, "", "pay coins", Call("pay", ())).code
    remark = "  // Max fee doesn't make sense with extraFee AND staticFee\n"
    fees = f"await pay({{\n  extraFee: 1,\n  staticFee: 2,\n{remark}  maxFee: 3,\n}})"
    code = as_module(fees, "", "pay coins").code
    assert "staticFee" not in code
    assert "extraFee: 1,\n    maxFee: 3" in code
    assert "return await pay(" in code
    two = as_module("const a = one()\nconst b = two()", "", "get both").code
    assert "return { a, b }" in two


def test_modules_stay_modules() -> None:
    module = as_module("class A {\n  run() {}\n}", "", "run")
    assert (module.code, module.function) == ("export class A {\n  run() {}\n}", "")


@pytest.mark.parametrize(
    ("request_", "name"),
    [
        ("send a payment transaction to transfer coins", "sendPaymentTransaction"),
        ("create an Algorand Standard Asset freeze transaction", "createAssetFreezeTransaction"),
        ("freeze or unfreeze an asset for an account", "freezeAsset"),
        ("add an asset opt-in transaction to the group", "addAssetOptInTransaction"),
        ("return the given account's status", "getAccountStatus"),
        ("search for applications", "searchApplications"),
        ("delete", "runDelete"),
    ],
)
def test_names_of_functions(request_: str, name: str) -> None:
    assert function_name(request_, set()) == name


def test_a_taken_name_is_avoided() -> None:
    assert function_name("open a purse", {"openPurse"}) == "runOpenPurse"


@pytest.mark.parametrize(
    ("code", "said", "unnamed"),
    [
        ("pay({ amount: 4_000n })", "Pay 4000 microAlgos.", []),
        ("pay({ amount: 4_000n })", "Pay 40001 microAlgos.", ["4_000n"]),
        ("open('shop', typeof key === 'string' ? 1 : 0)", "Open it.", ["'shop'"]),
        ("import { pay } from './pay'\nthrow new Error('no coins')", "Pay.", []),
        ("console.log('paid', 7)", "Pay.", ["7"]),
        ("let kind: 'coin' | 'note'", "Declare it.", []),
    ],
)
def test_values_that_a_request_does_not_name(code: str, said: str, unnamed: list[str]) -> None:
    assert unnamed_values(code, said) == unnamed


def test_an_example_takes_what_it_looks_up() -> None:
    code = "const found = await indexer.lookupApplications(1234).round(18309917).do()"
    module = as_module(code, "declare const indexer: Indexer", "look up an application")
    assert "lookupApplications(appId).round(round).do()" in module.code
    assert module.parameters == ("indexer: Indexer", "appId: number", "round: number")


def test_texts_that_stand_for_keys_become_parameters() -> None:
    module = as_module("join({ vote: Buffer.from('voteKeyBase64', 'base64') })", "", "join the vote")
    assert "Buffer.from(voteKeyBase64, 'base64')" in module.code


def test_values_signatures_and_known_names() -> None:
    assert option_values("f({ a: 1n, b: { c: 'x' }, d: g() })") == ("a: 1n", "c: 'x'")
    assert signature_of("export const f = async (\n  a: A,\n): Promise<B> => {\n  return a\n}") == (
        "export const f = async ( a: A, ): Promise<B>"
    )
    assert only_known_names("Uses `Purse.open` and `Coin`", "new Purse().open()") == "Uses `Purse.open` and Coin"
