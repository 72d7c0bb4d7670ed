"""Git sources: one pinned commit, fetched shallow and sparse into a bare repository of ours and read from there.

First the commit and its trees come, then the files that are of use: images, data and history stay where they are.
Nothing is ever checked out, so no file of a repository reaches the disk under its own name, no hook and no filter
runs, submodules are not followed (each is a source of its own where it is wanted), and no prompt waits for a person.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from algorand_coder.cache import cache_dir
from algorand_coder.collect.config import CollectConfig
from algorand_coder.collect.gitcommand import git
from algorand_coder.collect.sources import Source
from algorand_coder.collect.tree import (
    PART,
    Gate,
    HostUnreachable,
    Left,
    Refused,
    Tree,
    Unavailable,
    is_wanted,
    refuse_path,
    safe_path,
)

_PIN, _FETCHED = "refs/pins/commit", "refs/pins/fetched"
_REMOTE = "pin"
_ABSENT = "absent"
"""File in a cached repository: ids of the objects that its origin lacks."""
_MAX_ABSENT = 20
_UPLOAD_PACK = "git -c uploadpack.allowFilter=true -c uploadpack.allowAnySHA1InWant=true upload-pack"
"""How a repository on this machine is served; other hosts decide for themselves."""
_LFS = b"version https://git-lfs.github.com/spec/"


def host_of(source: Source) -> str:
    """The host of a Git source, without a user's name and password; empty for a repository on this machine."""
    return urlsplit(source.get.git or "").netloc.rpartition("@")[2]


def _url(source: Source, config: CollectConfig) -> str:
    """The URL of a Git source; a relative path is relative to the source list."""
    given = source.get.git or ""
    return given if "://" in given else (config.sources_file.parent / Path(given).expanduser()).resolve().as_uri()


def mirror_of(source: Source, config: CollectConfig) -> Path | None:
    """The repository in the mirror folder that stands in for a Git source, or ``None``."""
    if config.mirror is None:
        return None
    parts = [part for part in urlsplit(source.get.git or "").path.removesuffix(".git").split("/") if part]
    if len(parts) < 2 or ".." in parts:
        return None
    owner, name = parts[-2:]
    for candidate in (f"{owner}/{name}.git", f"{owner}/{name}", f"{owner}+{name}.git", f"{owner}+{name}"):
        folder = config.mirror / candidate
        if folder.is_dir():
            return folder
    return None


def cached_repository(source: Source) -> Path:
    """The bare repository of ours that holds the pinned commit of a source, and nothing else."""
    pin = f"{source.get.git} {source.get.commit} {source.get.tag}"
    return cache_dir("downloads") / "git" / sha256(pin.encode()).hexdigest()[:32]


def needs_network(source: Source, config: CollectConfig) -> bool:
    """Whether fetching a Git source would ask its host."""
    return bool(host_of(source)) and mirror_of(source, config) is None and _pinned(source) is None


def probe(source: Source, config: CollectConfig) -> str:
    """Why the host of a Git source cannot be reached, or an empty string; one short question, asked once a host."""
    try:
        git(["ls-remote", "--quiet", _url(source, config), "HEAD"], None, config.probe_seconds)
    except HostUnreachable as error:
        return str(error)
    except Unavailable:
        pass  # The host answered: what is wrong with this one repository is found out when it is fetched.
    return ""


def fetch_commit(source: Source, config: CollectConfig) -> tuple[Path, str]:
    """Repository and commit of a Git source; a pin that is in the cache costs no network.

    Raises ``Unavailable`` when the host, the repository or the pin cannot be had, ``Refused`` when a tag has moved
    away from the pinned commit.
    """
    repository = cached_repository(source)
    commit = _pinned(source)
    if commit:
        return repository, commit
    stand_in = mirror_of(source, config)
    if config.offline and stand_in is None and host_of(source):
        raise Unavailable("not in the cache or mirror, and collect.offline is on")
    url = stand_in.absolute().as_uri() if stand_in else _url(source, config)
    repository.parent.mkdir(parents=True, exist_ok=True)
    # Fetched aside and moved into place whole: a killed fetch leaves no half repository under the final name.
    with tempfile.TemporaryDirectory(dir=repository.parent, prefix=PART, ignore_cleanup_errors=True) as folder:
        fresh = Path(folder) / "repository"
        git(["init", "--quiet", "--bare", "--template=", str(fresh)], None, 30)
        commit = _fetch(fresh, url, source, config.timeout_seconds)
        git(["update-ref", _PIN, commit], fresh, 30)
        shutil.rmtree(repository, ignore_errors=True)
        os.replace(fresh, repository)
    return repository, commit


def _pinned(source: Source) -> str | None:
    """The commit that an earlier fetch of this pin left in the cache."""
    repository = cached_repository(source)
    if not (repository / "HEAD").is_file():
        return None
    try:
        commit = git(["rev-parse", "--verify", "--quiet", _PIN + "^{commit}"], repository, 30).decode().strip()
        git(["cat-file", "-e", commit + "^{tree}"], repository, 30)
    except Unavailable:
        return None
    return commit if source.get.commit in {None, commit} else None


@dataclass(frozen=True)
class _Remote:
    """Where a pin is fetched from, and the repository of ours that it goes into."""

    repository: Path
    url: str
    timeout: int

    def ask(self, refs: Sequence[str], *options: str, stdin: str = "") -> None:
        """One fetch that leaves file contents out, unless ``stdin`` names them.

        The remote is known to the repository for its duration only, so that nothing is fetched later on demand.
        """
        settings = (f"url={self.url}", "promisor=true")
        command = [part for setting in settings for part in ("-c", f"remote.{_REMOTE}.{setting}")]
        command += ["-c", "fetch.negotiationAlgorithm=noop", "fetch", "--quiet", "--no-tags", "--no-write-fetch-head"]
        command += ["--no-recurse-submodules", "--filter=blob:none"]
        if self.url.startswith("file:"):
            command.append(f"--upload-pack={_UPLOAD_PACK}")
        try:
            git([*command, *options, _REMOTE, *refs], self.repository, self.timeout, stdin.encode("ascii"))
        finally:
            for forget in (("--remove-section", f"remote.{_REMOTE}"), ("--unset", "extensions.partialClone")):
                with suppress(Unavailable):
                    git(["config", *forget], self.repository, 30)


def _fetch(repository: Path, url: str, source: Source, timeout: int) -> str:
    """Bring the pinned commit of ``url`` into ``repository``: its trees, then the files that are of use."""
    commit, tag, branch = source.get.commit, source.get.tag, source.get.branch
    remote = _Remote(repository, url, timeout)
    try:
        remote.ask([f"+{commit or f'refs/tags/{tag}'}:{_FETCHED}"], "--depth=1")
    except HostUnreachable:
        raise
    except Unavailable:
        # Some hosts give out tags and branches only.
        if commit and tag:
            remote.ask([f"+refs/tags/{tag}:{_FETCHED}"], "--depth=1")
        elif commit and branch:
            remote.ask([f"+refs/heads/{branch}:{_FETCHED}"])
            git(["update-ref", _FETCHED, commit], repository, 30)
        else:
            raise
    found = git(["rev-parse", "--verify", "--quiet", _FETCHED + "^{commit}"], repository, 30).decode().strip()
    if commit and found != commit:
        raise Refused(f"tag {tag} is at {found}, the list pins {commit}: it was moved")
    _fetch_files(remote, found)
    return found


def _fetch_files(remote: _Remote, commit: str) -> None:
    """The wanted files of ``commit`` that a sparse fetch left out; what the origin lacks is noted in a file."""
    repository, timeout = remote.repository, remote.timeout
    lines = git(["rev-list", "--objects", "--missing=print", "--no-object-names", "-1", commit], repository, timeout)
    left_out = {line[1:] for line in lines.decode("ascii").split("\n") if line.startswith("?")}
    wanted = [
        blob
        for path, blob in _blobs_of(_listing(repository, commit, timeout))
        if blob in left_out and is_wanted(path) and refuse_path(path) is None
    ]
    absent: list[str] = []
    while wanted:
        try:
            remote.ask([], "--stdin", stdin="".join(f"{blob}\n" for blob in dict.fromkeys(wanted)))
            break
        except HostUnreachable:
            raise
        except Unavailable as error:
            lacking = set(re.findall(r"\b[0-9a-f]{40,64}\b", str(error))) & set(wanted)
            if not lacking or len(absent) >= _MAX_ABSENT:
                raise
            absent += sorted(lacking)
            wanted = [blob for blob in wanted if blob not in lacking]
    (repository / _ABSENT).write_text("".join(f"{blob}\n" for blob in absent), encoding="ascii")


def read_source(source: Source, config: CollectConfig) -> Tree:
    """Fetch and read a Git source; a cached repository that turns out to be damaged is fetched once more."""
    cached = _pinned(source) is not None
    repository, commit = fetch_commit(source, config)
    try:
        return read_commit(repository, commit, source, config)
    except Unavailable:
        if not cached:
            raise
        shutil.rmtree(repository, ignore_errors=True)
    repository, commit = fetch_commit(source, config)
    return read_commit(repository, commit, source, config)


def read_commit(repository: Path, commit: str, source: Source, config: CollectConfig) -> Tree:
    """The files of a commit, read in two passes (sizes, contents); links, submodules and LFS pointers are left out.

    Raises ``Unavailable`` when a file is not there that its origin had.
    """
    tree = Tree(revision=commit)
    gate = Gate(tree, config.max_file_bytes, config.max_unpacked_bytes, config.max_entries, source.exclude)
    listing = _listing(repository, commit, config.timeout_seconds)
    blobs = [(path, blob) for path, blob in _blobs_of(listing) if is_wanted(path)]
    sizes = _sizes(repository, [blob for _, blob in blobs], config.timeout_seconds)
    absent = set((repository / _ABSENT).read_text("ascii").split()) if (repository / _ABSENT).is_file() else set()
    for mode, kind, _, raw_name in listing:
        path = safe_path(raw_name.decode("utf-8", "surrogateescape"))
        if path is None:
            tree.left.append(Left(repr(raw_name)[:200], "unsafe-path"))
        elif kind != b"blob" or mode == b"120000":
            tree.left.append(Left(path, "submodule" if kind == b"commit" else "link-or-device"))
        elif is_wanted(path):
            continue
        gate.count()
    wanted: list[tuple[str, str]] = []
    for path, blob in blobs:
        size = sizes[blob]
        if size is None and blob not in absent and refuse_path(path) is None:
            raise Unavailable(f"git: object {blob} is missing from the repository")
        if size is None and blob in absent:
            gate.count()
            tree.left.append(Left(path, "absent", "the repository lacks this object"))
            continue
        gate.offer(path, size or 0, lambda: b"")
        if path in tree.files:
            wanted.append((path, blob))
    contents = _contents(repository, [blob for _, blob in wanted], config.timeout_seconds)
    for (path, _), content in zip(wanted, contents, strict=True):
        if content.startswith(_LFS):
            del tree.files[path]
            tree.left.append(Left(path, "lfs-pointer"))
        else:
            tree.files[path] = content
    return tree


def _listing(repository: Path, commit: str, timeout: int) -> list[tuple[bytes, bytes, str, bytes]]:
    """Mode, kind, object id and raw name of every entry of a commit."""
    out = git(["ls-tree", "-r", "-z", "--full-tree", commit], repository, timeout)
    entries = []
    for entry in out.split(b"\x00"):
        if entry:
            meta, _, name = entry.partition(b"\t")
            mode, kind, blob = meta.split()
            entries.append((mode, kind, blob.decode("ascii"), name))
    return entries


def _blobs_of(listing: list[tuple[bytes, bytes, str, bytes]]) -> list[tuple[str, str]]:
    """Safe path and object id of the regular files in a listing."""
    names = (
        (safe_path(name.decode("utf-8", "surrogateescape")), blob)
        for mode, kind, blob, name in listing
        if kind == b"blob" and mode != b"120000"
    )
    return [(path, blob) for path, blob in names if path is not None]


def _sizes(repository: Path, blobs: Sequence[str], timeout: int) -> dict[str, int | None]:
    """Size in bytes of each object; ``None`` where it is not there."""
    given = "".join(blob + "\n" for blob in blobs).encode("ascii")
    out = git(["cat-file", "--batch-check"], repository, timeout, given) if blobs else b""
    lines = [line.split() for line in out.decode("ascii").splitlines()]
    return {line[0]: int(line[2]) if len(line) == 3 else None for line in lines}


def _contents(repository: Path, blobs: Sequence[str], timeout: int) -> list[bytes]:
    """Contents of ``blobs`` in order, by one ``git cat-file --batch``."""
    if not blobs:
        return []
    out = git(["cat-file", "--batch"], repository, timeout, "".join(blob + "\n" for blob in blobs).encode())
    contents, position = [], 0
    for blob in blobs:
        end = out.index(b"\n", position)
        header = out[position:end].split()
        if len(header) != 3 or header[1] != b"blob":
            raise Unavailable(f"git: object {blob} is missing from the repository")
        size = int(header[2])
        contents.append(out[end + 1 : end + 1 + size])
        position = end + 1 + size + 1
    return contents
