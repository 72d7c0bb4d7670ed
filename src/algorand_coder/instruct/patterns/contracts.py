"""Composing contracts in Algorand TypeScript: pieces with state and methods, guards, and the request for the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from algorand_coder.instruct.patterns.base import Draft, Unfit
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import capitalised, listed
from algorand_coder.instruct.patterns.typescript import block, code, contract_module, inner, join
from algorand_coder.records import Category, Kind

ABI = {
    "uint64": "uint64",
    "string": "string",
    "boolean": "bool",
    "bytes": "byte[]",
    "Account": "address",
    "biguint": "uint512",
    "Asset": "uint64",
    "Application": "uint64",
    "void": "void",
    "bytes<32>": "byte[32]",
    "gtxn.PaymentTxn": "pay",
    "gtxn.AssetTransferTxn": "axfer",
    "gtxn.Transaction": "txn",
}


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


@dataclass
class Guard:
    """Who may call the guarded methods."""

    line: str
    """Statement at the top of a guarded method; empty where anybody may call."""
    who: str
    piece: Piece


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
    way = dice.weighted([("bullets", 34), ("prose", 26), ("interface", 28), ("signatures", 12)])
    named = dice.chance(0.75) if way != "prose" else dice.chance(0.25)
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


def prose(dice: Dice, methods: Sequence[Method], rules: Sequence[str]) -> str:
    """Methods in running text without their names."""
    starts = dice.pick(
        ("One method {says}.", "Another {says}.", "A further one {says}.", "Yet another {says}."),
        ("A first method {says}.", "A second one {says}.", "A third one {says}.", "One more {says}."),
    )
    sentences = []
    callable_methods = [m for m in methods if m.says]
    index = 0
    for method in callable_methods:
        if method.name in {"createApplication", "create", "initialise"}:
            sentences.append(f"Creation {method.says}.")
        elif method.readonly:
            sentences.append(
                dice.pick("A read-only method {says}.", "A read-only call {says}.").format(says=method.says)
            )
        elif len(callable_methods) == 1:
            sentences.append(dice.pick("Its method {says}.", "The only method {says}.").format(says=method.says))
        else:
            sentences.append(starts[min(index, len(starts) - 1)].format(says=method.says))
            index += 1
    return " ".join([*sentences, *rules])


@dataclass(frozen=True, slots=True)
class Thing:
    """What records are about."""

    place: str
    one: str
    many: str
    fields: tuple[tuple[str, str, str], ...]
    """Name, type and words of each field."""


THINGS = (
    Thing("Library", "book", "books", (("title", "string", "title"), ("copies", "uint64", "number of copies"))),
    Thing(
        "Garage",
        "car",
        "cars",
        (("plate", "string", "plate"), ("mileage", "uint64", "mileage"), ("sold", "boolean", "whether it is sold")),
    ),
    Thing("Clinic", "visit", "visits", (("patient", "Account", "patient"), ("slot", "uint64", "time slot"))),
    Thing("Farm", "harvest", "harvests", (("crop", "string", "crop"), ("kilos", "uint64", "weight in kilograms"))),
    Thing(
        "School",
        "course",
        "courses",
        (("title", "string", "title"), ("seats", "uint64", "seats"), ("open", "boolean", "whether it is open")),
    ),
    Thing(
        "Museum",
        "exhibit",
        "exhibits",
        (("label", "string", "label"), ("year", "uint64", "year"), ("lender", "Account", "lender")),
    ),
    Thing(
        "Depot",
        "parcel",
        "parcels",
        (
            ("weight", "uint64", "weight"),
            ("receiver", "Account", "receiver"),
            ("delivered", "boolean", "whether it is delivered"),
        ),
    ),
    Thing("Gallery", "artwork", "artworks", (("artist", "Account", "artist"), ("price", "uint64", "price"))),
    Thing("Radio", "song", "songs", (("title", "string", "title"), ("plays", "uint64", "number of plays"))),
    Thing(
        "Kitchen",
        "dish",
        "dishes",
        (("name", "string", "name"), ("minutes", "uint64", "preparation time"), ("servings", "uint64", "servings")),
    ),
    Thing(
        "Shelter",
        "animal",
        "animals",
        (("name", "string", "name"), ("age", "uint64", "age"), ("adopted", "boolean", "whether it is adopted")),
    ),
    Thing(
        "Harbour",
        "boat",
        "boats",
        (("name", "string", "name"), ("berth", "uint64", "berth"), ("skipper", "Account", "skipper")),
    ),
    Thing("Archive", "document", "documents", (("hash", "bytes", "hash"), ("pages", "uint64", "number of pages"))),
    Thing(
        "League",
        "team",
        "teams",
        (("name", "string", "name"), ("points", "uint64", "points"), ("wins", "uint64", "wins")),
    ),
    Thing(
        "Nursery", "plant", "plants", (("species", "string", "species"), ("height", "uint64", "height in millimetres"))
    ),
    Thing(
        "Studio",
        "session",
        "sessions",
        (("band", "string", "band"), ("hours", "uint64", "length in hours"), ("paid", "boolean", "whether it is paid")),
    ),
)

COUNTED = (
    ("visits", "visit", "VisitCounter"),
    ("orders", "order", "OrderTally"),
    ("laps", "lap", "LapCounter"),
    ("downloads", "download", "DownloadMeter"),
    ("repairs", "repair", "RepairLog"),
    ("guests", "guest", "GuestCount"),
    ("deliveries", "delivery", "DeliveryBoard"),
    ("scans", "scan", "ScanCounter"),
    ("votes", "vote", "VoteTally"),
    ("trees", "tree", "TreeCount"),
    ("goals", "goal", "ScoreBoard"),
    ("rides", "ride", "RideMeter"),
)

SAMPLES = {"string": "a text", "uint64": "a number", "boolean": "a flag", "Account": "an account", "bytes": "bytes"}


def record_type(name: str, fields: Sequence[tuple[str, str, str]], dice: Dice) -> str:
    """A type alias for a record, on one line where it is short."""
    one_line = f"type {name} = {{ " + "; ".join(f"{n}: {t}" for n, t, _ in fields) + " }"
    if len(one_line) <= 80 and dice.chance(0.6):
        return one_line
    return block(f"type {name} =", "\n".join(f"{n}: {t}" for n, t, _ in fields))


def indented(text: str) -> str:
    """Dedented code, for bodies."""
    return code(text)


def sentence(text: str) -> str:
    """``text`` as a sentence."""
    return capitalised(text.rstrip(".")) + "."
