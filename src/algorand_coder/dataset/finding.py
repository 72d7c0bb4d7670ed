"""Why a pair does not enter the data set."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Why a pair is refused."""

    reason: str
    """Short and stable: what counts are grouped by."""
    detail: str
