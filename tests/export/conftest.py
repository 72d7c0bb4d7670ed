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


@pytest.fixture(scope="session")
def small_llama(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The adapter of a random model with the embedded base's tokenizer, which llama.cpp knows, inside a run folder."""
    import torch
    from transformers import AutoTokenizer, LlamaConfig, LlamaForCausalLM

    from algorand_coder.generate.base_models import fetch
    from algorand_coder.pipeline.manifest import Manifest

    home = tmp_path_factory.mktemp("small")
    tokenizer: Any = AutoTokenizer.from_pretrained(str(fetch("SmolLM2-135M-Instruct")))
    torch.manual_seed(7)
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=2048,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        tie_word_embeddings=True,
    )
    LlamaForCausalLM(config).save_pretrained(home / "base")
    tokenizer.save_pretrained(home / "base")
    run = home / "run"
    stages: dict[str, dict[str, Any]] = {
        "train": {
            "train_rows": 365,
            "train_tokens": 87_988,
            "steps": 183,
            "validation_loss_before": 1.7,
            "validation_loss": 0.6,
        },
        "dataset": {"rows": 4394, "mined": 418, "built": 3976},
    }
    for stage, counts in stages.items():
        (run / stage).mkdir(parents=True)
        manifest = Manifest(
            stage, "k", {"dataset": "d" * 64}, {"base_model": str(home / "base")}, {"peft": "0"}, {}, counts, "", 0.0
        )
        manifest.write(run / stage)
    (run / "dataset" / "README.md").write_text("---\nlicense:\n- isc\n- mit\n---\n\n# data\n")
    (run / "dataset" / "ATTRIBUTION.md").write_text("somebody's code, ISC\n")
    save_adapter(home / "base", run / "train" / "adapter", "qwen2")
    return run
