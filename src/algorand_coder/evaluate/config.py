"""What a person may choose about an evaluation."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from algorand_coder.pipeline.config import Section
from algorand_coder.records import Level

ModelName = Literal["base", "tuned"]


class EvaluateConfig(Section):
    """The section ``evaluate`` of a run. Decoding is greedy, so an answer depends on nothing else."""

    models: tuple[ModelName, ...] = Field(default=("base", "tuned"), min_length=1)
    problems: tuple[str, ...] = ()
    """Ids of the problems to put; empty means all."""
    statement: Literal["detailed", "terse"] = "detailed"
    """Which wording of the problems is put to the models."""
    level: Level = Level.BEHAVE
    """How deep answers are judged."""
    max_new_tokens: int = Field(default=320, ge=16, le=32_768)
    """Longest answer, in tokens; a longer one is cut and marked so."""
    batch_size: int = Field(default=24, ge=1, le=1024)
    """Questions answered at once; also what a killed run can lose."""
    bootstrap_samples: int = Field(default=10_000, ge=100, le=1_000_000)
    """Resamples behind the interval of a paired difference."""
    inspect_logs: bool = True
    """Write logs that ``inspect view`` opens."""
