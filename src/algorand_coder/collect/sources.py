"""The source list: what to collect, pinned, with the licence that is expected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, field_validator, model_validator

from algorand_coder.errors import UserError, nearest
from algorand_coder.pipeline.config import Section, parse

_NPM = re.compile(r"(?:@[a-z0-9~-][a-z0-9._~-]*/)?[a-z0-9~-][a-z0-9._~-]*@\d+\.\d+\.\d+[0-9A-Za-z.+-]*")
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_REF = re.compile(r"(?!-)[^\x00-\x20~^:?*\[\\]+")


class Get(Section):
    """How a source is fetched: exactly one of ``npm``, ``git`` and ``path``."""

    npm: str | None = None
    """``package@version``, an exact version."""
    integrity: str | None = Field(default=None, pattern=r"^sha512-[A-Za-z0-9+/]{86}==$")
    """Subresource integrity of the npm tarball; compared on every use."""
    git: str | None = None
    """URL of a repository, ``https://`` or ``file://``, or its path, absolute or relative to the source list."""
    commit: str | None = None
    """Full commit hash, on whatever branch."""
    tag: str | None = None
    """A tag; with ``commit`` as well, the tag only says what the commit is."""
    branch: str | None = None
    """The branch that holds ``commit``, for hosts that do not give out single commits."""
    path: str | None = None
    """A folder on this machine, absolute or relative to the source list."""

    @model_validator(mode="after")
    def _one_way(self) -> Get:
        ways = [way for way in ("npm", "git", "path") if getattr(self, way) is not None]
        if len(ways) != 1:
            raise ValueError("give exactly one of npm, git and path")
        if (self.commit or self.tag or self.branch) and not self.git:
            raise ValueError("commit, tag and branch go with git")
        if self.integrity and not self.npm:
            raise ValueError("integrity goes with npm")
        if self.npm is not None and not _NPM.fullmatch(self.npm):
            raise ValueError("npm needs a package with an exact version, such as algosdk@3.8.0")
        if self.git is not None:
            self._check_git()
        return self

    def _check_git(self) -> None:
        if not re.match(r"(?:https|file)://[^-\s]|(?!-)[^:\s][^:]*$", self.git or ""):
            raise ValueError("git needs an https:// or file:// URL, or a path")
        if not (self.commit or self.tag):
            raise ValueError("git needs a commit or a tag: sources are pinned")
        if self.branch and (not self.commit or self.tag):
            raise ValueError("branch goes with commit, and without tag")
        if self.commit and not _COMMIT.fullmatch(self.commit):
            raise ValueError("commit needs a full hash of 40 or 64 hex digits")
        for key, ref in (("tag", self.tag), ("branch", self.branch)):
            if ref and (not _REF.fullmatch(ref) or ".." in ref or ref.endswith((".lock", "/"))):
                raise ValueError(f"{key} is not a valid {key} name")

    @property
    def way(self) -> Literal["npm", "git", "path"]:
        """How the source is fetched."""
        return "npm" if self.npm else "git" if self.git else "path"


class Source(Section):
    """One entry of the source list."""

    name: str = Field(pattern=r"^[A-Za-z0-9@][A-Za-z0-9@._/+-]*$", max_length=100)
    """Unique; names the source in every row that comes from it."""
    tier: Literal["official", "educational", "community"]
    licence: str
    """Expected SPDX expression; ``none`` where a source is known to have no licence, ``own`` for the user's code."""
    get: Get
    target: str = ""
    """Versions the code is written for, where its imports alone do not tell (``utils9``, ``utils10``)."""
    private: bool = False
    """Never leaves this machine; only for a ``path`` with licence ``own``."""
    exclude: tuple[str, ...] = ()
    """Glob patterns of paths inside the source that are left out (``tests/expected-output/*``)."""
    note: str = ""
    """Anything a maintainer of the list should know."""

    @field_validator("licence")
    @classmethod
    def _plain(cls, value: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.+() -]*", value):
            raise ValueError("licence needs an SPDX expression, 'none' or 'own'")
        return value

    @model_validator(mode="after")
    def _own(self) -> Source:
        if self.licence == "own" and self.get.way != "path":
            raise ValueError("licence 'own' is for a path: code fetched from elsewhere has a licence of its own")
        if self.private and self.licence != "own":
            raise ValueError("private needs a path with licence 'own'")
        return self


TIERS = ("official", "educational", "community")
"""Tiers, most trusted first."""


def load_sources(path: Path, only: tuple[str, ...] = ()) -> list[Source]:
    """The sources of a list, sorted by name (the order of a list decides nothing), or those named in ``only``.

    Raises ``UserError`` with one line for a list that cannot be read, an entry that is not valid, or an unknown name.
    """
    entries = _entries(path)
    sources: dict[str, Source] = {}
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, Mapping):
            raise UserError(f"{path}: source {number} is not a mapping of name, tier, licence and get")
        source = parse(Source, entry, f"{path}: source {entry.get('name', number)!r}")
        if source.name in sources:
            raise UserError(f"{path}: two sources are named {source.name!r}")
        sources[source.name] = source
    for name in only:
        if name not in sources:
            raise UserError(f"collect.only: no source is named {name!r}{nearest(name, sources)}")
    return [sources[name] for name in sorted(sources) if not only or name in only]


def _entries(path: Path) -> list[Any]:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(f"collect.sources: cannot read {path}: {error.strerror}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: not readable as YAML: {' '.join(str(error).split())}") from None
    if not isinstance(data, Mapping) or not isinstance(data.get("sources"), list) or len(data) != 1:
        raise UserError(f"{path}: expected a list under the single key 'sources'")
    return list(data["sources"])
