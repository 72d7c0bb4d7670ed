"""Composing contracts in Algorand TypeScript from pieces, and the request for the whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from algorand_coder.instruct.patterns.base import Draft, Unfit
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import listed
from algorand_coder.instruct.patterns.typescript import block, code, contract_module, inner, join
from algorand_coder.records import Category, Kind


@dataclass
class Method:
    """A method of a contract."""

    name: str
    params: list[tuple[str, str]]
    returns: str
    body: str
    says: str
    """What it does, third person, without its name: ``adds one and returns the total``."""
    readonly: bool = False
    decorator: str = ""
    """Overrides the decorator, for life-cycle methods."""
    private: bool = False

    @property
    def marked(self) -> str:
        """What it does, with a word on read-only methods."""
        return f"{self.says} (read-only)" if self.readonly else self.says

    @property
    def head(self) -> str:
        """Name, parameters and return type as TypeScript."""
        return f"{self.name}({', '.join(f'{name}: {kind}' for name, kind in self.params)}): {self.returns}"


_NEXT_PARAMETER = re.compile(r", (?=\w+: )")


def parsed(signature: str) -> tuple[list[tuple[str, str]], str]:
    """Parameters (name, type) and return type of ``(a: uint64, b: string): void``."""
    inside, _, returns = signature.removeprefix("(").rpartition("): ")
    pairs = [part.partition(": ") for part in _NEXT_PARAMETER.split(inside) if part]
    return [(name, kind) for name, _, kind in pairs], returns


def uint(*names: str) -> list[tuple[str, str]]:
    """uint64 parameters."""
    return [(name, "uint64") for name in names]


def pure(name: str, params: list[tuple[str, str]], returns: str, body: str, says: str) -> Method:
    """A read-only method."""
    return Method(name, params, returns, code(body), says, readonly=True)


@dataclass
class Piece:
    """A feature of a contract."""

    gist: str
    """Third-person phrase that sums the feature up: ``counts visits``."""
    state: list[str] = field(default_factory=list)
    methods: list[Method] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    """Module-level types, constants and functions."""
    create: list[str] = field(default_factory=list)
    create_params: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, type and words of what the creator passes."""
    rules: list[str] = field(default_factory=list)
    """Requirements that belong to no single method, as sentences."""

    def write(self, name: str, signature: str, says: str, *lines: str) -> None:
        """Add a public method; ``signature`` is ``(parameters): type``."""
        self.methods.append(Method(name, *parsed(signature), join(*lines), says))

    def read(self, name: str, signature: str, says: str, *lines: str) -> None:
        """Add a read-only method."""
        self.methods.append(Method(name, *parsed(signature), join(*lines), says, readonly=True))

    def hide(self, name: str, signature: str, *lines: str) -> None:
        """Add a private method, which a request does not mention."""
        self.methods.append(Method(name, *parsed(signature), join(*lines), "", private=True))


def source_of(dice: Dice, class_name: str, pieces: Sequence[Piece]) -> tuple[str, list[Method]]:
    """The contract's text and its methods in order, creation first."""
    explicit = dice.chance(0.55)
    readonly_style = dice.pick("@abimethod({ readonly: true })", "@readonly")
    params = [param for piece in pieces for param in piece.create_params]
    statements = [line for piece in pieces for line in piece.create]
    methods = [method for piece in pieces for method in piece.methods]
    creation: list[Method] = []
    if statements:
        words = "sets the application up" + (f" with {listed([says for _, _, says in params])}" if params else "")
        arguments = [(name, kind) for name, kind, _ in params]
        if dice.chance(0.5):
            creation = [
                Method(
                    "createApplication",
                    arguments,
                    "void",
                    join(*statements),
                    words,
                    decorator="" if not explicit else "@abimethod({ onCreate: 'require' })",
                )
            ]
        elif arguments or dice.chance(0.6):
            creation = [
                Method(
                    dice.pick("create", "initialise"),
                    arguments,
                    "void",
                    join(*statements),
                    words,
                    decorator="@abimethod({ onCreate: 'require' })",
                )
            ]
        else:
            creation = [
                Method("create", [], "void", join(*statements), words, decorator="@baremethod({ onCreate: 'require' })")
            ]
    state = [line for piece in pieces for line in piece.state]
    refuse_clashes([*(line.split(" ")[0] for line in state), *(m.name for m in [*creation, *methods])])
    public = [*creation, *(m for m in methods if not m.private)]
    private = [m for m in methods if m.private]
    rendered = [render_method(m, explicit, readonly_style) for m in [*public, *private]]
    gap_state = "\n\n" if dice.chance(0.3) and len(state) > 1 else "\n"
    body = "\n\n".join([gap_state.join(state)] * bool(state) + rendered)
    types = [text for piece in pieces for text in piece.types]
    return (
        contract_module(join(*types, f"export class {class_name} extends Contract {{\n{inner(body)}\n}}", gap=2)),
        public,
    )


def refuse_clashes(names: Sequence[str]) -> None:
    """Raise :class:`Unfit` when two members of a contract have the same name."""
    if len(set(names)) < len(names):
        raise Unfit(f"members clash: {sorted(names)}")


def render_method(method: Method, explicit: bool, readonly_style: str) -> str:
    """One method with its decorator."""
    decorator = method.decorator or (
        readonly_style if method.readonly else "@abimethod()" if explicit and not method.private else ""
    )
    if (
        method.name
        in {
            "createApplication",
            "updateApplication",
            "deleteApplication",
            "optInToApplication",
            "closeOutOfApplication",
        }
        and not method.decorator
    ):
        decorator = ""
    head = method.head
    if len(head) > 100:
        head = (
            f"{method.name}(\n"
            + inner(",\n".join(f"{name}: {kind}" for name, kind in method.params) + ",")
            + f"\n): {method.returns}"
        )
    return join(
        decorator, block(("private " if method.private else "") + head, method.body) if method.body else f"{head} {{}}"
    )


OPENINGS = (
    ("Write an Algorand smart contract in TypeScript{name} that {gist}.", 12),
    ("Write an Algorand TypeScript contract{name} that {gist}.", 12),
    ("I need a smart contract{name} that {gist}.", 8),
    ("Create a contract{name} that {gist}.", 8),
    ("Implement an ARC-4 contract{name} that {gist}.", 7),
    ("Build a contract for Algorand{name}: it {gist}.", 5),
    ("How would I write an Algorand contract{name} that {gist}?", 5),
    ("Using algorand-typescript, write a contract{name} that {gist}.", 6),
    ("Design a small on-chain application{name} that {gist}.", 4),
    ("Give me a Puya TypeScript contract{name} that {gist}.", 4),
)


def contract_draft(
    dice: Dice, class_names: Sequence[str], pieces: Sequence[Piece], category: Category, kind: Kind = Kind.CONTRACT
) -> Draft:
    """A contract of ``pieces`` and a request for exactly that; the first piece gives the gist."""
    class_name = dice.one(class_names)
    source, methods = source_of(dice, class_name, pieces)
    gist = listed([piece.gist for piece in pieces if piece.gist])
    rules = [rule for piece in pieces for rule in piece.rules]
    spoken = [method for method in methods if method.says]
    way = dice.weighted([("bullets", 28), ("prose", 28), ("interface", 32), ("signatures", 12)])
    named = dice.chance(0.75) if way in {"bullets", "signatures"} else dice.chance(0.25)
    text = dice.weighted(OPENINGS).format(name=f" `{class_name}`" if named else "", gist=gist)
    shown = ""
    if way == "bullets":
        text += (
            " "
            + dice.pick("Methods:", "It has these methods:", "The interface:")
            + "\n"
            + "\n".join(f"- `{m.head}` {m.marked}" for m in spoken)
        )
        if rules:
            text += "\n" + " ".join(rules)
    elif way == "prose":
        text += " " + prose(dice, spoken, rules)
    elif way == "interface":
        text += (" " + " ".join(rules)) if rules else ""
        shown = (f"contract {class_name}\n" if named or dice.chance(0.5) else "") + "\n".join(
            f"{m.head}  // {m.marked}" for m in spoken
        )
    else:
        text += " " + prose(dice, spoken, rules)
        shown = "Interface:\n" + "\n".join(m.head for m in spoken)
    return Draft(text, shown, source, category, kind)


_CREATION = frozenset({"createApplication", "create", "initialise"})


def prose(dice: Dice, methods: Sequence[Method], rules: Sequence[str]) -> str:
    """Methods in running text without their names."""
    starts = dice.pick(
        ("One method {says}.", "Another {says}.", "A further one {says}.", "Yet another {says}."),
        ("A first method {says}.", "A second one {says}.", "A third one {says}.", "One more {says}."),
    )
    sentences = []
    callable_methods = [m for m in methods if m.says]
    index = 0
    others = [m for m in callable_methods if not m.readonly and m.name not in _CREATION]
    for method in callable_methods:
        if method.name in _CREATION:
            sentences.append(f"Creation {method.says}.")
        elif method.readonly:
            sentences.append(
                dice.pick("A read-only method {says}.", "A read-only call {says}.").format(says=method.says)
            )
        elif len(others) == 1:
            only = "Its method {says}." if len(callable_methods) == 1 else "One method {says}."
            sentences.append(only.format(says=method.says))
        else:
            sentences.append(starts[min(index, len(starts) - 1)].format(says=method.says))
            index += 1
    return " ".join([*sentences, *rules])
