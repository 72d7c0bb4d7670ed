"""Who may call, when a contract is paused, and how it ends."""

from __future__ import annotations

from dataclasses import dataclass

from algorand_coder.instruct.patterns.contracts.compose import Method, Piece
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import block, join


@dataclass
class Guard:
    """Who may call the guarded methods."""

    line: str
    """Statement at the top of a guarded method; empty where anybody may call."""
    who: str
    piece: Piece


NOBODY = Guard("", "anybody", Piece(""))
"""No guard: anybody may call."""


def guard(dice: Dice, *, free: int = 0) -> Guard:
    """A drawn rule about who may call; ``free`` is the weight of letting anybody."""
    form = dice.weighted(
        [
            ("none", free),
            ("inline", 26),
            ("function", 16),
            ("owner", 24),
            ("private", 16),
            ("passed", 10),
            ("operators", 8),
        ]
    )
    if form == "none":
        return Guard("", "anybody", Piece(""))
    if form == "inline":
        line = dice.pick(
            "assert(Txn.sender === Global.creatorAddress, 'only the creator can do this')",
            "assert(Txn.sender === Global.creatorAddress, 'creator only')",
        )
        return Guard(line, "the creator", Piece(""))
    if form == "function":
        name = dice.pick("requireCreator", "onlyCreator", "assertCreator")
        helper = block(
            f"function {name}(): void", "assert(Txn.sender === Global.creatorAddress, 'only the creator can do this')"
        )
        return Guard(
            f"{name}()",
            "the creator",
            Piece(
                "",
                types=[helper],
                rules=["Put the access check into a function outside the class."] if dice.chance(0.5) else [],
            ),
        )
    role = dice.pick("owner", "admin", "manager", "keeper")
    declared = (
        f"{role} = GlobalState<Account>()"
        if dice.chance(0.7)
        else f"{role} = GlobalState<Account>({{ key: '{role[0]}' }})"
    )
    check = f"assert(Txn.sender === this.{role}.value, 'only the {role} can do this')"
    if form == "owner":
        piece = Piece(
            "",
            [declared],
            create=[f"this.{role}.value = Txn.sender"],
            rules=[f"Whoever creates the application becomes its {role}."],
        )
        if dice.chance(0.45):
            piece.methods.append(
                Method(
                    f"set{role.capitalize()}",
                    [(f"new{role.capitalize()}", "Account")],
                    "void",
                    join(check, f"this.{role}.value = new{role.capitalize()}"),
                    f"hands the role of {role} to another account; only the current {role} may do it",
                )
            )
        return Guard(check, f"the {role}", piece)
    if form == "private":
        name = f"only{role.capitalize()}"
        piece = Piece(
            "",
            [declared],
            [Method(name, [], "void", check, "", private=True)],
            create=[f"this.{role}.value = Txn.sender"],
            rules=[f"The creator of the application is its {role}; check that in a private method."],
        )
        return Guard(f"this.{name}()", f"the {role}", piece)
    if form == "passed":
        piece = Piece(
            "",
            [declared],
            create=[f"this.{role}.value = {role}"],
            create_params=[(role, "Account", f"the {role}'s account")],
            rules=[f"The {role} is named when the application is created."],
        )
        return Guard(check, f"the {role}", piece)
    member = dice.pick("operator", "editor", "moderator")
    piece = Piece(
        "",
        [f"{member}s = BoxMap<Account, boolean>({{ keyPrefix: '{member[0]}' }})"],
        [
            Method(
                f"add{member.capitalize()}",
                [("account", "Account")],
                "void",
                join(
                    "assert(Txn.sender === Global.creatorAddress, 'only the creator can do this')",
                    f"this.{member}s(account).value = true",
                ),
                f"makes an account {'an' if member[0] in 'oe' else 'a'} {member}; only the creator may do it",
            ),
            Method(
                f"remove{member.capitalize()}",
                [("account", "Account")],
                "void",
                join(
                    "assert(Txn.sender === Global.creatorAddress, 'only the creator can do this')",
                    f"assert(this.{member}s(account).exists, 'no such {member}')",
                    f"this.{member}s(account).delete()",
                ),
                f"takes the role of {member} away again; only the creator may do it",
            ),
        ],
        rules=[f"Keep the {member}s in boxes."],
    )
    return Guard(
        f"assert(this.{member}s(Txn.sender).exists, 'only {member}s can do this')",
        f"{'an' if member[0] in 'oe' else 'a'} {member}",
        piece,
    )


def pause(dice: Dice, access: Guard) -> tuple[Piece, str]:
    """A switch that stops guarded methods, and the statement that checks it."""
    word = dice.pick("paused", "stopped", "locked")
    if dice.chance(0.5):
        piece = Piece(
            "",
            [f"{word} = GlobalState<boolean>({{ initialValue: false }})"],
            [
                Method(
                    f"set{word.capitalize()}",
                    [("value", "boolean")],
                    "void",
                    join(access.line, f"this.{word}.value = value"),
                    f"switches the contract to {word} or back"
                    + (f"; only {access.who} may do it" if access.line else ""),
                )
            ],
            rules=[f"While the contract is {word}, nothing else can be changed."],
        )
    else:
        verb = {"paused": "pause", "stopped": "stop", "locked": "lock"}[word]
        back = {"pause": "resume", "stop": "start", "lock": "unlock"}[verb]
        limit = f"; only {access.who} may do it" if access.line else ""
        piece = Piece(
            "",
            [f"{word} = GlobalState<boolean>({{ initialValue: false }})"],
            [
                Method(
                    verb, [], "void", join(access.line, f"this.{word}.value = true"), f"{verb}s the contract{limit}"
                ),
                Method(back, [], "void", join(access.line, f"this.{word}.value = false"), f"{back}s it again{limit}"),
            ],
            rules=[f"While the contract is {word}, nothing else can be changed."],
        )
    return piece, f"assert(!this.{word}.value, 'the contract is {word}')"


def lifecycle(dice: Dice, access: Guard) -> Piece:
    """Rules for updating and deleting the application."""
    form = dice.pick("both", "delete", "update", "conventional")
    line = access.line or "assert(Txn.sender === Global.creatorAddress, 'only the creator can do this')"
    who = access.who if access.line else "the creator"
    if form == "both":
        return Piece(
            "",
            methods=[
                Method(
                    "maintain",
                    [],
                    "void",
                    line,
                    f"accepts an update or deletion of the application, from {who} only, as a bare call",
                    decorator="@baremethod({ allowActions: ['UpdateApplication', 'DeleteApplication'] })",
                )
            ],
        )
    if form == "delete":
        return Piece(
            "",
            methods=[
                Method(
                    "retire",
                    [],
                    "void",
                    line,
                    f"deletes the application, from {who} only, as a bare call",
                    decorator="@baremethod({ allowActions: 'DeleteApplication' })",
                )
            ],
        )
    if form == "update":
        return Piece(
            "",
            methods=[
                Method(
                    "upgrade",
                    [],
                    "void",
                    line,
                    f"updates the application, from {who} only",
                    decorator="@abimethod({ allowActions: 'UpdateApplication' })",
                )
            ],
        )
    return Piece(
        "",
        methods=[
            Method("deleteApplication", [], "void", line, f"deletes the application; only {who} may do it"),
            Method("updateApplication", [], "void", line, f"updates the application; only {who} may do it"),
        ][: dice.pick(1, 2)],
    )


def extras(dice: Dice, access: Guard) -> list[Piece]:
    """Pieces that any contract can carry: the guard's own, and at times rules for its life cycle."""
    pieces = [access.piece]
    if dice.chance(0.18):
        pieces.append(lifecycle(dice, access))
    return pieces


def only(access: Guard) -> str:
    """``; only the owner may do it``, or nothing."""
    return f"; only {access.who} may do it" if access.line else ""
