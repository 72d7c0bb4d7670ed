"""Calling ABI methods: by app client, by signature, with payments, with inner fees."""

from __future__ import annotations

from algorand_coder.instruct.patterns.apps import TS_TYPES, AbiMethod, App, app_and_method
from algorand_coder.instruct.patterns.base import ALGORAND, Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import fixed_algo, note_option, signer
from algorand_coder.instruct.patterns.clients.call_blocks import (
    APP_CLIENT,
    APP_ID,
    argument_list,
    returned,
    shown_context,
)
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft
from algorand_coder.instruct.patterns.typescript import call, join, quoted
from algorand_coder.instruct.patterns.words import CALLERS
from algorand_coder.records import Category

FAMILY = Family("calls")
CONTRACTS = Category.CONTRACTS


def call_goals(app: App, method: AbiMethod) -> tuple[str, ...]:
    """Requests for one method call."""
    return (
        f"{method.goal} by calling {app.noun}'s contract",
        f"{method.goal} through the `{method.name}` method of {app.noun}",
        f"call the ABI method `{method.name}` of {app.noun} to {method.goal}",
        f"use {app.noun}'s application to {method.goal}",
    )


@FAMILY.recipe("app-client-call", share=28)
def app_client_call(dice: Dice) -> Draft:
    """A method call through an ``AppClient`` that is passed in or built from a specification."""
    app, method = app_and_method(dice, pays=False, inner=False)
    how = dice.weighted([("passed", 45), ("byId", 35), ("sender", 20)])
    details: list[str] = []
    fields = [f"method: {quoted(method.name)}", f"args: {argument_list(method)}"]
    args = [param.arg for param in method.params]
    before, client = "", APP_CLIENT
    if how == "byId":
        who = signer(dice, dice.one(CALLERS), bare=True)
        spec = Arg(
            "appSpec",
            dice.pick("Arc56Contract", "string"),
            "the ARC-56 specification",
            "await readFile('artifacts/app.arc56.json', 'utf8')",
        )
        args = [spec, APP_ID, who.arg, *args]
        sender = "defaultSender" if who.address == "defaultSender" else f"defaultSender: {who.address}"
        before = f"const appClient = {call('algorand.client.getAppClientById', ['appSpec', 'appId', sender])}"
        details.append("Build the app client from the specification and the application id.")
        client = ALGORAND
    elif how == "sender":
        who = signer(dice, dice.one(CALLERS))
        args = [who.arg, *args]
        fields += list(who.fields)
        details.append("The caller decides who sends the call.")
    extra = dice.weighted([("none", 50), ("note", 20), ("fee", 15), ("signature", 15)])
    if extra == "note":
        option = note_option(dice)
        fields.append(option.field)
        details.append(option.says)
        args += [option.arg] if option.arg else []
    elif extra == "fee":
        fields.append("maxFee: microAlgo(3_000)")
        details.append("Never pay more than 3,000 microAlgos in fees.")
    elif extra == "signature":
        fields[0] = f"method: {quoted(method.signature)}"
        details.append("Name the method by its full signature.")
    body, result, returns, what = returned(dice, method, call("appClient.send.call", fields))
    return client_draft(
        dice,
        Task(
            call_goals(app, method),
            (method.name, f"call{method.name[0].upper()}{method.name[1:]}"),
            args,
            join(before, body),
            result,
            returns,
            what,
            details,
            context=shown_context(dice, app, method),
            needs=method.name,
            client=client,
        ),
        CONTRACTS,
    )


@FAMILY.recipe("method-by-signature", share=20)
def method_by_signature(dice: Dice) -> Draft:
    """A call by application id and ABI signature, without a specification."""
    _, method = app_and_method(dice, pays=False, inner=False)
    who = signer(dice, dice.one(CALLERS))
    constant = dice.chance(0.4)
    signature = f"ABIMethod.fromSignature({quoted(method.signature)})"
    declarations = f"const {method.name}Method = {signature}" if constant else ""
    before = "" if constant else f"const method = {signature}"
    fields = [
        *who.fields,
        "appId",
        f"method: {method.name}Method" if constant else "method",
        f"args: {argument_list(method)}",
    ]
    details = []
    refs = dice.weighted([("none", 55), ("boxes", 25), ("noPopulate", 20)])
    if refs == "boxes" and method.params:
        first = method.params[0]
        key = {
            "string": first.name,
            "uint64": f"encodeUint64({first.name})",
            "address": f"Address.fromString({first.name}).publicKey",
        }.get(first.abi)
        if key:
            fields.append(f"boxReferences: [{key}]")
            details.append(f"Name the box that is keyed by {first.says} as a box reference.")
    elif refs == "noPopulate":
        fields.append("populateAppCallResources: false")
        details.append("Do not let the library simulate the call to find resources.")
    sent = call("algorand.send.appCallMethodCall", fields)
    kind = TS_TYPES[method.returns]
    if method.returns == "void":
        body, result, returns, what = returned(dice, method, sent)
    else:
        body = f"const result = await {sent}"
        result, returns, what = f"result.return?.returnValue as {kind}", kind, (method.returning,)
    return client_draft(
        dice,
        Task(
            (
                f"{method.goal} on an application known only by its id and the signature {method.signature}",
                f"call `{method.signature}` on an app by id",
                f"{method.goal}; there is no app spec, only the ABI signature {method.signature}",
            ),
            (method.name, "callBySignature"),
            [who.arg, APP_ID, *(param.arg for param in method.params)],
            join(before, body),
            result,
            returns,
            what,
            details,
            declarations=declarations,
        ),
        CONTRACTS,
    )


@FAMILY.recipe("payment-argument", share=18)
def payment_argument(dice: Dice) -> Draft:
    """Methods whose first argument is a payment."""
    app, method = app_and_method(dice, pays=True)
    who = signer(dice, dice.one(CALLERS))
    money = fixed_algo(dice)
    given = dice.chance(0.5)
    amount = "microAlgo(price)" if given else money.expression
    by_signature = dice.chance(0.35)
    price = [Arg("price", "bigint", "the price in microAlgos", "500_000n")] if given else []
    form = dice.pick("named", "inline", "promise")
    receiver = "getApplicationAddress(appId)" if by_signature else "appClient.appAddress"
    maker = "algorand" if by_signature else dice.pick("algorand", "appClient.algorand")
    client = ALGORAND
    args = [who.arg, *price, *(param.arg for param in method.params)]
    if by_signature:
        args.insert(0, APP_ID)
    elif maker == "algorand":
        args.insert(0, APP_CLIENT)
    else:
        client = APP_CLIENT
    payment = call(f"{maker}.createTransaction.payment", [who.fields[0], f"receiver: {receiver}", f"amount: {amount}"])
    before = {"named": f"const payment = await {payment}", "promise": f"const payment = {payment}", "inline": ""}[form]
    passed = f"await {payment}" if form == "inline" else "payment"
    listing = argument_list(method, passed)
    what: tuple[str, ...]
    if by_signature:
        sent = call(
            "algorand.send.appCallMethodCall",
            [*who.fields, "appId", f"method: ABIMethod.fromSignature({quoted(method.signature)})", f"args: {listing}"],
        )
        kind = TS_TYPES[method.returns]
        body, result, returns, what = (
            f"const result = await {sent}",
            f"result.return?.returnValue as {kind}",
            kind,
            (method.returning,),
        )
    else:
        body, result, returns, what = returned(
            dice,
            method,
            call("appClient.send.call", [f"method: {quoted(method.name)}", f"args: {listing}", *who.fields]),
        )
    details = [] if given else [f"Pay {money.says} to the application's account."]
    return client_draft(
        dice,
        Task(
            (
                f"{method.goal} with {app.noun}'s contract, whose method expects a payment as its first argument",
                f"{method.goal}: pass a payment transaction to `{method.name}` of {app.noun}",
                f"call {app.noun} to {method.goal}, the payment being an argument of the method",
            ),
            (method.name, f"payAnd{method.name[0].upper()}{method.name[1:]}"),
            args,
            join(before, body),
            result,
            returns,
            what,
            details,
            context=shown_context(dice, app, method),
            needs=method.name,
            client=client,
        ),
        CONTRACTS,
    )


@FAMILY.recipe("inner-fees", share=16)
def inner_fees(dice: Dice) -> Draft:
    """Calls that make inner transactions, whose fees the caller has to cover."""
    app, method = app_and_method(dice, inner=True)
    way = dice.weighted([("extra", 40), ("cover", 35), ("static", 25)])
    fields = [f"method: {quoted(method.name)}", f"args: {argument_list(method)}"]
    args = [param.arg for param in method.params]
    if dice.chance(0.4):
        who = signer(dice, dice.one(CALLERS))
        fields += list(who.fields)
        args.insert(0, who.arg)
    if way == "extra":
        fields.append("extraFee: microAlgo(1_000)")
        details = [
            dice.pick(
                "The contract makes one inner transaction; add its fee to the call.",
                "Cover the fee of the single inner payment with an extra fee of 1,000 microAlgos.",
            )
        ]
    elif way == "static":
        fields.append("staticFee: microAlgo(2_000)")
        details = ["Use a flat fee of 2,000 microAlgos: one minimum fee for the call and one for the inner payment."]
    else:
        limit = dice.pick("5_000", "4_000", "10_000")
        fields += ["coverAppCallInnerTransactionFees: true", f"maxFee: microAlgo({limit})"]
        details = [
            f"Let the library work out the fees of inner transactions, up to {limit.replace('_', ',')} microAlgos in"
            " all."
        ]
    body, result, returns, what = returned(dice, method, call("appClient.send.call", fields))
    wrapped = dice.chance(0.3)
    if wrapped and method.returns == "void" and not result:
        return inner_fees_with_balance(dice, app, method, fields=fields, args=args, details=details)
    return client_draft(
        dice,
        Task(
            (
                f"{method.goal} through {app.noun}'s contract, which sends an inner transaction with fee 0",
                f"call `{method.name}` of {app.noun} so that the fees of its inner transaction are paid by the caller",
            ),
            (method.name, f"{method.name}WithFees"),
            args,
            body,
            result,
            returns,
            what,
            details,
            context=shown_context(dice, app, method),
            needs=method.name,
            client=APP_CLIENT,
        ),
        CONTRACTS,
    )


def inner_fees_with_balance(
    dice: Dice, app: App, method: AbiMethod, *, fields: list[str], args: list[Arg], details: list[str]
) -> Draft:
    """The same call, measuring what left the application's account."""
    look = "(await appClient.algorand.account.getInformation(appClient.appAddress)).balance.microAlgo"
    body = join(f"const before = {look}", f"await {call('appClient.send.call', fields)}", f"const after = {look}")
    return client_draft(
        dice,
        Task(
            (f"{method.goal} and measure how much Algo left the account of {app.noun}'s application",),
            (f"{method.name}AndMeasure",),
            args,
            body,
            "before - after",
            "bigint",
            ("the difference in microAlgos",),
            details,
            client=APP_CLIENT,
        ),
        CONTRACTS,
    )
