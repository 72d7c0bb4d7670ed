"""AlgoKit LocalNet: is one running at its usual address, and which node is it?"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

from algorand_coder.errors import MissingTool

URL = "http://127.0.0.1:4001"
TIMEOUT_SECONDS = 0.5
_NETWORKS = frozenset({"dockernet-v1", "devnet-v1", "sandnet-v1"})
_AVM_OF_CONSENSUS = {"v38": 9, "v39": 10, "v40": 11, "v41": 12}


@dataclass(frozen=True, slots=True)
class Found:
    """A LocalNet that answered."""

    software: str
    consensus: str
    avm: int
    """From the consensus version where that is a known one, otherwise 0."""


def detect(url: str = URL, timeout: float = TIMEOUT_SECONDS) -> Found | None:
    """The LocalNet at ``url``; ``None`` when nothing answers within ``timeout`` seconds, or something else does."""
    about = _get(url + "/versions", timeout)
    if about is None or about.get("genesis_id") not in _NETWORKS:
        return None
    status = _get(url + "/v2/status", timeout) or {}
    consensus = str(status.get("last-version", ""))
    build = about.get("build", {})
    version = ".".join(str(build.get(part, 0)) for part in ("major", "minor", "build_number"))
    return Found(f"go-algorand {version}", consensus, _AVM_OF_CONSENSUS.get(consensus.rpartition("/")[2], 0))


def missing() -> MissingTool:
    """What to tell a user who asked for a LocalNet that is not there."""
    return MissingTool(f"no LocalNet answers at {URL}: algokit localnet start")


def _get(url: str, timeout: float) -> dict[str, Any] | None:
    request = urllib.request.Request(url, headers={"X-Algo-API-Token": "a" * 64})  # noqa: S310  a constant http address
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:  # noqa: S310
            body = json.loads(answer.read(2**20))
    except (OSError, ValueError, urllib.error.HTTPError):
        return None
    return body if isinstance(body, dict) else None
