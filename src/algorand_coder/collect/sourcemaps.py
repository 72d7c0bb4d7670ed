"""Original TypeScript out of source maps (ECMA-426): ``sources`` name it, ``sourcesContent`` holds it."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from algorand_coder.collect.tree import language, safe_path

_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*://[^/]*/")
_DRIVE = re.compile(r"^/?[A-Za-z]:/")
_LOADER = re.compile(r"[?#].*$")


def originals(map_path: str, raw: bytes) -> Iterator[tuple[str, str]]:
    """Yield ``(path, text)`` of each TypeScript source that the map at ``map_path`` carries in full.

    Paths are made relative to the package: build tools' schemes and loader queries are cut off, what climbs out
    of the package is taken to its root, and of an absolute path only the part from the last ``src`` on stays.
    A map that cannot be read gives nothing.
    """
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return
    for part in _sections(data):
        sources, contents = part.get("sources"), part.get("sourcesContent")
        if not isinstance(sources, list) or not isinstance(contents, list):
            continue
        root = part.get("sourceRoot")
        for source, content in zip(sources, contents, strict=False):
            if isinstance(source, str) and isinstance(content, str):
                path = clean_path(map_path, root if isinstance(root, str) else "", source)
                if path is not None and language(path) in {"ts", "tsx"}:
                    yield path, content


def _sections(data: Any) -> Iterator[dict[str, Any]]:
    """The maps of an index map, or the map itself."""
    if not isinstance(data, dict):
        return
    sections = data.get("sections")
    if not isinstance(sections, list):
        yield data
        return
    for section in sections:
        inner = section.get("map") if isinstance(section, dict) else None
        if isinstance(inner, dict) and "sections" not in inner:
            yield inner


def clean_path(map_path: str, root: str, source: str) -> str | None:
    """The path inside the package that a map's ``source`` means, or ``None`` where it means no file."""
    name = _LOADER.sub("", unquote(source)).replace("\\", "/")
    base = root.replace("\\", "/")
    joined = name if _absolute(name) else posixpath.join(base, name)
    if joined.lower().startswith("file:"):
        joined = _from_src(joined)
    elif _SCHEME.match(joined):
        # webpack://package/./src/a.ts: what follows the host is relative to the package.
        joined = _SCHEME.sub("", joined)
        if _absolute(joined):
            joined = _from_src(joined)
    elif _absolute(joined):
        joined = _from_src(joined)
    else:
        joined = posixpath.join(posixpath.dirname(map_path), joined)
    parts: list[str] = []
    for part in joined.split("/"):
        if part == ".." and parts:
            parts.pop()
        elif part not in {"", ".", ".."}:
            parts.append(part)
    return safe_path("/".join(parts))


def _absolute(name: str) -> bool:
    return name.startswith("/") or bool(_SCHEME.match(name)) or bool(_DRIVE.match(name))


def _from_src(name: str) -> str:
    """The end of an absolute path that says nothing about the machine it was built on."""
    folders = name.split("/")
    for index in range(len(folders) - 1, -1, -1):
        if folders[index] == "src":
            return "/".join(folders[index:])
    return folders[-1]
