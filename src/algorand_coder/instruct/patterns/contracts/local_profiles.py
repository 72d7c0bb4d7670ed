"""Values per account in local state, with opt-in and close-out."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Draft, Family
from algorand_coder.instruct.patterns.contracts.compose import Method, Piece, contract_draft
from algorand_coder.instruct.patterns.contracts.guards import extras, guard, only
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import join, quoted
from algorand_coder.records import Category

FAMILY = Family("contract_state")
STATE = Category.STATE


@FAMILY.recipe("local-profile", share=16)
def local_profile(dice: Dice) -> Draft:
    """Values per account in local state, with opt-in and close-out."""
    access = guard(dice, free=20)
    points = dice.pick(
        ("points", "point"), ("credits", "credit"), ("stamps", "stamp"), ("miles", "mile"), ("energy", "unit of energy")
    )
    var = points[0]
    piece = Piece(
        f"keeps {var} for each account in its local state",
        [f"{var} = LocalState<uint64>({dice.pick('', f'{{ key: {quoted(var)} }}')})"],
    )
    bonus = dice.pick(0, 10, 100)
    with_name = dice.chance(0.35)
    if with_name:
        piece.state.append("nickname = LocalState<string>()")
    total = dice.chance(0.4)
    if total:
        piece.state.append("members = GlobalState<uint64>({ initialValue: 0 })")
    opt = [
        f"this.{var}(Txn.sender).value = {bonus}",
        *(["this.nickname(Txn.sender).value = nickname"] if with_name else []),
        *(["this.members.value += 1"] if total else []),
    ]
    params = [("nickname", "string")] if with_name else []
    words = f"opts the caller in with {bonus or 'no'} {var}" + (" and a nickname" if with_name else "")
    if dice.chance(0.5):
        piece.methods.append(Method("optInToApplication", params, "void", join(*opt), words))
    else:
        piece.methods.append(
            Method(
                dice.pick("join", "enrol", "register"),
                params,
                "void",
                join(*opt),
                words + " (on-completion OptIn)",
                decorator="@abimethod({ allowActions: 'OptIn' })",
            )
        )
    if total:
        piece.rules.append("Count the members in global state.")
    holder = dice.pick("account", "member", "user")
    verbs = dice.some(["award", "spend", "move", "read", "close", "rename"], 2, 4)
    if "award" in verbs:
        check = f"assert({holder}.isOptedIn(Global.currentApplicationId), 'not a member')" if dice.chance(0.5) else ""
        piece.methods.append(
            Method(
                dice.pick("award", "grant", "give"),
                [(holder, "Account"), ("amount", "uint64")],
                "void",
                join(access.line, check, f"this.{var}({holder}).value += amount"),
                f"gives {var} to a member{only(access)}",
            )
        )
    if "spend" in verbs:
        style = dice.chance(0.5)
        body = (
            join(
                "const balance = this.{v}(Txn.sender).value",
                "assert(balance >= amount, 'too few {v}')",
                "this.{v}(Txn.sender).value = balance - amount",
                "return this.{v}(Txn.sender).value",
            )
            if style
            else join(
                "assert(this.{v}(Txn.sender).value >= amount, 'too few {v}')",
                "this.{v}(Txn.sender).value -= amount",
                "return this.{v}(Txn.sender).value",
            )
        )
        piece.write(
            dice.pick("spend", "redeem", "use"),
            "(amount: uint64): uint64",
            f"spends some of the caller's {var}, fails when there are too few, and returns what is left",
            body.replace("{v}", var),
        )
    if "move" in verbs:
        body = join(
            f"assert(this.{var}(Txn.sender).value >= amount, 'too few {var}')",
            f"this.{var}(Txn.sender).value -= amount",
            f"this.{var}(receiver).value += amount",
        )
        piece.write(
            dice.pick("send", "transfer", "share"),
            "(receiver: Account, amount: uint64): void",
            f"moves {var} from the caller to another member",
            body,
        )
    if "read" in verbs or len(piece.methods) == 1:
        if dice.chance(0.5):
            piece.methods.append(
                Method(
                    f"{var}Of",
                    [(holder, "Account")],
                    "uint64",
                    (
                        f"return this.{var}({holder}).hasValue ? this.{var}({holder}).value : 0"
                        if dice.chance(0.5)
                        else f"return this.{var}({holder}).value"
                    ),
                    f"returns the {var} of an account",
                    readonly=True,
                )
            )
        else:
            piece.methods.append(
                Method(
                    "isMember",
                    [(holder, "Account")],
                    "boolean",
                    f"return {holder}.isOptedIn(Global.currentApplicationId)",
                    "tells whether an account has opted in",
                    readonly=True,
                )
            )
    if "rename" in verbs and with_name:
        piece.write(
            "rename",
            "(nickname: string): void",
            "changes the caller's nickname, at most 32 bytes",
            "assert(Bytes(nickname).length <= 32, 'the nickname is too long')",
            "this.nickname(Txn.sender).value = nickname",
        )
    if "close" in verbs:
        lines = join(
            f"assert(this.{var}(Txn.sender).value === 0, 'spend your {var} first')" if dice.chance(0.6) else "",
            "this.members.value -= 1" if total else "",
        )
        needs = "fails while the caller still has " + var if "spend your" in lines else "lets the caller leave"
        if lines:
            if dice.chance(0.5):
                piece.write(
                    "closeOutOfApplication",
                    "(): void",
                    f"closes the caller out and {needs}" if "fails" in needs else "closes the caller out",
                    lines,
                )
            else:
                piece.methods.append(
                    Method(
                        dice.pick("leave", "quit"),
                        [],
                        "void",
                        lines,
                        ("closes the caller out and " + needs if "fails" in needs else "closes the caller out")
                        + " (on-completion CloseOut)",
                        decorator="@abimethod({ allowActions: 'CloseOut' })",
                    )
                )
    used = any(access.line and access.line in m.body for m in piece.methods)
    return contract_draft(
        dice,
        ("Loyalty", "MemberClub", "Arcade", "RewardCard", "FitnessClub", "FrequentFlyer"),
        [piece, *(extras(dice, access) if used else [])],
        STATE,
    )
