"""Tiny twins of the base models with random adapters on everything that is ever trained, experts included."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

TARGETS: dict[str, tuple[list[str], list[str]]] = {
    "qwen2": (["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"], []),
    "qwen3-moe": (["q_proj", "k_proj", "v_proj", "o_proj"], ["mlp.experts.gate_up_proj", "mlp.experts.down_proj"]),
    "nemotron-h": (
        ["q_proj", "k_proj", "v_proj", "o_proj", "in_proj", "up_proj", "down_proj"],
        ["mixer.experts.up_proj", "mixer.experts.down_proj"],
    ),
}

Adapted = Callable[..., Path]


def save_adapter(base: Path, folder: Path, architecture: str) -> Path:
    """An adapter of ``base`` as training leaves it, but with random weights: its delta is nowhere zero."""
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM, AutoTokenizer

    from algorand_coder.generate.chat import ADAPTER_RECORD, chat_template_hash

    torch.set_num_threads(1)
    torch.manual_seed(5)
    modules, parameters = TARGETS[architecture]
    config = LoraConfig(
        task_type="CAUSAL_LM",
        r=4,
        lora_alpha=8,
        lora_dropout=0.0,
        target_modules=modules,
        target_parameters=parameters or None,
        init_lora_weights=False,
    )
    model: Any = get_peft_model(AutoModelForCausalLM.from_pretrained(str(base)), config)
    model.save_pretrained(folder)
    tokenizer: Any = AutoTokenizer.from_pretrained(str(base))
    record = {
        "base_model": str(base),
        "base_revision": None,
        "quantization": "none",
        "dtype": "float32",
        "chat_template_sha256": chat_template_hash(tokenizer),
        "chat_template_kwargs": {"enable_thinking": False} if architecture == "nemotron-h" else {},
        "system_prompt_sha256": "0" * 64,
        "max_seq_length": 4096,
    }
    (folder / ADAPTER_RECORD).write_text(json.dumps(record))
    return folder


@pytest.fixture(scope="session")
def adapted(tmp_path_factory: pytest.TempPathFactory) -> Adapted:
    """``adapted("qwen3-moe")`` is an adapter's folder beside the twin that it belongs to."""
    made: dict[str, Path] = {}

    def make(architecture: str) -> Path:
        if architecture not in made:
            from algorand_coder.generate.twins import twin

            home = tmp_path_factory.mktemp(architecture)
            made[architecture] = save_adapter(twin(architecture, home / "base"), home / "adapter", architecture)
        return made[architecture]

    return make
