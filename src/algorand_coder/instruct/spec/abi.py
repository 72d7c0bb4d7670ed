"""An ARC-56 specification as a client sees it, with the TypeScript types of its values."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from algorand_coder.instruct.patterns.base import Unfit

_SHOWN = ("name", "structs", "methods", "state", "bareActions")
_REFERENCES = {"account": "string", "asset": "bigint", "application": "bigint"}
_TRANSACTIONS = {"pay": "payment", "axfer": "assetTransfer"}


def upper(name: str) -> str:
    """``name`` with a capital first letter."""
    return name[0].upper() + name[1:]


@dataclass(frozen=True, slots=True)
class Arg:
    """An argument of a method."""

    name: str
    type: str
    struct: str = ""

    @property
    def is_payment(self) -> bool:
        """Whether it is a payment that goes before the call."""
        return self.type == "pay"


@dataclass(frozen=True, slots=True)
class Method:
    """An ABI method."""

    name: str
    args: tuple[Arg, ...]
    returns: str
    struct: str
    readonly: bool
    creates: bool
    calls: bool

    @property
    def signature(self) -> str:
        """As ARC-4 writes it."""
        return f"{self.name}({','.join(arg.type for arg in self.args)}){self.returns}"


class Spec:
    """One application's specification. Raises ``Unfit`` for what no plain client can use."""

    def __init__(self, arc56: str) -> None:
        self.raw: dict[str, Any] = json.loads(arc56)
        self.name: str = self.raw["name"]
        self.structs: dict[str, list[dict[str, Any]]] = self.raw["structs"]
        self.methods = [_method(each) for each in self.raw["methods"]]
        self.bare_create = "NoOp" in self.raw["bareActions"]["create"]
        keys, maps = self.raw["state"]["keys"], self.raw["state"]["maps"]
        self.globals: dict[str, str] = {name: each["valueType"] for name, each in keys["global"].items()}
        self.box_maps: dict[str, tuple[str, str]] = {
            name: (each["keyType"], each["valueType"]) for name, each in maps["box"].items()
        }

    @property
    def text(self) -> str:
        """What of the specification a request shows, as JSON."""
        shown = {key: self.raw[key] for key in _SHOWN if self.raw[key]}
        shown["methods"] = [_slim(each) for each in self.raw["methods"]]
        state = self.raw["state"]
        shown["state"] = {"schema": state["schema"], **{part: _nonempty(state[part]) for part in ("keys", "maps")}}
        return _compact(shown)

    def ordinary(self) -> list[Method]:
        """Methods that are called in the life of the application, with arguments that a client can give."""
        return [each for each in self.methods if each.calls and all(self.usable(arg) for arg in each.args)]

    def usable(self, arg: Arg) -> bool:
        """Whether a plain client can give this argument."""
        return arg.is_payment or (arg.type not in _TRANSACTIONS and bool(self.type_of(arg.type, arg.struct)))

    def type_of(self, kind: str, struct: str = "") -> str:
        """The TypeScript type of an ABI value; empty where there is no plain one."""
        if struct in self.structs or kind in self.structs:
            return struct or kind
        if kind in _REFERENCES:
            return _REFERENCES[kind]
        if match := re.fullmatch(r"uint(\d+)", kind):
            return "number" if int(match[1]) <= 32 else "bigint"
        if re.fullmatch(r"byte\[\d*\]|AVMBytes", kind):
            return "Uint8Array"
        if match := re.fullmatch(r"(.+)\[\d*\]", kind):
            inner = self.type_of(match[1])
            return f"{inner}[]" if inner else ""
        if kind.startswith("("):
            inside = [self.type_of(each) for each in split_types(kind[1:-1])]
            return f"[{', '.join(inside)}]" if all(inside) else ""
        plain = {"string": "string", "bool": "boolean", "address": "string", "void": "void"}
        return plain.get(kind, {"AVMUint64": "bigint", "AVMString": "string"}.get(kind, ""))

    def declarations(self, *used: str) -> str:
        """Type aliases of the structs that the types ``used`` name, those inside them first."""
        found: dict[str, str] = {}

        def add(name: str) -> None:
            if name in found or name not in self.structs:
                return
            fields = self.structs[name]
            for each in fields:
                if isinstance(each["type"], str):
                    add(each["type"])
            lines = [f"  {each['name']}: {self.type_of(str(each['type']))}" for each in fields]
            if any(line.endswith(": ") for line in lines):
                raise Unfit
            found[name] = f"export type {name} = {{\n" + "\n".join(lines) + "\n}"

        for each in used:
            for name in re.findall(r"\w+", each):
                add(name)
        return "\n\n".join(found.values())


def split_types(text: str) -> list[str]:
    """The parts of a tuple type."""
    parts, depth, start = [], 0, 0
    for position, char in enumerate(text):
        depth += (char in "([") - (char in ")]")
        if char == "," and depth == 0:
            parts.append(text[start:position])
            start = position + 1
    return [*parts, text[start:]]


def _method(raw: dict[str, Any]) -> Method:
    args = tuple(Arg(each["name"], each["type"], each.get("struct", "")) for each in raw["args"])
    actions = raw["actions"]
    return Method(
        name=raw["name"],
        args=args,
        returns=raw["returns"]["type"],
        struct=raw["returns"].get("struct", ""),
        readonly=bool(raw["readonly"]),
        creates="NoOp" in actions["create"],
        calls="NoOp" in actions["call"],
    )


def _slim(raw: dict[str, Any]) -> dict[str, Any]:
    kept = {key: raw[key] for key in ("name", "args", "returns", "actions")}
    return {**kept, **({"readonly": True} if raw["readonly"] else {})}


def _nonempty(raw: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in raw.items() if value}


def _compact(value: dict[str, Any]) -> str:
    """JSON with one line for each member of the outer lists and objects."""
    lines = []
    for key, inner in value.items():
        if isinstance(inner, list):
            rows = ",\n".join(f"    {json.dumps(each)}" for each in inner)
            lines.append(f'  "{key}": [\n{rows}\n  ]')
        else:
            lines.append(f'  "{key}": {json.dumps(inner)}')
    return "{\n" + ",\n".join(lines) + "\n}"
