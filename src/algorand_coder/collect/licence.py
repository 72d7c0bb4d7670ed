"""The licence of every file: nearest LICENSE text, package.json, SPDX header, in that order of proof.

Texts are recognised by ``licenseclassifier`` (Google's licensecheck corpus and matcher), expressions read by
``license-expression``. A file is taken when every claim about it agrees and is allowed; claims that contradict
each other refuse it, whoever is right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from posixpath import dirname
from typing import Any

from algorand_coder.collect.tree import is_licence, is_manifest

_SPDX_HEADER = re.compile(r"SPDX-License-Identifier:\s*([A-Za-z0-9.+() -]+?)\s*(?:\*/|-->|$)", re.MULTILINE)
_HEADER_CHARS = 2_000
_MAX_LICENCE_BYTES = 200_000


@dataclass(frozen=True)
class Claim:
    """What one piece of evidence says."""

    evidence: str
    """``LICENSE``, ``packages/a/package.json``, ``SPDX header`` …"""
    ids: frozenset[str]
    """SPDX identifiers; empty where the evidence grants nothing that is known."""
    choice: bool = False
    """Whether one of ``ids`` is enough (``MIT OR Apache-2.0``) or all of them apply."""
    said: str = ""
    """The words of the evidence where ``ids`` cannot express them."""

    def __str__(self) -> str:
        return (
            f"{self.evidence}: {(' OR ' if self.choice else ' AND ').join(sorted(self.ids)) or self.said or 'unknown'}"
        )


@dataclass(frozen=True)
class Ruling:
    """Whether a file may be taken: ``licence`` is its SPDX expression, or empty where ``reason`` says why not."""

    licence: str
    reason: str = ""
    """``licence-none``, ``licence-not-allowed`` or ``licence-conflict``."""
    detail: str = ""


@lru_cache(maxsize=4096)
def identify(text: str) -> frozenset[str]:
    """SPDX identifiers of the licences whose text makes up ``text``; empty where it is anything else."""
    from licenseclassifier import identify_license

    return frozenset(result.id for result in identify_license(text))


@lru_cache(maxsize=1)
def _spdx() -> Any:
    """The SPDX vocabulary; building it costs more than all expressions of a run."""
    from license_expression import get_spdx_licensing

    return get_spdx_licensing()


def read_expression(text: str, evidence: str) -> Claim:
    """The claim of an SPDX expression; one that cannot be read, or carries an exception, claims no known licence."""
    from license_expression import ExpressionError, LicenseSymbol

    try:
        parsed = _spdx().parse(text, validate=True)
    except ExpressionError:
        return Claim(evidence, frozenset(), said=text)
    parts = [parsed] if isinstance(parsed, LicenseSymbol) else list(getattr(parsed, "args", ()))
    if not parts or not all(type(part) is LicenseSymbol for part in parts):
        return Claim(evidence, frozenset(), said=text)
    choice = type(parsed).__name__ == "OR"
    return Claim(evidence, frozenset(str(part.key) for part in parts), choice=choice)


class Licences:
    """The claims in a tree, asked file by file."""

    def __init__(self, files: Mapping[str, bytes], allowed: Iterable[str]) -> None:
        self._allowed = frozenset(allowed)
        self._texts: dict[str, Claim] = {}
        self._manifests: dict[str, Claim] = {}
        for path in sorted(files):
            if is_manifest(path):
                claim = _manifest_claim(path, files[path])
                if claim is not None:
                    self._manifests[dirname(path)] = claim
            elif is_licence(path) and len(files[path]) <= _MAX_LICENCE_BYTES:
                self._add_text(path, identify(files[path].decode("utf-8", "replace")))

    def _add_text(self, path: str, ids: frozenset[str]) -> None:
        folder = dirname(path)
        before = self._texts.get(folder)
        # Several texts in one folder apply together unless the manifest beside them offers a choice of the same.
        evidence = f"{before.evidence}, {path}" if before else path
        self._texts[folder] = Claim(evidence, ids | (before.ids if before else frozenset()), said="no known licence")

    def of(self, path: str, text: str) -> Ruling:
        """The ruling for one file with content ``text``."""
        found = _SPDX_HEADER.search(text[:_HEADER_CHARS])
        claims = [claim for claim in self._near(dirname(path)) if claim is not None]
        if found:
            claims.append(read_expression(found[1], "SPDX header"))
        return self._judge(claims)

    def root(self) -> Ruling:
        """The ruling for the source as a whole, by the evidence at its root."""
        return self._judge([claim for claim in self._near("") if claim is not None])

    def _near(self, folder: str) -> tuple[Claim | None, Claim | None]:
        """The nearest licence text, and the nearest manifest claim unless the text is nearer to the file."""
        text = _nearest(self._texts, folder)
        manifest = _nearest(self._manifests, folder)
        if text is not None and manifest is not None and len(manifest[0]) < len(text[0]):
            manifest = None
        return text and text[1], manifest and manifest[1]

    def _judge(self, claims: list[Claim]) -> Ruling:
        detail = "; ".join(map(str, claims))
        if not claims:
            return Ruling("", "licence-none", "no licence text, package.json or SPDX header")
        if len({claim.ids for claim in claims}) > 1:
            return Ruling("", "licence-conflict", detail)
        ids = claims[0].ids
        if not ids:
            return Ruling("", "licence-none", detail)
        granted = sorted(ids & self._allowed)
        if any(claim.choice for claim in claims):
            return Ruling(granted[0]) if granted else Ruling("", "licence-not-allowed", detail)
        if len(granted) < len(ids):
            return Ruling("", "licence-not-allowed", detail)
        return Ruling(" AND ".join(granted))


def _nearest(claims: Mapping[str, Claim], folder: str) -> tuple[str, Claim] | None:
    while True:
        if folder in claims:
            return folder, claims[folder]
        if not folder:
            return None
        folder = dirname(folder)


def _manifest_claim(path: str, raw: bytes) -> Claim | None:
    """The claim of a ``package.json``; ``None`` where it is silent or points to the licence file."""
    manifest = read_manifest(raw)
    value = manifest.get("license", manifest.get("licenses"))
    if isinstance(value, Mapping):
        value = value.get("type")
    if isinstance(value, list):
        kinds = [item.get("type") if isinstance(item, Mapping) else item for item in value]
        value = " OR ".join(kind for kind in kinds if isinstance(kind, str))
    if not isinstance(value, str) or not value.strip() or value.upper().startswith("SEE LICEN"):
        return None
    return read_expression(value.strip(), path)


def read_manifest(raw: bytes) -> dict[str, Any]:
    """A ``package.json`` as a mapping; empty where it is not one."""
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}
