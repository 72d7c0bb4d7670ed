"""Old forms are refused, today's forms beside them are not."""

from __future__ import annotations

import pytest

from algorand_coder.records import Kind
from algorand_coder.refine.outdated import OLD_FORMS, old_api

from .conftest import against, unit

UTILS = "'@algorandfoundation/algokit-utils'"
OLD = [
    ("positional-transaction", "algosdk.makePaymentTxnWithSuggestedParams(from, to, 1, undefined, note, params)"),
    ("positional-transaction", "makeAssetTransferTxnWithSuggestedParams(a, b, c)"),
    ("positional-transaction", "algosdk.makePaymentTxn(a, b)"),
    ("positional-transaction", "algosdk.makeApplicationOptInTxn(a, p, 1)"),
    ("from-to", "makePaymentTxnWithSuggestedParamsFromObject({ from: a, receiver: b, amount: 1, suggestedParams })"),
    ("from-to", "makePaymentTxnWithSuggestedParamsFromObject({ suggestedParams: { ...p, fee: 1 }, from, to: b })"),
    ("from-to", "makeAssetTransferTxnWithSuggestedParamsFromObject({ sender: a, revocationTarget: b })"),
    ("from-to", "const fields = { reKeyTo: other }"),
    ("raw-response-keys", "const round = pending['confirmed-round']"),
    ("raw-response-keys", 'const id = info["application-index"]'),
    ("txId-of-send", "const { txId } = await client.sendRawTransaction(signed).do()"),
    ("txId-of-send", "const id = (await client.sendRawTransaction(signed).do()).txId"),
    ("int-decoding", "client.setIntDecoding('mixed')"),
    ("object-encoding", "algosdk.decodeObj(bytes)"),
    ("dryrun", "const dr = await algosdk.createDryrun({ client, txns })"),
    ("dryrun", "await client.dryrun(request).do()"),
    ("utils-namespace", f"import * as algokit from {UTILS}"),
    ("utils-namespace", "const algod = algokit.getAlgoClient(config)"),
    ("utils-functions", f"import {{ transferAlgos, microAlgos }} from {UTILS}"),
    ("utils-functions", "import { ApplicationClient } from '@algorandfoundation/algokit-utils/types/app-client'"),
    ("transactions-property", "await algorand.transactions.payment({ sender })"),
    (
        "composer-execute",
        "await algorand.newGroup().addPayment({ sender }).execute({ maxRoundsToWaitForConfirmation: 3 })",
    ),
    ("composer-add-method-call", "algorand.newGroup().addMethodCall({ sender })"),
    ("information-amount", "const left = (await algorand.account.getInformation(sender)).amount"),
    ("fixture-before-each", "beforeEach(fixture.beforeEach, 10_000)"),
]
OLD_CONTRACTS = [
    ("new-state", "boxes = new BoxMap<Account, uint64>()"),
    ("box-ref", "blob = BoxRef({ key: 'a' })"),
    ("mutable-array", "const a = new MutableArray<uint64>()"),
    ("uint-n", "x: arc4.UintN64"),
    ("uint-n", "y: UintN<8>"),
    ("interpret-as-arc4", "interpretAsArc4<Point>(raw)"),
    ("array-copy", "const b = this.list.value.copy()"),
    ("itxn-class", "itxn.Payment({ receiver }).submit()"),
]
NEW = [
    "algosdk.makePaymentTxnWithSuggestedParamsFromObject({ sender, receiver, amount: 1, suggestedParams })",
    "makeApplicationOptInTxnFromObject({ sender, appIndex, suggestedParams })",
    "algosdk.makeBasicAccountTransactionSigner(account)",
    "const atc = new algosdk.AtomicTransactionComposer(); atc.addMethodCall({ appID }); await atc.execute(client, 4)",
    "const message = { from: 'a', to: 'b' }",
    "const { txid } = await client.sendRawTransaction(signed).do()",
    "await algorand.send.payment({ sender, receiver, amount: (1).algo() })",
    "await algorand.createTransaction.payment({ sender })",
    "await algorand.newGroup().addPayment({ sender }).send()",
    f"import {{ AlgorandClient, microAlgos }} from {UTILS}",
    "import { AppClient } from '@algorandfoundation/algokit-utils/types/app-client'",
    "const left = (await algorand.account.getInformation(sender)).balance.microAlgo",
    "beforeEach(fixture.newScope)",
    "const keys = row['some-key']",
    "const publicKey = decodeAddress(address).publicKey",
]
NEW_CONTRACTS = [
    "boxes = BoxMap<Account, uint64>({ keyPrefix: 'a' })",
    "itxn.payment({ receiver }).submit()",
    "const b = clone(this.list.value)",
    "x: arc4.Uint64",
    "const second = appTxn1.copy()",
    "const again = assetParams.copy().submit()",
]


@pytest.mark.parametrize(("name", "code"), OLD)
def test_old_client_forms(name: str, code: str) -> None:
    assert old_api(code, Kind.CLIENT).startswith(f"{name}: now ")


@pytest.mark.parametrize(("name", "code"), OLD_CONTRACTS)
def test_old_contract_forms(name: str, code: str) -> None:
    assert old_api(code, Kind.CONTRACT).startswith(f"{name}: now ")


@pytest.mark.parametrize("code", NEW)
def test_todays_client_forms(code: str) -> None:
    assert old_api(code, Kind.CLIENT) == ""


@pytest.mark.parametrize("code", NEW_CONTRACTS)
def test_todays_contract_forms(code: str) -> None:
    assert old_api(code, Kind.CONTRACT) == ""


def test_every_form_is_covered() -> None:
    assert {form.name for form in OLD_FORMS} == {name for name, _ in OLD + OLD_CONTRACTS}


def test_contract_forms_are_not_asked_of_clients_or_tealscript() -> None:
    assert old_api("const b = list.copy()", Kind.CLIENT) == ""
    assert old_api("const b = list.copy()", Kind.TEALSCRIPT) == ""


def test_comments_and_their_advice_do_not_count() -> None:
    comment = "// once: algosdk.makePaymentTxn(a, b)\n/* transferAlgos */\n"
    assert against(unit(comment + unit().code)) == []
    assert against(unit("const t = algosdk.makePaymentTxn(a, b)\n" + unit().code)) == ["outdated-api"]


def test_imports_count() -> None:
    assert against(unit(imports=f"import {{ getAlgoClient }} from {UTILS}")) == ["outdated-api"]
