"""The modules of one source: where a specifier leads, where an exported name is declared, what is public."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from algorand_coder.extract.config import PublishedPackage
from algorand_coder.extract.facts import Declaration, FileFacts, Import

_SUFFIXES = (".ts", ".mts", ".cts", ".tsx")
_JS_SUFFIXES = (".js", ".mjs", ".cjs", ".jsx")
_MODULE_SUFFIXES = (*_SUFFIXES, *_JS_SUFFIXES)
_MAX_HOPS = 16


@dataclass(frozen=True, slots=True)
class Symbol:
    """A declaration of the source: the module (path without suffix) and the name it has there.

    Name ``*`` stands for the module as a namespace object.
    """

    module: str
    name: str


@dataclass
class Modules:
    """All modules of one source, by path without suffix."""

    facts: Mapping[str, FileFacts]
    _imports: dict[str, dict[str, Import]] = field(default_factory=dict)
    _declared: dict[str, dict[str, Declaration]] = field(default_factory=dict)
    _found: dict[tuple[str, str], Symbol | None] = field(default_factory=dict)

    @classmethod
    def of(cls, files: Iterable[FileFacts]) -> Modules:
        """Index ``files``; of two files with the same stem the first one wins."""
        known: dict[str, FileFacts] = {}
        for facts in files:
            if facts.file.language in {"ts", "tsx"}:
                known.setdefault(stem(facts.file.provenance.path), facts)
        return cls(known)

    def imports(self, module: str) -> dict[str, Import]:
        """Imports of ``module`` by local name."""
        if module not in self._imports:
            facts = self.facts.get(module)
            self._imports[module] = {i.local: i for i in facts.imports if i.local} if facts else {}
        return self._imports[module]

    def declared(self, module: str) -> dict[str, Declaration]:
        """Top-level declarations of ``module`` by name; an overload's last declaration wins."""
        if module not in self._declared:
            facts = self.facts.get(module)
            found = facts.declarations if facts else ()
            self._declared[module] = {name: d for d in found for name in d.names}
        return self._declared[module]

    def resolve(self, importer: str, specifier: str) -> str | None:
        """The module that ``specifier`` in ``importer`` leads to, or ``None`` when it is outside the source."""
        if specifier.startswith("."):
            bases = [posixpath.normpath(posixpath.join(posixpath.dirname(importer), specifier))]
        else:
            # Path aliases that projects commonly set up in tsconfig.json.
            rooted = specifier.removeprefix("@/").removeprefix("~/")
            bases = [f"src/{rooted}", rooted] if rooted != specifier else [specifier]
        for base in bases:
            for candidate in (base, stem(base), f"{base}/index"):
                if candidate in self.facts:
                    return candidate
        return None

    def find(self, module: str, name: str, hops: int = 0) -> Symbol | None:
        """Where the name that ``module`` exports as ``name`` is declared; follows re-exports."""
        facts = self.facts.get(module)
        if facts is None or hops > _MAX_HOPS:
            return None
        if name == "*":
            return Symbol(module, "*")
        for export in facts.exports:
            if export.name != name:
                continue
            if export.module:
                target = self.resolve(module, export.module)
                return self.find(target, export.local, hops + 1) if target else None
            return self.lookup(module, export.local, hops + 1)
        for export in facts.exports:
            if export.name == "*" and export.module and (target := self.resolve(module, export.module)):
                found = self.find(target, name, hops + 1)
                if found:
                    return found
        return None

    def lookup(self, module: str, name: str, hops: int = 0) -> Symbol | None:
        """Where ``name``, as used inside ``module``, is declared; ``None`` when it comes from outside the source."""
        if hops:
            return self._look_up(module, name, hops)
        key = (module, name)
        if key not in self._found:
            self._found[key] = self._look_up(module, name, 0)
        return self._found[key]

    def _look_up(self, module: str, name: str, hops: int) -> Symbol | None:
        if name in self.declared(module):
            return Symbol(module, name)
        imported = self.imports(module).get(name)
        target = self.resolve(module, imported.module) if imported else None
        return self.find(target, imported.name, hops) if imported and target else None

    def exported_names(self, module: str, hops: int = 0) -> dict[str, Symbol]:
        """Every name ``module`` exports, with its declaration; explicit exports win over ``export *``."""
        facts = self.facts.get(module)
        found: dict[str, Symbol] = {}
        if facts is None or hops > _MAX_HOPS:
            return found
        for export in facts.exports:
            if export.name == "*" and export.module:
                if target := self.resolve(module, export.module):
                    found = {**self.exported_names(target, hops + 1), **found}
            elif symbol := self.find(module, export.name):
                found[export.name] = symbol
        found.pop("default", None)
        return found


@dataclass(frozen=True, slots=True)
class PublicNames:
    """What an importer of a published package can write."""

    package: str = ""
    by_symbol: Mapping[Symbol, tuple[str, str]] = field(default_factory=dict)
    """Declaration → (module specifier, exported name)."""

    deep: Mapping[str, str] = field(default_factory=dict)
    """Module folder → import prefix of deep entry points."""

    def deep_entry(self, importer: str, specifier: str) -> str:
        """The deep entry point that a relative ``specifier`` in ``importer`` leads to, or an empty string."""
        target = stem(posixpath.normpath(posixpath.join(posixpath.dirname(importer), specifier)))
        for folder, prefix in self.deep.items():
            rest = target.removeprefix(folder)
            if target.startswith(folder) and "/" not in rest:
                return prefix + rest
        return ""

    def import_of(self, symbol: Symbol, local: str) -> Import | None:
        """The import that brings ``symbol`` in as ``local``."""
        found = self.by_symbol.get(symbol)
        return Import(found[0], found[1], local) if found else None


def public_names(package: str, published: PublishedPackage, modules: Modules) -> PublicNames:
    """Read off the export graph what ``package`` makes public; the package root wins over deep entry points."""
    found: dict[Symbol, tuple[str, str]] = {}
    for folder, prefix in sorted(published.deep.items()):
        for module in sorted(modules.facts):
            rest = module.removeprefix(folder)
            if module.startswith(folder) and "/" not in rest:
                found.update({s: (prefix + rest, name) for name, s in modules.exported_names(module).items()})
    roots = [published.entry] if published.entry else list(published.root)
    for root in roots:
        members = [root] if root in modules.facts else sorted(m for m in modules.facts if m.startswith(f"{root}/"))
        for module in members:
            found.update({s: (package, name) for name, s in modules.exported_names(module).items()})
    for name in published.root_names:
        for symbol in sorted(found, key=lambda s: (s.module, s.name)):
            if symbol.name == name:
                found[symbol] = (package, name)
    return PublicNames(package, found, dict(published.deep))


def stem(path: str) -> str:
    """A module path without its TypeScript or JavaScript suffix."""
    if path.endswith(_MODULE_SUFFIXES):
        return path[: path.rindex(".")]
    return path
