"""What contracts of the model do: features that are drawn, named and put together."""

from __future__ import annotations

from collections.abc import Callable

from algorand_coder.instruct.migration import model as m
from algorand_coder.instruct.patterns.base import Unfit
from algorand_coder.instruct.patterns.dice import Dice

Feature = Callable[[m.Model, Dice, bool], None]
"""Adds itself to a model; the flag says whether maps may lie in boxes."""

_ONLY_CREATOR = m.Check(m.op(m.SENDER, "===", m.CREATOR), "only the creator can do this")


def _upper(name: str) -> str:
    return name[0].upper() + name[1:]


def guard(contract: m.Model, dice: Dice) -> m.Check:
    """Only the creator, or an owner in state; one choice a contract."""
    for each in contract.fields:
        if each.kind == "account" and each.start == m.SENDER:
            return m.Check(m.op(m.SENDER, "===", m.state(each.name)), f"only the {each.name} can do this")
    if contract.methods or dice.chance(0.6):
        return _ONLY_CREATOR
    name = dice.pick("owner", "admin", "manager")
    contract.fields.append(m.Field(name, "account", m.SENDER))
    return m.Check(m.op(m.SENDER, "===", m.state(name)), f"only the {name} can do this")


def counter(contract: m.Model, dice: Dice, boxes: bool) -> None:
    """A number that goes up, and perhaps down."""
    name, verb = dice.pick(
        ("count", "increment"),
        ("visits", "visit"),
        ("score", "addPoints"),
        ("scans", "scan"),
        ("total", "add"),
        ("laps", "finishLap"),
    )
    contract.fields.append(m.Field(name, "uint64", m.number(dice.pick(0, 0, 0, 1, 10))))
    by = dice.chance(0.5)
    step = m.param("amount") if by else m.number(dice.pick(1, 1, 2, 5))
    checks: list[m.Statement] = (
        [m.Check(m.op(m.param("amount"), ">", m.number(0)), "amount must be positive")] if by else []
    )
    if by and dice.chance(0.4):
        most = dice.pick(10, 100, 1_000)
        checks.append(m.Check(m.op(m.param("amount"), "<=", m.number(most)), "amount is too large"))
    added = m.Set(name, m.op(m.state(name), "+", step))
    params = (("amount", "uint64"),) if by else ()
    contract.methods.append(m.Method(verb, params, (*checks, added), m.state(name), "uint64"))
    if dice.chance(0.4):
        enough = m.Check(m.op(m.state(name), ">=", step), "too low")
        less = m.Set(name, m.op(m.state(name), "-", step))
        contract.methods.append(m.Method(f"undo{_upper(verb)}", params, (enough, less)))
    if dice.chance(0.35):
        contract.methods.append(m.Method(f"reset{_upper(name)}", (), (guard(contract, dice), m.Set(name, m.number(0)))))
    if dice.chance(0.5):
        contract.methods.append(m.Method(f"get{_upper(name)}", (), (), m.state(name), "uint64", readonly=True))
    contract.about.append(f"keeps a counter of {name}")


def setting(contract: m.Model, dice: Dice, boxes: bool) -> None:
    """A value that the one in charge sets and everybody reads."""
    access = guard(contract, dice)
    name, kind = dice.pick(
        ("price", "uint64"),
        ("motto", "string"),
        ("open", "boolean"),
        ("rate", "uint64"),
        ("greeting", "string"),
        ("helper", "account"),
    )
    starts = {"uint64": m.number(dice.pick(1, 100, 2_500)), "boolean": m.truth(True)}
    contract.fields.append(m.Field(name, kind, starts.get(kind)))
    checks: list[m.Statement] = [access]
    if kind == "uint64" and dice.chance(0.5):
        checks.append(m.Check(m.op(m.param("value"), ">", m.number(0)), f"{name} must not be zero"))
    contract.methods.append(
        m.Method(f"set{_upper(name)}", (("value", kind),), (*checks, m.Set(name, m.param("value"))))
    )
    contract.methods.append(
        m.Method(dice.pick(f"get{_upper(name)}", f"read{_upper(name)}"), (), (), m.state(name), kind, readonly=True)
    )
    contract.about.append(f"stores a {name} that only one account may change")


def savings(contract: m.Model, dice: Dice, boxes: bool) -> None:
    """Deposits by payment, withdrawals by inner payment."""
    name = dice.pick("savings", "deposits", "balances")
    contract.maps.append(m.Map(name, name[0], boxes))
    put, take = dice.pick(("deposit", "withdraw"), ("save", "takeOut"), ("payIn", "cashOut"))
    arrives = m.Check(m.op(m.payment("payment", "receiver"), "===", m.ADDRESS), "pay the application")
    mine = m.Check(m.op(m.payment("payment", "sender"), "===", m.SENDER), "pay for yourself")
    extra = [mine] if dice.chance(0.5) else []
    least = (
        [m.Check(m.op(m.payment("payment", "amount"), ">=", m.number(1_000)), "too little")] if dice.chance(0.3) else []
    )
    more = m.op(m.entry_or_zero(name, m.SENDER), "+", m.payment("payment", "amount"))
    contract.methods.append(
        m.Method(put, (("payment", "payment"),), (arrives, *extra, *least, m.Set(name, more, m.SENDER)))
    )
    enough = m.Check(m.op(m.entry_or_zero(name, m.SENDER), ">=", m.param("amount")), "not that much there")
    rest = m.Set(name, m.op(m.entry(name, m.SENDER), "-", m.param("amount")), m.SENDER)
    contract.methods.append(m.Method(take, (("amount", "uint64"),), (enough, rest, m.Pay(m.SENDER, m.param("amount")))))
    if dice.chance(0.6):
        contract.methods.append(
            m.Method(
                "balanceOf", (("account", "account"),), (), m.entry_or_zero(name, m.param("account")), "uint64", True
            )
        )
    contract.about.append("lets accounts pay in and take their money out again")


def points(contract: m.Model, dice: Dice, boxes: bool) -> None:
    """Points that are awarded, spent and passed on."""
    access = guard(contract, dice)
    name = dice.pick("points", "credits", "stamps")
    contract.maps.append(m.Map(name, name[:2], boxes))
    to = m.param("account")
    given = m.Set(name, m.op(m.entry_or_zero(name, to), "+", m.param("amount")), to)
    contract.methods.append(
        m.Method(dice.pick("award", "grant", "give"), (("account", "account"), ("amount", "uint64")), (access, given))
    )
    enough = m.Check(m.op(m.entry_or_zero(name, m.SENDER), ">=", m.param("amount")), f"too few {name}")
    spent = m.Set(name, m.op(m.entry(name, m.SENDER), "-", m.param("amount")), m.SENDER)
    contract.methods.append(
        m.Method(
            dice.pick("spend", "redeem", "use"),
            (("amount", "uint64"),),
            (enough, spent),
            m.entry(name, m.SENDER),
            "uint64",
        )
    )
    if dice.chance(0.5):
        contract.methods.append(
            m.Method("send", (("account", "account"), ("amount", "uint64")), (enough, spent, given))
        )
    contract.about.append(f"awards {name} that their holders can spend")


def register(contract: m.Model, dice: Dice, boxes: bool) -> None:
    """A list of accounts with the round in which each joined."""
    name, join, leave = dice.pick(
        ("members", "join", "leave"), ("guests", "checkIn", "checkOut"), ("players", "enter", "quit")
    )
    contract.maps.append(m.Map(name, name[0], boxes))
    free = (
        m.Check(m.no(m.has(name, m.SENDER)), "already there")
        if boxes
        else m.Check(m.op(m.entry(name, m.SENDER), "===", m.number(0)), "already there")
    )
    size = dice.chance(0.5)
    body: list[m.Statement] = [free, m.Set(name, m.ROUND, m.SENDER)]
    gone: list[m.Statement] = [m.Check(m.has(name, m.SENDER), "not there"), m.Drop(name, m.SENDER)]
    if size:
        contract.fields.append(m.Field("size", "uint64", m.number(0)))
        most = dice.pick(10, 50, 1_000)
        body = [m.Check(m.op(m.state("size"), "<", m.number(most)), "full"), *body]
        body.append(m.Set("size", m.op(m.state("size"), "+", m.number(1))))
        gone.append(m.Set("size", m.op(m.state("size"), "-", m.number(1))))
    contract.methods.append(m.Method(join, (), tuple(body)))
    contract.methods.append(
        m.Method(leave, (), tuple(gone if boxes else [*gone[:1], m.Set(name, m.number(0), m.SENDER), *gone[2:]]))
    )
    if dice.chance(0.6):
        contract.methods.append(
            m.Method(
                f"is{_upper(name)[:-1]}",
                (("account", "account"),),
                (),
                m.has(name, m.param("account")),
                "boolean",
                True,
            )
        )
    contract.about.append(f"keeps a list of {name}")


def switch(contract: m.Model, dice: Dice, boxes: bool) -> None:
    """Everything else can be stopped."""
    name, on, off = dice.pick(("paused", "pause", "resume"), ("locked", "lock", "unlock"))
    access = guard(contract, dice)
    stop = m.Check(m.no(m.state(name)), f"the contract is {name}")
    contract.fields.append(m.Field(name, "boolean", m.truth(False)))
    contract.methods = [
        each
        if each.readonly or access in each.body
        else m.Method(each.name, each.params, (stop, *each.body), each.result, each.returns)
        for each in contract.methods
    ]
    contract.methods.append(m.Method(on, (), (access, m.Set(name, m.truth(True)))))
    contract.methods.append(m.Method(off, (), (access, m.Set(name, m.truth(False)))))
    contract.about.append(f"can be {name} in an emergency")


def deadline(contract: m.Model, dice: Dice, boxes: bool) -> None:
    """Something works until a moment that is set once."""
    access = guard(contract, dice)
    name, start = dice.pick(("closesAt", "open"), ("endsAt", "start"), ("deadline", "begin"))
    clock = dice.pick(m.TIME, m.ROUND)
    contract.fields.append(m.Field(name, "uint64", m.number(0)))
    once = m.Check(m.op(m.state(name), "===", m.number(0)), "running already")
    contract.methods.append(
        m.Method(start, (("duration", "uint64"),), (access, once, m.Set(name, m.op(clock, "+", m.param("duration")))))
    )
    act, tally = dice.pick(("bid", "bids"), ("apply", "applications"), ("sign", "signatures"), ("answer", "answers"))
    contract.fields.append(m.Field(tally, "uint64", m.number(0)))
    inside = m.Check(m.op(clock, "<", m.state(name)), "too late")
    contract.methods.append(
        m.Method(act, (), (inside, m.Set(tally, m.op(m.state(tally), "+", m.number(1)))), m.state(tally), "uint64")
    )
    if dice.chance(0.5):
        contract.methods.append(m.Method("isOpen", (), (), m.op(clock, "<", m.state(name)), "boolean", readonly=True))
    contract.about.append(f"takes {tally} until a deadline")


def sale(contract: m.Model, dice: Dice, boxes: bool) -> None:
    """Something is sold for a price while there is stock."""
    price, stock = dice.pick(1_000, 250_000, 1_000_000), dice.pick(10, 50, 500)
    contract.fields += [m.Field("unitPrice", "uint64", m.number(price)), m.Field("stock", "uint64", m.number(stock))]
    arrives = m.Check(m.op(m.payment("payment", "receiver"), "===", m.ADDRESS), "pay the application")
    left = m.Check(m.op(m.state("stock"), ">", m.number(0)), "sold out")
    exact = m.Check(m.op(m.payment("payment", "amount"), "===", m.state("unitPrice")), "wrong amount")
    less = m.Set("stock", m.op(m.state("stock"), "-", m.number(1)))
    contract.methods.append(
        m.Method(
            dice.pick("buy", "purchase", "order"),
            (("payment", "payment"),),
            (left, arrives, exact, less),
            m.state("stock"),
            "uint64",
        )
    )
    if dice.chance(0.5):
        access = guard(contract, dice)
        more = m.Set("stock", m.op(m.state("stock"), "+", m.param("units")))
        contract.methods.append(m.Method("restock", (("units", "uint64"),), (access, more)))
    if dice.chance(0.5):
        access = guard(contract, dice)
        contract.methods.append(
            m.Method(
                "payOut",
                (("receiver", "account"), ("amount", "uint64")),
                (access, m.Pay(m.param("receiver"), m.param("amount"))),
            )
        )
    contract.about.append("sells units for a fixed price while there is stock")


def record(contract: m.Model, dice: Dice, boxes: bool) -> None:
    """The largest number so far and who sent it."""
    best, holder = dice.pick(("highScore", "champion"), ("bestOffer", "leader"), ("longestJump", "jumper"))
    contract.fields += [m.Field(best, "uint64", m.number(0)), m.Field(holder, "account")]
    better = m.op(m.param("value"), ">", m.state(best))
    news: tuple[m.Statement, ...] = (m.Set(best, m.param("value")), m.Set(holder, m.SENDER))
    if dice.chance(0.5):
        body: tuple[m.Statement, ...] = (m.Check(better, "not better"), *news)
    else:
        body = (m.When(better, news),)
    contract.methods.append(
        m.Method(dice.pick("submit", "report", "offer"), (("value", "uint64"),), body, m.state(best), "uint64")
    )
    contract.methods.append(m.Method(f"get{_upper(holder)}", (), (), m.state(holder), "account", readonly=True))
    contract.about.append("remembers the best value and the account behind it")


def handover(contract: m.Model, dice: Dice, boxes: bool) -> None:
    """A role that is passed on in two steps, or in one."""
    role = dice.pick("keeper", "captain", "chair")
    contract.fields.append(m.Field(role, "account", m.SENDER))
    mine = m.Check(m.op(m.SENDER, "===", m.state(role)), f"only the {role} can do this")
    if dice.chance(0.5):
        contract.fields.append(m.Field("successor", "account"))
        contract.methods.append(
            m.Method("nominate", (("account", "account"),), (mine, m.Set("successor", m.param("account"))))
        )
        asked = m.Check(m.op(m.SENDER, "===", m.state("successor")), "you were not nominated")
        contract.methods.append(m.Method("accept", (), (asked, m.Set(role, m.SENDER))))
    else:
        contract.methods.append(m.Method("passOn", (("account", "account"),), (mine, m.Set(role, m.param("account")))))
    contract.methods.append(m.Method(f"current{_upper(role)}", (), (), m.state(role), "account", readonly=True))
    contract.about.append(f"has a {role} who can hand the role on")


def arithmetic(contract: m.Model, dice: Dice, boxes: bool) -> None:
    """Methods that only calculate."""
    a, b = m.param("a"), m.param("b")
    both = (("a", "uint64"), ("b", "uint64"))
    percent = m.Let("share", m.op(m.op(a, "*", b), "/", m.number(100)))
    chosen = dice.some(
        [
            m.Method("sum", both, (), m.op(a, "+", b), "uint64", True),
            m.Method("difference", both, (m.Check(m.op(a, ">=", b), "negative"),), m.op(a, "-", b), "uint64", True),
            m.Method("product", both, (), m.op(a, "*", b), "uint64", True),
            m.Method(
                "quotient",
                both,
                (m.Check(m.op(b, ">", m.number(0)), "division by zero"),),
                m.op(a, "/", b),
                "uint64",
                True,
            ),
            m.Method(
                "percentage",
                both,
                (m.Check(m.op(b, "<=", m.number(100)), "more than all"), percent),
                m.local("share"),
                "uint64",
                True,
            ),
            m.Method("isLarger", both, (), m.op(a, ">", b), "boolean", True),
        ],
        2,
        4,
    )
    contract.methods += chosen
    contract.about.append("does some arithmetic for its callers")


FEATURES: tuple[Feature, ...] = (
    counter,
    setting,
    savings,
    points,
    register,
    deadline,
    sale,
    record,
    handover,
    arithmetic,
)
NAMES = (
    "Clubhouse",
    "Workshop",
    "Registry",
    "Station",
    "Pavilion",
    "Foundry",
    "Harbour",
    "Atelier",
    "Kiosk",
    "Gallery",
    "Terrace",
    "Observatory",
    "Orchard",
    "Depot",
    "Lounge",
    "Market",
    "Arcade",
    "Stadium",
    "Library",
    "Post",
)


def draw(dice: Dice, *, boxes: bool) -> m.Model:
    """A contract of one to three features. Raises ``Unfit`` where names clash."""
    contract = m.Model(f"{dice.one(NAMES)}{dice.pick('', 'App', 'Contract', 'Desk', 'Book', 'House')}")
    for feature in dice.shuffled(FEATURES)[: dice.weighted([(1, 3), (2, 5), (3, 2)])]:
        feature(contract, dice, boxes)
    if dice.chance(0.3):
        switch(contract, dice, boxes)
    contract.deletable = dice.chance(0.3)
    state = [*(each.name for each in contract.fields), *(each.name for each in contract.maps)]
    names = [*state, *(each.name for each in contract.methods)]
    if len({name.lower() for name in names}) < len(names) or len({each.prefix[0] for each in contract.maps}) < len(
        contract.maps
    ):
        raise Unfit
    return contract
