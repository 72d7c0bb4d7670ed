"""Contracts as tasks: what the class promises to the outside, read off its declaration.

A contract's file is the answer as a whole. Its JSDoc, where there is one, says what it is for; its state and the
signatures of its methods say what the answer must offer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tree_sitter import Node

from algorand_coder.instruct.docs_phrasing import detail, sentence_request
from algorand_coder.instruct.docs_prose import lower_first, paragraphs, plain, refers_elsewhere, sentences
from algorand_coder.records import Kind, Unit
from algorand_coder.syntax import parse

_STATE = re.compile(r"=\s*((?:Global|Local)(?:State|Map)|Box(?:Map|Ref)?)\s*(<.*?>)?\s*\(", re.DOTALL)
_HIDDEN = re.compile(r"\b(?:private|protected)\b")
_CLASSES = frozenset({"class_declaration", "abstract_class_declaration"})
_MEMBER_END = re.compile(r"(?<=[\w>\])'\"])[ \t]*\n\s*(?=[\w'\"])")
"""A line break between two members of a type that stands for a semicolon."""
_TYPES = frozenset({"type_alias_declaration", "interface_declaration"})


@dataclass(frozen=True, slots=True)
class Shape:
    """What a contract offers."""

    name: str
    state: tuple[str, ...]
    """``name: GlobalState<uint64>`` of each state field."""
    methods: tuple[str, ...]
    """Signature of each public method, in order."""
    words: tuple[str, ...]
    """What the code says that each method does, its JSDoc or the comment it starts with; empty where nothing."""


def shapes_of(code: str) -> list[Shape]:
    """State and public methods of every class in ``code`` that extends another, in order."""
    shapes = []
    for node in _classes(parse(code).root_node):
        title, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        if title is not None and body is not None:
            shapes.append(Shape(_text(title), *_members(body)))
    return shapes


def instruction_for(unit: Unit, prose: str) -> tuple[str, str] | None:
    """Instruction and input that ask for the contracts of ``unit``; ``None`` when they promise nothing."""
    shapes = shapes_of(unit.code)
    methods = [words for shape in shapes for words in shape.words]
    # Signatures alone do not say what a contract does.
    if not methods or (not all(methods) and (len(methods) > 1 or not prose.strip())):
        return None
    if len(shapes) > 1:
        names = [f"`{shape.name}`" for shape in shapes]
        opening = f"Write the Algorand TypeScript contracts {', '.join(names[:-1])} and {names[-1]} in one file"
        members = "\n".join(f"{s.name}:\n{_listed(s)}".rstrip() for s in shapes)
        return f"{opening}, with the members below.", _with_types(members, unit.code)
    what = "logic signature" if unit.kind is Kind.LOGICSIG else "smart contract"
    shape = shapes[0]
    opening = f"Write an Algorand TypeScript {what} `{shape.name}`"
    blocks = paragraphs(plain(prose))
    found = sentences(blocks[0]) if blocks else []
    goal = sentence_request(found[0], shape.name) if found else ""
    details = [text for sentence in found[1:3] if (text := detail(sentence, shape.name))]
    if goal:
        opening += f" to {goal}"
    elif found and len(found[0]) < 160 and " " in found[0] and not refers_elsewhere(found[0]):
        opening += f": {lower_first(found[0].rstrip(' .:'))}"
    else:
        opening += " with the members below"
    return " ".join([f"{opening}.", *details]), _with_types(_listed(shape), unit.code)


def _listed(shape: Shape) -> str:
    return "\n".join([*(f"- state `{field}`" for field in shape.state), *map(_described, shape.methods, shape.words)])


def _described(method: str, words: str) -> str:
    return f"- `{method}`: {words}" if words else f"- `{method}`"


def _with_types(members: str, code: str) -> str:
    """``members``, and under them the types of ``code`` that they name."""
    found = []
    for node in parse(code).root_node.named_children:
        inner = node.child_by_field_name("declaration") if node.type == "export_statement" else node
        name = inner.child_by_field_name("name") if inner is not None else None
        is_type = inner is not None and (inner.type in _TYPES or (inner.type in _CLASSES and _is_struct(inner)))
        if inner is not None and name is not None and is_type and re.search(rf"\b{re.escape(_text(name))}\b", members):
            found.append(f"- `{' '.join(_MEMBER_END.sub('; ', _text(inner).rstrip(';')).split())}`")
    return "\n".join([members, "Types:", *found]) if found else members


def _is_struct(node: Node) -> bool:
    return any(child.type == "class_heritage" and "Struct" in _text(child) for child in node.children)


def _classes(root: Node) -> list[Node]:
    found = []
    for node in root.named_children:
        inner = node.child_by_field_name("declaration") if node.type == "export_statement" else node
        if inner is not None and inner.type in _CLASSES and _extends(inner) and not _is_struct(inner):
            found.append(inner)
    return found


def _extends(node: Node) -> bool:
    return any(child.type == "class_heritage" for child in node.children)


def _members(body: Node) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    state, methods, words = [], [], []
    comment = ""
    for member in body.named_children:
        text = _text(member)
        if member.type == "public_field_definition" and (match := _STATE.search(text)):
            name = member.child_by_field_name("name")
            if name is not None:
                state.append(f"{_text(name)}: {match[1]}{' '.join((match[2] or '').split())}")
        elif member.type == "method_definition":
            inner = member.child_by_field_name("body")
            head = text[: inner.start_byte - member.start_byte] if inner is not None else text
            if not _HIDDEN.search(head) and not head.lstrip().startswith(("#", "constructor")):
                methods.append(" ".join(re.sub(r"^(?:public|override|\s)+", "", head).split()))
                first = next(iter(inner.named_children), None) if inner is not None else None
                starts = _text(first) if first is not None and first.type == "comment" else ""
                words.append(_first_sentence(comment or starts))
        comment = _text(member) if member.type == "comment" else comment if member.type == "decorator" else ""
    return tuple(state), tuple(methods), tuple(words)


def _first_sentence(comment: str) -> str:
    """What a comment says first, without its marks; empty for tags."""
    text = " ".join(re.sub(r"^\s*(?:/\*+|\*+/?|//+)|\*/\s*$", "", line).strip() for line in comment.split("\n")).strip()
    found = sentences(plain(text.partition("@")[0])) if text and not text.startswith("@") else []
    return lower_first(found[0].rstrip(" .:")) if found and " " in found[0] else ""


def _text(node: Node) -> str:
    return (node.text or b"").decode("utf-8", "replace")
