"""What import statements and declarations say by themselves: names and values."""

from __future__ import annotations

from tree_sitter import Node

from algorand_coder.extract.facts import Import

FUNCTION_VALUES = frozenset({"arrow_function", "function_expression", "generator_function"})


def read_imports(node: Node) -> list[Import]:
    """The names an ``import`` statement brings in."""
    source = node.child_by_field_name("source")
    if source is None:
        return []
    module = text_of(source)[1:-1]
    type_only = any(child.type == "type" for child in node.children)
    clause = next((child for child in node.named_children if child.type == "import_clause"), None)
    if clause is None:
        return [Import(module, "", "")]
    found = []
    for child in clause.named_children:
        if child.type == "identifier":
            found.append(Import(module, "default", text_of(child), type_only))
        elif child.type == "namespace_import":
            found.append(Import(module, "*", text_of(child.named_children[0]), type_only))
        elif child.type == "named_imports":
            for specifier in child.named_children:
                name = field_text(specifier, "name")
                if name:
                    inline = type_only or any(part.type == "type" for part in specifier.children)
                    found.append(Import(module, name, field_text(specifier, "alias") or name, inline))
    return found


def declared_names(node: Node) -> tuple[str, ...]:
    """Names that a declaration declares; destructuring patterns are left out."""
    if node.type in {"lexical_declaration", "variable_declaration"}:
        names = [field_of(child, "name") for child in node.named_children if child.type == "variable_declarator"]
        return tuple(text_of(name) for name in names if name is not None and name.type == "identifier")
    name = node.child_by_field_name("name")
    return (text_of(name),) if name is not None and name.type in {"identifier", "type_identifier"} else ()


def single_value(node: Node) -> Node | None:
    """The value of a ``const`` with one declarator."""
    declarators = [child for child in node.named_children if child.type == "variable_declarator"]
    return declarators[0].child_by_field_name("value") if len(declarators) == 1 else None


def field_of(node: Node | None, field: str) -> Node | None:
    """A named field of ``node``, if both are there."""
    return node.child_by_field_name(field) if node is not None else None


def field_text(node: Node, field: str) -> str:
    """Text of a named field, empty where it is missing."""
    found = node.child_by_field_name(field)
    return text_of(found) if found is not None else ""


def text_of(node: Node) -> str:
    """Source text of ``node``."""
    return (node.text or b"").decode("utf-8", "replace")
