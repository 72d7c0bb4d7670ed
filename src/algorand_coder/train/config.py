"""What a person may choose about training. The defaults are the plan's hyper-parameters."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from algorand_coder.pipeline.config import Section

_MODULE_NAME = re.compile(r"^[A-Za-z_][A-Za-z0-9_.]*$")


class TrainConfig(Section):
    """Supervised fine-tuning (SFT) of a LoRA adapter with loss on the response only."""

    base_model: str = Field(default="SmolLM2-135M-Instruct", min_length=1)
    """An embedded model's name, a local folder, or ``owner/name`` on the Hugging Face hub."""
    base_revision: str | None = None
    """Commit or tag of a hub model; pin it for runs that must repeat."""
    backend: Literal["auto", "trl", "unsloth"] = "auto"
    """``auto``: Unsloth where it is installed, fits the installed libraries and can run the recipe, else TRL + PEFT."""
    method: Literal["lora", "full"] = "lora"
    """``full`` trains every weight but a router's, into a model of its own instead of an adapter."""
    quantization: Literal["none", "nf4"] = "none"
    """``nf4`` is QLoRA (Dettmers 2023): base weights in 4-bit NormalFloat with double quantisation; needs a GPU."""
    dtype: Literal["auto", "float32", "bfloat16"] = "auto"
    """Of the base weights. ``auto``: bfloat16 where the processor multiplies it in hardware, else float32."""

    lora_r: int = Field(default=64, ge=1, le=1024)
    lora_alpha: int = Field(default=128, ge=1, le=4096)
    lora_dropout: float = Field(default=0.05, ge=0.0, lt=1.0)
    target_modules: tuple[str, ...] = ("q_proj", "k_proj", "v_proj", "o_proj")
    """Names of the linear layers that get an adapter. A name that matches nothing is an error, so is a router."""
    target_parameters: tuple[str, ...] = ()
    """Fused expert weights that get an adapter too, for example ``mlp.experts.down_proj``. Needs ``lora_dropout`` 0."""
    lora_r_experts: int = Field(default=4, ge=1, le=256)
    """Rank for each expert of ``target_parameters``; alpha over r stays as it is. Small: 128 experts times 16 make a
    billion trainable weights."""

    learning_rate: float = Field(default=2e-4, gt=0.0, le=0.1)
    lr_scheduler: Literal["cosine", "linear", "constant"] = "cosine"
    warmup_ratio: float = Field(default=0.03, ge=0.0, lt=1.0)
    weight_decay: float = Field(default=0.0, ge=0.0, le=1.0)
    max_grad_norm: float = Field(default=1.0, gt=0.0)
    batch_size: int = Field(default=2, ge=1, le=1024)
    """Rows a micro-batch; rows of like length share one."""
    gradient_accumulation: int = Field(default=8, ge=1, le=1024)
    epochs: int = Field(default=3, ge=1, le=1000)
    packing: bool = False
    """Lay the rows of a step end to end instead of padding them; rows stay blind to each other. Pays on a GPU."""
    gradient_checkpointing: bool = True
    """Recompute activations in the backward pass: a third more work for much less memory."""

    max_seq_length: int = Field(default=4096, ge=16, le=1_048_576)
    overlong: Literal["raise", "drop"] = "raise"
    """What happens to rows of more tokens than ``max_seq_length``: an error with counts, or dropped with counts."""
    max_row_tokens: int | None = Field(default=None, ge=16)
    """Choose only rows up to this length: for machines whose time is short. Rows left out are counted."""
    max_train_tokens: int | None = Field(default=None, ge=1)
    """Choose rows, evenly over the categories, so that all epochs together stay below this many tokens."""
    max_minutes: float | None = Field(default=None, gt=0.0)
    """Measure this machine first and lower the token budget, to a fifth at most, so that the steps fit into the time.

    Without it, runs repeat exactly.
    """
    max_steps: int | None = Field(default=None, ge=1)

    validation_rows: int | None = Field(default=None, ge=1)
    """Held-out rows that the loss is measured on, evenly over the categories; all when unset."""
    eval_every: int = Field(default=0, ge=0)
    """Optimizer steps between measurements; 0 measures before the first step and after the last."""
    save_every: int = Field(default=100, ge=1)
    """Optimizer steps between checkpoints: what a kill can cost at most."""
    early_stopping: int = Field(default=0, ge=0)
    """End after this many measurements in a row without a better validation loss, and keep the best weights; 0: never.
    """
    compile_rows: int = Field(default=0, ge=0, le=256)
    """Held-out requests that are answered and type-checked at every measurement; 0: none."""
    monitors: tuple[Literal["tensorboard", "trackio", "wandb"], ...] = ("tensorboard",)
    """Where the curves go besides ``history.json``. Trackio and W&B are installed and asked for, or not used."""
    chat_template_kwargs: dict[str, Any] = Field(default_factory=dict)
    """Switches of the model's chat template, for example ``{enable_thinking: false}``; recorded with the adapter."""

    @property
    def step_rows(self) -> int:
        """Rows of one optimizer step, whatever the number of processes."""
        return self.batch_size * self.gradient_accumulation

    @field_validator("target_modules", "target_parameters")
    @classmethod
    def _named_layers(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if name == "all-linear":
                raise ValueError("'all-linear' would train the router of a mixture of experts; name the layers")
            if not _MODULE_NAME.match(name):
                raise ValueError(f"{name!r} is not a module name")
        if len(set(names)) != len(names):
            raise ValueError("a name occurs twice")
        return names

    @model_validator(mode="after")
    def _consistent(self) -> TrainConfig:
        if not self.target_modules and not self.target_parameters:
            raise ValueError("name at least one layer in target_modules")
        if self.target_parameters and self.lora_dropout:
            raise ValueError("an adapter on fused experts cannot drop out: set lora_dropout to 0 for target_parameters")
        if self.max_row_tokens is not None and self.max_row_tokens > self.max_seq_length:
            raise ValueError("max_row_tokens must not exceed max_seq_length")
        if self.max_minutes is not None and self.max_train_tokens is None:
            raise ValueError("max_minutes lowers max_train_tokens: set that as well")
        if self.early_stopping and not self.eval_every:
            raise ValueError("early_stopping counts measurements: set eval_every as well")
        if self.method == "full" and self.quantization == "nf4":
            raise ValueError("4-bit weights cannot be trained: set method to lora, or quantization to none")
        if self.quantization == "nf4" and self.dtype == "float32":
            raise ValueError("nf4 computes in bfloat16: set dtype to auto or bfloat16")
        return self
