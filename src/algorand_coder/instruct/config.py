"""Configuration of the instruct stage; one section a strategy."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from pydantic import Field, computed_field

from algorand_coder.pipeline.config import Section


class DocsConfig(Section):
    """Documentation → instruction pairs."""

    enabled: bool = True
    max_pairs: int = Field(default=6000, ge=1, le=100_000)


class PatternsConfig(Section):
    """Parameterised generators."""

    enabled: bool = True
    max_pairs: int = Field(default=2700, ge=1, le=20_000)
    max_per_skeleton: int = Field(default=2, ge=1, le=3)
    """Pairs that may share one AST skeleton; names and literals alone do not make a new program."""


class RepairConfig(Section):
    """Accepted code → a mistake in it and its correction."""

    enabled: bool = True
    max_pairs: int = Field(default=2900, ge=1, le=100_000)
    max_per_unit: int = Field(default=2, ge=1, le=3)
    """Repairs of one accepted piece of code."""


class EditConfig(Section):
    """Accepted contract and change request → changed contract."""

    enabled: bool = True
    max_pairs: int = Field(default=1000, ge=1, le=100_000)
    max_per_unit: int = Field(default=2, ge=1, le=3)
    """Changes of one accepted contract."""


class SynthesisConfig(Section):
    """A language model writes instructions for accepted code, and problems with solutions."""

    enabled: bool = True
    model: str = ""
    """A name in ``models.yaml``, ``FILE.yaml#name`` or ``http://host:port/v1#model``; empty: nobody is asked."""
    max_requests: int = Field(default=4000, ge=1, le=100_000)
    """Instructions first, problems for the rest."""
    budget_dollars: float = Field(default=50.0, ge=0, le=100_000)
    """Never exceeded, retries and lost answers included."""
    batch: bool = False
    """Hand requests to the provider's batch API: half the price at most providers, up to a day's wait."""
    max_tokens: int = Field(default=2_000, ge=100, le=32_000)
    """Longest reply."""
    temperature: float = Field(default=0.7, ge=0, le=2)


class MigrationConfig(Section):
    """Code in an old API or language → the same in the current one."""

    enabled: bool = True
    max_pairs: int = Field(default=850, ge=1, le=20_000)


class SpecConfig(Section):
    """ARC-56 specification → client code, tests, documented interfaces."""

    enabled: bool = True
    max_pairs: int = Field(default=700, ge=1, le=100_000)
    max_per_unit: int = Field(default=2, ge=1, le=3)
    """Tasks about one accepted contract."""


class ServedConfig(Section):
    """Pairs that a gateway collected."""

    enabled: bool = True
    path: str = ""
    """The ``pairs.jsonl`` that ``serve --collect`` wrote; empty: there are none."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def content(self) -> str:
        """Hash of the file: a change there makes the stage run again."""
        path = Path(self.path)
        return sha256(path.read_bytes()).hexdigest() if self.path and path.is_file() else ""


class InstructConfig(Section):
    """The instruct stage."""

    allow_unjudged: bool = False
    """Go on when a tool is missing: pairs that could not be judged are rejected instead of stopping the run."""
    max_per_skeleton: int = Field(default=3, ge=1, le=100)
    """Accepted pairs that may share one AST skeleton, over all strategies; mined pairs come first."""
    docs: DocsConfig = DocsConfig()
    patterns: PatternsConfig = PatternsConfig()
    repair: RepairConfig = RepairConfig()
    edit: EditConfig = EditConfig()
    migration: MigrationConfig = MigrationConfig()
    spec: SpecConfig = SpecConfig()
    served: ServedConfig = ServedConfig()
    synthesis: SynthesisConfig = SynthesisConfig()
