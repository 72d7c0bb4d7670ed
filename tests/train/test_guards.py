from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from algorand_coder.errors import UserError
from algorand_coder.train.guards import check_finite, check_quantized, check_targets, check_trainable

ATTENTION = ("q_proj", "k_proj", "v_proj", "o_proj")


@pytest.fixture
def mixture() -> Any:
    """A random Qwen3 mixture of experts with two layers."""
    import torch
    from transformers import Qwen3MoeConfig, Qwen3MoeForCausalLM

    torch.manual_seed(1)
    return Qwen3MoeForCausalLM(
        Qwen3MoeConfig(
            vocab_size=64,
            hidden_size=32,
            intermediate_size=64,
            moe_intermediate_size=16,
            num_experts=4,
            num_experts_per_tok=2,
            num_hidden_layers=2,
            num_attention_heads=4,
            num_key_value_heads=2,
            head_dim=8,
        )
    )


def with_lora(model: Any, targets: Any) -> Any:
    from peft import LoraConfig, get_peft_model

    return get_peft_model(model, LoraConfig(r=2, target_modules=targets, task_type="CAUSAL_LM"))


def test_targets_are_counted(mixture: Any) -> None:
    assert check_targets(mixture, ATTENTION) == dict.fromkeys(ATTENTION, 2)


def test_a_target_that_matches_nothing_names_the_nearest_layer(mixture: Any) -> None:
    with pytest.raises(UserError, match=r"'q_porj' matches no layer of this model; did you mean 'q_proj'"):
        check_targets(mixture, ["k_proj", "q_porj"])


def test_a_part_of_a_name_is_no_match(mixture: Any) -> None:
    with pytest.raises(UserError, match="matches no layer"):
        check_targets(mixture, ["proj"])


def test_a_router_as_target_is_refused() -> None:
    import torch

    class Block(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.gate = torch.nn.Linear(4, 4)
            self.gate_proj = torch.nn.Linear(4, 4)

    with pytest.raises(UserError, match=r"'gate' would train the router"):
        check_targets(torch.nn.Sequential(Block()), ["gate"])
    assert check_targets(torch.nn.Sequential(Block()), ["gate_proj"]) == {"gate_proj": 1}


def test_a_trainable_router_is_refused(mixture: Any) -> None:
    model = with_lora(mixture, list(ATTENTION))
    assert check_trainable(model).tensors == 2 * 4 * 2
    router = next(parameter for name, parameter in model.named_parameters() if ".mlp.gate." in name)
    router.requires_grad_(True)
    with pytest.raises(UserError, match=r"the router is trainable \(.*mlp\.gate"):
        check_trainable(model)


def test_a_model_with_nothing_trainable_is_refused(mixture: Any) -> None:
    for parameter in mixture.parameters():
        parameter.requires_grad_(False)
    with pytest.raises(UserError, match="nothing is trainable"):
        check_trainable(mixture)


def test_unquantised_experts_are_refused_by_name_and_size(mixture: Any) -> None:
    with pytest.raises(UserError, match=r"nf4 was asked for, but \d+ weights stayed in torch\.float32"):
        check_quantized(mixture)


def test_fused_experts_alone_are_enough_to_refuse(mixture: Any) -> None:
    """The silent case: every linear layer is 4-bit, the 3-D expert parameters are not."""
    import torch

    for name, module in mixture.named_modules():
        if isinstance(module, torch.nn.Linear) and name != "lm_head":
            module.weight = torch.nn.Parameter(module.weight.data.to(torch.uint8), requires_grad=False)
    with pytest.raises(UserError, match=r"but 4 weights stayed .*mlp\.experts\.(gate_up|down)_proj"):
        check_quantized(mixture)
    for module in mixture.modules():
        for name, parameter in list(module.named_parameters(recurse=False)):
            if parameter.dim() == 3:
                setattr(module, name, torch.nn.Parameter(parameter.data.to(torch.uint8), requires_grad=False))
    check_quantized(mixture)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_loss_that_is_no_number_stops(value: float) -> None:
    check_finite(1.5, "the loss", 3, "saved")
    with pytest.raises(UserError, match=r"the loss became (nan|-?inf) at step 3; the batch is in x\.json"):
        check_finite(value, "the loss", 3, f"the batch is in {Path('x.json')}")
