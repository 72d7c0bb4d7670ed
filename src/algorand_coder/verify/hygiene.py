"""Rules that code must keep before a compiler looks at it: what would cheat the compiler, leak into other code
of the same batch, or is no code at all.

Comments and keywords are judged on the syntax tree: a string that says ``@ts-ignore`` is fine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tree_sitter import Node, QueryCursor

from algorand_coder.records import CONTRACT_KINDS, Candidate, Diagnostic, Level
from algorand_coder.syntax import language_of, parse
from algorand_coder.syntax.parsing import query

MAX_CHARACTERS = 1_000_000
"""Of all files together."""
MAX_LINE = 100_000
MAX_NESTING = 200
"""Brackets inside brackets; compilers recurse, and hand-written code stays below 30."""
SUFFIXES = (".ts", ".tsx", ".mts", ".json")

_SUSPECT = ("@ts-", "declare", "todo", "fixme", "xxx", "tbd", "implement", "omitted", "node_modules")
_ELLIPSIS = re.compile(r"(?://|\*)\s*(?:\.{3}|…)")
_LEFT_OUT = re.compile(
    r"\b(?:code|logic|implementation|contract|methods?|file) (?:here|goes|stays|remains|unchanged)", re.IGNORECASE
)
_FILLERS = (" here", " goes", " stays", " remains", " unchanged")
_CODE = re.compile(r"^(?:export (?![{*])|const |let |function |class |async |await |if |for )", re.MULTILINE)
_COMMENT_OR_IMPORT = re.compile(r"/\*.*?\*/|//[^\n]*|\bimport\b[^;\n]*|\bexport\s*\{\s*\}|[\s;]+", re.DOTALL)
_DIRECTIVE = re.compile(r"@ts-(nocheck|ignore|expect-error)", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"^[\s/*#<!-]*@?(?:todo|fixme|xxx|tbd)\b"
    r"|\b(?:your|the rest of(?: the| your)?|rest of (?:the|your)|existing|remaining) (?:\w+ )?"
    r"(?:code|logic|implementation|contract|methods?|file) (?:here|goes|stays|remains|unchanged|omitted)"
    r"|\b(?:code|logic|implementation) (?:goes )?here\b|\bomitted for brevity\b|\bimplement (?:this|me)\b"
    r"|^[\s/*]*(?:\.{3}|…)\s*(?:\*/)?\s*$|^[\s/*]*(?:\.{3}|…) ?(?:rest|existing|other|more|remaining|same|previous)\b",
    re.IGNORECASE | re.MULTILINE,
)
_NOT_IMPLEMENTED = re.compile(r"not (?:yet )?(?:been )?implemented|unimplemented|\btodo\b|implement me", re.IGNORECASE)
_INTO_PACKAGES = re.compile(r"(?:^|[/\\])node_modules(?:[/\\]|$)", re.IGNORECASE)
_BY_NAME = "a path into node_modules: import the package by its name"
_IMPORTERS = {"import_statement", "export_statement", "import_require_clause"}
_TREE = """
(comment) @comment
(ambient_declaration) @ambient
(throw_statement) @refusal
(call_expression function: (identifier) @function (#match? @function "^(err|assert)$")) @refusal
(string) @literal
(template_string) @literal
"""


def check(candidate: Candidate) -> list[Diagnostic]:
    """Every broken rule of ``candidate``; an empty list when it is fit for the compilers."""
    found = list(_paths(candidate)) or list(_texts(candidate))
    if found:
        return found
    for path, text in candidate.files.items():
        if path.endswith(".json"):
            found += _json(path, text)
        elif _may_break_a_rule(text):
            found += _tree(path, text)
    if not found and _is_empty(candidate.entry, candidate.files[candidate.entry]):
        found.append(_finding(candidate.entry, "empty", "there is no code here, only comments or imports"))
    return found


def _paths(candidate: Candidate) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for path in candidate.files:
        if wrong := wrong_path(path):
            yield _finding(ascii(path)[1:-1][:200], "path", wrong)
        elif path.casefold() in seen:
            yield _finding(path, "path", "two files differ in case only")
        seen.add(path.casefold())
    folders = {parent.as_posix().casefold() for path in candidate.files for parent in PurePosixPath(path).parents}
    for path in candidate.files:
        if path.casefold() in folders:
            yield _finding(ascii(path)[1:-1][:200], "path", "it is a file and a folder at once")
    if candidate.kind in CONTRACT_KINDS and not any(path.endswith(".algo.ts") for path in candidate.files):
        yield _finding(candidate.entry, "path", "a contract's file is named *.algo.ts")


def wrong_path(path: str) -> str:
    """Why ``path`` cannot be the name of a file under judgement; empty when it can."""
    name = PurePosixPath(path).name
    if not path or len(path) > 200 or not path.isprintable() or any(c in path for c in '\\:*?"<>|'):
        return 'a path is 1 to 200 printable characters without \\ : * ? " < > |'
    if path != PurePosixPath(path).as_posix() or path.startswith("/") or ".." in path.split("/"):
        return "a path is relative and stays inside the folder of its candidate"
    if name.startswith(".") or "node_modules" in path.casefold().split("/"):
        return "hidden files and node_modules are not judged"
    if re.fullmatch(r"package(-lock)?\.json|[tj]sconfig.*\.json", name):
        return "the project's own configuration is fixed and cannot be part of the code"
    if re.search(r"\.d\.[mc]?ts$", name):
        return "a declaration file is no code"
    if not name.endswith(SUFFIXES):
        return f"only {', '.join(SUFFIXES)} files can be judged"
    return ""


def _texts(candidate: Candidate) -> Iterator[Diagnostic]:
    if sum(map(len, candidate.files.values())) > MAX_CHARACTERS:
        yield _finding(candidate.entry, "size", f"more than {MAX_CHARACTERS:,} characters in all")
        return
    for path, text in candidate.files.items():
        if "\0" in text:
            yield _at(path, text, text.index("\0"), "encoding", "a null character")
        if (surrogate := _lone_surrogate(text)) is not None:
            yield _at(path, text, surrogate, "encoding", "a lone surrogate: this is not Unicode text")
        if len(text) > MAX_LINE and (long := re.search(rf"[^\n]{{{MAX_LINE + 1}}}", text)):
            yield _at(path, text, long.start(), "size", f"a line of more than {MAX_LINE:,} characters")
        if (deep := _too_deep(text)) is not None:
            yield _at(path, text, deep, "nesting", f"brackets nested more than {MAX_NESTING} deep")


def _lone_surrogate(text: str) -> int | None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return error.start
    return None


def _too_deep(text: str) -> int | None:
    if text.count("(") + text.count("[") + text.count("{") <= MAX_NESTING:
        return None
    depth = 0
    for bracket in re.finditer(r"[(\[{)\]}]", text):
        depth = depth + 1 if bracket[0] in "([{" else max(0, depth - 1)
        if depth > MAX_NESTING:
            return bracket.start()
    return None


def _json(path: str, text: str) -> Iterator[Diagnostic]:
    try:
        # Compilers and node read past a byte order mark.
        json.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        yield _finding(path, "json", "nested too deep")
    except ValueError as error:
        yield _finding(path, "json", f"not JSON: {error}")


def _may_break_a_rule(text: str) -> bool:
    """A cheap look that saves parsing most code; what it lets through the tree decides."""
    lower = text.lower()
    return (
        any(word in lower for word in _SUSPECT)
        or (("..." in text or "…" in text) and _ELLIPSIS.search(text) is not None)
        or (any(word in lower for word in _FILLERS) and _LEFT_OUT.search(text) is not None)
    )


def _tree(path: str, text: str) -> Iterator[Diagnostic]:
    language = language_of(path) or "ts"
    captures = QueryCursor(query(language, _TREE)).captures(parse(text, language).root_node)
    source = text.encode()
    for node in captures.get("comment", []):
        comment = _text(source, node)
        if directive := _DIRECTIVE.search(comment):
            yield _node(path, source, node, "directive", f"{directive[0]} hides errors from the compiler")
        if _PLACEHOLDER.search(comment):
            yield _node(path, source, node, "placeholder", "a placeholder stands where code should be")
        if comment.startswith("///") and _INTO_PACKAGES.search(comment.replace('"', "/").replace("'", "/")):
            yield _node(path, source, node, "import", _BY_NAME)
    for node in captures.get("literal", []):
        if _INTO_PACKAGES.search(_text(source, node)[1:-1]) and _is_imported(node):
            yield _node(path, source, node, "import", _BY_NAME)
    for node in captures.get("ambient", []):
        yield _node(path, source, node, "ambient", "`declare` claims that something exists without giving it")
    for node in captures.get("refusal", []):
        if any(_NOT_IMPLEMENTED.search(_text(source, literal)) for literal in _strings(node)):
            yield _node(path, source, node, "placeholder", "it only says that it is not implemented")


def _is_imported(literal: Node) -> bool:
    """Whether ``literal`` is what an import, a re-export or a call of ``import`` or ``require`` names."""
    parent = literal.parent
    if parent is not None and parent.type == "arguments" and (call := parent.parent) is not None:
        function = call.child_by_field_name("function")
        return function is not None and function.text in {b"import", b"require"}
    return parent is not None and parent.type in _IMPORTERS


def _strings(node: Node) -> Iterator[Node]:
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if current.type in {"string", "template_string"}:
            yield current
        elif current.type not in {"function_expression", "arrow_function", "class"}:
            waiting += current.children


def _is_empty(path: str, text: str) -> bool:
    # Cheap looks first: a line that begins like code outside of comments, or anything left without them and imports.
    code = _CODE.search(text)
    if code is not None and text.rfind("/*", 0, code.start()) <= text.rfind("*/", 0, code.start()):
        return False
    if path.endswith(".json") or _COMMENT_OR_IMPORT.sub("", text):
        return False
    language = language_of(path) or "ts"
    harmless = {"comment", "import_statement", "empty_statement", "hash_bang_line"}
    nodes = parse(text, language).root_node.children
    return all(node.type in harmless or (node.type == "export_statement" and node.child_count <= 3) for node in nodes)


def _text(source: bytes, node: Node) -> str:
    return source[node.start_byte : node.end_byte].decode("utf-8", "replace")


def _node(path: str, source: bytes, node: Node, rule: str, message: str) -> Diagnostic:
    offset = len(source[: node.start_byte].decode("utf-8", "replace"))
    return _at(path, source.decode("utf-8", "replace"), offset, rule, message)


def _at(path: str, text: str, offset: int, rule: str, message: str) -> Diagnostic:
    line = text.count("\n", 0, offset) + 1
    column = offset - (text.rfind("\n", 0, offset) + 1) + 1
    return Diagnostic(Level.PARSE, path, line, column, f"hygiene/{rule}", message)


def _finding(path: str, rule: str, message: str) -> Diagnostic:
    return Diagnostic(Level.PARSE, path, 0, 0, f"hygiene/{rule}", message)


def is_contract_file(path: str) -> bool:
    """Whether puya-ts would compile a file of this name."""
    return path.endswith(".algo.ts")
