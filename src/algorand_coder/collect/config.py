"""Config of the collect stage."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from pydantic import Field, computed_field, field_validator

from algorand_coder.pipeline.config import Section

LICENCES = {
    "MIT": True,
    "Apache-2.0": True,
    "BSD-3-Clause": True,
    "BSD-2-Clause": True,
    "ISC": True,
    "CC0-1.0": True,
    "Unlicense": True,
}
"""SPDX identifiers and whether code under them is taken."""

DEFAULT_SOURCES = Path(__file__).parents[1] / "data" / "config" / "sources.yaml"


class CollectConfig(Section):
    """Where code comes from and what may be taken."""

    sources: str = "default"
    """``default`` for the shipped list, or the path of a YAML file of the same form."""
    only: tuple[str, ...] = ()
    """Names of the sources to use; empty for all of the list."""
    licences: dict[str, bool] = LICENCES
    """SPDX identifier → allowed. What a config does not name keeps its default; ``false`` switches one off."""
    mirror: Path | None = None
    """Folder of Git repositories (``<owner>/<name>.git`` or ``<owner>/<name>``) that stands in for Git hosts."""
    offline: bool = False
    """Use the cache and the mirror alone; nothing is asked over the network."""
    max_file_bytes: int = Field(default=1_000_000, ge=1_000, le=100_000_000)
    """Larger files are left out."""
    max_unpacked_bytes: int = Field(default=400_000_000, ge=100_000)
    """A package or repository whose relevant content is larger is refused (zip bombs)."""
    max_entries: int = Field(default=200_000, ge=100)
    """A package, repository or folder with more files is refused."""
    timeout_seconds: int = Field(default=180, ge=1, le=3600)
    """Longest time one download may take."""
    probe_seconds: int = Field(default=8, ge=1, le=120)
    """Longest wait for an answer of a Git host before its sources are skipped."""
    downloads: int = Field(default=4, ge=1, le=64)
    """Downloads at a time."""

    @field_validator("licences")
    @classmethod
    def _complete(cls, given: dict[str, bool]) -> dict[str, bool]:
        for name in given:
            if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.+-]*", name):
                raise ValueError(f"{name!r} is not an SPDX licence identifier, such as MIT or Apache-2.0")
        return {**LICENCES, **given}

    @property
    def sources_file(self) -> Path:
        """The YAML file that lists the sources."""
        return DEFAULT_SOURCES if self.sources == "default" else Path(self.sources).expanduser()

    @property
    def allowed(self) -> frozenset[str]:
        """The SPDX identifiers that are switched on."""
        return frozenset(name for name, on in self.licences.items() if on)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def content(self) -> str:
        """Hash of the source list and of the local folders it names: a change there makes the stage run again."""
        fingerprint = sha256()
        if self.sources_file.is_file():
            fingerprint.update(self.sources_file.read_bytes())
            from algorand_coder.collect.local import folders_fingerprint

            fingerprint.update(folders_fingerprint(self).encode())
        return fingerprint.hexdigest()
