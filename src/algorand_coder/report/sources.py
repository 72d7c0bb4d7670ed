"""``collect/sources.json`` as the report uses it: what became of every listed source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


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
    """Read ``sources.json``, a list of sources (or ``{"sources": […]}``), in its order."""
    if isinstance(data, Mapping):
        data = data.get("sources", [])
    if isinstance(data, Mapping):
        data = [{"name": name, **entry} for name, entry in data.items() if isinstance(entry, Mapping)]
    return [_state(entry) for entry in data or () if isinstance(entry, Mapping)]


def _state(entry: Mapping[str, Any]) -> SourceState:
    files = entry.get("files")
    licence = entry.get("licence") or entry.get("licence_expected") or ""
    return SourceState(
        name=str(entry.get("name", "")),
        status=str(entry.get("status", "")),
        reason=str(entry.get("reason") or ""),
        licence=", ".join(licence) if isinstance(licence, list) else str(licence),
        revision=str(entry.get("revision") or ""),
        tier=str(entry.get("tier") or ""),
        files=files if isinstance(files, int) else len(files) if isinstance(files, list) else None,
    )
