"""A model as PyTeal with a router, and as Beaker."""

from __future__ import annotations

from collections.abc import Iterable

from algorand_coder.instruct.migration import model as m

_TEAL = {
    "uint64": "TealType.uint64",
    "boolean": "TealType.uint64",
    "string": "TealType.bytes",
    "account": "TealType.bytes",
}
_ABI = {"uint64": "abi.Uint64", "boolean": "abi.Bool", "string": "abi.String", "account": "abi.Address"}
_WORDS = {
    "sender": "Txn.sender()",
    "creator": "Global.creator_address()",
    "address": "Global.current_application_address()",
    "round": "Global.round()",
    "time": "Global.latest_timestamp()",
}


def snake(name: str) -> str:
    """``lastCaller`` → ``last_caller``."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


class PyTeal:
    """PyTeal with its ABI router. Maps are local state: PyTeal's boxes are raw bytes."""

    title = "PyTeal"
    opening = "from pyteal import *"

    def write(self, contract: m.Model) -> str:
        """The file."""
        created = self.sequence([m.Set(f.name, f.start) for f in contract.fields if f.start is not None])
        opted = self.sequence([m.Set(each.name, m.number(0), m.SENDER) for each in contract.maps])
        delete = "Return(Txn.sender() == Global.creator_address())" if contract.deletable else "Reject()"
        actions = [f"    no_op=OnCompleteAction.create_only({created}),"]
        if contract.opts_in:
            actions.append(f"    opt_in=OnCompleteAction.call_only({opted}),")
        actions.append(f"    delete_application=OnCompleteAction.call_only({delete}),")
        head = (
            f'router = Router(\n    "{contract.name}",\n    BareCallActions(\n'
            + "".join(f"    {a}\n" for a in actions)
            + "    ),\n)"
        )
        methods = [self.method(each, "@router.method") for each in contract.methods]
        return "\n\n\n".join([f"{self.opening}\n\n{head}", *methods]) + "\n"

    def method(self, method: m.Method, decorator: str) -> str:
        """A method."""
        given = [f"{snake(n)}: {'abi.PaymentTransaction' if k == 'payment' else _ABI[k]}" for n, k in method.params]
        if method.result is not None:
            given += ["*", f"output: {_ABI[method.returns]}"]
        lets = "".join(
            f"    {snake(s.name)} = ScratchVar(TealType.uint64)\n" for s in method.body if isinstance(s, m.Let)
        )
        parts = [self.statement(each) for each in method.body]
        if method.result is not None:
            parts.append(f"output.set({self.expr(method.result)})")
        body = parts[0] if len(parts) == 1 else "Seq(\n" + "".join(f"        {part},\n" for part in parts) + "    )"
        return f"{decorator}\ndef {snake(method.name)}({', '.join(given)}) -> Expr:\n{lets}    return {body}"

    def sequence(self, statements: Iterable[m.Statement]) -> str:
        """Statements as one expression."""
        parts = [self.statement(each) for each in statements]
        return f"Seq({', '.join([*parts, 'Approve()'])})" if parts else "Approve()"

    def statement(self, each: m.Statement) -> str:
        """A statement."""
        match each:
            case m.Check(condition, message):
                return f'Assert({self.expr(condition)}, comment="{message}")'
            case m.Let(name, value):
                return f"{snake(name)}.store({self.expr(value)})"
            case m.Set():
                return self.set(each)
            case m.Drop(name, key):
                return self.set(m.Set(name, m.number(0), key))
            case m.Pay(receiver, amount):
                return (
                    "InnerTxnBuilder.Execute({TxnField.type_enum: TxnType.Payment, "
                    f"TxnField.receiver: {self.expr(receiver)}, TxnField.amount: {self.expr(amount)}, "
                    "TxnField.fee: Int(0)})"
                )
            case m.When(condition, body):
                return f"If({self.expr(condition)}).Then({', '.join(self.statement(s) for s in body)})"

    def set(self, each: m.Set) -> str:
        """An assignment."""
        if each.key is None:
            return f'App.globalPut(Bytes("{snake(each.name)}"), {self.expr(each.value)})'
        return f'App.localPut({self.expr(each.key)}, Bytes("{snake(each.name)}"), {self.expr(each.value)})'

    def read(self, name: str, key: m.Expr | None = None) -> str:
        """The value of a field or map."""
        if key is None:
            return f'App.globalGet(Bytes("{snake(name)}"))'
        return f'App.localGet({self.expr(key)}, Bytes("{snake(name)}"))'

    def expr(self, e: m.Expr) -> str:
        """An expression."""
        match e.kind:
            case "number":
                return f"Int({int(e.name):_})"
            case "truth":
                return "Int(1)" if e.name == "true" else "Int(0)"
            case "param":
                return f"{snake(e.name)}.get()"
            case "local":
                return f"{snake(e.name)}.load()"
            case "state":
                return self.read(e.name)
            case "entry" | "entry_or_zero":
                return self.read(e.name, e.of[0])
            case "has":
                return f"{self.read(e.name, e.of[0])} > Int(0)"
            case "payment":
                return f"{snake(e.of[0].name)}.get().{e.name}()"
            case "op":
                sign = {"===": "==", "!==": "!="}.get(e.name, e.name)
                return f"{self.operand(e.of[0])} {sign} {self.operand(e.of[1])}"
            case "no":
                return f"Not({self.expr(e.of[0])})"
        return _WORDS[e.kind]

    def operand(self, e: m.Expr) -> str:
        """An expression inside another one."""
        return f"({self.expr(e)})" if e.kind in {"op", "has"} else self.expr(e)


class Beaker(PyTeal):
    """Beaker 1: state in a class, methods by decorators."""

    title = "Beaker"
    opening = "from beaker import Application, GlobalStateValue, LocalStateValue\nfrom pyteal import *"

    def write(self, contract: m.Model) -> str:
        """The file."""
        lines = [self.field(each) for each in contract.fields]
        lines += [
            f"    {snake(each.name)} = LocalStateValue(stack_type=TealType.uint64, default=Int(0))"
            for each in contract.maps
        ]
        declared = f"class {contract.name}State:\n" + "\n".join(lines or ["    pass"])
        application = f'app = Application("{contract.name}", state={contract.name}State())'
        later = [m.Set(f.name, f.start) for f in contract.fields if f.start is not None and not _constant(f.start)]
        parts = ", ".join(["app.initialize_global_state()", *(self.statement(each) for each in later)])
        created = parts if not later else f"Seq({parts})"
        methods = [f"@app.create(bare=True)\ndef create() -> Expr:\n    return {created}"]
        if contract.opts_in:
            methods.append("@app.opt_in(bare=True)\ndef opt_in() -> Expr:\n    return app.initialize_local_state()")
        methods += [
            self.method(each, "@app.external(read_only=True)" if each.readonly else "@app.external")
            for each in contract.methods
        ]
        if contract.deletable:
            check = 'Assert(Txn.sender() == Global.creator_address(), comment="only the creator can do this")'
            methods.append(f"@app.delete(bare=True)\ndef delete() -> Expr:\n    return {check}")
        return "\n\n\n".join([self.opening, declared, application, *methods]) + "\n"

    def field(self, field: m.Field) -> str:
        """The declaration of a global field."""
        default = f", default={self.expr(field.start)}" if field.start is not None and _constant(field.start) else ""
        return f"    {snake(field.name)} = GlobalStateValue(stack_type={_TEAL[field.kind]}{default})"

    def set(self, each: m.Set) -> str:
        """An assignment."""
        key = f"[{self.expr(each.key)}]" if each.key is not None else ""
        return f"app.state.{snake(each.name)}{key}.set({self.expr(each.value)})"

    def read(self, name: str, key: m.Expr | None = None) -> str:
        """The value of a field or map."""
        return f"app.state.{snake(name)}{f'[{self.expr(key)}]' if key is not None else ''}.get()"


def _constant(e: m.Expr) -> bool:
    return e.kind in {"number", "truth"}
