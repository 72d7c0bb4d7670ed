"""What every way of fetching gives: a tree of files in memory, and what was left out of it and why."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

LANGUAGES = {".ts": "ts", ".mts": "ts", ".cts": "ts", ".tsx": "tsx", ".md": "md", ".mdx": "mdx"}
"""Suffix → language of the files that are collected."""

_LICENCE_NAME = re.compile(r"(?:un)?licen[cs]e(?:s)?(?:[-.][\w.-]+)?|copying(?:[-.][\w.-]+)?", re.IGNORECASE)
_NOTICE_NAME = re.compile(r"notice(?:\.(?:md|txt))?", re.IGNORECASE)
_LICENCE_SUFFIXES = frozenset({"", ".md", ".txt", ".rst", ".markdown"})
_DECLARATION = re.compile(r"\.d\.(?:[^./]+\.)?[mc]?tsx?$", re.IGNORECASE)
_VENDORED = frozenset({"node_modules", "bower_components", "jspm_packages", ".git", ".yarn", ".pnpm"})

PART = "part-"
"""Begins the name of a download that is not complete; a killed process leaves it behind."""


class Unavailable(Exception):
    """The source cannot be had now: it is recorded as skipped and the run goes on."""


class HostUnreachable(Unavailable):
    """Nothing at all can be had from this host."""


class Refused(Exception):
    """The source must not be used: recorded as refused, with this reason."""


@dataclass(frozen=True)
class Left:
    """A file that was left out."""

    path: str
    reason: str
    detail: str = ""


@dataclass
class Tree:
    """Files of one source at one revision: POSIX path → bytes, and those left out."""

    revision: str
    files: dict[str, bytes] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)


def is_licence(path: str) -> bool:
    """Whether a file's name says that it holds licence text (``LICENSE``, ``LICENSE-MIT``, ``COPYING.md``)."""
    name = PurePosixPath(path).name
    if _LICENCE_NAME.fullmatch(name) is None:
        return False
    suffix = PurePosixPath(name).suffix.lower()
    # LICENSE-2.0 and LICENSE.Apache have a "suffix" too; code and data files never hold the licence.
    return suffix in _LICENCE_SUFFIXES or not re.fullmatch(r"\.(?:[mc]?[jt]sx?|json|ya?ml|html?|svg|png|py)", suffix)


def is_notice(path: str) -> bool:
    """Whether a file is the NOTICE that the Apache licence asks to pass on."""
    return _NOTICE_NAME.fullmatch(PurePosixPath(path).name) is not None


def is_manifest(path: str) -> bool:
    """Whether a file is a ``package.json``."""
    return PurePosixPath(path).name == "package.json"


def language(path: str) -> str | None:
    """Language of a file that is collected, or ``None``."""
    return LANGUAGES.get(PurePosixPath(path).suffix.lower())


def is_wanted(path: str) -> bool:
    """Whether a file is of any use: code, documentation, or evidence of where it comes from."""
    return bool(language(path)) or is_licence(path) or is_notice(path) or is_manifest(path)


def refuse_path(path: str) -> str | None:
    """Reason to leave a file out for its path alone, or ``None``."""
    if not _VENDORED.isdisjoint(PurePosixPath(path).parts[:-1]):
        return "vendored"
    if _DECLARATION.search(path):
        return "type-declarations"
    return None


class Gate:
    """Decides file by file what a reader takes into its tree, and holds the bounds on what it may take in all."""

    def __init__(
        self, tree: Tree, max_file_bytes: int, max_total_bytes: int, max_entries: int, exclude: tuple[str, ...] = ()
    ) -> None:
        self.tree = tree
        self._max_file, self._max_total, self._max_entries = max_file_bytes, max_total_bytes, max_entries
        self._exclude = exclude
        self._total = self._entries = 0

    def offer(self, path: str, size: int, read: Callable[[], bytes]) -> None:
        """Take the file when it is of use and within bounds; ``read`` is called only then.

        Raises ``Refused`` when the source as a whole is larger than allowed.
        """
        self.count()
        if not is_wanted(path):
            return
        reason = refuse_path(path)
        if reason is None and any(fnmatchcase(path, pattern) for pattern in self._exclude):
            reason = "excluded-by-list"
        if reason is None and size > self._max_file:
            reason = "too-large"
        if reason is not None:
            if language(path):
                self.tree.left.append(Left(path, reason))
            return
        self._total += size
        if self._total > self._max_total:
            raise Refused(f"more than {self._max_total:,} bytes of source text (collect.max_unpacked_bytes)")
        self.tree.files[path] = read()

    def count(self) -> None:
        """Count one entry, of use or not."""
        self._entries += 1
        if self._entries > self._max_entries:
            raise Refused(f"more than {self._max_entries:,} files (collect.max_entries)")


def safe_path(name: str) -> str | None:
    """``name`` as a normal relative POSIX path, or ``None`` when it is absolute, climbs out, or is not plain text."""
    if not name or len(name) > 1_000 or name.startswith("/") or "\\" in name or re.match(r"[A-Za-z]:", name):
        return None
    if any(ord(char) < 32 or 0xD800 <= ord(char) <= 0xDFFF or ord(char) == 127 for char in name):
        return None
    parts = [part for part in name.split("/") if part not in {"", "."}]
    return "/".join(parts) if parts and ".." not in parts else None
