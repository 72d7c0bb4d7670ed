"""What a person may choose about an evaluation."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from algorand_coder.pipeline.config import Section
from algorand_coder.records import Level


class EvaluateConfig(Section):
    """The section ``evaluate`` of a run. By default decoding is greedy, so an answer depends on nothing else."""

    models: tuple[str, ...] = Field(default=("base", "tuned"), min_length=1)
    """``base`` and ``tuned`` of the run; names in ``models.yaml``, ``FILE.yaml#name``, ``http://host:port/v1#model``;
    folders of weights or adapters. ``+docs`` puts documentation into the prompt, ``+repair`` adds rounds with the
    compiler's findings."""
    problems: tuple[str, ...] = ()
    """Ids of the problems to put; empty means all."""
    most_problems: int = Field(default=0, ge=0)
    """Put only so many, drawn evenly from the categories and always the same; 0 puts all."""
    statement: Literal["detailed", "terse"] = "detailed"
    """Which wording of the problems is put to the models."""
    level: Level = Level.BEHAVE
    """How deep answers are judged."""
    humaneval: bool = False
    """Put HumanEval's 164 problems as well: is the tuned model still as good at general code?"""
    samples: int = Field(default=1, ge=1, le=100)
    """Answers to each problem; more than one needs a temperature and a model behind an endpoint."""
    temperature: float = Field(default=0.0, ge=0, le=2)
    top_p: float | None = Field(default=None, gt=0, le=1)
    repair_rounds: int = Field(default=3, ge=1, le=20)
    """How often a ``+repair`` model is told what the compiler says of its last answer."""
    max_new_tokens: int = Field(default=1024, ge=16, le=32_768)
    """Longest answer, in tokens; a longer one is cut and marked so. By default every reference fits."""
    batch_size: int = Field(default=24, ge=1, le=1024)
    """Questions that a local model answers at once; also what a killed run can lose."""
    budget_dollars: float = Field(default=25.0, ge=0, le=100_000)
    """For the answers of each model behind an endpoint, never exceeded."""
    bootstrap_samples: int = Field(default=10_000, ge=100, le=1_000_000)
    """Resamples behind the interval of a paired difference."""
    inspect_logs: bool = True
    """Write logs that ``inspect view`` opens."""

    @field_validator("models")
    @classmethod
    def _known(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        """A name that nothing is known of is refused before any work; raises ``UserError``."""
        if set(names) - {"base", "tuned"}:
            from algorand_coder.evaluate.models import check_names

            check_names(names)
        return names
