"""Units in, pairs out: what is asked, what is shown, what is answered, and what is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import pytest

from algorand_coder.instruct.docs import DocsStrategy, Unfit, pair_of
from algorand_coder.instruct.docs_category import category_of
from algorand_coder.records import Category, Kind, Metrics, Pair, Provenance, Unit

METRICS = Metrics(lines=5, complexity=1, comment_ratio=0.5, max_line_chars=60, has_parse_error=False)
PLACE = Provenance("shop", "shop@1", "src/purse.ts", "MIT", start_line=3, end_line=7)

FUNCTION = Unit(
    id="u1",
    unit_kind="function",
    name="countCoins",
    code="function countCoins(purse: Purse, rounds = 2): number {\n  const all = purse.coins\n"
    "  return all.length * rounds\n}",
    doc="Counts the coins of a {@link Purse}. It never opens the purse.\n@param purse - the purse to count\n"
    "@param missing not there\n@param rounds\n@returns the number of coins in all rounds",
    imports="import { Coin } from 'coinlib'",
    context="",
    kind=Kind.CLIENT,
    target="utils9",
    metrics=METRICS,
    skeleton="s1",
    provenance=PLACE,
)
EXAMPLE = replace(
    FUNCTION,
    id="e1",
    unit_kind="example",
    name="Sender.payment",
    code="const result = await algorand.send.payment({\n  sender: 'SENDERADDRESS',\n  receiver: 'RECEIVERADDRESS',\n"
    "  amount: (4).algo(),\n})",
    doc="Send a payment transaction to transfer coins between accounts.\n@param params What to send\n"
    "@returns The result\n@example Basic example",
    imports="import { AlgorandClient } from '@algorandfoundation/algokit-utils'",
    context="declare const algorand: AlgorandClient",
)


@dataclass
class Config:
    max_pairs: int = 100


def pairs(*units: Unit, max_pairs: int = 100) -> list[Pair]:
    return list(DocsStrategy().generate(units, Config(max_pairs), seed=1))


def test_a_documented_function() -> None:
    pair = pair_of(FUNCTION)
    assert re.search(r"count the coins of a Purse\b|count the coins of a `Purse`", pair.instruction)
    assert "- `purse`: the purse to count" in pair.instruction
    assert "missing" not in pair.instruction
    assert "`rounds`:" not in pair.instruction
    assert "Returns the number of coins in all rounds." in pair.instruction
    assert "It never opens the purse." in pair.instruction
    assert pair.output == f"import {{ Coin }} from 'coinlib'\n\nexport {FUNCTION.code}\n"
    assert (pair.strategy, pair.mined, pair.lineage, pair.provenance) == ("docs", True, "u1", (PLACE,))
    assert pair.candidate().files == {"main.ts": pair.output}


def test_context_is_shown_and_judged_under_its_name() -> None:
    pair = pair_of(replace(FUNCTION, context="export interface Purse { coins: string[] }"))
    assert pair.input.startswith("Given these declarations in `context.ts`:\n\n```ts\nexport interface Purse")
    assert pair.support == {"context.ts": "export interface Purse { coins: string[] }"}
    assert set(pair.candidate().files) == {"main.ts", "context.ts"}
    assert "`Purse`" in pair.instruction


def test_an_example_becomes_a_function() -> None:
    pair = pair_of(EXAMPLE)
    assert "send a payment transaction to transfer coins between accounts" in pair.instruction.lower()
    assert "asic" not in pair.instruction
    assert pair.input == (
        "Parameters: algorand: AlgorandClient, sender: string, receiver: string\nValues: amount: (4).algo()"
    )
    assert pair.output == (
        "import { AlgorandClient } from '@algorandfoundation/algokit-utils'\n\n"
        "export async function sendPaymentTransaction(\n  algorand: AlgorandClient,\n  sender: string,\n"
        "  receiver: string,\n) {\n"
        "  const result = await algorand.send.payment({\n    sender,\n    receiver,\n    amount: (4).algo(),\n  })\n"
        "  return result\n}\n"
    )


@pytest.mark.parametrize(
    ("doc", "goal"),
    [
        ("Sends coins.\n@example With a note", "send coins with a note"),
        ("Sends coins.\n@example Example using a lease", "send coins using a lease"),
        ("Sends coins.\n@example Send all that is left", "send all that is left"),
        ("Sends coins.\n@example Advanced example", "send coins"),
        ("Sends coins.\n@example two purses", "send coins (two purses)"),
        ("Returns the coins of a purse.\n@example", "get the coins of a purse"),
    ],
)
def test_titles_of_examples(doc: str, goal: str) -> None:
    assert goal in pair_of(replace(EXAMPLE, doc=doc)).instruction.lower()


def test_options_of_query_builders_name_their_query() -> None:
    unit = replace(
        EXAMPLE,
        name="LookupAssetBalances.limit",
        doc="Maximum number of results to return.\n@param limit maximum number\n@example",
        code="const maxResults = 20;\nconst found = await indexer.lookupAssetBalances(7).limit(maxResults).do();",
        context="declare const indexer: Indexer",
        imports="import { Indexer } from 'algosdk';",
    )
    pair = pair_of(unit)
    assert "look up asset balances and set `limit`: maximum number of results to return" in pair.instruction.lower()
    assert (
        "export async function lookUpAssetBalances(indexer: Indexer, assetId: number, maxResults: number) {"
        in pair.output
    )


@pytest.mark.parametrize(
    ("doc", "goal"),
    [
        ("# Shop\n# Opening a purse\nSome words.", "open a purse"),
        ("# Shop\nThe shop is open. To open a purse, call open:", "open a purse"),
        ("# Usage\nThe following example shows how to open a purse.", "open a purse"),
    ],
)
def test_documents(doc: str, goal: str) -> None:
    unit = replace(EXAMPLE, doc=doc, name="Shop", provenance=replace(PLACE, path="README.md"))
    assert goal in pair_of(unit).instruction.lower()


@pytest.mark.parametrize(
    ("unit", "reason"),
    [
        (replace(FUNCTION, doc=""), "undocumented"),
        (replace(FUNCTION, doc="The coins."), "no-request"),
        (replace(FUNCTION, doc=f"{FUNCTION.doc}\n@deprecated use another"), "deprecated"),
        (replace(FUNCTION, context="// unresolved: x is not declared"), "not-self-contained"),
        (replace(FUNCTION, target="algosdk2"), "other-target"),
        (replace(FUNCTION, kind=Kind.TEALSCRIPT), "other-kind"),
        (replace(FUNCTION, unit_kind="script"), "not-documentation"),
        (replace(FUNCTION, metrics=replace(METRICS, has_parse_error=True)), "parse-error"),
        (replace(FUNCTION, metrics=replace(METRICS, lines=2)), "too-short"),
        (replace(EXAMPLE, doc="# Usage\nWords.", provenance=replace(PLACE, path="README.md")), "no-request"),
        (replace(EXAMPLE, code="const a = 1"), "no-call"),
    ],
)
def test_what_is_left_out_and_why(unit: Unit, reason: str) -> None:
    with pytest.raises(Unfit, match=f"^{reason}$"):
        pair_of(unit)
    strategy = DocsStrategy()
    assert not list(strategy.generate([unit], Config(), seed=1))
    assert strategy.refused == {reason: 1}


def test_classes_and_error_classes() -> None:
    constructor = "  constructor(max: number) {\n    super(`at most ${max}`)\n  }\n"
    code = f"class Full extends PurseError {{\n{constructor}  hint() {{}}\n}}"
    unit = replace(FUNCTION, unit_kind="class", name="Full", code=code, doc="Error thrown when the purse is full.")
    pair = pair_of(unit)
    assert pair.instruction == (
        "Write an error class `Full` that extends `PurseError`, thrown when the purse is full.\nPublic members: `hint`."
    )
    assert pair.category is Category.ERRORS
    assert pair_of(replace(unit, doc="A purse that refuses more.")).instruction.startswith(
        "Write a TypeScript class `Full` that extends `PurseError`: a purse that refuses more."
    )
    assert pair_of(replace(unit, doc="Keeps coins safe.")).instruction.startswith(
        "Write a TypeScript class `Full` that extends `PurseError` to keep coins safe."
    )


def test_methods_become_functions() -> None:
    unit = replace(
        FUNCTION,
        unit_kind="method",
        name="Purse.open",
        code="public static async open<T>(key: T): Promise<T> {\n    if (key) {\n      return key\n    }"
        "\n    return key\n  }",
        doc="Opens a purse with a key.",
    )
    pair = pair_of(unit)
    assert pair.output.endswith(
        "export async function open<T>(key: T): Promise<T> {\n  if (key) {\n    return key\n  }\n  return key\n}\n"
    )
    assert "open a purse with a key" in pair.instruction.lower()


CONTRACT = """import { BoxMap, Contract, GlobalState, uint64 } from '@algorandfoundation/algorand-typescript'

const STEP: uint64 = 2

export class Till extends Contract {
  total = GlobalState<uint64>({ initialValue: 0 })
  private drawers = BoxMap<
    string,
    uint64
  >({ keyPrefix: 'd' })
  readonly limit = STEP

  constructor() {
    super()
  }

  @abimethod()
  public put(coins: uint64): uint64 {
    return this.count(coins)
  }

  private count(coins: uint64): uint64 {
    return coins * STEP
  }
}
"""


def contract_unit(code: str = CONTRACT, doc: str = "") -> Unit:
    return replace(
        FUNCTION, unit_kind="contract", kind=Kind.CONTRACT, name="Till", code=code, doc=doc, imports="", context=""
    )


@pytest.mark.parametrize(
    ("doc", "opening"),
    [
        (
            "Keeps the coins of a shop.",
            "Write an Algorand TypeScript smart contract `Till` to keep the coins of a shop.",
        ),
        ("A till for coins. It never closes early.", "`Till`: a till for coins. It never closes early."),
        ("# Tills\nSee the picture below.", "with the members below."),
    ],
)
def test_a_contract_is_asked_for_by_what_it_offers(doc: str, opening: str) -> None:
    unit = contract_unit(doc=doc)
    if doc.startswith("#"):
        unit = replace(unit, provenance=replace(PLACE, path="README.md"))
    pair = pair_of(unit)
    assert opening in pair.instruction
    assert pair.input == (
        "- state `total: GlobalState<uint64>`\n- state `drawers: BoxMap< string, uint64 >`\n"
        "- `put(coins: uint64): uint64`\nValues: STEP: uint64 = 2, initialValue: 0, keyPrefix: 'd'"
    )
    assert (pair.category, pair.kind) == (Category.CONTRACTS, Kind.CONTRACT)
    assert pair.output == CONTRACT
    assert pair.candidate().entry.endswith(".algo.ts")


def test_contracts_of_one_file_are_asked_for_together() -> None:
    told = CONTRACT.replace("  @abimethod", "  /** Adds coins to the till. @param coins how many */\n  @abimethod")
    code = f"{told}\nexport class Bank extends Contract {{\n  open(): void {{\n    // opens the bank\n  }}\n}}\n"
    pair = pair_of(contract_unit(code))
    assert (
        pair.instruction
        == "Write the Algorand TypeScript contracts `Till` and `Bank` in one file, with the members below."
    )
    assert "Bank:\n- `open(): void`: opens the bank\n" in pair.input
    assert "- `put(coins: uint64): uint64`: adds coins to the till" in pair.input


def test_a_contract_that_offers_nothing_is_left_out() -> None:
    with pytest.raises(Unfit, match="no-request"):
        pair_of(contract_unit("export class Empty extends Contract {}\n"))


def test_a_contract_is_left_out_when_nothing_says_what_it_does() -> None:
    with pytest.raises(Unfit, match="no-request"):
        pair_of(contract_unit())


def test_same_units_same_pairs_and_a_bound() -> None:
    units = [replace(FUNCTION, id=f"u{i}", name=f"count{i}", doc=f"Counts coins of kind {i}.") for i in range(8)]
    assert pairs(*units) == pairs(*units)
    assert len({pair.id for pair in pairs(*units)}) == 8
    assert pairs(*units, max_pairs=3) == pairs(*units)[:3]
    assert len(pairs(FUNCTION, FUNCTION)) == 1


@pytest.mark.parametrize(
    ("prose", "name", "code", "category"),
    [
        ("Send a payment transaction", "Sender.payment", "", Category.TRANSACTIONS),
        ("Opt an account in to an asset", "optIn", "", Category.ASSETS),
        ("Get the global state of an app", "App.getGlobalState", "", Category.STATE),
        ("Deploy a smart contract", "deploy", "appFactory.deploy()", Category.CONTRACTS),
        ("Thrown when a key is missing", "KeyError", "class KeyError extends Error {}", Category.ERRORS),
        ("Convert bytes to text", "toText", "", Category.TRANSACTIONS),
    ],
)
def test_categories(prose: str, name: str, code: str, category: Category) -> None:
    assert category_of(prose, name, code) is category


TEST = replace(
    FUNCTION,
    unit_kind="test",
    name="purse > countCoins > counts each round",
    code="it('counts each round', () => {\n  const purse = { coins: ['a', 'b'] }\n"
    "  expect(countCoins(purse, 3)).toBe(6)\n})",
    doc="",
    imports="import { expect } from '@jest/globals'\nimport { countCoins } from './context'",
    context="export function countCoins(purse: { coins: string[] }, rounds = 2): number {\n"
    "  return purse.coins.length * rounds\n}",
)


def test_a_test_case_is_asked_for_by_its_title_and_shown_what_it_tests() -> None:
    pair = pair_of(TEST)
    assert "`countCoins`" in pair.instruction
    assert "counts each round" in pair.instruction
    assert "Vitest" in pair.instruction
    assert TEST.context in pair.input
    assert pair.output.startswith("import { it } from 'vitest'\nimport { expect } from 'vitest'\nimport { countCoins }")
    assert set(pair.candidate().files) == {"main.test.ts", "context.ts"}


@pytest.mark.parametrize(
    "unit",
    [
        replace(TEST, name="purse > works"),
        replace(TEST, imports="import { countCoins } from '../src/purse'"),
        replace(TEST, code="it('counts each round', () => {\n  const a = 1\n  const b = 2\n  countCoins(a, b)\n})"),
        replace(TEST, metrics=replace(METRICS, lines=3)),
    ],
    ids=["title says nothing", "nothing shown", "nothing asserted", "too short"],
)
def test_a_test_case_that_teaches_nothing_is_left_out(unit: Unit) -> None:
    with pytest.raises(Unfit, match="no-request"):
        pair_of(unit)


def test_code_for_another_version_says_so() -> None:
    assert "AlgoKit Utils 10" in pair_of(replace(FUNCTION, target="utils10")).instruction
    assert "AlgoKit Utils" not in pair_of(FUNCTION).instruction
