"""Git sources: one pinned commit, fetched shallow into a bare repository of ours and read from there.

Nothing is ever checked out, so no file of a repository reaches the disk under its own name, no hook and no filter
runs, submodules are not followed, and no prompt waits for a person.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from algorand_coder.cache import cache_dir
from algorand_coder.collect.config import CollectConfig
from algorand_coder.collect.sources import Source
from algorand_coder.collect.tree import PART, Gate, HostUnreachable, Left, Refused, Tree, Unavailable, safe_path

_SAFE = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.askPass=",
    "credential.helper=",
    "fetch.recurseSubmodules=false",
    "fetch.writeCommitGraph=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "protocol.allow=never",
    "protocol.https.allow=always",
    "protocol.file.allow=always",
    "transfer.bundleURI=false",
    "advice.detachedHead=false",
)
_PIN, _FETCHED = "refs/pins/commit", "refs/pins/fetched"
_UNREACHABLE = re.compile(
    r"could not resolve|failed to connect|couldn't connect|connection (?:refused|reset|timed out)|timed out"
    r"|network is unreachable|no route to host|proxy|ssl|tls|gnutls|unable to access.*(?:5\d\d|empty reply)",
    re.IGNORECASE,
)
_FOREIGN = ("GIT_", "SSH_ASKPASS")
_KEPT = frozenset({"GIT_SSL_CAINFO", "GIT_SSL_CAPATH", "GIT_EXEC_PATH", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"})
"""What of the caller's environment git still sees: certificates and the user's own configuration (proxies)."""
_running: set[subprocess.Popen[bytes]] = set()
_LFS = b"version https://git-lfs.github.com/spec/"


def git(arguments: Sequence[str], folder: Path | None, timeout: float, stdin: bytes = b"") -> bytes:
    """Run git with the safe settings; returns stdout.

    Raises ``Unavailable`` when git is not there, fails, or takes longer than ``timeout`` seconds (then it and its
    helpers are ended).
    """
    command = ["git"]
    if folder is not None:
        command.append(f"--git-dir={folder}")
    for setting in _SAFE:
        command += ["-c", setting]
    environment = {key: value for key, value in os.environ.items() if not key.startswith(_FOREIGN) or key in _KEPT}
    environment |= {
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ALLOW_PROTOCOL": "https:file",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_LFS_SKIP_SMUDGE": "1",
        "LC_ALL": "C",
    }
    try:
        process = subprocess.Popen(
            [*command, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )
    except FileNotFoundError:
        raise HostUnreachable("git is not installed") from None
    with process:
        _running.add(process)
        try:
            out, err = process.communicate(stdin, timeout=timeout)
        except BaseException as stop:
            _end(process)
            if isinstance(stop, subprocess.TimeoutExpired):
                raise HostUnreachable(f"no answer in {timeout:g} s") from None
            raise
        finally:
            _running.discard(process)
    if process.returncode != 0:
        message = err.decode("utf-8", "replace").strip()
        if _UNREACHABLE.search(message):
            raise HostUnreachable("the host cannot be reached")
        raise Unavailable(f"git: {_one_line(message) or f'exit code {process.returncode}'}")
    return out


def end_all() -> None:
    """End every git that other threads of this process wait for."""
    for process in list(_running):
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    # The whole group: git-remote-https would otherwise go on waiting for the host.
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _one_line(message: str) -> str:
    """The telling line of git's complaint, without addresses."""
    lines = [line for line in message.splitlines() if line.startswith(("fatal:", "error:"))] or message.splitlines()
    words = [word for word in (lines[0].split() if lines else []) if "://" not in word and not word.startswith("'/")]
    return " ".join(words)[:200]


def host_of(source: Source) -> str:
    """The host of a Git source; empty for ``file://``."""
    return urlsplit(source.get.git or "").netloc


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
        git(["ls-remote", "--quiet", source.get.git or "", "HEAD"], None, config.probe_seconds)
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
    url = stand_in.absolute().as_uri() if stand_in else source.get.git or ""
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


def _fetch(repository: Path, url: str, source: Source, timeout: int) -> str:
    options = ["fetch", "--quiet", "--depth=1", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules"]
    commit, tag = source.get.commit, source.get.tag
    try:
        git([*options, "--", url, f"+{commit or f'refs/tags/{tag}'}:{_FETCHED}"], repository, timeout)
    except HostUnreachable:
        raise
    except Unavailable:
        if not (commit and tag):
            raise
        # Some hosts give out tags and branches only.
        git([*options, "--", url, f"+refs/tags/{tag}:{_FETCHED}"], repository, timeout)
    found = git(["rev-parse", "--verify", "--quiet", _FETCHED + "^{commit}"], repository, 30).decode().strip()
    if commit and found != commit:
        raise Refused(f"tag {tag} is at {found}, the list pins {commit}: it was moved")
    return found


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
    """The files of a commit, read in one pass; links, submodules and LFS pointers are left out."""
    tree = Tree(revision=commit)
    gate = Gate(tree, config.max_file_bytes, config.max_unpacked_bytes, config.max_entries, source.exclude)
    listing = git(["ls-tree", "-r", "-z", "-l", "--full-tree", commit], repository, config.timeout_seconds)
    wanted: list[tuple[str, str]] = []
    for entry in listing.split(b"\x00"):
        if not entry:
            continue
        meta, _, raw_name = entry.partition(b"\t")
        mode, kind, blob, size = meta.split()
        path = safe_path(raw_name.decode("utf-8", "surrogateescape"))
        if path is None:
            gate.count()
            tree.left.append(Left(repr(raw_name)[:200], "unsafe-path"))
        elif kind != b"blob" or mode == b"120000":
            gate.count()
            tree.left.append(Left(path, "submodule" if kind == b"commit" else "link-or-device"))
        elif size.isdigit():
            gate.offer(path, int(size), lambda: b"")
            if path in tree.files:
                wanted.append((path, blob.decode("ascii")))
    contents = _blobs(repository, [blob for _, blob in wanted], config.timeout_seconds)
    for (path, _), content in zip(wanted, contents, strict=True):
        if content.startswith(_LFS):
            del tree.files[path]
            tree.left.append(Left(path, "lfs-pointer"))
        else:
            tree.files[path] = content
    return tree


def _blobs(repository: Path, blobs: Sequence[str], timeout: int) -> list[bytes]:
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
