"""Values that a documentation example fixes, taken out of it: what an example writes down, a function is given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tree_sitter import Node, QueryCursor

from algorand_coder.syntax.parsing import parse_bytes, query

_STAND_IN = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*(?:\.\.\.)?")
_CAMEL_STAND_IN = re.compile(r"[a-z]+(?:[A-Z][a-z0-9]*)*(?:Base64|Key|Address|Addr|Mnemonic|Hash|Token)")
_STAND_IN_WORDS = (
    "ADDRESS",
    "ACCOUNT",
    "TEAL",
    "CODE",
    "MNEMONIC",
    "TXID",
    "SENDER",
    "RECEIVER",
    "CREATOR",
    "TOCLOSETO",
)
_SUBJECTS = (
    ("asset", "assetId"),
    ("applica", "appId"),
    ("block", "round"),
    ("account", "address"),
    ("transaction", "txId"),
)
"""What the method of a client that looks something up is given, by a word of its name."""
_ARGUMENT = re.compile(r"-?[\d_]+n?|'[^'\n]*'|\"[^\"\n]*\"")
NAME = re.compile(r"[A-Za-z_$][\w$]*")
_CONSTANT = re.compile(r"const\s+([A-Za-z_$][\w$]*)\s*=\s*(-?[\d_]+n?|'[^'\n]*'|\"[^\"\n]*\"|true|false)\s*;?")


@dataclass(frozen=True, slots=True)
class Call:
    """A documented function: its name and the names of its parameters in order."""

    name: str
    parameters: tuple[str, ...]


def lift(code: str, call: Call | None, parameters: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """``code`` with stand-ins (``'SENDERADDRESS'``), constants, and what it passes to ``call`` and to look-ups replaced
    by parameters; those, ``{name: type}``, next to the ``parameters`` that it has."""
    known = dict(parameters)
    code, arguments = _lift_arguments(code, call, set(known))
    known |= arguments
    code, looked_up = _lift_look_ups(code, set(known))
    known |= looked_up
    code, constants = _lift_constants(code)
    known |= constants
    code, stand_ins = _lift_stand_ins(code, known)
    return code, {**arguments, **looked_up, **constants, **dict.fromkeys(stand_ins, "string")}


def _lift_stand_ins(code: str, parameters: dict[str, str]) -> tuple[str, list[str]]:
    """Replace stand-in strings by parameters named after the option they are given to."""
    raw = code.encode()
    captures = QueryCursor(query("ts", "(string) @string")).captures(parse_bytes(raw).root_node)
    names: dict[str, str] = {}
    used = _declared(code) | set(parameters)
    edits: list[tuple[int, int, str]] = []
    for node in sorted(captures.get("string", []), key=lambda n: n.start_byte):
        literal = text_of(node)[1:-1]
        parent = node.parent
        if (
            not _is_stand_in(literal)
            or parent is None
            or parent.type not in {"pair", "array", "arguments", "variable_declarator"}
        ):
            continue
        key = parent.child_by_field_name("key") if parent.type == "pair" else None
        option = text_of(key).strip("'\"") if key else ""
        if literal not in names:
            names[literal] = _free_name(option or _camel(literal), literal, used)
            used.add(names[literal])
        if option and option == names[literal]:
            edits.append((parent.start_byte, node.end_byte, option))
        else:
            edits.append((node.start_byte, node.end_byte, names[literal]))
    return _edited(raw, edits), list(names.values())


def _lift_arguments(code: str, call: Call | None, taken: set[str]) -> tuple[str, dict[str, str]]:
    """Replace the literals that an example passes to the documented function by parameters named as it names them."""
    if call is None or not call.parameters:
        return code, {}
    raw = code.encode()
    lifted: dict[str, str] = {}
    edits: list[tuple[int, int, str]] = []
    declared = _declared(code) | taken
    for node in sorted(_calls(raw), key=lambda n: n.start_byte):
        function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if function is None or arguments is None or text_of(function).rpartition(".")[2] != call.name:
            continue
        for name, argument in zip(call.parameters, arguments.named_children, strict=False):
            value = text_of(argument)
            # A short word in quotes is as likely a choice between fixed values ('testnet') as free text.
            free = not re.fullmatch(r"['\"][a-z]+['\"]", value) or re.search(r"(?:name|address|text|note)$", name, re.I)
            if free and _ARGUMENT.fullmatch(value) and NAME.fullmatch(name) and name not in declared:
                lifted[name] = _type_of_literal(value)
                edits.append((argument.start_byte, argument.end_byte, name))
        break
    return _edited(raw, edits), lifted


def _lift_look_ups(code: str, taken: set[str]) -> tuple[str, dict[str, str]]:
    """Replace what a query asks for (``lookupApplications(1234).limit(5)``) by parameters named after the calls."""
    raw = code.encode()
    lifted: dict[str, str] = {}
    edits: list[tuple[int, int, str]] = []
    declared = _declared(code) | taken
    for node in sorted(_calls(raw), key=lambda n: n.end_byte):
        function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if function is None or arguments is None or function.type != "member_expression":
            continue
        if len(arguments.named_children) != 1 or not _ARGUMENT.fullmatch(value := text_of(arguments.named_children[0])):
            continue
        method = text_of(function).rpartition(".")[2]
        subject = next((name for word, name in _SUBJECTS if word in method.lower()), "")
        name = subject if re.match(r"(?:lookup|search|get|pending|status|make|for)?[A-Z]|account", method) else method
        if (
            not re.search(r"\)\s*\.\s*do\(|^\s*\.", code[node.start_byte :], re.MULTILINE)
            or not name
            or name in declared
        ):
            continue
        if lifted.setdefault(name, _type_of_literal(value)) == _type_of_literal(value):
            edits.append((arguments.named_children[0].start_byte, arguments.named_children[0].end_byte, name))
            declared.add(name)
    return _edited(raw, edits), lifted


def _calls(raw: bytes) -> list[Node]:
    return QueryCursor(query("ts", "(call_expression) @call")).captures(parse_bytes(raw).root_node).get("call", [])


def _declared(code: str) -> set[str]:
    return set(re.findall(r"\b(?:const|let|var|function|class)\s+([A-Za-z_$][\w$]*)", code))


def _edited(raw: bytes, edits: Iterable[tuple[int, int, str]]) -> str:
    for start, end, text in sorted(edits, reverse=True):
        raw = raw[:start] + text.encode() + raw[end:]
    return raw.decode()


def _type_of_literal(value: str) -> str:
    if value in {"true", "false"}:
        return "boolean"
    return "string" if value[0] in "'\"" else "bigint" if value.endswith("n") else "number"


def _lift_constants(code: str) -> tuple[str, dict[str, str]]:
    """Take ``const round = 18309917`` out of the code: what an example fixes, a function is given."""
    lifted: dict[str, str] = {}
    raw = code.encode()
    statements = parse_bytes(raw).root_node.named_children
    for node in reversed(statements):
        match = _CONSTANT.fullmatch(text_of(node)) if node.type == "lexical_declaration" else None
        if match is None:
            continue
        lifted[match[1]] = _type_of_literal(match[2])
        end = node.end_byte + (raw[node.end_byte : node.end_byte + 1] == b"\n")
        raw = raw[: node.start_byte] + raw[end:]
    if len(lifted) == sum(node.type != "comment" for node in statements):
        return code, {}
    rest = raw.decode().strip("\n")
    used = set(re.findall(r"(?<![.\w$])[A-Za-z_$][\w$]*", rest))
    return rest, {name: kind for name, kind in reversed(lifted.items()) if name in used}


def _is_stand_in(literal: str) -> bool:
    return _CAMEL_STAND_IN.fullmatch(literal) is not None or (
        len(literal) >= 6
        and _STAND_IN.fullmatch(literal) is not None
        and any(word in literal for word in _STAND_IN_WORDS)
        and not re.fullmatch(r"[A-Z2-7]{58}", literal)
    )


def _free_name(preferred: str, literal: str, used: set[str]) -> str:
    for candidate in (preferred, _camel(literal), f"{preferred}Value"):
        if candidate not in used:
            return candidate
    return f"{preferred}{len(used)}"


def _camel(literal: str) -> str:
    """``SENDERADDRESS`` → ``senderAddress``; ``NEW_SENDER_ADDRESS`` → ``newSenderAddress``."""
    if _CAMEL_STAND_IN.fullmatch(literal):
        return literal
    words = literal.rstrip(".").lower().split("_")
    if len(words) == 1:
        words = [w for w in re.split(r"(address|account|mnemonic|code)", words[0]) if w]
    return words[0] + "".join(word.capitalize() for word in words[1:])


def text_of(node: Node) -> str:
    """The source of ``node``."""
    return (node.text or b"").decode("utf-8", "replace")
