"""Steps that follow one another, cooldowns, turns and small games."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Draft, Family
from algorand_coder.instruct.patterns.contracts.compose import Method, Piece, contract_draft
from algorand_coder.instruct.patterns.contracts.guards import NOBODY, extras, guard, only
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import block, join
from algorand_coder.records import Category

FAMILY = Family("contract_logic")
CONTRACTS = Category.CONTRACTS


@FAMILY.recipe("step-sequence", share=6)
def step_sequence(dice: Dice) -> Draft:
    """Steps that follow one another and nothing else."""
    access = guard(dice)
    names = dice.pick(
        ("draft", "review", "published"),
        ("ordered", "shipped", "delivered"),
        ("planned", "building", "finished"),
        ("applied", "accepted", "enrolled"),
    )
    verbs = {
        "draft": ("submit", "publish"),
        "ordered": ("ship", "confirm"),
        "planned": ("build", "finish"),
        "applied": ("accept", "enrol"),
    }[names[0]]
    upper = [n.upper() for n in names]
    events = dice.chance(0.45)
    piece = Piece(f"moves through the steps {names[0]}, {names[1]} and {names[2]}, in that order only")
    piece.types = ["\n".join(f"const {n}: uint64 = {i}" for i, n in enumerate(upper))]
    if events:
        piece.types.append("type StepChanged = { previous: uint64; current: uint64 }")
        piece.rules.append("Emit an event with the previous and the new step at each change.")
    piece.state = [f"step = GlobalState<uint64>({{ initialValue: {upper[0]} }})"]

    def emit_line(old: str, new: str) -> str:
        return f"emit<StepChanged>({{ previous: {old}, current: {new} }})" if events else ""

    helper = dice.chance(0.4)
    if helper:
        for verb, old, new in ((verbs[0], upper[0], upper[1]), (verbs[1], upper[1], upper[2])):
            piece.write(
                verb,
                "(): void",
                f"moves from {old.lower()} to {new.lower()}{only(access)}",
                access.line,
                f"this.advance({old}, {new})",
            )
        piece.hide(
            "advance",
            "(expected: uint64, next: uint64): void",
            "assert(this.step.value === expected, 'not now')",
            "this.step.value = next",
            emit_line("expected", "next"),
        )
        piece.rules.append("Share the transition in a private method.")
    else:
        for verb, old, new in ((verbs[0], upper[0], upper[1]), (verbs[1], upper[1], upper[2])):
            piece.write(
                verb,
                "(): void",
                f"moves from {old.lower()} to {new.lower()} and fails in any other step{only(access)}",
                access.line,
                f"assert(this.step.value === {old}, 'only possible while {old.lower()}')",
                f"this.step.value = {new}",
                emit_line(old, new),
            )
    if dice.chance(0.5):
        piece.read(
            "isDone", "(): boolean", "tells whether the last step is reached", f"return this.step.value === {upper[2]}"
        )
    if dice.chance(0.4):
        piece.read(
            "label",
            "(): string",
            "returns the current step as text",
            f"if (this.step.value === {upper[0]}) {{\n  return '{names[0]}'\n}}\nreturn this.step.value ==="
            f" {upper[1]} ? '{names[1]}' : '{names[2]}'",
        )
    names_out: tuple[str, ...] = ("Workflow", "Process", "OrderStatus", "Progress")
    used = any(access.line and access.line in m.body for m in piece.methods)
    return contract_draft(dice, names_out, [piece, *(extras(dice, access) if used else [])], CONTRACTS)


@FAMILY.recipe("cooldown", share=4)
def cooldown(dice: Dice) -> Draft:
    """Actions that must wait for one another."""
    access = guard(dice)
    wait = dice.pick("10", "100", "1_000")
    each = dice.chance(0.6)
    piece = Piece(
        "lets " + ("each account" if each else "somebody") + f" act only every {wait.replace('_', ',')} rounds"
    )
    piece.types = [f"const COOLDOWN: uint64 = {wait}"]
    if each:
        piece.state = [
            "lastAction = BoxMap<Account, uint64>({ keyPrefix: 'l' })",
            "actions = GlobalState<uint64>({ initialValue: 0 })",
        ]
        check = block(
            "if (this.lastAction(Txn.sender).exists)",
            "assert(Global.round >= this.lastAction(Txn.sender).value + COOLDOWN, 'too soon')",
        )
        stamp = "this.lastAction(Txn.sender).value = Global.round"
    else:
        piece.state = [
            "lastAction = GlobalState<uint64>({ initialValue: 0 })",
            "actions = GlobalState<uint64>({ initialValue: 0 })",
        ]
        check, stamp = (
            "assert(this.actions.value === 0 || Global.round >= this.lastAction.value + COOLDOWN, 'too soon')",
            "this.lastAction.value = Global.round",
        )
    piece.write(
        dice.pick("act", "tick", "harvest", "water"),
        "(): uint64",
        "counts one action, fails when it comes too soon, and returns the number of all actions",
        check,
        stamp,
        "this.actions.value += 1",
        "return this.actions.value",
    )
    if dice.chance(0.6):
        piece.methods.append(
            Method(
                "waiting",
                [("account", "Account")] if each else [],
                "uint64",
                join(
                    f"if ({'!this.lastAction(account).exists' if each else 'this.actions.value === 0'}) {{\n"
                    "  return 0\n}",
                    f"const ready: uint64 = this.lastAction{'(account)' if each else ''}.value + COOLDOWN",
                    "return ready > Global.round ? ready - Global.round : 0",
                ),
                "returns how many rounds are left to wait",
                readonly=True,
            )
        )
    names_out = ("Cooldown", "Garden", "Heartbeat", "Pacer")
    access = NOBODY
    used = any(access.line and access.line in m.body for m in piece.methods)
    return contract_draft(dice, names_out, [piece, *(extras(dice, access) if used else [])], CONTRACTS)


@FAMILY.recipe("turn-taking", share=3)
def turn_taking(dice: Dice) -> Draft:
    """Two players who alternate."""
    access = guard(dice)
    piece = Piece("keeps two players to their turns")
    piece.state = [
        "first = GlobalState<Account>()",
        "second = GlobalState<Account>()",
        "moves = GlobalState<uint64>({ initialValue: 0 })",
    ]
    piece.create = ["this.first.value = Txn.sender", "this.second.value = opponent"]
    piece.create_params = [("opponent", "Account", "the second player")]
    check = dice.pick(
        "const isFirst: boolean = this.moves.value % 2 === 0\nassert(Txn.sender === (isFirst ? this.first.value"
        " : this.second.value), 'not your turn')",
        "if (this.moves.value % 2 === 0) {\n  assert(Txn.sender === this.first.value, 'not your turn')\n} else"
        " {\n  assert(Txn.sender === this.second.value, 'not your turn')\n}",
    )
    record = dice.chance(0.5)
    if record:
        piece.state.append("board = BoxMap<uint64, uint64>({ keyPrefix: 'b' })")
    piece.write(
        "play",
        "(square: uint64): uint64",
        "makes a move on one of nine squares in turn and returns the number of moves"
        + ("; a square can be taken once" if record else ""),
        check,
        "assert(square < 9, 'no such square')",
        "assert(!this.board(square).exists, 'taken')\nthis.board(square).value = this.moves.value" if record else "",
        "this.moves.value += 1",
        "return this.moves.value",
    )
    if dice.chance(0.6):
        piece.read(
            "next",
            "(): Account",
            "returns whose turn it is",
            "return this.moves.value % 2 === 0 ? this.first.value : this.second.value",
        )
    names_out = ("Game", "Match", "Parlour", "Duel")
    access = NOBODY
    used = any(access.line and access.line in m.body for m in piece.methods)
    return contract_draft(dice, names_out, [piece, *(extras(dice, access) if used else [])], CONTRACTS)


@FAMILY.recipe("secret-guess", share=2)
def secret_guess(dice: Dice) -> Draft:
    """Guesses against a committed secret."""
    access = guard(dice)
    piece = Piece("lets people guess a secret number that was committed to as a hash")
    piece.state = [
        "secretHash = GlobalState<bytes>()",
        "guesses = BoxMap<Account, uint64>({ keyPrefix: 'g' })",
        "answer = GlobalState<uint64>()",
    ]
    piece.create, piece.create_params = (
        ["assert(hash.length === 32, 'not a hash')", "this.secretHash.value = hash"],
        [("hash", "bytes", "the SHA-256 hash of the secret")],
    )
    piece.write(
        "guess",
        "(value: uint64): void",
        "stores one guess for each account until the secret is revealed",
        "assert(!this.answer.hasValue, 'revealed already')",
        "assert(!this.guesses(Txn.sender).exists, 'one guess each')",
        "this.guesses(Txn.sender).value = value",
    )
    piece.write(
        "reveal",
        "(value: uint64, salt: bytes): void",
        "reveals the number with its salt; their concatenation must hash to the commitment; only the creator may do it",
        "assert(Txn.sender === Global.creatorAddress, 'only the creator can reveal')",
        "assert(op.sha256(op.itob(value).concat(salt)) === this.secretHash.value, 'that is not the secret')",
        "this.answer.value = value",
    )
    piece.read(
        "hasWon",
        "(account: Account): boolean",
        "tells whether an account guessed right",
        "if (!this.answer.hasValue || !this.guesses(account).exists) {\n  return false\n}",
        "return this.guesses(account).value === this.answer.value",
    )
    names_out = ("Game", "Match", "Parlour", "Duel")
    access = NOBODY
    used = any(access.line and access.line in m.body for m in piece.methods)
    return contract_draft(dice, names_out, [piece, *(extras(dice, access) if used else [])], CONTRACTS)


@FAMILY.recipe("match-pile", share=2)
def match_pile(dice: Dice) -> Draft:
    """A pile from which the last piece wins."""
    access = guard(dice)
    piece = Piece("keeps a pile of matches from which the caller takes one to three; whoever takes the last one wins")
    pile = dice.pick(15, 21, 30)
    piece.state = [f"pile = GlobalState<uint64>({{ initialValue: {pile} }})", "winner = GlobalState<Account>()"]
    piece.write(
        "take",
        "(count: uint64): uint64",
        f"takes one to three matches from a pile of {pile} at first and returns what is left; taking the"
        " last one makes the caller the winner",
        "assert(count >= 1 && count <= 3, 'take one to three')",
        "assert(count <= this.pile.value, 'not that many left')",
        "this.pile.value -= count",
        block("if (this.pile.value === 0)", "this.winner.value = Txn.sender"),
        "return this.pile.value",
    )
    piece.read(
        "result",
        "(): Account",
        "returns the winner and fails before there is one",
        "assert(this.winner.hasValue, 'nobody has won yet')",
        "return this.winner.value",
    )
    if dice.chance(0.5):
        piece.write(
            "restart",
            "(): void",
            "starts over once the pile is empty",
            "assert(this.pile.value === 0, 'still playing')",
            f"this.pile.value = {pile}",
            "this.winner.delete()",
        )
    names_out = ("Game", "Match", "Parlour", "Duel")
    access = NOBODY
    used = any(access.line and access.line in m.body for m in piece.methods)
    return contract_draft(dice, names_out, [piece, *(extras(dice, access) if used else [])], CONTRACTS)
