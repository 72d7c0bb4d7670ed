"""What became of one source: its files, what was left out, and the entry in ``sources.json``."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from posixpath import dirname
from typing import Any
from urllib.parse import urlsplit

from algorand_coder.collect.config import CollectConfig
from algorand_coder.collect.licence import Licences, Ruling, read_expression, read_manifest
from algorand_coder.collect.notices import notices
from algorand_coder.collect.sources import Source
from algorand_coder.collect.tree import Left, Tree, is_manifest, language
from algorand_coder.records import Provenance, Reject, SourceFile, digest

_MANIFEST_FIELDS = (
    "name",
    "version",
    "type",
    "main",
    "module",
    "types",
    "typings",
    "exports",
    "dependencies",
    "peerDependencies",
    "devDependencies",
)
_MAX_MANIFESTS = 100
_EXCERPT_CHARS = 400


@dataclass(frozen=True)
class Outcome:
    """One source after collection."""

    source: Source
    status: str
    """``fetched``, ``skipped`` or ``refused``."""
    reason: str = ""
    revision: str = ""
    licence: str = ""
    """SPDX expressions of the kept files, most lines first, joined by ", "."""
    files: tuple[SourceFile, ...] = ()
    rejects: tuple[Reject, ...] = ()
    conflicts: tuple[str, ...] = ()
    packages: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Folder → the fields of its ``package.json`` that say what it exports and needs."""
    notices: tuple[dict[str, Any], ...] = ()
    """``{path, copyright: [line, …]}``: who holds the rights, for the attribution that the licences ask for."""

    @property
    def entry(self) -> dict[str, Any]:
        """The source's entry in ``sources.json``; no machine paths, no times."""
        get = self.source.get
        url = urlsplit(get.git or "")
        # Who may read it, which an address can say too, is nobody else's business.
        public = url._replace(netloc=url.netloc.rpartition("@")[2]).geturl()
        locator = get.npm or (public if url.scheme == "https" else self.source.name)
        return {
            "name": self.source.name,
            "tier": self.source.tier,
            "how": get.way,
            "locator": locator,
            "status": self.status,
            "reason": self.reason,
            "revision": self.revision,
            "licence_expected": self.source.licence,
            "licence": self.licence,
            "target": self.source.target,
            "private": self.source.private,
            "files": len(self.files),
            "lines": sum(count_lines(file.text) for file in self.files),
            "by_language": dict(sorted(Counter(file.language for file in self.files).items())),
            "excluded": dict(sorted(Counter(reject.reason for reject in self.rejects).items())),
            "conflicts": list(self.conflicts),
            "notices": list(self.notices),
            "packages": self.packages,
        }


def count_lines(text: str) -> int:
    """Non-blank lines."""
    return sum(1 for line in text.splitlines() if line.strip())


def skipped(source: Source, reason: str) -> Outcome:
    """A source that cannot be had now."""
    return Outcome(source, "skipped", reason)


def refused(source: Source, reason: str, **more: Any) -> Outcome:
    """A source that must not be used."""
    return Outcome(source, "refused", reason, **more)


def judge(source: Source, tree: Tree, config: CollectConfig) -> Outcome:
    """Rule on the licence of every file of ``tree``; a source of which no file may be used is refused."""
    licences = Licences(tree.files, config.allowed)
    root = licences.root()
    left = list(tree.left)
    kept: list[SourceFile] = []
    excerpts: dict[str, str] = {}
    conflicts: set[str] = set()
    for path in sorted(tree.files):
        if language(path) is None:
            continue
        text = decode(tree.files[path])
        if text is None:
            left.append(Left(path, "not-text"))
            continue
        ruling = Ruling("own") if source.licence == "own" else licences.of(path, text)
        if ruling.reason:
            left.append(Left(path, ruling.reason, ruling.detail))
            excerpts[path] = text[:_EXCERPT_CHARS]
            if ruling.reason == "licence-conflict":
                conflicts.add(ruling.detail)
            continue
        kept.append(_record(source, tree, path, text, ruling.licence))
    common: dict[str, Any] = {
        "revision": tree.revision,
        "rejects": tuple(_reject(source, item, excerpts) for item in sorted(left, key=lambda item: item.path)),
        "conflicts": tuple(sorted(conflicts)),
        "packages": manifests(tree),
        "notices": tuple(notices(tree.files)),
    }
    found = _found(kept)
    if not kept:
        common["licence"] = root.licence
        return refused(source, _nothing_left(root, left), **common)
    common["licence"] = ", ".join(found)
    expected = read_expression(source.licence, "list").ids
    granted = root.licence or found[0]
    if source.licence != "own" and not set(granted.split(" AND ")) <= expected:
        said = f"licence is {granted}, the list expects {source.licence}: review the source and mend the list"
        return refused(source, said, **common)
    return Outcome(source, "fetched", files=tuple(kept), **common)


def _nothing_left(root: Ruling, left: list[Left]) -> str:
    if root.reason:
        return f"{_SAID[root.reason]} ({root.detail})"
    reasons = Counter(item.reason for item in left if item.reason in _SAID)
    return _SAID[max(sorted(reasons), key=reasons.__getitem__)] if reasons else "no TypeScript or Markdown in it"


_SAID = {
    "licence-none": "no licence",
    "licence-not-allowed": "licence not allowed",
    "licence-conflict": "licences contradict each other",
}


def decode(raw: bytes) -> str | None:
    """UTF-8 text with ``\\n`` line ends and without a byte order mark; ``None`` for anything else."""
    if b"\x00" in raw:
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _record(source: Source, tree: Tree, path: str, text: str, licence: str) -> SourceFile:
    return SourceFile(
        id=digest([source.name, tree.revision, path])[:24],
        text=text,
        language=language(path) or "",
        provenance=Provenance(
            source=source.name,
            revision=tree.revision,
            path=path,
            licence=licence,
            tier=source.tier,
            private=source.private,
        ),
    )


def _reject(source: Source, left: Left, excerpts: dict[str, str]) -> Reject:
    return Reject(
        stage="collect",
        subject=digest([source.name, left.path])[:24],
        reason=left.reason,
        detail=left.detail,
        name=left.path,
        source=source.name,
        excerpt=excerpts.get(left.path, ""),
    )


def _found(kept: list[SourceFile]) -> list[str]:
    """Licences of the kept files, most lines first."""
    lines: Counter[str] = Counter()
    for file in kept:
        lines[file.provenance.licence] += count_lines(file.text)
    return sorted(lines, key=lambda licence: (-lines[licence], licence))


def manifests(tree: Tree) -> dict[str, dict[str, Any]]:
    """Folder → the fields of its ``package.json`` that say what it exports and needs, nearest the root first."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(tree.files, key=lambda path: (path.count("/"), path)):
        if is_manifest(path) and len(found) < _MAX_MANIFESTS:
            manifest = read_manifest(tree.files[path])
            fields = {name: manifest[name] for name in _MANIFEST_FIELDS if name in manifest}
            if fields:
                found[dirname(path)] = fields
    return found
