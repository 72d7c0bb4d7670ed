"""Documentation examples made complete: the imports they leave out and the variables they take for granted."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from algorand_coder.extract.ambient import ambient_of
from algorand_coder.extract.config import PublishedPackage
from algorand_coder.extract.context import Scope, Unresolvable, place, render_imports, uses_semicolons
from algorand_coder.extract.declared import read_imports
from algorand_coder.extract.facts import Import, Snippet
from algorand_coder.extract.modules import PublicNames
from algorand_coder.extract.names import index_names
from algorand_coder.records import Kind, Metrics
from algorand_coder.syntax.parsing import parse_bytes
from algorand_coder.syntax.skeletons import skeleton_of

_PLATFORM = """
    AbortController AbortSignal AggregateError Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array Boolean
    Buffer Date DataView Error EvalError Float32Array Float64Array Function Infinity Int16Array Int32Array Int8Array
    Intl Iterable IterableIterator AsyncIterable JSON Map Math NaN NodeJS Number Object Omit Parameters Partial Pick
    Promise PromiseLike Proxy RangeError Readonly ReadonlyArray ReadonlyMap ReadonlySet Record ReferenceError Reflect
    RegExp Required ReturnType Awaited Exclude Extract NonNullable InstanceType Set String Symbol SyntaxError
    TextDecoder TextEncoder TypeError URL URLSearchParams Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap
    WeakSet Headers Request Response RequestInit console clearInterval clearTimeout crypto decodeURIComponent
    encodeURIComponent fetch globalThis isFinite isNaN parseFloat parseInt process queueMicrotask setInterval
    setTimeout structuredClone undefined atob btoa arguments const
"""
PLATFORM = frozenset(_PLATFORM.split())
"""Names the platform provides: ECMAScript, Node, and TypeScript's utility types."""

TEALSCRIPT_CLASSES = frozenset({"Contract", "LogicSig"})

_ELISION = re.compile(
    r"\*\\\}|\{/\*|^\s*(?:\.\.\.|…)\s*$|\{\s*\.\.\.\s*\}|\(\s*\.\.\.\s*\)|,\s*\.\.\.\s*[)\]}]", re.MULTILINE
)
_MISSING_COMMA = re.compile(r"(:[^\n]*[\w'\"\])}])(?=\n\s*(?://[^\n]*\n\s*)*\w+:\s)")


@dataclass(frozen=True, slots=True)
class Completed:
    """An example with what it needs: imports, and ``declare const`` lines for its free variables."""

    code: str
    """The example without its own import statements."""
    imports: str
    context: str
    metrics: Metrics
    skeleton: str


@dataclass(frozen=True, slots=True)
class Library:
    """What completing an example may draw on."""

    names: Mapping[str, Mapping[str, Import]]
    """Public name → package → how it is imported from there."""
    augmentations: Mapping[str, str]
    """Member added to built-in types → package that adds it."""

    @classmethod
    def of(cls, packages: Mapping[str, PublishedPackage], public: Mapping[str, PublicNames]) -> Library:
        """Gather the public names of ``packages``; a package root wins over its deep entry points."""
        names: dict[str, dict[str, Import]] = {}
        for package in sorted(packages):
            found = public[package].by_symbol.values() if package in public else ()
            for module, name in sorted(found, key=lambda item: (item[0] != package, item)):
                names.setdefault(name, {}).setdefault(package, Import(module, name, name))
            for name in packages[package].names:
                names.setdefault(name, {}).setdefault(package, Import(package, name, name))
        if "algosdk" in packages:
            names["algosdk"] = {"algosdk": Import("algosdk", "default", "algosdk")}
        added = {member: package for package in sorted(packages) for member in packages[package].globals}
        return cls(names, added)

    def import_of(self, name: str, package: str) -> Import | None:
        """How an example of ``package`` gets ``name``: from its own package, else from the only one that has it."""
        found = self.names.get(name, {})
        return found.get(package) or (next(iter(found.values())) if len(found) == 1 else None)


def complete(snippet: Snippet, kind: Kind, scope: Scope, library: Library) -> Completed:
    """Complete ``snippet``, which stands in ``scope.module``.

    Raises ``Unresolvable`` when it is not whole TypeScript or a name has no certain meaning.
    """
    code = textwrap.dedent(snippet.code).strip("\n")
    if _ELISION.search(code):
        raise Unresolvable("the example leaves parts out")
    raw = code.encode()
    root = parse_bytes(raw).root_node
    if root.has_error:
        code = _with_missing_commas(code)
        raw = code.encode()
        root = parse_bytes(raw).root_node
    if root.has_error:
        raise Unresolvable("the example does not parse")
    statements = [node for node in root.named_children if node.type == "import_statement"]
    imports = [entry for node in statements for entry in read_imports(node)]
    if any(entry.module.startswith(".") for entry in imports):
        raise Unresolvable("the example imports a file of its own project")
    index = index_names(root)
    missing = sorted(index.free(0, len(raw)) - PLATFORM)
    declared: dict[str, str] = {}
    for name in missing:
        found = None if kind is not Kind.CLIENT else ambient_of(name, code)
        if kind is Kind.TEALSCRIPT:
            # TEALScript's types and operations are global; only its classes are imported.
            if name in TEALSCRIPT_CLASSES:
                imports.append(Import("@algorandfoundation/tealscript", name, name))
        elif found:
            declared[name] = found.type
            imports += found.imports
        else:
            imports.append(_import_of(name, scope, library))
    packages = {entry.module for entry in imports}
    for member, package in library.augmentations.items():
        if package not in packages and re.search(rf"[\w)]\.{member}\(", code):
            imports.append(Import(package, "", ""))
            packages.add(package)
    body = _without(code, raw, [(node.start_byte, node.end_byte) for node in statements])
    semicolons = uses_semicolons(body)
    lines = [line for line in body.split("\n") if line.strip()]
    comments = sum(raw[start:end].count(b"\n") + 1 for start, end in index.comments)
    return Completed(
        code=body,
        imports=render_imports(imports, semicolons),
        context="\n".join(f"declare const {name}: {type_}" for name, type_ in declared.items()),
        metrics=Metrics(
            lines=len(lines),
            complexity=index.complexity(0, len(raw)),
            comment_ratio=round(comments / max(1, len(lines)), 4),
            max_line_chars=max((len(line) for line in lines), default=0),
            has_parse_error=False,
        ),
        skeleton=skeleton_of(root),
    )


def _import_of(name: str, scope: Scope, library: Library) -> Import:
    found = place(scope, name) if scope.module else None
    if isinstance(found, Import):
        return found
    if found is not None:
        raise Unresolvable(f"{name} is internal to its package")
    known = library.import_of(name, scope.public.package)
    if known is not None:
        return known
    raise Unresolvable(f"{name} is not declared")


def _with_missing_commas(code: str) -> str:
    """``code`` with a comma after each option that is followed by another on the next line without one."""
    return _MISSING_COMMA.sub(r"\1,", code)


def _without(code: str, raw: bytes, spans: list[tuple[int, int]]) -> str:
    if not spans:
        return code
    kept, position = [], 0
    for start, end in spans:
        kept.append(raw[position:start])
        position = end + (raw[end : end + 1] == b"\n")
    return b"".join([*kept, raw[position:]]).decode().strip("\n")
