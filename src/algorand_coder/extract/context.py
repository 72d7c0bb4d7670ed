"""What must travel with a unit so that it stands alone: imports of published packages, and declarations.

A name a unit uses comes from a published package (its import stays), from the source itself but publicly
exported by a published package (it is imported from there), from another declaration of the source (that
declaration becomes context), or from the platform. Context is bounded; past the bound the unit counts as not
self-contained.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from algorand_coder.extract.config import ExtractConfig
from algorand_coder.extract.facts import Import, count_lines
from algorand_coder.extract.modules import Modules, PublicNames, Symbol

CONTEXT_MODULE = "./context"
"""What a unit imports its context from."""
NAMESPACED = {
    "algosdk/dist/types/client/v2/algod/models/types": ("algosdk", "modelsv2"),
    "algosdk/dist/types/client/v2/indexer/models/types": ("algosdk", "indexerModels"),
}
"""Modules reached past a package's public entry points → package and namespace that hold the same types."""
_LINE_ENDS = re.compile(r"[;)'\"\]](?=[^\S\n]*(?:\n|\Z))")
UNRESOLVED = "// unresolved: "
"""Begins a line of ``Unit.context`` that says why a unit cannot stand alone."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where names are looked up: a module, the source around it, and what of that source is published."""

    modules: Modules
    public: PublicNames
    module: str
    """Path without suffix; empty for a document."""


class Unresolvable(Exception):
    """A unit cannot stand alone; ``str(error)`` says why."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a unit needs: import statements, and the text of the context they may refer to."""

    imports: str
    context: str


@dataclass
class _Closure:
    """Declarations collected for one unit."""

    scope: Scope
    own: Symbol
    most: int
    """Declarations that may come along."""
    imports: dict[str, Import] = field(default_factory=dict)
    """Imports of the context itself, by local name."""
    declarations: list[str] = field(default_factory=list)
    seen: set[Symbol] = field(default_factory=set)
    origin: dict[str, Symbol] = field(default_factory=dict)
    """Which declaration a name in the context stands for."""

    def add(self, symbol: Symbol) -> None:
        """Take ``symbol`` in, after everything it needs: a constant must stand before its use."""
        if symbol in self.seen:
            return
        declaration = self.scope.modules.declared(symbol.module).get(symbol.name)
        if declaration is None:
            raise Unresolvable(f"{symbol.name} is not a plain declaration")
        if symbol == self.own:
            raise Unresolvable(f"{symbol.name} and its context need each other")
        if len(self.origin) >= self.most:
            raise Unresolvable(f"needs more than {self.most} declarations of its package")
        for name in declaration.names:
            if self.origin.setdefault(name, Symbol(symbol.module, name)) != Symbol(symbol.module, name):
                raise Unresolvable(f"two declarations named {name}")
        self.seen.update(Symbol(symbol.module, name) for name in declaration.names)
        text = declaration.text if declaration.text.startswith("export ") else f"export {declaration.text}"
        for name in declaration.free:
            text = self._need(symbol.module, name, text)
        self.declarations.append(text)

    def _need(self, module: str, name: str, text: str) -> str:
        """Take in what ``name`` stands for; ``text``, which uses it, is returned as it must read in the context."""
        found = place(Scope(self.scope.modules, self.scope.public, module), name)
        if isinstance(found, Symbol) and found.name == "*":
            members = namespace_members(self.scope.modules, found, name, text)
            for member in members:
                if re.search(rf"\b(?:const|let|var|function|class)\s+{member.name}\b", text):
                    raise Unresolvable(f"two meanings of {member.name}")
                self.add(member)
            return re.sub(rf"\b{re.escape(name)}\s*\.\s*(?=\w)", "", text)
        if isinstance(found, Import):
            known = self.imports.setdefault(name, found)
            if (known.module, known.name) != (found.module, found.name) or name in self.origin:
                raise Unresolvable(f"two meanings of {name}")
        elif found is not None:
            if found.name != name:
                raise Unresolvable(f"{name} is another name of {found.name}")
            self.add(found)
        return text


def place(scope: Scope, name: str) -> Import | Symbol | None:
    """Where ``name`` comes from: an import to write, a declaration of the source, or the platform (``None``)."""
    modules, module = scope.modules, scope.module
    symbol = modules.lookup(module, name)
    if symbol is not None:
        return scope.public.import_of(symbol, name) or symbol
    imported = modules.imports(module).get(name)
    if imported is None:
        return None
    if imported.module.startswith("."):
        # A module of types alone leaves no source map; its published entry point is known all the same.
        entry = scope.public.deep_entry(module, imported.module)
        if entry and imported.name not in {"*", "default"}:
            return Import(entry, imported.name, name, imported.type_only)
        raise Unresolvable(f"{name} comes from {imported.module}, which is not among the collected files")
    if modules.resolve(module, imported.module):
        raise Unresolvable(f"{name} is not found in {imported.module}")
    return imported


def resolve_unit(scope: Scope, own: str, code: str, free: Iterable[str], config: ExtractConfig) -> Resolved:
    """Imports and context of a unit declared as ``own`` in ``scope.module``.

    Raises ``Unresolvable`` when the unit cannot stand alone within the configured bounds.
    """
    closure = _Closure(scope, Symbol(scope.module, own), config.max_context_declarations)
    imports: list[Import] = []
    for name in sorted(free):
        found = place(closure.scope, name)
        if isinstance(found, Import):
            imports.append(found)
        elif found is not None and found.name == "*":
            imports.append(Import(CONTEXT_MODULE, "*", name))
            for member in namespace_members(closure.scope.modules, found, name, code):
                closure.add(member)
        elif found is not None:
            imports.append(Import(CONTEXT_MODULE, found.name, name))
            closure.add(found)
    declarations = closure.declarations
    lines = sum(map(count_lines, declarations))
    if lines > config.max_context_lines:
        raise Unresolvable(f"needs {lines} lines of its package")
    semicolons = uses_semicolons(code)
    head = render_imports(closure.imports.values(), semicolons)
    context = "\n\n".join(part for part in (head, *declarations) if part)
    return Resolved(render_imports(imports, semicolons), context)


def namespace_members(modules: Modules, namespace: Symbol, name: str, code: str) -> list[Symbol]:
    """The declarations that ``code`` reaches through the namespace import ``name``."""
    found = []
    for member in sorted(set(re.findall(rf"\b{re.escape(name)}\s*\.\s*(\w+)", code))):
        inner = modules.find(namespace.module, member)
        if inner is None:
            raise Unresolvable(f"{name}.{member} is not declared in {namespace.module}")
        if inner.name != member:
            raise Unresolvable(f"{member} is another name of {inner.name}")
        found.append(inner)
    return found


def uses_semicolons(code: str) -> bool:
    """Whether statements of ``code`` end in semicolons, so that what is added reads alike."""
    ends = _LINE_ENDS.findall(code)
    return ends.count(";") * 2 > len(ends)


def render_imports(imports: Iterable[Import], semicolons: bool = False) -> str:
    """Import statements, one a module, sorted: packages first, then ``./context``."""
    modules: dict[str, list[Import]] = {}
    aliases: set[str] = set()
    for entry in imports:
        package, namespace = NAMESPACED.get(entry.module, ("", ""))
        if namespace and entry.name not in {"*", "default", ""}:
            aliases.add(f"type {entry.local} = {namespace}.{entry.name}")
            entry = Import(package, namespace, namespace)
        modules.setdefault(entry.module, []).append(entry)
    end = ";" if semicolons else ""
    lines = []
    for module in sorted(modules, key=lambda name: (name.startswith("."), name)):
        entries = sorted(set(modules[module]), key=lambda i: (i.local.lower(), i.local))
        default = next((i.local for i in entries if i.name == "default"), "")
        named = [i for i in entries if i.name not in {"default", "*", ""}]
        for entry in entries:
            if entry.name == "*":
                lines.append(f"import * as {entry.local} from '{module}'{end}")
        if default or named:
            only_types = bool(named) and not default and all(i.type_only for i in named)
            braces = ", ".join(_specifier(i, bare=only_types) for i in named)
            parts = [part for part in (default, f"{{ {braces} }}" if braces else "") if part]
            lines.append(f"import {'type ' if only_types else ''}{', '.join(parts)} from '{module}'{end}")
        elif all(not i.name for i in entries):
            lines.append(f"import '{module}'{end}")
    if aliases:
        lines += ["", *(f"{alias}{end}" for alias in sorted(aliases))]
    return "\n".join(lines)


def _specifier(entry: Import, *, bare: bool) -> str:
    prefix = "type " if entry.type_only and not bare else ""
    return prefix + (entry.name if entry.name == entry.local else f"{entry.name} as {entry.local}")
