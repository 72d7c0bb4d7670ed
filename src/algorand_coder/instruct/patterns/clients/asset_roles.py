"""Running an asset: freezing, reconfiguring, destroying."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.blocks import ending, possessive, refuse, send_options, signer, target
from algorand_coder.instruct.patterns.clients.asset_blocks import ASSET_ID
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft, listed
from algorand_coder.instruct.patterns.typescript import block, call, code, join
from algorand_coder.instruct.patterns.words import HOLDERS, TOKEN_ADMINS
from algorand_coder.records import Category

FAMILY = Family("asset_admin")
ASSETS = Category.ASSETS


@FAMILY.recipe("freeze-holding", share=16)
def freeze_holding(dice: Dice) -> Draft:
    """Freeze and unfreeze, for one account, many, or only when the state differs."""
    admin_role, holder_role = dice.one(TOKEN_ADMINS), dice.one(HOLDERS)
    admin, holder = signer(dice, admin_role), target(dice, holder_role, "account")
    freeze = dice.chance(0.6)
    verb = "freeze" if freeze else "unfreeze"
    form = dice.weighted([("one", 30), ("flag", 25), ("many", 25), ("differs", 20)])
    if form == "one":
        options = send_options(dice, 0, 2)
        end = ending(
            dice,
            call(
                "algorand.send.assetFreeze",
                [
                    *admin.fields,
                    "assetId",
                    *holder.fields,
                    f"frozen: {str(freeze).lower()}",
                    *(o.field for o in options),
                ],
            ),
        )
        task = Task(
            (
                f"{verb} {possessive(holder_role)} holding of an asset",
                f"{verb} an ASA for {holder_role.noun}, signed by the freeze address",
            ),
            (f"{verb}Holding", f"{verb}Account"),
            [admin.arg, holder.arg, ASSET_ID, *(o.arg for o in options if o.arg)],
            end.body,
            end.result,
            end.returns,
            end.returning,
            [o.says for o in options],
        )
    elif form == "flag":
        options = send_options(dice, 0, 1)
        end = ending(
            dice,
            call(
                "algorand.send.assetFreeze",
                [*admin.fields, "assetId", *holder.fields, "frozen", *(o.field for o in options)],
            ),
        )
        task = Task(
            (
                "freeze or unfreeze an account's asset holding, as a flag says",
                f"set whether {holder_role.noun} may move an asset",
            ),
            ("setFrozen", "toggleFreeze"),
            [
                admin.arg,
                holder.arg,
                ASSET_ID,
                Arg("frozen", "boolean", "the wanted state", "true"),
                *(o.arg for o in options if o.arg),
            ],
            end.body,
            end.result,
            end.returns,
            end.returning,
            [o.says for o in options],
        )
    elif form == "many":
        together = dice.chance(0.6)
        fields = [*admin.fields, "assetId", "account", f"frozen: {str(freeze).lower()}"]
        if together:
            body = join(
                "const group = algorand.newGroup()",
                block("for (const account of accounts)", call("group.addAssetFreeze", fields)),
                "const { txIds } = await group.send()",
            )
            result, returns, what, details = "txIds", "string[]", "the transaction ids", ["All in one atomic group."]
        else:
            body = join(
                "let count = 0",
                block(
                    "for (const account of accounts)", f"await {call('algorand.send.assetFreeze', fields)}\ncount += 1"
                ),
            )
            result, returns, what, details = (
                "count",
                "number",
                "how many accounts were changed",
                ["One transaction after the other."],
            )
        task = Task(
            (f"{verb} an asset for a list of accounts", f"{verb} several holders of an ASA"),
            (f"{verb}All", f"{verb}Holders"),
            [admin.arg, Arg("accounts", "string[]", "the accounts"), ASSET_ID],
            body,
            result,
            returns,
            (what,),
            details,
        )
    else:
        body = join(
            f"const holding = await algorand.asset.getAccountInformation({holder.address}, assetId)",
            "if (holding.frozen === frozen) {\n  return false\n}",
            f"await {call('algorand.send.assetFreeze', [*admin.fields, 'assetId', *holder.fields, 'frozen'])}",
        )
        task = Task(
            (
                f"change the frozen state of {possessive(holder_role)} asset holding only when it differs",
                "freeze or unfreeze a holding without sending needless transactions",
            ),
            ("applyFreeze", "syncFrozen"),
            [admin.arg, holder.arg, ASSET_ID, Arg("frozen", "boolean", "the wanted state")],
            body,
            "true",
            "boolean",
            ("whether a transaction was sent",),
            scriptable=False,
        )
    return client_draft(dice, task, ASSETS)


@FAMILY.recipe("reconfigure", share=18)
def reconfigure(dice: Dice) -> Draft:
    """Hand over or give up roles without losing the others by accident."""
    role = dice.one(TOKEN_ADMINS)
    admin = signer(dice, role)
    form = dice.weighted([("handover", 30), ("lock", 25), ("keep", 30), ("reserve", 15)])
    details: list[str] = []
    if form == "handover":
        heir = "newManager"
        keep = dice.some(["reserve", "freeze", "clawback"], 1, 3)
        given_up = [name for name in ("reserve", "freeze", "clawback") if name not in keep]
        fields = [*admin.fields, "assetId", f"manager: {heir}", *(f"{name}: {heir}" for name in keep)]
        end = ending(dice, call("algorand.send.assetConfig", fields))
        task = Task(
            (
                f"hand the manager role of an asset to another account, together with {listed(keep)}",
                f"make another account manager and {listed(keep)} of an ASA",
            ),
            ("handOverAsset", "transferManagement"),
            [
                admin.arg,
                ASSET_ID,
                Arg(heir, "string", "the new manager's address", "process.env.NEW_MANAGER ?? ''"),
            ],
            end.body,
            end.result,
            end.returns,
            end.returning,
            [f"The {listed(given_up)} {'roles are' if len(given_up) > 1 else 'role is'} given up."] if given_up else [],
        )
    elif form == "lock":
        check = dice.chance(0.5)
        before = ""
        if check:
            before = join(
                "const asset = await algorand.asset.getById(assetId)",
                refuse("!asset.manager", "`asset ${assetId} is immutable already`"),
            )
            details.append("Throw when it is immutable already.")
        # Without any address left the network takes the configuration for a request to destroy the asset.
        kept = f"reserve: {admin.address}" if admin.address != "reserve" else "reserve"
        end = ending(dice, call("algorand.send.assetConfig", [*admin.fields, "assetId", "manager: undefined", kept]))
        details.append(
            "Keep the sender as reserve address: a configuration without any address would destroy the asset."
        )
        task = Task(
            (
                "make an asset immutable for ever",
                "give up the manager, freeze and clawback roles of an asset",
                "lock an asset's configuration for good",
            ),
            ("lockAsset", "makeImmutable"),
            [admin.arg, ASSET_ID],
            join(before, end.body),
            end.result,
            end.returns,
            end.returning,
            details,
        )
    elif form == "keep":
        change = dice.pick("freeze", "reserve", "clawback")
        rest = [name for name in ("manager", "reserve", "freeze", "clawback") if name != change]
        drop = dice.chance(0.4)
        value = f"{change}: undefined" if drop else f"{change}: newAddress"
        body = join("const current = await algorand.asset.getById(assetId)", "")
        fields = [*admin.fields, "assetId", *(f"{name}: current.{name}" for name in rest), value]
        end = ending(dice, call("algorand.send.assetConfig", fields))
        args = [admin.arg, ASSET_ID] + (
            [] if drop else [Arg("newAddress", "string", "the new address", "process.env.NEW_ADDRESS ?? ''")]
        )
        goals = (
            (
                f"remove an asset's {change} address and keep its other roles as they are",
                f"give up only the {change} role of an ASA",
            )
            if drop
            else (
                f"change an asset's {change} address without touching its other roles",
                f"set a new {change} address for an ASA, everything else unchanged",
            )
        )
        details = (
            ["Roles left out of the transaction would be cleared, so read the current ones first."]
            if dice.chance(0.5)
            else []
        )
        task = Task(
            goals,
            ("changeRole", f"set{change.capitalize()}Address", "updateRole"),
            args,
            join(body, end.body),
            end.result,
            end.returns,
            end.returning,
            details,
        )
    else:
        body = code(f"""
            const asset = await algorand.asset.getById(assetId)
            if (asset.manager !== {admin.address}.toString()) {{
              throw new Error('only the manager can change the asset')
            }}
        """)
        end = ending(
            dice,
            call(
                "algorand.send.assetConfig",
                [
                    *admin.fields,
                    "assetId",
                    *(f"{name}: asset.{name}" for name in ("manager", "freeze", "clawback")),
                    "reserve",
                ],
            ),
        )
        task = Task(
            (
                "point an asset's reserve address to another account, after checking that we are its manager",
                "change the reserve of an ASA and keep its other addresses",
            ),
            ("moveReserve", "setReserve"),
            [
                admin.arg,
                ASSET_ID,
                Arg("reserve", "string", "the new reserve address", "process.env.RESERVE ?? ''"),
            ],
            join(body, end.body),
            end.result,
            end.returns,
            end.returning,
        )
    return client_draft(dice, task, ASSETS)


@FAMILY.recipe("destroy-asset", share=12)
def destroy_asset(dice: Dice) -> Draft:
    """Destroy an asset, after checks."""
    role = dice.one(TOKEN_ADMINS)
    admin = signer(dice, role)
    options = send_options(dice, 0, 2)
    checks = {
        "supply": (
            code("""
                const info = await algorand.asset.getById(assetId)
                const { balance } = await algorand.asset.getAccountInformation(info.creator, assetId)
                if (balance !== info.total) {
                  throw new Error(`${info.total - balance} base units are still in circulation`)
                }
            """),
            "Throw when units are still outside the creator's account, which must hold the whole supply.",
        ),
        "manager": (
            code(f"""
                const asset = await algorand.asset.getById(assetId)
                if (asset.manager !== {admin.address}.toString()) {{
                  throw new Error('only the manager can destroy the asset')
                }}
            """),
            "Check first that the signing account is the asset's manager.",
        ),
    }
    chosen = dice.some(list(checks), 0, 2)
    end = ending(dice, call("algorand.send.assetDestroy", [*admin.fields, "assetId", *(o.field for o in options)]))
    after, details = "", [*(checks[c][1] for c in chosen), *(o.says for o in options)]
    many = dice.chance(0.25)
    if many:
        loop = block(
            "for (const assetId of assetIds)",
            f"await {call('algorand.send.assetDestroy', [*admin.fields, 'assetId'])}\ndestroyed.push(assetId)",
        )
        return client_draft(
            dice,
            Task(
                (f"destroy a list of assets that {role.noun} manages", "remove several unused ASAs"),
                ("destroyAssets", "cleanUpAssets"),
                [admin.arg, Arg("assetIds", "bigint[]", "the asset ids", "[1001n, 1002n]")],
                join("const destroyed: bigint[] = []", loop),
                "destroyed",
                "bigint[]",
                ("the ids that were destroyed",),
            ),
            ASSETS,
        )
    return client_draft(
        dice,
        Task(
            (
                f"destroy an asset that {role.noun} manages",
                "delete an ASA from the ledger",
                "remove an asset that is no longer needed",
            ),
            ("destroyAsset", "deleteAsset", "retireAsset"),
            [admin.arg, ASSET_ID, *(o.arg for o in options if o.arg)],
            join(*(checks[c][0] for c in chosen), end.body, after),
            end.result,
            end.returns,
            end.returning,
            details,
        ),
        ASSETS,
    )
