"""What one file says: its imports, exports and declarations, and drafts of the units found in it.

Facts cross process boundaries and hold text, not trees. Everything that needs other files of the same
source (where a name comes from, what must travel with a unit) is decided later, in ``context``.
"""

from __future__ import annotations

from dataclasses import dataclass

from algorand_coder.records import Metrics, SourceFile


def count_lines(text: str) -> int:
    """Non-blank lines."""
    return sum(map(bool, map(str.strip, text.split("\n"))))


@dataclass(frozen=True, slots=True)
class Import:
    """One imported name."""

    module: str
    name: str
    """Exported name in ``module``; ``default``, ``*`` for a namespace, empty for a side effect."""
    local: str
    type_only: bool = False


@dataclass(frozen=True, slots=True)
class Export:
    """One exported name, or everything of another module."""

    name: str
    """Public name; ``*`` re-exports everything."""
    local: str
    """Name inside this module or inside ``module``; ``*`` for a namespace."""
    module: str = ""
    """Module it is re-exported from; empty for this one."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """A top-level declaration, without its leading comment and export keywords."""

    names: tuple[str, ...]
    kind: str
    """``function``, ``class``, ``const``, ``interface``, ``type``, ``enum`` or ``namespace``."""
    text: str
    free: tuple[str, ...]
    """Names used and not bound inside, sorted."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A unit before its names are resolved."""

    unit_kind: str
    name: str
    code: str
    doc: str
    free: tuple[str, ...]
    start_line: int
    end_line: int
    metrics: Metrics
    skeleton: str
    owner: str = ""
    """The class around a method."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A documentation example as it stands in the text."""

    name: str
    """What it documents: a declaration, ``Class.member``, or the nearest heading."""
    doc: str
    code: str
    start_line: int
    end_line: int


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Everything one file contributes."""

    file: SourceFile
    """Without its text, except for contract files, which are units as a whole."""
    lines: int
    """Non-blank lines."""
    dropped: str = ""
    """Reason why the file gives no code units; empty otherwise."""
    detail: str = ""
    is_contract: bool = False
    imports: tuple[Import, ...] = ()
    exports: tuple[Export, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    drafts: tuple[Draft, ...] = ()
    snippets: tuple[Snippet, ...] = ()
