"""Issuing and delivering in one go, and assets through algosdk."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import signer
from algorand_coder.instruct.patterns.clients.asset_blocks import ASSET_ID
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft, roles_in_words
from algorand_coder.instruct.patterns.typescript import block, call, chained, code, grouped, join, quoted
from algorand_coder.instruct.patterns.words import HOLDERS, TOKEN_ADMINS, TOKENS
from algorand_coder.records import Category

FAMILY = Family("asset_admin")
ASSETS = Category.ASSETS


@FAMILY.recipe("sdk-asset", share=16)
def sdk_asset(dice: Dice) -> Draft:
    """Creation, opt-in and transfer with algosdk alone."""
    token = dice.one(TOKENS)
    form = dice.weighted([("create", 40), ("transfer", 35), ("optin", 25)])
    algod = Arg("algod", "Algodv2", "the algod client")
    account = dice.pick(
        Arg("account", "{ addr: Address; signer: TransactionSigner }", "the account with its signer"),
        Arg("account", "Account", "the algosdk account"),
    )
    sign = "account.signer" if "signer" in account.type else "makeBasicAccountTransactionSigner(account)"
    lines = ["const suggestedParams = await algod.getTransactionParams().do()"]
    args = [account]
    if form == "create":
        fields = [
            "sender: account.addr",
            f"total: {grouped(token.supply * 10**token.decimals)}n",
            f"decimals: {token.decimals}",
            f"assetName: {quoted(token.name)}",
            f"unitName: {quoted(token.unit)}",
        ]
        details = [f"{token.name} ({token.unit}), {token.supply:,} whole units, {token.decimals} decimals."]
        if dice.chance(0.5):
            fields.append(f"assetURL: 'https://{token.site}'")
            details.append(f"The asset URL is https://{token.site}.")
        roles = dice.some(["manager", "reserve", "freeze"], 0, 3)
        fields += [f"{role}: account.addr" for role in roles]
        details.append(f"The creator is also {roles_in_words(roles)}." if roles else "Leave all role addresses empty.")
        lines.append(
            f"const txn = {call('makeAssetCreateTxnWithSuggestedParamsFromObject', [*fields, 'suggestedParams'])}"
        )
        goals = (f"create {token.story} with algosdk", "create an ASA through the JavaScript SDK and return its id")
        result, returns, what = "confirmation.assetIndex", "bigint | undefined", "the asset id"
    else:
        receiver = "receiver" if form == "transfer" else "receiver: account.addr"
        amount = "amount" if form == "transfer" else "amount: 0"
        fields = ["sender: account.addr", receiver, "assetIndex: assetId", amount, "suggestedParams"]
        lines.append(f"const txn = {call('makeAssetTransferTxnWithSuggestedParamsFromObject', fields)}")
        args += (
            [ASSET_ID]
            if form == "optin"
            else [
                Arg("receiver", "string", "the receiver's address"),
                ASSET_ID,
                Arg("amount", "bigint", "the amount in base units"),
            ]
        )
        goals = (
            ("opt an account in to an asset with algosdk", "make an asset opt-in using only the SDK")
            if form == "optin"
            else ("transfer an asset with algosdk", "move ASA units using only the SDK")
        )
        details = ["An opt-in is a transfer of zero units to oneself."] if form == "optin" and dice.chance(0.5) else []
        result, returns, what = "confirmation.confirmedRound", "bigint | undefined", "the confirmed round"
    rounds = dice.pick(4, 5, 10)
    if "signer" in account.type:
        lines.append("const [signed] = await account.signer([txn], [0])")
    elif dice.chance(0.5):
        lines.append(f"const [signed] = await {sign}([txn], [0])")
    else:
        lines += [f"const sign = {sign}", "const [signed] = await sign([txn], [0])"]
    lines.append("const { txid } = await algod.sendRawTransaction(signed).do()")
    if form != "create" and dice.chance(0.4):
        lines.append(f"await waitForConfirmation(algod, txid, {rounds})")
        result, returns, what = "txid", "string", "the transaction id"
    else:
        lines.append(f"const confirmation = await waitForConfirmation(algod, txid, {rounds})")
    details.append(f"Wait up to {rounds} rounds.")
    return client_draft(
        dice,
        Task(
            goals,
            (
                ("createAsset", "assetFromSdk")
                if form == "create"
                else ("optInWithSdk",)
                if form == "optin"
                else ("transferWithSdk", "sendUnits")
            ),
            args,
            "\n".join(lines),
            result,
            returns,
            (what,),
            details,
            client=algod,
            scriptable=False,
        ),
        ASSETS,
    )


@FAMILY.recipe("issue-and-deliver", share=14)
def issue_and_deliver(dice: Dice) -> Draft:
    """Create, opt in and deliver in several steps or one group."""
    admin_role, holder_role, token = dice.one(TOKEN_ADMINS), dice.one(HOLDERS), dice.one(TOKENS)
    admin, holder = signer(dice, admin_role), signer(dice, holder_role)
    form = dice.weighted([("full", 40), ("group", 35), ("ensure", 25)])
    portion = Arg("amount", "bigint", "how many base units the holder gets", "100n")
    transfer = [*admin.fields, f"receiver: {holder.address}", "assetId", "amount"]
    if form == "full":
        create = call(
            "algorand.send.assetCreate",
            [
                *admin.fields,
                f"total: {token.supply * 10**token.decimals}n",
                f"decimals: {token.decimals}",
                f"assetName: {quoted(token.name)}",
                f"unitName: {quoted(token.unit)}",
            ],
        )
        steps = [
            f"const {{ assetId }} = await {create}",
            f"await {call('algorand.send.assetOptIn', [*holder.fields, 'assetId'])}",
            f"await {call('algorand.send.assetTransfer', transfer)}",
        ]
        goals = (
            f"create {token.story}, opt {holder_role.noun} in and send a first portion",
            f"issue {token.name} ({token.unit}) and deliver some of it to {holder_role.noun}",
        )
        details = [
            f"{token.supply:,} whole units with {token.decimals} decimals, named {token.name}, ticker {token.unit}."
        ]
        if dice.chance(0.5):
            steps.append(f"const {{ balance }} = await algorand.asset.getAccountInformation({holder.address}, assetId)")
            result, returns, what = (
                "{ assetId, balance }",
                "{ assetId: bigint; balance: bigint }",
                "the asset id and the holder's balance",
            )
        else:
            result, returns, what = "assetId", "bigint", "the asset id"
        task = Task(
            goals,
            ("issueAndDeliver", "launchFor"),
            [admin.arg, holder.arg, portion],
            join(*steps),
            result,
            returns,
            (what,),
            details,
        )
    elif form == "group":
        opt, move = call("addAssetOptIn", [*holder.fields, "assetId"]), call("addAssetTransfer", transfer)
        result, returns, what = dice.pick(
            ("result.txIds", "string[]", "the transaction ids"),
            ("result.groupId", "string", "the group id"),
            ("result.confirmations[0].confirmedRound", "bigint | undefined", "the confirmed round"),
        )
        if dice.chance(0.5):
            body = "const result = await algorand\n" + chained("newGroup()", opt, move, "send()")
        else:
            body = join(
                "const group = algorand.newGroup()",
                f"group.{opt}",
                f"group.{move}",
                "const result = await group.send()",
            )
        task = Task(
            (
                f"opt {holder_role.noun} in to an asset and deliver units from {admin_role.noun} in one atomic group",
                f"let {holder_role.noun} opt in and receive an asset in the same group",
            ),
            ("optInAndReceive", "deliverAtomically"),
            [admin.arg, holder.arg, ASSET_ID, portion],
            body,
            result,
            returns,
            (what,),
            ["The opt-in comes before the transfer."] if dice.chance(0.6) else [],
        )
    else:
        body = code(f"""
            const {{ assets = [] }} = await algorand.account.getInformation({holder.address})
            const group = algorand.newGroup()
        """)
        opt = call("group.addAssetOptIn", [*holder.fields, "assetId"])
        body = join(
            body,
            block("if (!assets.some((holding) => holding.assetId === assetId))", opt),
            call("group.addAssetTransfer", transfer),
            "const { txIds } = await group.send()",
        )
        result, returns, what = dice.pick(
            ("txIds[txIds.length - 1]", "string", "the id of the transfer"),
            ("txIds", "string[]", "all transaction ids"),
            ("txIds.length === 2", "boolean", "whether an opt-in was part of the group"),
        )
        task = Task(
            (
                f"deliver an asset to {holder_role.noun} and add the opt-in to the group only when it is missing",
                "transfer an asset with an opt-in where needed, atomically",
            ),
            ("deliverAsset", "sendWithOptIn"),
            [admin.arg, holder.arg, ASSET_ID, portion],
            body,
            result,
            returns,
            (what,),
        )
    return client_draft(dice, task, ASSETS)
