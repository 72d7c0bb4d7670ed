"""Documentation examples made complete, or refused with the reason."""

from __future__ import annotations

import pytest

from algorand_coder.extract.context import UNRESOLVED
from algorand_coder.records import Kind, Unit
from tests.extract.conftest import Extract

INDEX = ("src/index.ts", "ledgerlib", "ledgerlib@1.0.0")
CORE = ("src/core.ts", "ledgerlib", "ledgerlib@1.0.0")


def library(example: str) -> dict[object, str]:
    body = "".join(f" * {line}\n" for line in example.split("\n"))
    return {
        INDEX: "export * from './core'\n",
        CORE: f"/**\n * Opens a purse.\n * @example\n * ```ts\n{body} * ```\n */\nexport function open() {{}}\n"
        "export class Coin {}\nfunction inner() {}\n",
    }


def example(units: list[Unit]) -> Unit:
    return next(u for u in units if u.unit_kind in {"example", "contract"})


def test_public_names_are_imported_and_clients_declared(extract: Extract) -> None:
    found = example(extract(library("const c = new Coin()\nawait algorand.send.payment({ sender, note: open(c) })")))
    assert found.name == "open"
    assert found.doc == "Opens a purse.\n@example"
    assert found.imports == (
        "import { AlgorandClient } from '@algorandfoundation/algokit-utils'\nimport { Coin, open } from 'ledgerlib'"
    )
    assert found.context == "declare const algorand: AlgorandClient\ndeclare const sender: string"


def test_imports_inside_an_example_are_kept_apart(extract: Extract) -> None:
    found = example(extract(library("import { pay } from 'paylib';\n\npay(1);")))
    assert found.imports == "import { pay } from 'paylib';"
    assert found.code == "pay(1);"


def test_members_added_to_built_in_types_bring_their_package(extract: Extract) -> None:
    found = example(extract(library("console.log((4).coins())")))
    assert found.imports == "import 'ledgerlib'"


def test_a_forgotten_comma_between_options_is_put_in(extract: Extract) -> None:
    found = example(extract(library("open({\n  args: [1]\n  // why\n  note: 'n',\n})")))
    assert found.code == "open({\n  args: [1],\n  // why\n  note: 'n',\n})"
    assert not found.metrics.has_parse_error


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("const = 1", "does not parse"),
        ("open(...)", "leaves parts out"),
        ("open({ ... })", "leaves parts out"),
        ("inner()", "inner is internal"),
        ("mystery(1)", "mystery is not declared"),
        ("import { a } from './mine'\na()", "file of its own project"),
    ],
)
def test_refused_examples_say_why(code: str, reason: str, extract: Extract) -> None:
    found = example(extract(library(code)))
    assert found.context.startswith(UNRESOLVED)
    assert reason in found.context


@pytest.mark.parametrize(
    ("code", "declared"),
    [
        ("alice.addr; alice.sk", "alice: Account"),
        ("alice.addr; alice.signer", "alice: TransactionSignerAccount"),
        ("use(algod, txns)".replace("use", "open"), "algod: Algodv2\ndeclare const txns: Transaction[]"),
        ("open(assetId, appIndex)", "appIndex: bigint\ndeclare const assetId: bigint"),
        ("open(appClient, appSpec)", "appClient: AppClient\ndeclare const appSpec: Arc56Contract"),
        ("open(receiverAddress)", "receiverAddress: string"),
    ],
)
def test_what_documentation_takes_for_granted(code: str, declared: str, extract: Extract) -> None:
    assert example(extract(library(code))).context == f"declare const {declared}"


def test_examples_of_documents_and_contracts(extract: Extract) -> None:
    contract = (
        "import { Contract } from '@algorandfoundation/algorand-typescript'\n\n"
        "export class Hello extends Contract {\n  hi(): string {\n    return 'hi'\n  }\n}"
    )
    units = extract({"README.md": f"# Shop\n\nGreets:\n\n```ts\n{contract}\n```\n\n```ts\nconsole.log(1)\n```\n"})
    assert [(u.unit_kind, u.kind, u.name) for u in units] == [
        ("contract", Kind.CONTRACT, "Shop"),
        ("example", Kind.CLIENT, "Shop"),
    ]
    assert units[0].doc == "# Shop\nGreets:"
    assert (units[0].provenance.start_line, units[0].provenance.end_line) == (6, 12)
