"""A model as Algorand TypeScript and as TEALScript."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from algorand_coder.instruct.migration import model as m
from algorand_coder.instruct.patterns.typescript import contract_module, grouped, inner


class AlgorandTypeScript:
    """What new contracts are written in."""

    kinds: ClassVar[dict[str, str]] = {
        "uint64": "uint64",
        "boolean": "boolean",
        "string": "string",
        "account": "Account",
    }
    payment = "gtxn.PaymentTxn"
    words: ClassVar[dict[str, str]] = {
        "sender": "Txn.sender",
        "creator": "Global.creatorAddress",
        "address": "Global.currentApplicationAddress",
        "round": "Global.round",
        "time": "Global.latestTimestamp",
    }
    readonly = "@abimethod({ readonly: true })"

    def __init__(self, *, explicit: bool) -> None:
        self.explicit = explicit

    def write(self, contract: m.Model) -> str:
        """The file."""
        self.maps = {each.name: each for each in contract.maps}
        parts = ["\n".join([*map(self.field, contract.fields), *map(self.map, contract.maps)])]
        parts += [self.method(name, (), body, "") for name, body in self.life_cycle(contract)]
        for each in contract.methods:
            mark = self.readonly if each.readonly else "@abimethod()" if self.explicit else ""
            parts.append(
                (f"{mark}\n" if mark else "") + self.method(each.name, each.params, self.body(each), each.returns)
            )
        body = "\n\n".join(part for part in parts if part)
        return self.module(f"export class {contract.name} extends Contract {{\n{inner(body)}\n}}")

    def module(self, text: str) -> str:
        """The file around the class."""
        return contract_module(text)

    def field(self, field: m.Field) -> str:
        """The declaration of a global field."""
        start = f"{{ initialValue: {self.expr(field.start)} }}" if field.start is not None else ""
        return f"{field.name} = GlobalState<{self.kinds[field.kind]}>({start})"

    def map(self, each: m.Map) -> str:
        """The declaration of a map."""
        if each.boxes:
            return f"{each.name} = BoxMap<Account, uint64>({{ keyPrefix: '{each.prefix}' }})"
        return f"{each.name} = LocalState<uint64>()"

    def life_cycle(self, contract: m.Model) -> Iterator[tuple[str, list[str]]]:
        """Methods that the protocol calls, by their conventional names."""
        if contract.opts_in:
            yield (
                "optInToApplication",
                [self.set(m.Set(e.name, m.number(0), m.SENDER)) for e in contract.maps if not e.boxes],
            )
        if contract.deletable:
            yield (
                "deleteApplication",
                self.lines((m.Check(m.op(m.SENDER, "===", m.CREATOR), "only the creator can do this"),)),
            )

    def method(self, name: str, params: Iterable[tuple[str, str]], body: list[str], returns: str) -> str:
        """A method."""
        given = ", ".join(f"{n}: {self.payment if kind == 'payment' else self.kinds[kind]}" for n, kind in params)
        head = f"{name}({given}): {self.kinds[returns] if returns else 'void'}"
        return f"{head} {{\n{inner(chr(10).join(body))}\n}}"

    def body(self, method: m.Method) -> list[str]:
        """The statements of a method."""
        ending = [f"return {self.expr(method.result)}"] if method.result is not None else []
        return [*self.lines(method.body), *ending]

    def lines(self, statements: Iterable[m.Statement]) -> list[str]:
        """Statements, one a line."""
        found = []
        for each in statements:
            match each:
                case m.Check(condition, message):
                    found.append(f"assert({self.expr(condition)}, '{message}')")
                case m.Let(name, value):
                    found.append(self.let(name, value))
                case m.Set():
                    found.append(self.set(each))
                case m.Drop(name, key):
                    found.append(f"this.{name}({self.expr(key)}).delete()")
                case m.Pay(receiver, amount):
                    found.append(self.pay(self.expr(receiver), self.expr(amount)))
                case m.When(condition, body):
                    found.append(f"if ({self.expr(condition)}) {{")
                    found += [f"  {line}" for line in self.lines(body)]
                    found.append("}")
        return found

    def let(self, name: str, value: m.Expr) -> str:
        """A constant."""
        return (
            f"const {name}: uint64 = {self.expr(value)}" if value.kind == "op" else f"const {name} = {self.expr(value)}"
        )

    def set(self, each: m.Set) -> str:
        """An assignment, short where it adds to what is there."""
        target = f"this.{each.name}{f'({self.expr(each.key)})' if each.key is not None else ''}.value"
        value = each.value
        same = [m.state(each.name)] if each.key is None else [m.entry(each.name, each.key)]
        if each.key is not None and not self.maps[each.name].boxes:
            same.append(m.entry_or_zero(each.name, each.key))
        if value.kind == "op" and value.name in {"+", "-"} and value.of[0] in same:
            return f"{target} {value.name}= {self.expr(value.of[1])}"
        return f"{target} = {self.expr(value)}"

    def pay(self, receiver: str, amount: str) -> str:
        """An inner payment."""
        fields = [
            name if value == name else f"{name}: {value}"
            for name, value in (("receiver", receiver), ("amount", amount))
        ]
        return f"itxn.payment({{ {', '.join(fields)}, fee: 0 }}).submit()"

    def expr(self, e: m.Expr) -> str:
        """An expression."""
        match e.kind:
            case "number":
                return grouped(int(e.name))
            case "truth" | "param" | "local":
                return e.name
            case "state":
                return f"this.{e.name}.value"
            case "entry":
                return f"this.{e.name}({self.expr(e.of[0])}).value"
            case "entry_or_zero":
                return self.or_zero(e.name, self.expr(e.of[0]))
            case "has":
                return self.has(e.name, self.expr(e.of[0]))
            case "payment":
                return f"{e.of[0].name}.{e.name}"
            case "op":
                return f"{self.operand(e.of[0])} {e.name} {self.operand(e.of[1])}"
            case "no":
                return f"!{self.operand(e.of[0])}"
        return self.words[e.kind]

    def operand(self, e: m.Expr) -> str:
        """An expression inside another one."""
        return f"({self.expr(e)})" if e.kind == "op" else self.expr(e)

    def or_zero(self, name: str, key: str) -> str:
        """A map's value or 0."""
        return f"this.{name}({key}).get({{ default: 0 }})" if self.maps[name].boxes else f"this.{name}({key}).value"

    def has(self, name: str, key: str) -> str:
        """Whether a map has a value."""
        return f"this.{name}({key}).exists" if self.maps[name].boxes else f"this.{name}({key}).value > 0"


class TealScript(AlgorandTypeScript):
    """Its predecessor."""

    title = "TEALScript"

    kinds: ClassVar[dict[str, str]] = {
        "uint64": "uint64",
        "boolean": "boolean",
        "string": "string",
        "account": "Address",
    }
    payment = "PayTxn"
    words: ClassVar[dict[str, str]] = {
        "sender": "this.txn.sender",
        "creator": "this.app.creator",
        "address": "this.app.address",
        "round": "globals.round",
        "time": "globals.latestTimestamp",
    }
    readonly = "@abi.readonly"

    def __init__(self) -> None:
        super().__init__(explicit=False)

    def module(self, text: str) -> str:
        """The file around the class."""
        return f"import {{ Contract }} from '@algorandfoundation/tealscript'\n\n{text}\n"

    def field(self, field: m.Field) -> str:
        """The declaration of a global field; its value comes at creation."""
        return f"{field.name} = GlobalStateKey<{self.kinds[field.kind]}>()"

    def map(self, each: m.Map) -> str:
        """The declaration of a map."""
        if each.boxes:
            return f"{each.name} = BoxMap<Address, uint64>({{ prefix: '{each.prefix}' }})"
        return f"{each.name} = LocalStateKey<uint64>()"

    def life_cycle(self, contract: m.Model) -> Iterator[tuple[str, list[str]]]:
        """Methods that the protocol calls, creation among them."""
        started = [m.Set(each.name, each.start) for each in contract.fields if each.start is not None]
        yield "createApplication", self.lines(started)
        yield from super().life_cycle(contract)

    def let(self, name: str, value: m.Expr) -> str:
        """A constant."""
        return f"const {name} = {self.expr(value)}"

    def set(self, each: m.Set) -> str:
        """An assignment."""
        target = f"this.{each.name}{f'({self.expr(each.key)})' if each.key is not None else ''}.value"
        return f"{target} = {self.expr(each.value)}"

    def pay(self, receiver: str, amount: str) -> str:
        """An inner payment."""
        return f"sendPayment({{ receiver: {receiver}, amount: {amount}, fee: 0 }})"

    def or_zero(self, name: str, key: str) -> str:
        """A map's value or 0."""
        read = f"this.{name}({key})"
        return f"({read}.exists ? {read}.value : 0)" if self.maps[name].boxes else f"{read}.value"
