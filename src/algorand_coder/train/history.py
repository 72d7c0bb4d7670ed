"""The course of a training run: one record an optimizer step, one a measurement on held-out rows."""

from __future__ import annotations

import json
import math
import os
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Step:
    """One optimizer step. ``loss`` is the mean over the step's trained tokens."""

    step: int
    loss: float
    learning_rate: float
    grad_norm: float
    """Before clipping."""
    tokens: int
    """All real tokens of the step, prompt included, padding not."""
    tokens_per_second: float
    loader_share: float = 0.0
    """Share of the step's time that was spent waiting for its rows."""
    mfu: float | None = None
    """Model FLOPs utilisation (0 to 1); ``None`` where the peak of the device is not known."""
    device_bytes: int = 0
    """Highest allocated GPU memory so far; 0 on a CPU."""

    @property
    def perplexity(self) -> float:
        """``exp(loss)`` of the step's trained tokens."""
        return math.exp(min(self.loss, 700.0))


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Loss on held-out rows after ``step`` steps; step 0 is the base model."""

    step: int
    loss: float
    """Mean negative log-likelihood (nats) over all trained tokens of the rows."""
    tokens: int
    by_category: dict[str, float]
    compiled: int | None = None
    """Answers to held-out requests that type-check, of ``answered``; ``None`` where none were asked for."""
    answered: int = 0
    """Answers that could be judged."""

    @property
    def compile_rate(self) -> float | None:
        """Share of the judged answers that type-check; ``None`` where none were asked for or none could be judged."""
        return None if self.compiled is None or not self.answered else self.compiled / self.answered

    @property
    def perplexity(self) -> float:
        """``exp(loss)``."""
        return math.exp(min(self.loss, 700.0))


@dataclass(frozen=True)
class History:
    """Everything measured during one run, in order."""

    steps: tuple[Step, ...]
    held_out: tuple[HeldOut, ...]

    def write(self, path: Path) -> None:
        """Write JSON: ``{"steps": [...], "eval": [...]}``, atomically."""
        value = {
            "steps": [{**asdict(step), "perplexity": round(step.perplexity, 4)} for step in self.steps],
            "eval": [
                {**asdict(point), "perplexity": round(point.perplexity, 4), "compile_rate": point.compile_rate}
                for point in self.held_out
            ],
        }
        temporary = path.with_name(path.name + ".tmp")
        temporary.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
        os.replace(temporary, path)
