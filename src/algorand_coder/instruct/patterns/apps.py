"""Applications that client programs talk to: their methods and state, as ABI signatures and TypeScript values."""

from __future__ import annotations

from dataclasses import dataclass

from algorand_coder.instruct.patterns.base import Arg
from algorand_coder.instruct.patterns.dice import Dice


@dataclass(frozen=True, slots=True)
class Param:
    """An ABI argument."""

    name: str
    abi: str
    says: str
    demo: str

    @property
    def type(self) -> str:
        """TypeScript type of the value a caller passes."""
        return TS_TYPES[self.abi]

    @property
    def arg(self) -> Arg:
        """As a parameter of generated code."""
        return Arg(self.name, self.type, self.says, self.demo)


TS_TYPES = {
    "uint64": "bigint",
    "uint8": "number",
    "string": "string",
    "address": "string",
    "bool": "boolean",
    "byte[]": "Uint8Array",
    "uint64[]": "bigint[]",
    "string[]": "string[]",
    "void": "void",
    "(string,uint64)": "[string, bigint]",
    "(uint64,uint64)": "[bigint, bigint]",
    "(string,bool)": "[string, boolean]",
}
"""What algokit-utils takes and gives for an ABI type."""


@dataclass(frozen=True, slots=True)
class Method:
    """An ABI method of an application."""

    name: str
    params: tuple[Param, ...]
    returns: str
    goal: str
    """Infinitive phrase without the method's name."""
    returning: str = ""
    pays: bool = False
    """True when its first argument is a payment to the application."""
    inner: int = 0
    """Inner transactions it makes, whose fees the caller covers."""

    @property
    def signature(self) -> str:
        """ABI signature: ``name(args)returns``."""
        types = (["pay"] if self.pays else []) + [param.abi for param in self.params]
        return f"{self.name}({','.join(types)}){self.returns}"

    @property
    def shown(self) -> str:
        """How a contract's source would show it."""
        parts = (["payment: pay"] if self.pays else []) + [f"{p.name}: {p.abi}" for p in self.params]
        return f"{self.name}({', '.join(parts)}): {self.returns}"


@dataclass(frozen=True, slots=True)
class Key:
    """A state key or a map of an application."""

    name: str
    type: str
    """TypeScript type after decoding."""
    says: str
    key_type: str = ""
    """For a map: the TypeScript type of its key."""
    abi: str = ""
    """ABI type of the value."""


@dataclass(frozen=True, slots=True)
class App:
    """An application of a story."""

    name: str
    noun: str
    methods: tuple[Method, ...]
    globals: tuple[Key, ...]
    locals: tuple[Key, ...]
    boxes: tuple[Key, ...]


def p(name: str, abi: str, says: str, demo: str) -> Param:
    """Short for :class:`Param`."""
    return Param(name, abi, says, demo)


SOMEBODY = "algorand.account.random().addr.toString()"

APPS = (
    App(
        "TicketOffice",
        "a ticket office",
        (
            Method(
                "reserveSeat",
                (p("seat", "uint64", "the seat number", "12n"),),
                "bool",
                "reserve a seat",
                "whether the seat was free",
            ),
            Method(
                "priceOf",
                (p("category", "string", "the seat category", "'balcony'"),),
                "uint64",
                "ask for the price of a seat category",
                "the price in microAlgos",
            ),
            Method(
                "buyTicket",
                (p("seat", "uint64", "the seat number", "12n"),),
                "uint64",
                "buy a ticket and pay for it in the same call",
                "the ticket number",
                pays=True,
            ),
            Method(
                "refund", (p("ticket", "uint64", "the ticket number", "3n"),), "void", "get a ticket refunded", inner=1
            ),
        ),
        (
            Key("ticketsSold", "bigint", "the number of tickets sold"),
            Key("venue", "string", "the name of the venue"),
            Key("price", "bigint", "the base price"),
        ),
        (Key("spent", "bigint", "what the account has spent"),),
        (Key("seats", "string", "the holder's address by seat number", "bigint", "address"),),
    ),
    App(
        "LibraryDesk",
        "a library desk",
        (
            Method(
                "lend",
                (p("title", "string", "the title", "'Dune'"), p("reader", "address", "the reader's address", SOMEBODY)),
                "uint64",
                "lend a book to a reader",
                "the loan number",
            ),
            Method(
                "giveBack",
                (p("loan", "uint64", "the loan number", "7n"),),
                "bool",
                "return a borrowed book",
                "whether it came back in time",
            ),
            Method(
                "copiesLeft",
                (p("title", "string", "the title", "'Dune'"),),
                "uint64",
                "find out how many copies of a title are left",
                "the number of copies",
            ),
            Method(
                "addTitles",
                (p("titles", "string[]", "the titles", "['Dune', 'Emma']"),),
                "void",
                "register several titles at once",
            ),
        ),
        (
            Key("openLoans", "bigint", "the number of open loans"),
            Key("librarian", "string", "the librarian's address"),
            Key("fine", "bigint", "the fine for late returns"),
        ),
        (Key("borrowed", "bigint", "how many books the reader has"),),
        (Key("loans", "[string, bigint]", "title and due round by loan number", "bigint", "(string,uint64)"),),
    ),
    App(
        "BikeShare",
        "a bike-sharing service",
        (
            Method(
                "unlock",
                (p("bike", "uint64", "the bike's number", "41n"),),
                "uint64",
                "unlock a bike",
                "the ride number",
            ),
            Method(
                "finishRide",
                (p("ride", "uint64", "the ride number", "5n"), p("station", "string", "the station", "'Harbour'")),
                "uint64",
                "finish a ride at a station",
                "the price of the ride",
            ),
            Method("topUp", (), "uint64", "top up the riding credit with a payment", "the new credit", pays=True),
            Method(
                "payOutDeposit",
                (p("rider", "address", "the rider's address", SOMEBODY),),
                "void",
                "pay a rider's deposit back",
                inner=1,
            ),
        ),
        (
            Key("ridesTotal", "bigint", "the number of rides"),
            Key("operator", "string", "the operator's address"),
            Key("isOpen", "bigint", "1 while the service is open"),
        ),
        (Key("credit", "bigint", "the rider's credit"),),
        (Key("bikes", "[string, boolean]", "station and availability by bike number", "bigint", "(string,bool)"),),
    ),
    App(
        "SurveyBox",
        "a survey",
        (
            Method(
                "answer",
                (p("question", "uint8", "the question's index", "2"), p("choice", "uint8", "the chosen option", "1")),
                "void",
                "submit an answer",
            ),
            Method(
                "result",
                (p("question", "uint8", "the question's index", "2"),),
                "uint64[]",
                "read the votes for each option of a question",
                "the votes by option",
            ),
            Method(
                "addQuestion",
                (p("text", "string", "the question", "'Tabs?'"), p("options", "uint8", "the number of options", "4")),
                "uint64",
                "add a question",
                "its index",
            ),
            Method("close", (), "bool", "close the survey", "whether it was still open"),
        ),
        (
            Key("questions", "bigint", "the number of questions"),
            Key("title", "string", "the survey's title"),
            Key("closesAt", "bigint", "the round at which it closes"),
        ),
        (Key("answered", "bigint", "how many questions the account has answered"),),
        (Key("votes", "bigint", "the number of votes by option", "bigint", "uint64"),),
    ),
    App(
        "GrainStore",
        "a grain warehouse",
        (
            Method(
                "deliver",
                (
                    p("farmer", "address", "the farmer's address", SOMEBODY),
                    p("kilos", "uint64", "the weight in kilograms", "1200n"),
                ),
                "uint64",
                "record a delivery of grain",
                "the stock afterwards",
            ),
            Method(
                "withdrawStock",
                (
                    p("kilos", "uint64", "the weight in kilograms", "300n"),
                    p("reason", "string", "the reason", "'sale'"),
                ),
                "void",
                "take grain out of stock",
            ),
            Method(
                "quote",
                (p("kilos", "uint64", "the weight in kilograms", "500n"),),
                "(uint64,uint64)",
                "ask for price and fee of a quantity",
                "price and fee",
            ),
            Method(
                "settle",
                (p("farmer", "address", "the farmer's address", SOMEBODY),),
                "uint64",
                "pay out what a farmer has earned",
                "the microAlgos paid",
                inner=1,
            ),
        ),
        (
            Key("stock", "bigint", "the stock in kilograms"),
            Key("manager", "string", "the manager's address"),
            Key("season", "string", "the current season"),
        ),
        (Key("delivered", "bigint", "how much the account has delivered"),),
        (Key("earnings", "bigint", "microAlgos owed by farmer's address", "string", "uint64"),),
    ),
    App(
        "PetRegistry",
        "a pet registry",
        (
            Method(
                "register",
                (p("chip", "string", "the chip number", "'276098'"), p("name", "string", "the pet's name", "'Luna'")),
                "uint64",
                "register a pet",
                "the registration number",
            ),
            Method(
                "transferPet",
                (
                    p("chip", "string", "the chip number", "'276098'"),
                    p("newKeeper", "address", "the new keeper's address", SOMEBODY),
                ),
                "void",
                "hand a pet over to somebody else",
            ),
            Method(
                "isVaccinated",
                (p("chip", "string", "the chip number", "'276098'"),),
                "bool",
                "check whether a pet is vaccinated",
                "whether it is",
            ),
            Method(
                "attachReport",
                (
                    p("chip", "string", "the chip number", "'276098'"),
                    p("report", "byte[]", "the report's bytes", "new Uint8Array([1, 2, 3])"),
                ),
                "void",
                "attach a vet's report",
            ),
        ),
        (
            Key("registered", "bigint", "the number of registered pets"),
            Key("authority", "string", "the authority's address"),
            Key("fee", "bigint", "the registration fee"),
        ),
        (Key("pets", "bigint", "how many pets the keeper has"),),
        (Key("keepers", "string", "the keeper's address by chip number", "string", "address"),),
    ),
    App(
        "PowerMeter",
        "a power meter",
        (
            Method(
                "report",
                (p("kilowattHours", "uint64", "the reading in kWh", "318n"),),
                "uint64",
                "report a meter reading",
                "the usage since the last reading",
            ),
            Method("setTariff", (p("tariff", "uint64", "the price of one kWh", "240n"),), "void", "change the tariff"),
            Method(
                "prepay",
                (p("household", "address", "the household's address", SOMEBODY),),
                "uint64",
                "prepay electricity for a household",
                "the credit",
                pays=True,
            ),
            Method(
                "history",
                (p("months", "uint8", "the number of months", "6"),),
                "uint64[]",
                "fetch the usage of the last months",
                "the usage by month",
            ),
        ),
        (
            Key("tariff", "bigint", "the tariff"),
            Key("meters", "bigint", "the number of meters"),
            Key("grid", "string", "the grid's name"),
        ),
        (Key("reading", "bigint", "the last reading"),),
        (Key("balances", "bigint", "the credit by household", "string", "uint64"),),
    ),
    App(
        "StudioBooking",
        "a music studio",
        (
            Method(
                "book",
                (p("slot", "uint64", "the time slot", "20n"), p("band", "string", "the band's name", "'The Rounds'")),
                "uint64",
                "book a studio slot",
                "the booking number",
            ),
            Method(
                "cancel",
                (p("booking", "uint64", "the booking number", "9n"),),
                "bool",
                "cancel a booking",
                "whether it could be cancelled",
                inner=1,
            ),
            Method(
                "isFree",
                (p("slot", "uint64", "the time slot", "20n"),),
                "bool",
                "check whether a slot is free",
                "whether it is free",
            ),
            Method(
                "setOwner",
                (p("newOwner", "address", "the new owner's address", SOMEBODY),),
                "void",
                "hand the studio to a new owner",
            ),
        ),
        (
            Key("bookings", "bigint", "the number of bookings"),
            Key("owner", "string", "the owner's address"),
            Key("hourlyRate", "bigint", "the hourly rate"),
        ),
        (Key("bookedHours", "bigint", "how many hours the account has booked"),),
        (Key("slots", "[string, bigint]", "band and hours by slot", "bigint", "(string,uint64)"),),
    ),
)


def app_and_method(
    dice: Dice, *, pays: bool | None = None, inner: bool | None = None, returns: bool | None = None
) -> tuple[App, Method]:
    """An application and one of its methods with the wanted traits."""
    found = [
        (app, method)
        for app in APPS
        for method in app.methods
        if (pays is None or method.pays == pays)
        and (inner is None or bool(method.inner) == inner)
        and (returns is None or (method.returns != "void") == returns)
    ]
    return dice.one(found)
