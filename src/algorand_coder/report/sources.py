"""``collect/sources.json`` as the report uses it: what became of every listed source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_COMMIT = re.compile(r"[0-9a-f]{40,64}")


@dataclass(frozen=True)
class SourceState:
    """One listed source."""

    name: str
    status: str
    """``fetched``, ``skipped`` or ``refused``."""
    reason: str
    licence: str
    revision: str
    tier: str
    files: int | None


def read_sources(data: Any) -> list[SourceState]:
    """Read ``sources.json``, a list of sources, in its order; anything else is no sources."""
    entries = data if isinstance(data, list) else []
    return [_state(entry) for entry in entries if isinstance(entry, Mapping)]


def _state(entry: Mapping[str, Any]) -> SourceState:
    files = entry.get("files")
    licence, expected = entry.get("licence") or "", entry.get("licence_expected") or ""
    return SourceState(
        name=str(entry.get("name", "")),
        status=str(entry.get("status", "")),
        reason=str(entry.get("reason") or ""),
        licence=str(licence or (f"{expected} expected" if expected else "")),
        revision=_COMMIT.sub(lambda found: found[0][:12], str(entry.get("revision") or "")),
        tier=str(entry.get("tier") or ""),
        files=files if isinstance(files, int) else None,
    )
