"""What a TypeScript module exports, and which of its imports exist for its types alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tree_sitter import Node

from algorand_coder.syntax import parse

_NO_VALUES = frozenset({"import_statement", "nested_type_identifier", "type_query"})
"""Where an identifier is no use of a value; types themselves are identifiers of another kind."""
_VALUES = frozenset({"identifier", "shorthand_property_identifier"})
_NOT_A_LINE_END = re.compile(r"[^\r\n]")


def exported(code: str) -> set[str]:
    """The names under which ``code`` exports its own declarations of values."""
    names: set[str] = set()
    for statement in parse(code).root_node.named_children:
        if statement.type != "export_statement" or statement.child_by_field_name("source"):
            continue
        if any(each.type == "default" for each in statement.children):
            continue
        declaration = statement.child_by_field_name("declaration")
        for node in [declaration] if declaration else statement.named_children:
            names.update(_text(name) for name in _declared(node))
    return names


def _declared(node: Node) -> Iterator[Node]:
    if node.type == "export_clause":
        specifiers = [each for each in node.named_children if each.type == "export_specifier"]
        found = [each.child_by_field_name("alias") or each.child_by_field_name("name") for each in specifiers]
    elif node.type in {"lexical_declaration", "variable_declaration"}:
        found = [each.child_by_field_name("name") for each in node.named_children]
    else:
        found = [node.child_by_field_name("name")]
    return (each for each in found if each is not None)


def without_types(code: str) -> str:
    """``code`` with blanks for imports that no value needs; every other character stays in its place.

    The compiler leaves out what an import names if only types use it (unless ``verbatimModuleSyntax`` is set), and
    the whole import where nothing else is named. Node does not, and would look for an export that is none.
    """
    if "import" not in code:
        return code
    root = parse(code).root_node
    if root.has_error:
        return code
    imports = [node for node in root.named_children if node.type == "import_statement"]
    used = set(_values(root))
    source = code.encode("utf-8", "replace")
    starts = {statement.start_byte for statement in imports}
    spans = sorted(span for statement in imports for span in _unneeded(statement, used))
    for start, end in reversed(spans):
        blank = _NOT_A_LINE_END.sub(" ", source[start:end].decode("utf-8", "replace"))
        # A statement before it that has no semicolon must not go on behind it.
        blank = f";{blank[1:]}" if start in starts else blank
        source = source[:start] + blank.encode() + source[end:]
    return source.decode("utf-8") if spans else code


def _values(root: Node) -> Iterator[str]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.type in _VALUES:
            yield _text(node)
        elif node.type not in _NO_VALUES:
            waiting.extend(node.named_children)


def _unneeded(statement: Node, used: set[str]) -> list[tuple[int, int]]:
    """Bytes of ``statement`` that name what is not in ``used``."""
    clause = next((each for each in statement.named_children if each.type == "import_clause"), None)
    if clause is None:
        return []  # for its side effects
    named = [each for part in clause.named_children if part.type == "named_imports" for each in part.named_children]
    others = [part for part in clause.named_children if part.type in {"identifier", "namespace_import"}]
    bindings = [each for each in (*others, *named) if each.type != "comment"]
    unneeded = [each for each in bindings if _bound(each) not in used]
    if unneeded and len(unneeded) == len(bindings):
        return [(statement.start_byte, statement.end_byte)]
    return [_with_comma(each) for each in unneeded]


def _bound(binding: Node) -> str:
    if binding.type == "namespace_import":
        return _text(binding.named_children[0])
    return _text(binding.child_by_field_name("alias") or binding.child_by_field_name("name") or binding)


def _with_comma(binding: Node) -> tuple[int, int]:
    """One comma goes with what it separates: that after it, and before a namespace, which comes last."""
    after, before = binding.next_sibling, binding.prev_sibling
    if after is not None and after.type == ",":
        return binding.start_byte, after.end_byte
    if binding.type == "namespace_import" and before is not None and before.type == ",":
        return before.start_byte, binding.end_byte
    return binding.start_byte, binding.end_byte


def _text(node: Node) -> str:
    return (node.text or b"").decode("utf-8", "replace")
