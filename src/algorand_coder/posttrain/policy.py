"""Where training starts and what it leaves: the base model with a new adapter or an earlier one, and the result."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from algorand_coder.errors import UserError
from algorand_coder.generate.base_models import fetch
from algorand_coder.generate.chat import ADAPTER_RECORD, chat_template_hash
from algorand_coder.generate.environment import prepare, quiet_transformers
from algorand_coder.generate.transformers_engine import template_switches
from algorand_coder.pipeline.manifest import file_hash
from algorand_coder.posttrain.config import Adapting
from algorand_coder.train.backends.loading import device_name, load_base, lora_config, pick_dtype
from algorand_coder.train.backends.weights import write_weights
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.guards import check_trainable
from algorand_coder.train.memory import available, check_memory
from algorand_coder.train.record import write_record
from algorand_coder.train.resume import Identity

BASE = "base"
PACKAGES = ("torch", "transformers", "trl", "peft", "accelerate", "datasets")
CODE = (
    *(f"algorand_coder.posttrain.{name}" for name in ("config", "tasks", "judging", "policy", "trainers")),
    "algorand_coder.train.backends.loading",
    "algorand_coder.train.backends.scoring",
    "algorand_coder.generate.chat",
    "algorand_coder.generate.base_models",
    "algorand_coder.verify",
    "algorand_coder.syntax",
    "algorand_coder.similarity.agreement",
)
"""Modules that decide what a further training makes."""
WEIGHTS = "adapter_model.safetensors"


@dataclass(frozen=True)
class Start:
    """A base model's folder and the adapter that goes on top of it, both checked."""

    model_dir: Path
    adapter: Path | None
    """``None``: the base model, and a new adapter where one is trained."""
    switches: dict[str, Any]
    """Of the chat template, for every prompt."""
    tokenizer: Any

    @property
    def identity(self) -> str:
        """What the adapter's weights are, for telling whether a run can be gone on with."""
        return file_hash(self.adapter / WEIGHTS) if self.adapter else BASE


def open_start(config: TrainConfig, start: str, inputs: Mapping[str, Path], note: Callable[[str], None]) -> Start:
    """Fetch the base model and check that the adapter of stage ``start`` belongs to it.

    Raises ``UserError`` when the adapter was trained on another base model or revision, or under another chat template,
    and when the recipe trains no adapter.
    """
    if config.method != "lora":
        raise UserError("train.method=full makes no adapter to go on from: set train.method=lora for this run")
    adapter = None if start == BASE else inputs[start] / "adapter"
    if adapter is not None:
        _check_record(adapter, config)
    model_dir = fetch(config.base_model, config.base_revision, note)
    prepare(offline=True)
    from transformers import AutoTokenizer

    quiet_transformers()
    tokenizer: Any = AutoTokenizer.from_pretrained(str(model_dir))
    switches = template_switches(adapter, chat_template_hash(tokenizer)) if adapter else config.chat_template_kwargs
    return Start(model_dir, adapter, dict(switches), tokenizer)


def _check_record(adapter: Path, config: TrainConfig) -> None:
    path = adapter / ADAPTER_RECORD
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        trained_on = (record["base_model"], record.get("base_revision"))
    except (OSError, ValueError, KeyError, TypeError):
        raise UserError(f"{path} is missing or damaged: run the stage that made the adapter with --force") from None
    if trained_on != (config.base_model, config.base_revision):
        said = " at ".join(str(part) for part in trained_on if part)
        raise UserError(
            f"{adapter} was trained on {said}, and train.base_model is {config.base_model}"
            f"{' at ' + config.base_revision if config.base_revision else ''}: use the run's own recipe"
        )


def check_fits(config: TrainConfig, *, sequences: int, tokens: int) -> None:
    """Raise ``UserError`` when ``sequences`` of ``tokens`` at once cannot fit here; unknown shapes are not judged."""
    from algorand_coder.train.cards import is_known, shell
    from algorand_coder.train.preflight import preflight

    if is_known(config.base_model):
        gib, where = available()
        asked = {"batch_size": sequences, "max_seq_length": tokens, "max_row_tokens": None}
        sized = config.model_copy(update=asked)
        check_memory(preflight(shell(config.base_model), sized, on_gpu="GPU" in where), sized, gib, where, False)


def load_policy(start: Start, config: TrainConfig) -> tuple[Any, Any]:
    """The model to train, and the configuration of a new adapter (``None`` where the model already wears one)."""
    model = load_base(start.model_dir, config)
    if start.adapter is None:
        return model, lora_config(model, config)
    from peft import PeftModel

    worn = PeftModel.from_pretrained(model, str(start.adapter), is_trainable=True)
    check_trainable(worn, config.target_parameters)
    return worn, None


def identity(start: Start, config: Adapting, *, seed: int, data: str) -> Identity:
    """What a run is made of, by kind: a checkpoint of another identity is not gone on with. ``data`` is a hash."""
    settings = config.model_dump(mode="json", exclude={"save_every"})
    return {
        "the base model or the adapter's shape": settings.pop("train"),
        "the adapter it starts from": {"weights": start.identity},
        "the optimizer or other settings": settings,
        "the data": {"rows": data, "seed": seed},
        "library versions": versions(),
    }


def save_policy(model: Any, output: Path, start: Start, config: TrainConfig) -> dict[str, Any]:
    """Write the adapter and its record; returns the record."""
    write_weights(model, config.model_copy(update={"method": "lora"}), None, output)
    used = config.model_copy(update={"chat_template_kwargs": start.switches})
    return write_record(output, start.tokenizer, used, pick_dtype(config, device_name()))


def versions() -> dict[str, str]:
    """Versions of the packages that decide a training run."""
    from importlib.util import find_spec

    return {name: version(name) if find_spec(name) else "missing" for name in PACKAGES}


def check_installed() -> None:
    """Raise ``UserError`` with the command that installs what is missing."""
    absent = [name for name, found in versions().items() if found == "missing"]
    if absent:
        raise UserError(f"{', '.join(absent)} missing: run \"pip install 'algorand-coder[train]'\"")
