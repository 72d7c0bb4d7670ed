"""Adapters on attention and on fused experts, through the whole path: trained, saved, loaded again, merged."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.errors import UserError
from algorand_coder.generate.transformers_engine import TransformersEngine
from algorand_coder.pipeline.config import parse
from algorand_coder.train.backends import Job, choose
from algorand_coder.train.cards import shell
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.preflight import preflight

EXPERTS = {
    "qwen3-moe": ("mlp.experts.down_proj", "mlp.experts.gate_up_proj"),
    "nemotron-h": ("mixer.experts.down_proj", "mixer.experts.up_proj"),
}


def config(architecture: str, **values: Any) -> TrainConfig:
    return TrainConfig.model_validate(
        {
            "base_model": "twin",
            "dtype": "float32",
            "lora_r": 8,
            "lora_alpha": 16,
            "lora_dropout": 0.0,
            "target_parameters": EXPERTS[architecture],
            "lora_r_experts": 2,
            "learning_rate": 2e-2,
            "batch_size": 2,
            "gradient_accumulation": 2,
            "epochs": 2,
            "chat_template_kwargs": {"enable_thinking": False},
            **values,
        }
    )


def logits(model: Any, job: Job) -> Any:
    import torch

    with torch.no_grad():
        return model.eval()(input_ids=torch.tensor([job.rows[0].input_ids])).logits


@pytest.mark.parametrize("architecture", sorted(EXPERTS))
def test_an_adapter_on_experts_is_trained_saved_and_merged_whole(
    architecture: str, twin_job: Callable[[str, TrainConfig], Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    from algorand_coder.train.backends.sft import Trainer

    trained: list[Any] = []
    save = Trainer.save_weights

    def keep(self: Any, output: Path) -> None:
        trained.append(self.model)
        save(self, output)

    monkeypatch.setattr(Trainer, "save_weights", keep)
    job = twin_job(architecture, config(architecture))
    result = choose(job.config).train(job)
    assert result.history.held_out[-1].loss < result.history.held_out[0].loss - 0.05
    written = json.loads((job.output / "adapter_config.json").read_text())
    assert written["target_parameters"] == sorted(EXPERTS[architecture])
    assert set(written["rank_pattern"].values()) == {2}

    def base() -> Any:
        return AutoModelForCausalLM.from_pretrained(job.model_dir, dtype=torch.float32)

    loaded = PeftModel.from_pretrained(base(), job.output)
    with_adapter = logits(loaded, job)
    assert torch.equal(with_adapter, logits(trained[-1], job)), "loading gives what was trained"
    engine = TransformersEngine(job.model_dir, job.output, device="cpu", precision="float32")
    torch.testing.assert_close(logits(engine.model, job), with_adapter, rtol=0, atol=1e-5)
    before, after = base().state_dict(), engine.model.state_dict()
    for name, weight in before.items():
        wanted = any(name.endswith(target) for target in EXPERTS[architecture])
        attention = any(f"{target}.weight" in name for target in job.config.target_modules)
        assert torch.equal(weight, after[name]) != (wanted or attention), name
        if wanted:
            assert (weight != after[name]).flatten(1).any(1).all(), f"{name}: every expert has learnt"


def test_experts_alone_can_be_trained(twin_job: Callable[[str, TrainConfig], Job]) -> None:
    job = twin_job("qwen3-moe", config("qwen3-moe", target_modules=(), max_steps=2))
    result = choose(job.config).train(job)
    # r × (in + out) of gate_up (64 → 64) and down (32 → 64), for 4 experts in 2 layers
    assert result.trainable_parameters == 2 * 4 * 2 * ((64 + 64) + (32 + 64))


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"lora_dropout": 0.05}, "set lora_dropout to 0 for target_parameters"),
        ({"lora_r_experts": 0}, "lora_r_experts"),
        ({"target_parameters": ["all-linear"]}, "would train the router"),
        ({"target_parameters": [".*experts.*"]}, "is not a module name"),
        ({"target_modules": [], "target_parameters": []}, "name at least one layer"),
    ],
)
def test_settings_that_cannot_reach_experts_are_one_line(values: dict[str, Any], complaint: str) -> None:
    given = {"lora_dropout": 0.0, "target_parameters": EXPERTS["qwen3-moe"], **values}
    with pytest.raises(UserError, match=complaint):
        parse(TrainConfig, given, "recipe")


def test_the_size_of_an_adapter_on_128_experts_is_known_before_a_download() -> None:
    name = "Qwen/Qwen3-Coder-30B-A3B-Instruct"
    chosen = TrainConfig(base_model=name, lora_dropout=0.0, target_parameters=EXPERTS["qwen3-moe"], lora_r_experts=4)
    attention = chosen.model_copy(update={"target_parameters": ()})
    found, plain = (preflight(shell(name), each, on_gpu=True) for each in (chosen, attention))
    # 48 layers, 128 experts: gate_up 2048 → 1536, down 768 → 2048
    assert found.trainable - plain.trainable == 4 * 128 * 48 * ((2048 + 1536) + (768 + 2048))
    # one layer's experts with their adapter added in, and their gradient, in 16 bit
    copies = 2 * 2 * 128 * (2048 * 1536 + 768 * 2048)
    assert found.memory.activations - plain.memory.activations == copies
