"""Local folders: read as they are, links never followed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from algorand_coder.collect.config import CollectConfig
from algorand_coder.collect.sources import Source, load_sources
from algorand_coder.collect.tree import Gate, Left, Refused, Tree, Unavailable, is_wanted, safe_path

_SKIPPED = frozenset({".git", "node_modules", ".venv", "__pycache__"})


def folder_of(source: Source, config: CollectConfig) -> Path:
    """The folder of a ``path`` source; a relative one is relative to the source list."""
    path = Path(source.get.path or "").expanduser()
    return path if path.is_absolute() else config.sources_file.parent / path


def read_folder(source: Source, config: CollectConfig) -> Tree:
    """The files of a local folder; its revision is a hash of their content.

    Raises ``Unavailable`` when the folder is not there or may not be read.
    """
    root = folder_of(source, config)
    if not root.is_dir():
        raise Unavailable("there is no such folder")
    if (root / "HEAD").is_file() and (root / "objects").is_dir():
        raise Unavailable("the folder is a bare Git repository: name it under git, with a commit")
    tree = Tree(revision="")
    gate = Gate(tree, config.max_file_bytes, config.max_unpacked_bytes, config.max_entries, source.exclude)
    for name, path in _walk(root, tree, gate):
        try:
            gate.offer(name, path.stat().st_size, path.read_bytes)
        except OSError as error:
            tree.left.append(Left(name, "unreadable", error.strerror or ""))
    tree.revision = "sha256:" + _fingerprint(tree)
    return tree


def _walk(root: Path, tree: Tree, gate: Gate) -> Iterator[tuple[str, Path]]:
    def failed(error: OSError) -> None:
        raise Unavailable(f"a folder cannot be read: {error.strerror}")

    for folder, names, files in os.walk(root, onerror=failed, followlinks=False):
        base = Path(folder)
        for name in list(names):
            if (base / name).is_symlink():
                gate.count()
                names.remove(name)
                tree.left.append(Left((base / name).relative_to(root).as_posix(), "link-or-device"))
        names[:] = sorted(name for name in names if name not in _SKIPPED)
        for name in sorted(files):
            path = base / name
            relative = safe_path(path.relative_to(root).as_posix())
            if not is_wanted(name):
                gate.count()
            elif relative is None:
                tree.left.append(Left(repr(name)[:200], "unsafe-path"))
            elif path.is_symlink() or not path.is_file():
                tree.left.append(Left(relative, "link-or-device"))
            else:
                yield relative, path


def _fingerprint(tree: Tree) -> str:
    found = sha256()
    for path in sorted(tree.files):
        found.update(path.encode() + b"\x00" + sha256(tree.files[path]).digest())
    return found.hexdigest()[:40]


def folders_fingerprint(config: CollectConfig) -> str:
    """One hash over the content of every local folder in the source list; empty where there is none."""
    found = []
    for source in load_sources(config.sources_file, config.only):
        if source.get.way == "path":
            try:
                found.append(f"{source.name} {read_folder(source, config).revision}")
            except (Unavailable, Refused) as error:
                found.append(f"{source.name} {error}")
    return "\n".join(found)
