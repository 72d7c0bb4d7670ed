"""Contracts about state: tallies, settings, local profiles, records in boxes."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Draft, Family
from algorand_coder.instruct.patterns.contracts import (
    COUNTED,
    THINGS,
    Guard,
    Method,
    Piece,
    contract_draft,
    guard,
    lifecycle,
    pause,
    record_type,
)
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import listed
from algorand_coder.instruct.patterns.typescript import block, braces, join, quoted
from algorand_coder.records import Category

FAMILY = Family("contract_state")
STATE = Category.STATE


def extras(dice: Dice, access: Guard) -> list[Piece]:
    """Pieces that any contract can carry: the guard's own, and at times rules for its life cycle."""
    pieces = [access.piece]
    if dice.chance(0.18):
        pieces.append(lifecycle(dice, access))
    return pieces


def only(access: Guard) -> str:
    """``; only the owner may do it``, or nothing."""
    return f"; only {access.who} may do it" if access.line else ""


@FAMILY.recipe("tally", share=24)
def tally(dice: Dice) -> Draft:
    """Numbers in global state that go up, down, back, and remember their best."""
    many, one, class_name = dice.one(COUNTED)
    access = guard(dice, free=30)
    switch, check = pause(dice, access) if dice.chance(0.25) else (None, "")
    initial = dice.weighted([("0", 60), (str(dice.pick(10, 100, 5)), 20), ("", 20)])
    var = dice.pick(many, "total", "count")
    declared = (
        f"{var} = GlobalState<uint64>({braces([f'initialValue: {initial}'])})"
        if initial
        else f"{var} = GlobalState<uint64>({{ key: '{var}' }})"
    )
    piece = Piece(
        f"keeps a tally of {many}" + (f" that starts at {initial}" if initial not in {"", "0"} else ""),
        [declared],
        create=[] if initial else [f"this.{var}.value = {dice.pick('0', 'start')}"],
    )
    if not initial and "start" in piece.create[0]:
        piece.create_params = [("start", "uint64", "the first value")]
    step = dice.weighted([("one", 35), ("amount", 40), ("fixed", 25)])
    bound = dice.weighted([("", 45), ("max", 35), ("modulo", 20)])
    limit = dice.pick(50, 100, 1_000, 12)
    add = {
        "one": f"this.{var}.value += 1",
        "amount": f"this.{var}.value += amount",
        "fixed": f"this.{var}.value += {dice.pick(2, 5, 10)}",
    }[step]
    body, words = (
        [check, add],
        {
            "one": f"adds one {one}",
            "amount": f"adds a given number of {many}",
            "fixed": f"adds {add.split()[-1]} {many}",
        }[step],
    )
    if step == "amount" and dice.chance(0.5):
        body.insert(1, "assert(amount > 0, 'nothing to add')")
        words += ", which must not be zero,"
    if bound == "max":
        body.append(f"assert(this.{var}.value <= {limit}, 'the limit is {limit}')")
        words += f" up to a limit of {limit}"
    elif bound == "modulo":
        body.append(f"if (this.{var}.value >= {limit}) {{\n  this.{var}.value = 0\n}}")
        words += f", starting again from zero at {limit},"
    returning = dice.chance(0.6)
    if returning:
        body.append(f"return this.{var}.value")
        words += " and returns the new total"
    piece.methods.append(
        Method(
            dice.pick("add", "record", "increment", f"add{one.capitalize()}"),
            [("amount", "uint64")] if step == "amount" else [],
            "uint64" if returning else "void",
            join(*body),
            words.rstrip(","),
        )
    )
    extra = dice.some(["down", "reset", "read", "best", "last"], 1, 3)
    if "down" in extra:
        line = f"assert(this.{var}.value {'>= amount' if step == 'amount' else '> 0'}, 'not that many {many}')"
        drop = f"this.{var}.value -= {'amount' if step == 'amount' else '1'}"
        piece.methods.append(
            Method(
                dice.pick("undo", "remove", "subtract"),
                [("amount", "uint64")] if step == "amount" else [],
                "void",
                join(check, line, drop),
                f"takes {'a number of ' + many if step == 'amount' else 'one ' + one} away and fails when there are"
                " too few",
            )
        )
    if "best" in extra:
        piece.state.append("best = GlobalState<uint64>({ initialValue: 0 })")
        first = piece.methods[0]
        keep = block(f"if (this.{var}.value > this.best.value)", f"this.best.value = this.{var}.value")
        lines = first.body.rsplit(f"return this.{var}.value", 1)
        first.body = join(lines[0].rstrip("\n"), keep, f"return this.{var}.value" if returning else "")
        piece.methods.append(
            Method(
                "highest",
                [],
                "uint64",
                "return this.best.value",
                "returns the highest total there has ever been",
                readonly=True,
            )
        )
    if "last" in extra:
        piece.state.append("lastCaller = GlobalState<Account>()")
        piece.methods[0].body = join("this.lastCaller.value = Txn.sender", piece.methods[0].body)
        piece.methods.append(
            Method(
                "latest",
                [],
                "Account",
                "return this.lastCaller.value",
                "returns the account that called the first method last",
                readonly=True,
            )
        )
    if "read" in extra or not returning:
        piece.methods.append(
            Method(
                dice.pick("current", "getTotal", "value"),
                [],
                "uint64",
                f"return this.{var}.value",
                "returns the total",
                readonly=True,
            )
        )
    if "reset" in extra:
        piece.methods.append(
            Method(
                dice.pick("reset", "clear"),
                [],
                "void",
                join(access.line, f"this.{var}.value = 0"),
                f"sets the total back to zero{only(access)}",
            )
        )
    else:
        access = Guard("", "anybody", Piece(""))
        if switch:
            switch, _ = None, ""
            for method in piece.methods:
                method.body = method.body.replace(check + "\n", "") if check else method.body
    return contract_draft(
        dice, (class_name, class_name + "App"), [piece, *([switch] if switch else []), *extras(dice, access)], STATE
    )


VALUES = (
    ("title", "string", "a title", "''"),
    ("motto", "string", "a motto", "'open'"),
    ("fee", "uint64", "a fee", "1_000"),
    ("limit", "uint64", "a limit", "10"),
    ("isOpen", "boolean", "an open flag", "false"),
    ("curator", "Account", "a curator's account", ""),
    ("checksum", "bytes", "a checksum", ""),
    ("deadline", "uint64", "a deadline round", "0"),
    ("rate", "uint64", "a rate in basis points", "250"),
    ("region", "string", "a region", "'north'"),
    ("beneficiary", "Account", "a beneficiary", ""),
    ("supply", "biguint", "a supply of more than 64 bits", ""),
)


@FAMILY.recipe("settings", share=26)
def settings(dice: Dice) -> Draft:
    """Global values of several types with setters, getters and checks."""
    access = guard(dice)
    chosen = dice.some(VALUES, 2, 4)
    piece = Piece(f"stores {listed([words for _, _, words, _ in chosen])}" + f", which only {access.who} can change")
    together = dice.chance(0.3)
    for name, kind, _words, initial in chosen:
        key = f"key: '{name[:3]}'" if dice.chance(0.25) else ""
        start = f"initialValue: {initial}" if initial and dice.chance(0.7) else ""
        options = ", ".join(part for part in (key, start) if part)
        piece.state.append(f"{name} = GlobalState<{kind}>({'{ ' + options + ' }' if options else ''})")
    rules = {
        "fee": ("assert({v} <= 100_000, 'the fee is too high')", "at most 100,000 microAlgos"),
        "limit": ("assert({v} > 0, 'the limit must not be zero')", "more than zero"),
        "deadline": ("assert({v} > Global.round, 'the deadline has passed')", "later than the current round"),
        "rate": ("assert({v} <= 10_000, 'more than 100 percent')", "at most 10,000"),
        "title": ("assert(Bytes({v}).length > 0, 'the title is empty')", "not empty"),
        "curator": ("assert({v} !== Global.zeroAddress, 'the zero address is not allowed')", "not the zero address"),
    }
    if together:
        checks = [rules[n][0].format(v=n) for n, *_ in chosen if n in rules and dice.chance(0.6)]
        body = join(access.line, *checks, *(f"this.{n}.value = {n}" for n, *_ in chosen))
        limits = [f"{n} must be {rules[n][1]}" for n, *_ in chosen if n in rules and rules[n][0].format(v=n) in checks]
        piece.methods.append(
            Method(
                dice.pick("configure", "setAll", "update"),
                [(n, k) for n, k, *_ in chosen],
                "void",
                body,
                "sets all values at once" + only(access),
            )
        )
        if limits:
            piece.rules.append(f"Checks: {'; '.join(limits)}.")
    else:
        for name, kind, words, _ in chosen:
            value = dice.pick("value", f"new{name[0].upper()}{name[1:]}")
            bounded = name in rules and dice.chance(0.55)
            old = (
                kind in {"uint64", "string"}
                and dice.chance(0.15)
                and any(n == name and i for n, _, _, i in VALUES)
                and "initialValue" in next(s for s in piece.state if s.startswith(f"{name} ="))
            )
            lines = [access.line, rules[name][0].format(v=value) if bounded else ""]
            lines += (
                [f"const previous = this.{name}.value", f"this.{name}.value = {value}", "return previous"]
                if old
                else [f"this.{name}.value = {value}"]
            )
            says = (
                f"changes the {words.split(' ', 1)[1]}"
                + (f", which must be {rules[name][1]}" if bounded else "")
                + (", and returns the one before" if old else "")
                + only(access)
            )
            piece.methods.append(
                Method(f"set{name[0].upper()}{name[1:]}", [(value, kind)], kind if old else "void", join(*lines), says)
            )
    if dice.chance(0.7):
        readable = dice.some(chosen, 1, 2)
        if len(readable) == 2 and dice.chance(0.4):
            names = [n for n, *_ in readable]
            kinds = ", ".join(k for _, k, *_ in readable)
            piece.methods.append(
                Method(
                    dice.pick("summary", "overview"),
                    [],
                    f"[{kinds}]",
                    f"return [{', '.join(f'this.{n}.value' for n in names)}]",
                    f"returns {listed([w.split(' ', 1)[1] for _, _, w, _ in readable])} as a tuple",
                    readonly=True,
                )
            )
        else:
            for name, kind, words, initial in readable:
                guarded = dice.chance(0.4) and not initial
                lines = join(
                    f"assert(this.{name}.hasValue, '{name} has not been set')" if guarded else "",
                    f"return this.{name}.value",
                )
                piece.methods.append(
                    Method(
                        f"get{name[0].upper()}{name[1:]}",
                        [],
                        kind,
                        lines,
                        f"returns the {words.split(' ', 1)[1]}"
                        + (" and fails while it has not been set" if guarded else ""),
                        readonly=True,
                    )
                )
    return contract_draft(
        dice,
        ("Settings", "Registry", "ControlPanel", "Config", "Noticeboard", "Parameters"),
        [piece, *extras(dice, access)],
        STATE,
    )


@FAMILY.recipe("local-profile", share=22)
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
        piece.methods.append(
            Method(
                dice.pick("spend", "redeem", "use"),
                [("amount", "uint64")],
                "uint64",
                body.replace("{v}", var),
                f"spends some of the caller's {var}, fails when there are too few, and returns what is left",
            )
        )
    if "move" in verbs:
        body = join(
            f"assert(this.{var}(Txn.sender).value >= amount, 'too few {var}')",
            f"this.{var}(Txn.sender).value -= amount",
            f"this.{var}(receiver).value += amount",
        )
        piece.methods.append(
            Method(
                dice.pick("send", "transfer", "share"),
                [("receiver", "Account"), ("amount", "uint64")],
                "void",
                body,
                f"moves {var} from the caller to another member",
            )
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
        piece.methods.append(
            Method(
                "rename",
                [("nickname", "string")],
                "void",
                join(
                    "assert(Bytes(nickname).length <= 32, 'the nickname is too long')",
                    "this.nickname(Txn.sender).value = nickname",
                ),
                "changes the caller's nickname, at most 32 bytes",
            )
        )
    if "close" in verbs:
        lines = join(
            f"assert(this.{var}(Txn.sender).value === 0, 'spend your {var} first')" if dice.chance(0.6) else "",
            "this.members.value -= 1" if total else "",
        )
        needs = "fails while the caller still has " + var if "spend your" in lines else "lets the caller leave"
        if lines:
            if dice.chance(0.5):
                piece.methods.append(
                    Method(
                        "closeOutOfApplication",
                        [],
                        "void",
                        lines,
                        f"closes the caller out and {needs}" if "fails" in needs else "closes the caller out",
                    )
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


@FAMILY.recipe("box-records", share=34)
def box_records(dice: Dice) -> Draft:
    """Records in a box map: create, read, change, remove."""
    thing = dice.one(THINGS)
    record = thing.one.capitalize()
    fields = list(thing.fields)
    access = guard(dice, free=22)
    key = dice.weighted([("uint64", 34), ("counter", 26), ("Account", 22), ("string", 18)])
    var = thing.many
    key_type = {"counter": "uint64"}.get(key, key)
    key_name = {"uint64": "id", "counter": "id", "Account": "owner", "string": "code"}[key]
    prefix = dice.pick(thing.one[0], thing.one[:2], var[:1].upper())
    own = key == "Account"
    at = "Txn.sender" if own else key_name
    piece = Piece(
        f"keeps {thing.many} in boxes, one record for each "
        + {"uint64": "number", "counter": "consecutive number", "Account": "account", "string": "code"}[key]
        + f", with {listed([w for _, _, w in fields])}",
        [f"{var} = BoxMap<{key_type}, {record}>({{ keyPrefix: '{prefix}' }})"],
        types=[record_type(record, fields, dice)],
    )
    params = [(n, t) for n, t, _ in fields]
    key_param = [] if own or key == "counter" else [(key_name, key_type)]
    literal = braces([n for n, _ in params], width=70)
    if key == "counter":
        piece.state.append("nextId = GlobalState<uint64>({ initialValue: 1 })")
        body = join(
            access.line,
            "const id = this.nextId.value",
            f"this.{var}(id).value = {literal}",
            "this.nextId.value = id + 1",
            "return id",
        )
        piece.methods.append(
            Method(
                dice.pick("add", "create", f"add{record}"),
                params,
                "uint64",
                body,
                f"stores a new {thing.one} and returns its number{only(access)}",
            )
        )
    else:
        unique = dice.chance(0.6)
        check = f"assert(!this.{var}({at}).exists, 'there is one already')" if unique else ""
        piece.methods.append(
            Method(
                dice.pick("add", "register", f"put{record}"),
                [*key_param, *params],
                "void",
                join(access.line, check, f"this.{var}({at}).value = {literal}"),
                f"stores a {thing.one}"
                + (" for the caller" if own else "")
                + (" and fails when there is one already" if unique else ", replacing any record before")
                + only(access),
            )
        )
    verbs = dice.some(["read", "field", "change", "bump", "remove", "exists", "replace"], 2, 4)
    number = next((n for n, t, _ in fields if t == "uint64"), "")
    number_words = next((w for n, _, w in fields if n == number), "")
    reader = [(key_name, key_type)]
    missing = f"assert(this.{var}({key_name}).exists, 'no such {thing.one}')"
    mine_missing = missing.replace(f"({key_name})", f"({at})")
    if "read" in verbs:
        piece.methods.append(
            Method(
                dice.pick("get", f"get{record}", "read"),
                reader,
                record,
                join(missing if dice.chance(0.6) else "", f"return this.{var}({key_name}).value"),
                f"returns a whole {thing.one}",
                readonly=True,
            )
        )
    if "field" in verbs:
        n, t, w = dice.one(fields)
        piece.methods.append(
            Method(
                f"{n}Of",
                reader,
                t,
                f"return this.{var}({key_name}).value.{n}",
                f"returns the {w} of a {thing.one}",
                readonly=True,
            )
            if t != "boolean"
            else Method(
                f"is{n.capitalize()}",
                reader,
                t,
                f"return this.{var}({key_name}).value.{n}",
                f"tells {w}",
                readonly=True,
            )
        )
    if "change" in verbs:
        n, t, w = dice.one(fields)
        style = dice.pick("direct", "clone", "spread")
        if style == "direct":
            body = join(access.line, mine_missing if dice.chance(0.5) else "", f"this.{var}({at}).value.{n} = {n}")
        elif style == "clone":
            body = join(
                access.line,
                f"const {thing.one} = clone(this.{var}({at}).value)",
                f"{thing.one}.{n} = {n}",
                f"this.{var}({at}).value = clone({thing.one})",
            )
        else:
            body = join(
                access.line,
                mine_missing,
                f"const current = clone(this.{var}({at}).value)",
                f"this.{var}({at}).value = {{ ...current, {n} }}",
            )
        piece.methods.append(
            Method(
                f"set{n.capitalize()}",
                [] if own else reader,
                "void",
                body,
                f"changes the {w if t != 'boolean' else n + ' flag'} of {'the caller' + chr(39) + 's' if own else 'a'}"
                f" {thing.one}{only(access)}",
            )
        )
        piece.methods[-1].params = [*([] if own else reader), (n, t)]
    if "bump" in verbs and number:
        amount = dice.chance(0.5)
        back = dice.chance(0.5)
        body = join(
            mine_missing if dice.chance(0.6) else "",
            f"this.{var}({at}).value.{number} += {'amount' if amount else '1'}",
            f"return this.{var}({at}).value.{number}" if back else "",
        )
        piece.methods.append(
            Method(
                dice.pick("increase", f"raise{number.capitalize()}"),
                [*([] if own else reader), *([("amount", "uint64")] if amount else [])],
                "uint64" if back else "void",
                body,
                f"adds {'an amount' if amount else 'one'} to the {number_words}"
                + (" and returns the result" if back else ""),
            )
        )
    if "replace" in verbs and key == "uint64":
        body = join(
            access.line,
            f"const previous = clone(this.{var}(id).value)",
            f"this.{var}(id).value = {literal}",
            f"return previous{'.' + number if number else ''}",
        )
        if number:
            piece.methods.append(
                Method(
                    "replace",
                    [*reader, *params],
                    "uint64",
                    body,
                    f"replaces a {thing.one} and returns the {number_words} it had before{only(access)}",
                )
            )
    if "remove" in verbs:
        confirm = dice.chance(0.5)
        body = join(access.line, mine_missing if confirm else "", f"this.{var}({at}).delete()")
        piece.methods.append(
            Method(
                dice.pick("remove", "drop"),
                [] if own else reader,
                "void",
                body,
                f"removes {'the caller' + chr(39) + 's' if own else 'a'} {thing.one}"
                + (" and fails when there is none" if confirm else "")
                + only(access),
            )
        )
    if "exists" in verbs:
        piece.methods.append(
            Method(
                dice.pick("has", "exists", "isKnown"),
                reader,
                "boolean",
                f"return this.{var}({key_name}).exists",
                f"tells whether there is such a {thing.one}",
                readonly=True,
            )
        )
    used = any(access.line and access.line in m.body for m in piece.methods)
    return contract_draft(
        dice,
        (thing.place, f"{record}Registry", f"{record}Book", f"{thing.place}Records"),
        [piece, *(extras(dice, access) if used else [])],
        STATE,
    )


@FAMILY.recipe("box-values", share=22)
def box_values(dice: Dice) -> Draft:
    """Plain values and lists in single boxes and box maps, with defaults."""
    access = guard(dice, free=30)
    form = dice.weighted([("balances", 30), ("list", 25), ("text", 20), ("flags", 25)])
    if form == "balances":
        word = dice.pick("balances", "scores", "allowances", "quotas")
        get = dice.pick(
            f"this.{word}(account).get({{ default: 0 }})",
            f"this.{word}(account).exists ? this.{word}(account).value : 0",
        )
        piece = Piece(
            f"keeps {word} by account in boxes, where a missing box counts as zero",
            [f"{word} = BoxMap<Account, uint64>({{ keyPrefix: '{word[0]}' }})"],
        )
        piece.methods.append(
            Method(
                dice.pick("credit", "add", "raise"),
                [("account", "Account"), ("amount", "uint64")],
                "uint64",
                join(
                    access.line,
                    f"const current: uint64 = {get}",
                    f"this.{word}(account).value = current + amount",
                    f"return this.{word}(account).value",
                ),
                f"adds to an account's entry and returns the new value{only(access)}",
            )
        )
        if dice.chance(0.6):
            piece.methods.append(
                Method(
                    dice.pick("debit", "take", "lower"),
                    [("account", "Account"), ("amount", "uint64")],
                    "void",
                    join(
                        access.line,
                        f"const current: uint64 = {get}",
                        "assert(current >= amount, 'not enough left')",
                        f"this.{word}(account).value = current - amount",
                    ),
                    f"takes from an account's entry and fails when it is too small{only(access)}",
                )
            )
        if dice.chance(0.5):
            piece.methods.append(
                Method(
                    "move",
                    [("receiver", "Account"), ("amount", "uint64")],
                    "void",
                    join(
                        f"const mine: uint64 = this.{word}(Txn.sender).get({{ default: 0 }})",
                        "assert(mine >= amount, 'not enough left')",
                        f"this.{word}(Txn.sender).value = mine - amount",
                        f"const theirs: uint64 = this.{word}(receiver).get({{ default: 0 }})",
                        f"this.{word}(receiver).value = theirs + amount",
                    ),
                    "moves an amount from the caller to another account",
                )
            )
        piece.methods.append(
            Method(
                dice.pick("of", "get", "valueOf"),
                [("account", "Account")],
                "uint64",
                f"return {get}",
                "returns an account's value, zero when there is none",
                readonly=True,
            )
        )
        if dice.chance(0.4):
            piece.methods.append(
                Method(
                    "lookup",
                    [("account", "Account")],
                    "[uint64, boolean]",
                    f"const [value, found] = this.{word}(account).maybe()\nreturn [found ? value : 0, found]",
                    "returns value and whether there is one as a tuple",
                    readonly=True,
                )
            )
    elif form == "list":
        word = dice.pick("entries", "readings", "prices", "samples")
        cap = dice.pick(10, 20, 50)
        piece = Piece(f"keeps a list of numbers ({word}) in one box", [f"{word} = Box<uint64[]>({{ key: '{word}' }})"])
        piece.methods.append(
            Method(
                dice.pick("start", "setUp", "open"),
                [],
                "void",
                join(access.line, f"assert(!this.{word}.exists, 'set up already')", f"this.{word}.value = []"),
                f"creates the empty list once{only(access)}",
            )
        )
        body = [
            access.line,
            f"assert(this.{word}.value.length < {cap}, 'the list is full')" if dice.chance(0.6) else "",
            f"this.{word}.value.push(value)",
            f"return this.{word}.value.length",
        ]
        piece.methods.append(
            Method(
                dice.pick("append", "push", "add"),
                [("value", "uint64")],
                "uint64",
                join(*body),
                "appends a number"
                + (f", at most {cap} of them," if body[1] else "")
                + f" and returns the length{only(access)}",
            )
        )
        for verb in dice.some(["sum", "at", "max", "last", "above"], 1, 3):
            if verb == "sum":
                piece.methods.append(
                    Method(
                        "sum",
                        [],
                        "uint64",
                        join(
                            "let total: uint64 = 0",
                            block(f"for (const value of this.{word}.value)", "total += value"),
                            "return total",
                        ),
                        "returns the sum of all numbers",
                        readonly=True,
                    )
                )
            elif verb == "at":
                piece.methods.append(
                    Method(
                        "at",
                        [("index", "uint64")],
                        "uint64",
                        join(
                            f"assert(index < this.{word}.value.length, 'out of range')",
                            f"return this.{word}.value[index]",
                        ),
                        "returns one number by index and fails outside the list",
                        readonly=True,
                    )
                )
            elif verb == "max":
                piece.methods.append(
                    Method(
                        "largest",
                        [],
                        "uint64",
                        join(
                            "let best: uint64 = 0",
                            block(
                                f"for (const value of this.{word}.value)", block("if (value > best)", "best = value")
                            ),
                            "return best",
                        ),
                        "returns the largest number, zero for an empty list",
                        readonly=True,
                    )
                )
            elif verb == "last":
                piece.methods.append(
                    Method(
                        "last",
                        [],
                        "uint64",
                        join(
                            f"const size: uint64 = this.{word}.value.length",
                            "assert(size > 0, 'the list is empty')",
                            f"return this.{word}.value[size - 1]",
                        ),
                        "returns the last number and fails when there is none",
                        readonly=True,
                    )
                )
            else:
                piece.methods.append(
                    Method(
                        "countAbove",
                        [("limit", "uint64")],
                        "uint64",
                        join(
                            "let count: uint64 = 0",
                            block(f"for (const value of this.{word}.value)", block("if (value > limit)", "count += 1")),
                            "return count",
                        ),
                        "returns how many numbers exceed a limit",
                        readonly=True,
                    )
                )
    elif form == "text":
        word = dice.pick("notice", "manifesto", "terms", "greeting")
        versions = dice.chance(0.5)
        piece = Piece(
            f"publishes one text ({word}) in a box",
            [
                f"{word} = Box<string>({{ key: '{word}' }})",
                *(["version = GlobalState<uint64>({ initialValue: 0 })"] if versions else []),
            ],
        )
        piece.methods.append(
            Method(
                dice.pick("publish", "write", "setText"),
                [("text", "string")],
                "uint64" if versions else "void",
                join(
                    access.line,
                    "assert(Bytes(text).length <= 1_024, 'the text is too long')" if dice.chance(0.5) else "",
                    f"this.{word}.value = text",
                    "this.version.value += 1" if versions else "",
                    "return this.version.value" if versions else "",
                ),
                "replaces the text" + (" and returns its version number" if versions else "") + only(access),
            )
        )
        piece.methods.append(
            Method(
                dice.pick("read", "text"),
                [],
                "string",
                dice.pick(
                    f"return this.{word}.get({{ default: 'nothing yet' }})",
                    f"return this.{word}.exists ? this.{word}.value : ''",
                ),
                "returns the text",
                readonly=True,
            )
        )
        if "nothing yet" in piece.methods[-1].body:
            piece.methods[-1].says = "returns the text, 'nothing yet' before the first one"
        else:
            piece.methods[-1].says = "returns the text, empty before the first one"
        if dice.chance(0.4):
            piece.methods.append(
                Method(
                    "size",
                    [],
                    "uint64",
                    f"return Bytes(this.{word}.value).length",
                    "returns the length of the text in bytes",
                    readonly=True,
                )
            )
        if dice.chance(0.4):
            piece.methods.append(
                Method(
                    "withdraw",
                    [],
                    "boolean",
                    join(access.line, f"return this.{word}.delete()"),
                    f"removes the text and tells whether there was one{only(access)}",
                )
            )
    else:
        word, one = dice.pick(
            ("allowed", "guest"), ("banned", "troublemaker"), ("verified", "account"), ("voted", "voter")
        )
        count = dice.chance(0.5)
        piece = Piece(
            f"remembers which accounts are {word}",
            [
                f"{word} = BoxMap<Account, boolean>({{ keyPrefix: '{word[:2]}' }})",
                *(["size = GlobalState<uint64>({ initialValue: 0 })"] if count else []),
            ],
        )
        piece.methods.append(
            Method(
                dice.pick("mark", "admit", "add"),
                [(one, "Account")],
                "void",
                join(
                    access.line,
                    f"assert(!this.{word}({one}).exists, 'listed already')",
                    f"this.{word}({one}).value = true",
                    "this.size.value += 1" if count else "",
                ),
                f"puts an account on the list and fails when it is there already{only(access)}",
            )
        )
        if dice.chance(0.7):
            piece.methods.append(
                Method(
                    dice.pick("unmark", "strike", "remove"),
                    [(one, "Account")],
                    "void",
                    join(
                        access.line,
                        f"assert(this.{word}({one}).exists, 'not listed')",
                        f"this.{word}({one}).delete()",
                        "this.size.value -= 1" if count else "",
                    ),
                    f"takes an account off the list{only(access)}",
                )
            )
        piece.methods.append(
            Method(
                dice.pick("isListed", "check"),
                [(one, "Account")],
                "boolean",
                f"return this.{word}({one}).exists",
                "tells whether an account is on the list",
                readonly=True,
            )
        )
        if count:
            piece.methods.append(
                Method(
                    "total",
                    [],
                    "uint64",
                    "return this.size.value",
                    "returns how many accounts are on the list",
                    readonly=True,
                )
            )
    used = any(access.line and access.line in m.body for m in piece.methods)
    names = {
        "balances": ("Ledger", "PointsLedger", "Accounts"),
        "list": ("Series", "DataLog", "Measurements"),
        "text": ("Billboard", "Publication", "Pinboard"),
        "flags": ("AccessList", "Roster", "Gatekeeper"),
    }[form]
    return contract_draft(dice, names, [piece, *(extras(dice, access) if used else [])], STATE)
