"""Contracts that create, hold, sell and hand out assets by inner transactions."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Draft, Family
from algorand_coder.instruct.patterns.contract_state import extras, only
from algorand_coder.instruct.patterns.contract_value import incoming, payout
from algorand_coder.instruct.patterns.contracts import Guard, Method, Piece, contract_draft, guard
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import block, braces, join, quoted
from algorand_coder.instruct.patterns.words import COLLECTIBLES, TOKENS
from algorand_coder.records import Category

FAMILY = Family("contract_assets")
ASSETS = Category.ASSETS

ME = "Global.currentApplicationAddress"


def transfer(dice: Dice, asset: str, receiver: str, amount: str) -> str:
    """An inner asset transfer."""
    fields = [
        f"xferAsset: {asset}",
        f"assetReceiver: {receiver}",
        f"assetAmount: {amount}",
        *(["fee: 0"] if dice.chance(0.25) else []),
    ]
    return f"itxn.assetTransfer({braces(fields)}).submit()"


def opt_in_method(dice: Dice, access: Guard, remember: str = "") -> Method:
    """The application opts itself in; the caller pays for the minimum balance."""
    paid = dice.chance(0.55)
    check = (
        join(
            "assert(payment.receiver === Global.currentApplicationAddress, 'pay the application')",
            "assert(payment.amount >= Global.assetOptInMinBalance, 'pay for the minimum balance')",
        )
        if paid
        else ""
    )
    body = join(
        access.line,
        f"assert(!{ME}.isOptedIn(asset), 'opted in already')" if dice.chance(0.5) else "",
        check,
        remember,
        transfer(dice, "asset", ME, "0"),
    )
    says = (
        "opts the application in to an asset"
        + (", paid for by a payment in the same group that covers the minimum balance of an opt-in" if paid else "")
        + only(access)
    )
    return Method(
        dice.pick("optInToAsset", "acceptAsset", "prepare"),
        [*([("payment", "gtxn.PaymentTxn")] if paid else []), ("asset", "Asset")],
        "void",
        body,
        says,
    )


@FAMILY.recipe("asset-factory", share=26)
def asset_factory(dice: Dice) -> Draft:
    """Creation by inner transaction, then delivery, change or destruction in other methods."""
    access = guard(dice)
    token = dice.one(TOKENS)
    title, unit = dice.one(COLLECTIBLES)
    form = dice.weighted([("token", 40), ("params", 25), ("nft", 35)])
    store = "token" if form != "nft" else "latest"
    result_field = "createdAsset"
    roles = dice.some([f"manager: {ME}", f"reserve: {ME}", f"freeze: {ME}"], 1, 3)
    piece = Piece(
        {
            "token": f"issues {token.story} once",
            "params": "issues one token whose parameters the caller chooses",
            "nft": f"mints numbered NFTs called {title}",
        }[form]
    )
    piece.state = [f"{store} = GlobalState<Asset>()"]
    if form == "token":
        fields = [
            f"total: {token.supply * 10**token.decimals:_}",
            f"decimals: {token.decimals}",
            f"unitName: {quoted(token.unit)}",
            f"assetName: {quoted(token.name)}",
            *roles,
        ]
        params: list[tuple[str, str]] = []
        words = f"creates {token.name} ({token.unit}) with {token.supply:,} whole units and {token.decimals} decimals"
    elif form == "params":
        params = [
            ("name", "string"),
            ("unit", "string"),
            ("total", "uint64"),
            *([("decimals", "uint64")] if dice.chance(0.6) else []),
        ]
        fields = [
            "assetName: name",
            "unitName: unit",
            "total",
            "decimals" if len(params) == 4 else "decimals: 0",
            *roles,
        ]
        words = "creates an asset with the given name, unit and total" + (
            " and decimals" if len(params) == 4 else " and no decimals"
        )
    else:
        piece.state.append("minted = GlobalState<uint64>({ initialValue: 0 })")
        with_url = dice.chance(0.6)
        params = [("url", "string")] if with_url else []
        fields = [
            "total: 1",
            "decimals: 0",
            f"unitName: {quoted(unit)}",
            f"assetName: {quoted(title)}",
            *(["url"] if with_url else []),
            *roles,
        ]
        words = f'mints an NFT named "{title}", unit {unit}' + (", with a given URL" if with_url else "")
    role_words = ", ".join(r.split(":")[0] for r in roles)
    words += f"; the application is {role_words}"
    creation = f"const created = itxn.assetConfig({braces(fields)}).submit().{result_field}"
    if dice.chance(0.35):
        creation = f"const params = itxn.assetConfig({braces(fields)})\nconst created = params.submit().{result_field}"
    once = form != "nft"
    body = join(
        access.line,
        f"assert(!this.{store}.hasValue, 'created already')" if once else "",
        creation,
        f"this.{store}.value = created",
        "this.minted.value += 1" if form == "nft" else "",
        "return created.id",
    )
    piece.methods.append(
        Method(
            dice.pick("mint", "issue", "createToken") if form != "nft" else dice.pick("mint", "mintNext"),
            params,
            "uint64",
            body,
            words + (", once only," if once else "") + f" and returns the asset id{only(access)}",
        )
    )
    piece.rules.append(
        "The new asset stays with the application until somebody who has opted in claims it."
        if dice.chance(0.4)
        else ""
    )
    if form == "nft":
        claims = dice.chance(0.5)
        if claims:
            piece.state.append("promised = BoxMap<uint64, Account>({ keyPrefix: 'p' })")
            piece.methods.append(
                Method(
                    dice.pick("promise", "assign"),
                    [("asset", "Asset"), ("receiver", "Account")],
                    "void",
                    join(access.line, "this.promised(asset.id).value = receiver"),
                    f"promises an asset to an account{only(access)}",
                )
            )
            piece.methods.append(
                Method(
                    dice.pick("claim", "collect"),
                    [("asset", "Asset")],
                    "void",
                    join(
                        "assert(this.promised(asset.id).exists, 'not promised')",
                        "assert(this.promised(asset.id).value === Txn.sender, 'promised to somebody else')",
                        "this.promised(asset.id).delete()",
                        transfer(dice, "asset", "Txn.sender", "1"),
                    ),
                    "hands the asset to the account it was promised to, which must have opted in",
                )
            )
        else:
            piece.methods.append(
                Method(
                    dice.pick("deliver", "send"),
                    [("asset", "Asset"), ("receiver", "Account")],
                    "void",
                    join(
                        access.line,
                        "assert(receiver.isOptedIn(asset), 'the receiver has not opted in')",
                        transfer(dice, "asset", "receiver", "1"),
                    ),
                    f"sends an NFT to an account that has opted in{only(access)}",
                )
            )
    else:
        verbs = dice.some(["distribute", "claim", "destroy", "lock", "left"], 1, 3)
        if "distribute" in verbs:
            piece.methods.append(
                Method(
                    dice.pick("distribute", "send", "grant"),
                    [("receiver", "Account"), ("amount", "uint64")],
                    "void",
                    join(
                        access.line,
                        (
                            f"assert(receiver.isOptedIn(this.{store}.value), 'the receiver has not opted in')"
                            if dice.chance(0.5)
                            else ""
                        ),
                        transfer(dice, f"this.{store}.value", "receiver", "amount"),
                    ),
                    f"sends units to an account{only(access)}",
                )
            )
        if "claim" in verbs:
            portion = dice.pick("100", "1_000", "25")
            piece.state.append("claimed = BoxMap<Account, boolean>({ keyPrefix: 'c' })")
            piece.methods.append(
                Method(
                    "claim",
                    [],
                    "void",
                    join(
                        "assert(!this.claimed(Txn.sender).exists, 'claimed already')",
                        "this.claimed(Txn.sender).value = true",
                        transfer(dice, f"this.{store}.value", "Txn.sender", portion),
                    ),
                    f"gives every account {int(portion.replace('_', '')):,} base units, once; the caller must have"
                    " opted in",
                )
            )
        if "destroy" in verbs and f"manager: {ME}" in roles:
            piece.methods.append(
                Method(
                    dice.pick("destroy", "retire"),
                    [],
                    "void",
                    join(
                        access.line,
                        f"itxn.assetConfig({{ configAsset: this.{store}.value }}).submit()",
                        f"this.{store}.delete()",
                    ),
                    f"destroys the asset, which works while the application holds every unit{only(access)}",
                )
            )
        if "lock" in verbs and f"manager: {ME}" in roles and len(roles) > 1:
            keep = [r for r in roles if not r.startswith("manager")]
            piece.methods.append(
                Method(
                    "renounceFreeze" if f"freeze: {ME}" in keep else "keepReserve",
                    [],
                    "void",
                    join(
                        access.line,
                        f"itxn.assetConfig({braces([f'configAsset: this.{store}.value', f'manager: {ME}', *[r for r in keep if not r.startswith('freeze')]])}).submit()",
                    ),
                    "reconfigures the asset so that "
                    + (
                        "nobody can freeze it any more"
                        if f"freeze: {ME}" in keep
                        else "only manager and reserve are left"
                    )
                    + only(access),
                )
            )
        if "left" in verbs:
            piece.methods.append(
                Method(
                    "unitsLeft",
                    [],
                    "uint64",
                    f"return this.{store}.value.balance({ME})",
                    "returns how many units the application still holds",
                    readonly=True,
                )
            )
    piece.rules = [rule for rule in piece.rules if rule]
    return contract_draft(
        dice, ("Mint", "TokenFactory", "Issuer", "PrintingPress", "Foundry"), [piece, *extras(dice, access)], ASSETS
    )


@FAMILY.recipe("asset-shop", share=24)
def asset_shop(dice: Dice) -> Draft:
    """Selling or buying units of an asset for Algo at a price."""
    access = guard(dice)
    piece = Piece(
        "sells units of an asset for Algo at a price",
        [
            "asset = GlobalState<Asset>()",
            f"price = GlobalState<uint64>({{ initialValue: {dice.pick('1_000', '10_000', '250_000')} }})",
        ],
    )
    opt = opt_in_method(dice, access, "this.asset.value = asset")
    piece.methods.append(opt)
    checks, words = incoming(dice, "payment")
    units = dice.pick(
        "const units: uint64 = payment.amount / this.price.value",
        "const price = this.price.value\nconst units: uint64 = payment.amount / price",
    )
    exact = "assert(payment.amount % this.price.value === 0, 'pay a multiple of the price')" if dice.chance(0.5) else ""
    stock = f"assert(this.asset.value.balance({ME}) >= units, 'out of stock')" if dice.chance(0.6) else ""
    piece.methods.append(
        Method(
            dice.pick("buy", "purchase"),
            [("payment", "gtxn.PaymentTxn")],
            "uint64",
            join(
                checks,
                exact,
                units,
                "assert(units > 0, 'too little for one unit')",
                stock,
                transfer(dice, "this.asset.value", "Txn.sender", "units"),
                "return units",
            ),
            f"takes a payment, sends the caller as many units as it pays for and returns their number; {words}"
            + ("; the payment must be a multiple of the price" if exact else "")
            + ("; it fails when the stock is too small" if stock else ""),
        )
    )
    verbs = dice.some(["price", "sellBack", "quote", "collect", "reclaim"], 1, 3)
    if "price" in verbs:
        piece.methods.append(
            Method(
                "setPrice",
                [("price", "uint64")],
                "void",
                join(access.line, "assert(price > 0, 'the price must not be zero')", "this.price.value = price"),
                f"changes the price of one unit{only(access)}",
            )
        )
    if "sellBack" in verbs:
        check = dice.pick(
            join(
                "assert(units.xferAsset === this.asset.value, 'wrong asset')",
                f"assert(units.assetReceiver === {ME}, 'send it to the application')",
            ),
            f"assertMatch(units, {{ xferAsset: this.asset.value, assetReceiver: {ME}, sender: Txn.sender }})",
        )
        piece.methods.append(
            Method(
                dice.pick("sellBack", "giveBack"),
                [("units", "gtxn.AssetTransferTxn")],
                "uint64",
                join(
                    check,
                    "const amount: uint64 = (units.assetAmount * this.price.value) / 2",
                    payout(dice, "Txn.sender", "amount"),
                    "return amount",
                ),
                "takes units back by an asset transfer in the same group, pays half the price for them and returns what"
                " was paid",
            )
        )
    if "quote" in verbs:
        piece.methods.append(
            Method(
                "quote",
                [("units", "uint64")],
                "uint64",
                "return units * this.price.value",
                "returns what a number of units costs",
                readonly=True,
            )
        )
    if "collect" in verbs:
        piece.methods.append(
            Method(
                "collect",
                [("amount", "uint64")],
                "void",
                join(access.line, payout(dice, "Txn.sender", "amount")),
                f"pays part of the income to the caller{only(access)}",
            )
        )
    if "reclaim" in verbs:
        piece.methods.append(
            Method(
                "reclaim",
                [("units", "uint64")],
                "void",
                join(access.line, transfer(dice, "this.asset.value", "Txn.sender", "units")),
                f"takes unsold units out again{only(access)}",
            )
        )
    return contract_draft(
        dice, ("TokenShop", "VendingMachine", "AssetKiosk", "ExchangeDesk"), [piece, *extras(dice, access)], ASSETS
    )


@FAMILY.recipe("asset-vault", share=22)
def asset_vault(dice: Dice) -> Draft:
    """Units deposited by asset transfer, booked per account, given back later."""
    access = guard(dice)
    lock = dice.weighted([("", 40), ("rounds", 35), ("seconds", 25)])
    clock = {"rounds": "Global.round", "seconds": "Global.latestTimestamp"}.get(lock, "")
    record = bool(lock)
    piece = Piece(
        "keeps units of one asset for many accounts" + (f", locked for a number of {lock}" if lock else ""),
        ["asset = GlobalState<Asset>()"],
    )
    piece.methods.append(opt_in_method(dice, access, "this.asset.value = asset"))
    span = {"rounds": dice.pick("1_000", "50_000"), "seconds": dice.pick("86_400", "604_800")}.get(lock, "")
    check = dice.pick(
        join(
            "assert(units.xferAsset === this.asset.value, 'wrong asset')",
            f"assert(units.assetReceiver === {ME}, 'send it to the application')",
            "assert(units.sender === Txn.sender, 'send your own units')",
        ),
        f"assertMatch(\n  units,\n  {{ xferAsset: this.asset.value, assetReceiver: {ME}, sender: Txn.sender,"
        " assetAmount: { greaterThan: 0 } },\n  'wrong transfer',\n)",
    )
    words = "the transfer must be of that asset, go to the application and come from the caller"
    if record:
        piece.types = ["type Stake = { amount: uint64; freeAt: uint64 }", f"const LOCK: uint64 = {span}"]
        piece.state.append("stakes = BoxMap<Account, Stake>({ keyPrefix: 's' })")
        add = join(
            "const before: uint64 = this.stakes(Txn.sender).exists ? this.stakes(Txn.sender).value.amount : 0",
            f"this.stakes(Txn.sender).value = {{ amount: before + units.assetAmount, freeAt: {clock} + LOCK }}",
        )
        piece.methods.append(
            Method(
                dice.pick("stake", "deposit"),
                [("units", "gtxn.AssetTransferTxn")],
                "void",
                join(check, add),
                "books an asset transfer of the same group for the caller and locks the whole stake for"
                f" {int(span.replace('_', '')):,} {lock}; {words}",
            )
        )
        piece.methods.append(
            Method(
                dice.pick("unstake", "withdraw"),
                [],
                "uint64",
                join(
                    "assert(this.stakes(Txn.sender).exists, 'nothing staked')",
                    "const stake = clone(this.stakes(Txn.sender).value)",
                    f"assert({clock} >= stake.freeAt, 'still locked')",
                    "this.stakes(Txn.sender).delete()",
                    transfer(dice, "this.asset.value", "Txn.sender", "stake.amount"),
                    "return stake.amount",
                ),
                "gives the caller's stake back once it is free and returns the amount",
            )
        )
        if dice.chance(0.5):
            piece.methods.append(
                Method(
                    "stakeOf",
                    [("account", "Account")],
                    "Stake",
                    "return this.stakes(account).value",
                    "returns an account's stake",
                    readonly=True,
                )
            )
    else:
        piece.state.append("holdings = BoxMap<Account, uint64>({ keyPrefix: 'h' })")
        total = dice.chance(0.5)
        if total:
            piece.state.append("total = GlobalState<uint64>({ initialValue: 0 })")
        piece.methods.append(
            Method(
                dice.pick("deposit", "store"),
                [("units", "gtxn.AssetTransferTxn")],
                "uint64",
                join(
                    check,
                    "const before: uint64 = this.holdings(Txn.sender).get({ default: 0 })",
                    "this.holdings(Txn.sender).value = before + units.assetAmount",
                    "this.total.value += units.assetAmount" if total else "",
                    "return this.holdings(Txn.sender).value",
                ),
                f"books an asset transfer of the same group for the caller and returns the caller's holding; {words}",
            )
        )
        piece.methods.append(
            Method(
                dice.pick("withdraw", "takeOut"),
                [("amount", "uint64")],
                "void",
                join(
                    "assert(this.holdings(Txn.sender).value >= amount, 'not that many units')",
                    "this.holdings(Txn.sender).value -= amount",
                    "this.total.value -= amount" if total else "",
                    transfer(dice, "this.asset.value", "Txn.sender", "amount"),
                ),
                "sends units back to the caller and fails when there are too few",
            )
        )
        if dice.chance(0.5):
            piece.methods.append(
                Method(
                    "holdingOf",
                    [("account", "Account")],
                    "uint64",
                    "return this.holdings(account).get({ default: 0 })",
                    "returns an account's holding, zero when there is none",
                    readonly=True,
                )
            )
        if total and dice.chance(0.4):
            piece.methods.append(
                Method(
                    "shareOf",
                    [("account", "Account")],
                    "uint64",
                    join(
                        "assert(this.total.value > 0, 'the vault is empty')",
                        "const held: uint64 = this.holdings(account).get({ default: 0 })",
                        "return (held * 10_000) / this.total.value",
                    ),
                    "returns an account's share of all units in basis points",
                    readonly=True,
                )
            )
    return contract_draft(
        dice, ("AssetVault", "Staking", "Depository", "TokenLocker"), [piece, *extras(dice, access)], ASSETS
    )


@FAMILY.recipe("asset-control", share=18)
def asset_control(dice: Dice) -> Draft:
    """Freezing, gating and inspecting by a contract."""
    form = dice.weighted([("freeze", 30), ("gate", 40), ("inspect", 30)])
    access = guard(dice)
    if form == "freeze":
        piece = Piece(
            "manages the freeze address of an asset that names the application as its freeze account",
            ["asset = GlobalState<Asset>()"],
        )
        piece.create, piece.create_params = ["this.asset.value = asset"], [("asset", "Asset", "the asset")]
        flag = dice.chance(0.5)
        frozen = "itxn.assetFreeze({b}).submit()"
        if flag:
            piece.methods.append(
                Method(
                    dice.pick("setFrozen", "apply"),
                    [("account", "Account"), ("frozen", "boolean")],
                    "void",
                    join(
                        access.line,
                        frozen.format(b=braces(["freezeAsset: this.asset.value", "freezeAccount: account", "frozen"])),
                    ),
                    f"freezes or unfreezes an account's holding{only(access)}",
                )
            )
        else:
            for name, value in (("freeze", "true"), ("unfreeze", "false")):
                piece.methods.append(
                    Method(
                        name,
                        [("account", "Account")],
                        "void",
                        join(
                            access.line,
                            frozen.format(
                                b=braces(
                                    ["freezeAsset: this.asset.value", "freezeAccount: account", f"frozen: {value}"]
                                )
                            ),
                        ),
                        f"{name}s an account's holding{only(access)}",
                    )
                )
        if dice.chance(0.6):
            piece.state.append("frozenCount = GlobalState<uint64>({ initialValue: 0 })")
            piece.methods[0].body = join(
                piece.methods[0].body,
                "if (frozen) {\n  this.frozenCount.value += 1\n}" if flag else "this.frozenCount.value += 1",
            )
            piece.rules.append("Count in global state how often an account was frozen.")
        if dice.chance(0.6):
            piece.methods.append(
                Method(
                    "isFrozen",
                    [("account", "Account")],
                    "boolean",
                    "return this.asset.value.frozen(account)",
                    "tells whether an account's holding is frozen",
                    readonly=True,
                )
            )
        names = ("FreezeDesk", "Compliance", "HoldingGuard")
    elif form == "gate":
        least = dice.pick("1", "100", "1_000")
        piece = Piece(
            f"lets only holders of at least {int(least.replace('_', '')):,} base units of an asset in",
            ["pass = GlobalState<Asset>()"],
        )
        piece.create, piece.create_params = ["this.pass.value = asset"], [("asset", "Asset", "the asset")]
        helper = dice.pick("private", "function", "inline")
        check = join(
            "assert(Txn.sender.isOptedIn(this.pass.value), 'you do not hold the pass')",
            f"assert(this.pass.value.balance(Txn.sender) >= {least}, 'you hold too little')",
        )
        line = check
        if helper == "private":
            line = "this.requirePass()"
        elif helper == "function":
            piece.types.append(
                block(
                    "function holdsPass(account: Account, asset: Asset): boolean",
                    f"return account.isOptedIn(asset) && asset.balance(account) >= {least}",
                )
            )
            line = "assert(holdsPass(Txn.sender, this.pass.value), 'you do not hold the pass')"
            piece.rules.append("Put the test into a function outside the class.")
        what = dice.pick("visit", "vote", "note")
        if what == "visit":
            piece.state.append("visits = BoxMap<Account, uint64>({ keyPrefix: 'v' })")
            piece.methods.append(
                Method(
                    dice.pick("enter", "checkIn"),
                    [],
                    "uint64",
                    join(
                        line,
                        "const before: uint64 = this.visits(Txn.sender).get({ default: 0 })",
                        "this.visits(Txn.sender).value = before + 1",
                        "return before + 1",
                    ),
                    "counts the caller's visits and returns their number, for holders only",
                )
            )
        elif what == "vote":
            piece.state += [
                "yes = GlobalState<uint64>({ initialValue: 0 })",
                "no = GlobalState<uint64>({ initialValue: 0 })",
                "voted = BoxMap<Account, boolean>({ keyPrefix: 'v' })",
            ]
            piece.methods.append(
                Method(
                    "vote",
                    [("approve", "boolean")],
                    "void",
                    join(
                        line,
                        "assert(!this.voted(Txn.sender).exists, 'voted already')",
                        "this.voted(Txn.sender).value = approve",
                        "if (approve) {\n  this.yes.value += 1\n} else {\n  this.no.value += 1\n}",
                    ),
                    "counts one vote for or against from each holder",
                )
            )
        else:
            piece.state.append("wall = BoxMap<Account, string>({ keyPrefix: 'w' })")
            piece.methods.append(
                Method(
                    dice.pick("post", "write"),
                    [("text", "string")],
                    "void",
                    join(
                        line,
                        "assert(Bytes(text).length <= 280, 'the text is too long')",
                        "this.wall(Txn.sender).value = text",
                    ),
                    "stores a text of at most 280 bytes for the caller, for holders only",
                )
            )
        if dice.chance(0.6):
            piece.methods.append(
                Method(
                    "mayEnter",
                    [("account", "Account")],
                    "boolean",
                    (
                        "return holdsPass(account, this.pass.value)"
                        if helper == "function"
                        else f"return account.isOptedIn(this.pass.value) && this.pass.value.balance(account) >= {least}"
                    ),
                    "tells whether an account holds enough",
                    readonly=True,
                )
            )
        if helper == "private":
            piece.methods.append(Method("requirePass", [], "void", check, "", private=True))
            piece.rules.append("Put the test into a private method.")
        names = ("HoldersClub", "TokenGate", "BackRoom")
        access = Guard("", "anybody", Piece(""))
    else:
        piece = Piece("answers questions about assets and keeps nothing")
        library = [
            Method(
                "supplyOf",
                [("asset", "Asset")],
                "uint64",
                "return asset.total",
                "returns the total supply of an asset",
                readonly=True,
            ),
            Method(
                "wholeUnits",
                [("asset", "Asset"), ("amount", "uint64")],
                "uint64",
                "return amount / op.exp(10, asset.decimals)",
                "converts base units of an asset into whole units, rounded down",
                readonly=True,
            ),
            Method(
                "isCreator",
                [("asset", "Asset"), ("account", "Account")],
                "boolean",
                "return asset.creator === account",
                "tells whether an account created an asset",
                readonly=True,
            ),
            Method(
                "isImmutable",
                [("asset", "Asset")],
                "boolean",
                "return asset.manager === Global.zeroAddress",
                "tells whether an asset has no manager",
                readonly=True,
            ),
            Method(
                "holding",
                [("asset", "Asset"), ("account", "Account")],
                "uint64",
                "return account.isOptedIn(asset) ? asset.balance(account) : 0",
                "returns an account's balance of an asset, zero without an opt-in",
                readonly=True,
            ),
            Method(
                "unit",
                [("asset", "Asset")],
                "bytes",
                "return asset.unitName",
                "returns the unit name of an asset as bytes",
                readonly=True,
            ),
            Method(
                "circulating",
                [("asset", "Asset")],
                "uint64",
                "return asset.total - asset.balance(asset.reserve)",
                "returns the total minus what the reserve holds",
                readonly=True,
            ),
            Method(
                "isNft",
                [("asset", "Asset")],
                "boolean",
                "return asset.total === 1 && asset.decimals === 0",
                "tells whether an asset is a pure NFT: total one, no decimals",
                readonly=True,
            ),
            Method(
                "compare",
                [("first", "Asset"), ("second", "Asset"), ("account", "Account")],
                "boolean",
                "return first.balance(account) > second.balance(account)",
                "tells whether an account holds more base units of a first asset than of a second",
                readonly=True,
            ),
        ]
        piece.methods = dice.some(library, 2, 4)
        names = ("AssetInspector", "AssetFacts", "Lookup")
        access = Guard("", "anybody", Piece(""))
    return contract_draft(dice, names, [piece, *(extras(dice, access) if access.line else [])], ASSETS)
