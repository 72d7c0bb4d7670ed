"""``collect --discover``: repositories that the source list lacks, as a patch for a person to review.

A repository is proposed when it has enough stars, a licence that the config allows, and a ``package.json`` that
depends on an Algorand package; forks and archived ones only when asked for. Nothing is fetched but what says so:
the licence of every file is judged when the source is collected.
"""

from __future__ import annotations

import base64
import difflib
import re
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import basename
from typing import Any
from urllib.parse import urlsplit

import yaml

from algorand_coder.collect.config import CollectConfig
from algorand_coder.collect.github import GitHub, NotFound
from algorand_coder.collect.licence import read_manifest
from algorand_coder.collect.sources import Source, load_sources
from algorand_coder.collect.tree import refuse_path
from algorand_coder.errors import UserError
from algorand_coder.pipeline.config import parse

PACKAGES = (
    "@algorandfoundation/algokit-utils",
    "@algorandfoundation/algorand-typescript",
    "@algorandfoundation/tealscript",
    "@txnlab/use-wallet",
    "algosdk",
)
"""npm packages by which a project is recognised."""
_DEPENDENCIES = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")
_MAX_MANIFESTS = 12
"""Manifests of one repository that are looked at, those nearest its root first."""


@dataclass(frozen=True)
class Wanted:
    """What a repository must be to be proposed."""

    min_stars: int = 50
    forks: bool = False
    archived: bool = False


@dataclass
class Found:
    """What discovery gives: the entries to add, and how many repositories were left out for what reason."""

    entries: list[dict[str, Any]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def discover(config: CollectConfig, wanted: Wanted, github: GitHub) -> Found:
    """Ask GitHub for repositories that the list lacks; entries are sorted by name.

    Raises ``UserError`` when GitHub cannot be reached, refuses the token, or its rate limit is used up for long.
    """
    known = {_key(source) for source in load_sources(config.sources_file)}
    found = Found()
    for name in sorted(_candidates(github, wanted), key=str.lower):
        if name.lower() in known:
            found.left_out["in the list already"] += 1
            continue
        try:
            entry, reason = _judge(github, name, config.allowed, wanted)
        except NotFound:
            entry, reason = None, "not accessible"
        if entry is None:
            found.left_out[reason] += 1
        elif str(entry["name"]).lower() in known:
            found.left_out["in the list already"] += 1  # It was renamed: the search knew it by its old name.
        else:
            known.add(str(entry["name"]).lower())
            found.entries.append(entry)
    return found


def patch(config: CollectConfig, entries: Iterable[dict[str, Any]]) -> str:
    """A unified diff that adds ``entries`` to the end of the source list; empty when there are none."""
    path = config.sources_file
    before = path.read_text(encoding="utf-8")
    if not (added := list(entries)):
        return ""
    for entry in added:
        parse(Source, entry, f"proposed source {entry['name']!r}")
    indent = next((match[1] for match in re.finditer(r"^( *)- ", before, re.MULTILINE)), "  ")
    text = yaml.safe_dump(added, sort_keys=False, allow_unicode=True, width=10_000, default_flow_style=False)
    addition = "".join(f"{indent}{line}\n" for line in text.splitlines())
    after = before + ("" if before.endswith("\n") or not before else "\n") + addition
    name = _relative(path)
    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{name}", f"b/{name}"
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _relative(path: Path) -> str:
    """A path as a patch names it: from the current folder where it lies below it."""
    absolute = path.absolute()
    return (absolute.relative_to(Path.cwd()) if absolute.is_relative_to(Path.cwd()) else Path(path.name)).as_posix()


def _key(source: Source) -> str:
    """Owner and name of a source's repository in lower case, or the source's name."""
    parts = urlsplit(source.get.git or "").path.strip("/").removesuffix(".git").split("/")
    return "/".join(parts[-2:]).lower() if len(parts) >= 2 else source.name.lower()


def _candidates(github: GitHub, wanted: Wanted) -> set[str]:
    """``owner/name`` of everything that searches give: by topic and description, and by what manifests say."""
    fork = "true" if wanted.forks else "false"
    archived = "" if wanted.archived else " archived:false"
    names: set[Any] = set()
    for words in ("algorand in:name,description,readme", "topic:algorand", "algokit in:name,description,readme"):
        for language in ("TypeScript", "MDX"):
            query = f"{words} language:{language} stars:>={wanted.min_stars} fork:{fork}{archived}"
            names.update(item.get("full_name") for item in github.search("repositories", query))
    if github.token:  # Code is searched for users only.
        for package in PACKAGES:
            for item in github.search("code", f'"{package}" filename:package.json'):
                names.add((item.get("repository") or {}).get("full_name"))
    return {name for name in names if isinstance(name, str) and re.fullmatch(r"[\w.-]+/[\w.-]+", name)}


def _judge(github: GitHub, name: str, allowed: frozenset[str], wanted: Wanted) -> tuple[dict[str, Any] | None, str]:
    """The entry for a repository, or why it is not proposed; the cheap questions come first."""
    about = github.get(f"/repos/{name}")
    licence = (about.get("license") or {}).get("spdx_id") or "NOASSERTION"
    if about.get("stargazers_count", 0) < wanted.min_stars:
        return None, f"fewer than {wanted.min_stars} stars"
    if about.get("fork") and not wanted.forks:
        return None, "fork"
    if about.get("archived") and not wanted.archived:
        return None, "archived"
    if licence == "NOASSERTION":
        return None, "no licence that GitHub knows"
    if licence not in allowed:
        return None, f"licence {licence} not allowed"
    full_name = str(about.get("full_name", name))
    commit = github.get(f"/repos/{full_name}/commits/{about.get('default_branch', 'HEAD')}")["sha"]
    packages = _packages(github, full_name, commit)
    if not packages:
        return None, "depends on no Algorand package"
    return {
        "name": full_name,
        "tier": "community",
        "licence": licence,
        "note": f"Discovered: depends on {', '.join(packages)}.",
        "get": {"git": f"https://github.com/{full_name}", "commit": commit},
    }, ""


def _packages(github: GitHub, name: str, commit: str) -> list[str]:
    """The Algorand packages that the manifests of a repository name."""
    tree = github.get(f"/repos/{name}/git/trees/{commit}", recursive=1).get("tree", [])
    paths = [
        str(entry["path"])
        for entry in tree
        if entry.get("type") == "blob" and basename(str(entry["path"])) == "package.json"
    ]
    found: set[str] = set()
    for path in sorted((p for p in paths if refuse_path(p) is None), key=lambda p: (p.count("/"), p))[:_MAX_MANIFESTS]:
        content = github.get(f"/repos/{name}/contents/{path}", ref=commit)
        with suppress(ValueError, KeyError, TypeError):
            manifest = read_manifest(base64.b64decode(content["content"]))
            found.update(*(manifest[key] for key in _DEPENDENCIES if isinstance(manifest.get(key), dict)))
    return sorted(found & set(PACKAGES))


def summary(found: Found) -> str:
    """One line for a person."""
    left = "; ".join(f"{number} {reason}" for reason, number in sorted(found.left_out.items()))
    return f"{len(found.entries)} repositories proposed" + (f"; left out: {left}" if left else "")


def write_patch(text: str, output: Path) -> None:
    """Write the patch; raises ``UserError`` where it cannot be written."""
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UserError(f"--output: cannot write {output}: {error.strerror}") from None
