"""Contracts that offer functions of the library: numbers, bytes, arrays, assets, groups, the chain."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Draft, Family
from algorand_coder.instruct.patterns.contracts.compose import Method, Piece, contract_draft
from algorand_coder.instruct.patterns.contracts.library import methods
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import block
from algorand_coder.records import Category

FAMILY = Family("contract_logic")
CONTRACTS = Category.CONTRACTS


@FAMILY.recipe("calculator-kit", share=22)
def calculator_kit(dice: Dice) -> Draft:
    """Some pure functions, at times with a counter of uses or a remembered result."""
    chosen_methods = dice.shuffled(dice.some(methods("arithmetic"), 2, 4))
    piece = Piece("offers arithmetic to other programs and has no state of its own", methods=chosen_methods)
    if dice.chance(0.3):
        chosen = next((m for m in chosen_methods if m.returns == "uint64"), None)
        if chosen:
            piece.gist = "offers arithmetic and remembers its last result"
            piece.state = ["lastResult = GlobalState<uint64>({ initialValue: 0 })"]
            arguments = ", ".join(n for n, _ in chosen.params)
            piece.methods.append(
                Method(
                    f"{chosen.name}AndStore",
                    chosen.params,
                    "uint64",
                    f"this.lastResult.value = this.{chosen.name}({arguments})\nreturn this.lastResult.value",
                    f"does the same as `{chosen.name}`, stores the result and returns it",
                )
            )
            if dice.chance(0.6):
                piece.read("last", "(): uint64", "returns the stored result", "return this.lastResult.value")
    elif dice.chance(0.35):
        chosen = chosen_methods[0]
        kinds = ", ".join(f"{n}: {t}" for n, t in chosen.params)
        piece.types = [
            block(f"function compute{chosen.name[0].upper()}{chosen.name[1:]}({kinds}): {chosen.returns}", chosen.body)
        ]
        chosen.body = (
            f"return compute{chosen.name[0].upper()}{chosen.name[1:]}({', '.join(n for n, _ in chosen.params)})"
        )
        piece.rules.append("Put the first computation into a function outside the class.")
    return contract_draft(
        dice, ("Calculator", "MathKit", "Arithmetic", "NumberTools", "Formulas", "Abacus"), [piece], CONTRACTS
    )


@FAMILY.recipe("bytes-kit", share=14)
def bytes_kit(dice: Dice) -> Draft:
    """Hashes, texts and bits; at times a stored commitment."""
    piece = Piece("offers functions over texts and bytes", methods=dice.shuffled(dice.some(methods("bytes"), 2, 4)))
    if dice.chance(0.35):
        piece.gist = "offers functions over texts and bytes and keeps one commitment"
        piece.state = (
            ["commitment = GlobalState<bytes>()", "committer = GlobalState<Account>()"]
            if dice.chance(0.5)
            else ["commitment = GlobalState<bytes>()"]
        )
        with_owner = len(piece.state) == 2
        piece.write(
            "commit",
            "(hash: bytes): void",
            "stores a hash of 32 bytes, once",
            "assert(hash.length === 32, 'not a hash')",
            "assert(!this.commitment.hasValue, 'committed already')",
            "this.committer.value = Txn.sender" if with_owner else "",
            "this.commitment.value = hash",
        )
        piece.write(
            "reveal",
            "(secret: bytes): boolean",
            "tells whether a secret hashes to the stored value"
            + ("; only the committer may ask" if with_owner else ""),
            "assert(this.commitment.hasValue, 'nothing committed')",
            "assert(Txn.sender === this.committer.value, 'committed by somebody else')" if with_owner else "",
            "return op.sha256(secret) === this.commitment.value",
        )
    return contract_draft(dice, ("BytesKit", "HashDesk", "TextTools", "Encoder", "Notary"), [piece], CONTRACTS)


@FAMILY.recipe("array-kit", share=16)
def array_kit(dice: Dice) -> Draft:
    """Arrays, tuples, fixed-size and reference arrays, ARC-4 types."""
    piece = Piece(
        "works on arrays and tuples passed by the caller", methods=dice.shuffled(dice.some(methods("arrays"), 2, 4))
    )
    return contract_draft(dice, ("ArrayKit", "ListTools", "Statistics", "Collections", "Batch"), [piece], CONTRACTS)


@FAMILY.recipe("group-position", share=6)
def group_position(dice: Dice) -> Draft:
    """How a call sits in its group."""
    piece = Piece("checks how a call sits in its group", methods=dice.shuffled(dice.some(methods("group"), 2, 4)))
    return contract_draft(dice, ("GroupRules", "Checkpoint", "Doorman"), [piece], CONTRACTS)


@FAMILY.recipe("chain-context", share=6)
def chain_context(dice: Dice) -> Draft:
    """Questions about the call, the chain and the application."""
    piece = Piece("reports about the call, the chain and its own account")
    piece.methods = dice.shuffled(dice.some(methods("context"), 3, 4))
    return contract_draft(dice, ("ChainInfo", "WhereAmI", "Reporter"), [piece], CONTRACTS)


@FAMILY.recipe("asset-questions", share=6)
def asset_questions(dice: Dice) -> Draft:
    """Questions about assets."""
    piece = Piece("answers questions about assets and keeps nothing", methods=dice.some(methods("assets"), 2, 4))
    return contract_draft(dice, ("AssetInspector", "AssetFacts", "Lookup"), [piece], Category.ASSETS)
