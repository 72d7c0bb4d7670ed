"""What a person may choose about training that follows SFT; base model and adapter are those of section ``train``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from algorand_coder.pipeline.config import Section
from algorand_coder.records import Level
from algorand_coder.train.config import TrainConfig


class SampleConfig(Section):
    """Rejection sampling: answers of a model to the training prompts, of which the verifier accepts some."""

    train: TrainConfig = TrainConfig()
    """The run's section ``train``: filled in, to be stated there."""
    start: Literal["base", "train", "dpo", "grpo"] = "train"
    """Who answers: the bare base model, or the adapter of that method in the same run."""
    model: str = ""
    """A model behind an endpoint that answers in place of it: a name in ``models.yaml``, ``FILE.yaml#name`` or
    ``http://host:port/v1#model``."""
    samples: int = Field(default=4, ge=1, le=256)
    """Answers to each prompt."""
    temperature: float = Field(default=0.8, gt=0.0, le=2.0)
    top_p: float = Field(default=0.95, gt=0.0, le=1.0)
    max_new_tokens: int = Field(default=768, ge=16, le=32_768)
    max_prompts: int | None = Field(default=None, ge=1)
    """Training prompts to put, evenly over the categories; all when unset."""
    batch_size: int = Field(default=16, ge=1, le=1024)
    """Answers that are written side by side; also what a killed run can lose."""
    level: Level = Level.COMPILE
    """How deep answers are judged."""
    keep_per_prompt: int = Field(default=4, ge=1)
    """Accepted answers of different structure that are kept for one prompt."""
    originals: bool = True
    """Whether the rows of the data set stand beside the sampled ones, as in Yuan et al. 2023."""
    budget_dollars: float = Field(default=25.0, ge=0, le=100_000)
    """For the answers of a model behind an endpoint, never exceeded."""


class Adapting(Section):
    """What DPO and GRPO have in common."""

    train: TrainConfig = TrainConfig()
    """The run's section ``train``: filled in, to be stated there. Of it count the base model, its precision, the shape
    of a new adapter, and gradient checkpointing."""
    warmup_ratio: float = Field(default=0.1, ge=0.0, lt=1.0)
    lr_scheduler: Literal["cosine", "linear", "constant"] = "linear"
    max_grad_norm: float = Field(default=1.0, gt=0.0)
    epochs: int = Field(default=1, ge=1, le=100)
    max_steps: int | None = Field(default=None, ge=1)
    save_every: int = Field(default=25, ge=1)
    """Optimizer steps between checkpoints: what a kill can cost at most."""


class DpoConfig(Adapting):
    """Direct preference optimisation (Rafailov et al. 2023) on accepted against refused code."""

    start: Literal["base", "train", "rft"] = "train"
    """The adapter that training goes on from, or ``base`` for a new one; its state at the start is the reference."""
    beta: float = Field(default=0.1, gt=0.0, le=10.0)
    """How strongly the model is held to the reference."""
    learning_rate: float = Field(default=5e-6, gt=0.0, le=0.1)
    batch_size: int = Field(default=1, ge=1, le=1024)
    """Preferences a micro-batch; each is two sequences."""
    gradient_accumulation: int = Field(default=16, ge=1, le=1024)
    max_pairs: int | None = Field(default=None, ge=1)
    """Preferences to train on, evenly over the categories; all when unset."""
    validation_pairs: int | None = Field(default=None, ge=1)
    """Held-out preferences that are measured at the end; all when unset."""
    max_seq_length: int = Field(default=4096, ge=16, le=1_048_576)
    overlong: Literal["raise", "drop"] = "raise"
    """What happens to preferences with a side of more tokens: an error with counts, or dropped with counts."""


class GrpoConfig(Adapting):
    """Group relative policy optimisation (Shao et al. 2024) with the verifier as the reward."""

    start: Literal["base", "train", "rft", "dpo"] = "train"
    """The adapter that training goes on from, or ``base`` for a new one."""
    beta: float = Field(default=0.0, ge=0.0, le=10.0)
    """Weight of the divergence from the start; 0 leaves it out, as most do since DAPO (Yu et al. 2025)."""
    learning_rate: float = Field(default=1e-5, gt=0.0, le=0.1)
    level: Level = Level.COMPILE
    """How deep answers are judged. Beyond ``compile`` a ledger is needed, and checks run in the sandbox only."""
    answers_per_prompt: int = Field(default=8, ge=2, le=256)
    """The group whose mean is the baseline."""
    prompts_per_step: int = Field(default=4, ge=1, le=1024)
    batch_size: int = Field(default=4, ge=1, le=1024)
    """Answers a micro-batch; divides all answers of a step."""
    max_prompts: int | None = Field(default=None, ge=1)
    """Training prompts to put, evenly over the categories; all when unset."""
    max_prompt_tokens: int = Field(default=2048, ge=16)
    """Longer prompts are left out, and counted."""
    max_new_tokens: int = Field(default=768, ge=8, le=32_768)
    temperature: float = Field(default=1.0, gt=0.0, le=2.0)
    top_p: float = Field(default=1.0, gt=0.0, le=1.0)

    @model_validator(mode="after")
    def _whole_batches(self) -> GrpoConfig:
        answers = self.answers_per_prompt * self.prompts_per_step
        if answers % self.batch_size:
            raise ValueError(f"batch_size must divide the {answers} answers of a step, not {self.batch_size}")
        return self
