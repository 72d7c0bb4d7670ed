from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from algorand_coder.errors import UserError
from algorand_coder.pipeline.config import parse
from algorand_coder.train.cards import known_models
from algorand_coder.train.config import TrainConfig

RECIPES = Path(__file__).parents[2] / "src" / "algorand_coder" / "data" / "config"
BIG = ("qwen3-coder-30b-a3b", "nemotron-3-nano-30b-a3b", "qwen2.5-coder-7b")
PLAN = {
    "quantization": "nf4",
    "lora_r": 64,
    "lora_alpha": 128,
    "lora_dropout": 0.05,
    "target_modules": ("q_proj", "k_proj", "v_proj", "o_proj"),
    "learning_rate": 2e-4,
    "batch_size": 2,
    "gradient_accumulation": 8,
    "epochs": 3,
    "warmup_ratio": 0.03,
    "lr_scheduler": "cosine",
    "max_seq_length": 4096,
}


def recipe(name: str) -> TrainConfig:
    return parse(TrainConfig, yaml.safe_load((RECIPES / f"{name}.yaml").read_text())["train"], name)


@pytest.mark.parametrize("name", BIG)
def test_big_recipes_carry_the_plans_hyper_parameters(name: str) -> None:
    config = recipe(name)
    assert {key: getattr(config, key) for key in PLAN} == PLAN
    assert config.overlong == "raise"


@pytest.mark.parametrize("name", [*BIG, "laptop"])
def test_every_recipe_can_be_checked_without_a_download(name: str) -> None:
    assert recipe(name).base_model in known_models()


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"lora_rank": 8}, "unknown key 'lora_rank'; did you mean 'lora_r'"),
        ({"learning_rate": 2}, "learning_rate"),
        ({"lora_dropout": 1.0}, "lora_dropout"),
        ({"batch_size": 0}, "batch_size"),
        ({"warmup_ratio": -0.1}, "warmup_ratio"),
        ({"quantization": "int8"}, "quantization"),
        ({"target_modules": ["all-linear"]}, "would train the router"),
        ({"target_modules": []}, "at least one"),
        ({"target_modules": ["q_proj", "q_proj"]}, "twice"),
        ({"target_modules": ["q proj"]}, "not a module name"),
        ({"max_row_tokens": 8192}, "max_row_tokens must not exceed"),
        ({"max_minutes": 3}, "set that as well"),
        ({"quantization": "nf4", "dtype": "float32"}, "bfloat16"),
    ],
)
def test_values_out_of_range_are_one_line(values: dict[str, Any], complaint: str) -> None:
    with pytest.raises(UserError, match=complaint) as raised:
        parse(TrainConfig, values, "recipe")
    assert "\n" not in str(raised.value)
