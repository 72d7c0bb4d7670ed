"""What compiling a contract gives, for whoever deploys it."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class ContractArtifact:
    """One compiled contract or logic signature."""

    name: str
    """Name of the class."""
    file: str
    """Path of its file in the candidate."""
    avm_version: int
    approval_teal: str
    """TEAL of the approval program, or of the logic signature."""
    approval: bytes
    """Its bytecode; empty when template variables still need values."""
    clear_teal: str = ""
    clear: bytes = b""
    arc56: str = ""
    """The ARC-56 application specification (JSON); empty for a logic signature."""

    @property
    def is_logicsig(self) -> bool:
        """Whether this is a logic signature; it has one program and no specification."""
        return not self.arc56


def dump(artifacts: Sequence[ContractArtifact]) -> bytes:
    """``artifacts`` as bytes for the store."""
    rows = [asdict(artifact) for artifact in artifacts]
    for row in rows:
        row["approval"] = base64.b64encode(row["approval"]).decode()
        row["clear"] = base64.b64encode(row["clear"]).decode()
    return json.dumps(rows).encode()


def load(data: bytes) -> tuple[ContractArtifact, ...]:
    """The inverse of :func:`dump`."""
    rows = json.loads(data)
    for row in rows:
        row["approval"] = base64.b64decode(row["approval"])
        row["clear"] = base64.b64decode(row["clear"])
    return tuple(ContractArtifact(**row) for row in rows)
