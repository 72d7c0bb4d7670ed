"""Structs as arguments, results and state: type aliases and ARC-4 structs."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Draft, Family
from algorand_coder.instruct.patterns.contracts.compose import Method, Piece, contract_draft, pure, uint
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import article
from algorand_coder.instruct.patterns.typescript import block, join
from algorand_coder.records import Category

FAMILY = Family("contract_logic")
CONTRACTS = Category.CONTRACTS


@FAMILY.recipe("struct-types", share=12)
def struct_types(dice: Dice) -> Draft:
    """Structs as arguments, results and state: type aliases and ARC-4 structs."""
    name, fields = dice.pick(
        ("Point", [("x", "uint64"), ("y", "uint64")]),
        ("Rectangle", [("width", "uint64"), ("height", "uint64")]),
        ("Price", [("net", "uint64"), ("tax", "uint64")]),
        ("Interval", [("start", "uint64"), ("end", "uint64")]),
        ("Score", [("home", "uint64"), ("away", "uint64")]),
        ("Ration", [("grams", "uint64"), ("calories", "uint64")]),
    )
    a, b = fields[0][0], fields[1][0]
    arc4_style = dice.chance(0.35)
    low = name.lower()
    piece = Piece(f"works with a struct {name} of {a} and {b}")
    if arc4_style:
        piece.types = [f"class {name} extends arc4.Struct<{{ {a}: arc4.Uint64; {b}: arc4.Uint64 }}> {{}}"]
        piece.rules.append(f"Declare {name} as an ARC-4 struct with 64-bit fields.")
        make = f"new {name}({{ {a}: new arc4.Uint64({a}), {b}: new arc4.Uint64({b}) }})"
        get = {k: f"{low}.{k}.asUint64()" for k in (a, b)}
        stored = {k: f"this.current.value.{k}.asUint64()" for k in (a, b)}
    else:
        piece.types = [
            (
                f"type {name} = {{ {a}: uint64; {b}: uint64 }}"
                if dice.chance(0.6)
                else block(f"type {name} =", f"{a}: uint64\n{b}: uint64")
            )
        ]
        make = f"{{ {a}, {b} }}"
        get = {k: f"{low}.{k}" for k in (a, b)}
        stored = {k: f"this.current.value.{k}" for k in (a, b)}
    library = [
        pure("make", uint(a, b), name, f"return {make}", f"builds {article(name)} from two numbers"),
        pure(
            "combine",
            [(low, name)],
            "uint64",
            f"return {get[a]} + {get[b]}",
            f"returns the sum of both fields of {article(name)}",
        ),
        pure(
            "product",
            [(low, name)],
            "uint64",
            f"return {get[a]} * {get[b]}",
            f"returns the product of both fields of {article(name)}",
        ),
        pure("dominant", [(low, name)], "boolean", f"return {get[a]} > {get[b]}", f"tells whether {a} exceeds {b}"),
        pure(
            "spread",
            [(low, name)],
            "uint64",
            f"const a: uint64 = {get[a]}\nconst b: uint64 = {get[b]}\nreturn a > b ? a - b : b - a",
            f"returns the distance between {a} and {b}",
        ),
        pure(
            "doubled",
            [(low, name)],
            name,
            (
                f"return new {name}({{\n  {a}: new arc4.Uint64({get[a]} * 2),\n  {b}: new arc4.Uint64({get[b]} *"
                " 2),\n})"
                if arc4_style
                else f"return {{ {a}: {get[a]} * 2, {b}: {get[b]} * 2 }}"
            ),
            f"returns {article(name)} with both fields doubled",
        ),
        pure(
            "valid",
            [(low, name)],
            "boolean",
            f"return {get[a]} <= {get[b]} && {get[b]} > 0",
            f"tells whether {a} is at most {b} and {b} is not zero",
        ),
    ]
    piece.methods = dice.some(library, 2, 3)
    form = dice.weighted([("none", 35), ("global", 40), ("box", 25)])
    copy = f"clone({low})"
    if form == "global":
        piece.gist = f"stores a struct {name} of {a} and {b} in global state"
        piece.state = [f"current = GlobalState<{name}>()"]
        checks = f"assert({get[a]} <= {get[b]}, '{a} exceeds {b}')" if dice.chance(0.4) else ""
        piece.methods.append(
            Method(
                "store",
                [(low, name)],
                "void",
                join(checks, f"this.current.value = {copy}"),
                f"stores {article(name)}" + (f" and refuses one whose {a} exceeds its {b}" if checks else ""),
            )
        )
        piece.methods.append(
            pure("stored", [], "uint64", f"return {stored[a]} + {stored[b]}", "returns the sum of both stored fields")
        )
    elif form == "box":
        piece.gist = f"stores a struct {name} of {a} and {b} for each account in a box"
        piece.state = [f"mine = BoxMap<Account, {name}>({{ keyPrefix: '{low[0]}' }})"]
        piece.methods.append(
            Method(
                "save",
                [(low, name)],
                "void",
                f"this.mine(Txn.sender).value = {copy}",
                f"stores {article(name)} for the caller",
            )
        )
        piece.methods.append(
            Method(
                "load",
                [("account", "Account")],
                name,
                join(
                    "assert(this.mine(account).exists, 'nothing stored')" if dice.chance(0.6) else "",
                    f"return {'clone(this.mine(account).value)' if dice.chance(0.5) else 'this.mine(account).value'}",
                ),
                f"returns the {name} of an account",
                readonly=True,
            )
        )
    return contract_draft(
        dice,
        (f"{name}Store", f"{name}Box", "Geometry" if name in {"Point", "Rectangle"} else f"{name}Desk", f"{name}App"),
        [piece],
        CONTRACTS,
    )
