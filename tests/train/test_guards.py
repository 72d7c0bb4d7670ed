"""Each guard on the tiny twins of the base models: what it lets pass, and what it stops with one line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.errors import UserError
from algorand_coder.pipeline.config import parse
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.guards import check_finite, check_quantized, check_targets, check_trainable, save_batch
from algorand_coder.train.masks import TokenRow

ATTENTION = ("q_proj", "k_proj", "v_proj", "o_proj")
EXPERTS = {
    "qwen3-moe": ("mlp.experts.down_proj", "mlp.experts.gate_up_proj"),
    "nemotron-h": ("mixer.experts.down_proj", "mixer.experts.up_proj"),
}
MIXTURES = sorted(EXPERTS)
Load = Callable[[str], Any]


@pytest.fixture
def load(twin_folder: Callable[[str], Path]) -> Load:
    """A twin's model, loaded anew."""

    def model(architecture: str) -> Any:
        from transformers import AutoModelForCausalLM

        return AutoModelForCausalLM.from_pretrained(twin_folder(architecture))

    return model


def with_lora(model: Any, targets: Any, parameters: Any = None) -> Any:
    """An adapter attached by PEFT alone, as a script without guards would."""
    from peft import LoraConfig, get_peft_model

    wanted = LoraConfig(r=2, target_modules=targets, target_parameters=parameters, task_type="CAUSAL_LM")
    return get_peft_model(model, wanted)


@pytest.mark.parametrize(("architecture", "layers"), [("qwen3-moe", 2), ("nemotron-h", 1), ("qwen2", 2)])
def test_targets_are_counted(load: Load, architecture: str, layers: int) -> None:
    assert check_targets(load(architecture), ATTENTION) == dict.fromkeys(ATTENTION, layers)


@pytest.mark.parametrize(("architecture", "blocks"), [("qwen3-moe", 2), ("nemotron-h", 2)])
def test_fused_experts_are_counted(load: Load, architecture: str, blocks: int) -> None:
    assert check_targets(load(architecture), (), EXPERTS[architecture]) == dict.fromkeys(EXPERTS[architecture], blocks)


@pytest.mark.parametrize("architecture", [*MIXTURES, "qwen2"])
def test_a_target_that_matches_nothing_names_the_nearest_layer(load: Load, architecture: str) -> None:
    model = load(architecture)
    with pytest.raises(UserError, match=r"'q_porj' matches no layer of this model; did you mean 'q_proj'"):
        check_targets(model, ["k_proj", "q_porj"])
    with pytest.raises(UserError, match="'proj' matches no layer"):
        check_targets(model, ["proj"])
    with pytest.raises(UserError, match=r"target_parameters: 'experts.up' matches no weight .*fused experts: "):
        check_targets(model, ["k_proj"], ["experts.up"])


@pytest.mark.parametrize("name", ["gate_proj", "up_proj", "mlp.experts.0.gate_proj"])
def test_names_that_experts_had_before_they_were_fused_are_refused(load: Load, name: str) -> None:
    with pytest.raises(UserError, match=r"matches no layer .*target_parameters takes mlp\.experts\.down_proj, mlp"):
        check_targets(load("qwen3-moe"), [name])


@pytest.mark.parametrize("name", ["all-linear", ".*gate.*", "mlp\\.(gate|up)_proj", "q_proj|gate"])
def test_patterns_are_refused_before_any_model_is_loaded(name: str) -> None:
    with pytest.raises(UserError, match=r"router|is not a module name"):
        parse(TrainConfig, {"target_modules": [name]}, "recipe")


@pytest.mark.parametrize("architecture", MIXTURES)
def test_a_router_as_target_is_refused(load: Load, architecture: str) -> None:
    model = load(architecture)
    with pytest.raises(UserError, match="'gate' matches no layer"):
        check_targets(model, ["gate"])  # a router is no linear layer here, so PEFT alone would pass it by or rewrite it
    for name in ("gate.weight", "weight"):
        with pytest.raises(
            UserError, match=rf"'{name}' would train the router \(model\.layers\.\d\.m\w+\.gate\.weight"
        ):
            check_targets(model, (), [name])


def test_a_linear_router_is_refused_and_a_gate_of_an_ordinary_layer_is_not() -> None:
    import torch

    class Block(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.gate = torch.nn.Linear(4, 4)
            self.gate_proj = torch.nn.Linear(4, 4)

    with pytest.raises(UserError, match=r"'gate' would train the router"):
        check_targets(torch.nn.Sequential(Block()), ["gate"])
    assert check_targets(torch.nn.Sequential(Block()), ["gate_proj"]) == {"gate_proj": 1}


def test_a_layer_that_mamba_reads_past_its_adapter_is_refused(load: Load) -> None:
    model = load("nemotron-h")
    assert check_targets(model, ["in_proj"]) == {"in_proj": 1}
    with pytest.raises(UserError, match="'out_proj' is the output of a Mamba layer"):
        check_targets(model, ["out_proj"])


def test_a_weight_that_is_no_expert_is_no_target_parameter(load: Load) -> None:
    with pytest.raises(UserError, match="is no fused expert weight"):
        check_targets(load("qwen3-moe"), (), ["q_proj.weight"])


@pytest.mark.parametrize(
    "targets", ["all-linear", ["q_proj", "gate"], r".*\.(q_proj|gate)"], ids=["all-linear", "legacy name", "regex"]
)
def test_a_router_that_peft_reaches_is_refused(load: Load, targets: Any) -> None:
    """PEFT rewrites these to the router's weight without a word."""
    with pytest.raises(UserError, match=r"the router is trainable \(.*mlp\.gate"):
        check_trainable(with_lora(load("qwen3-moe"), targets))


@pytest.mark.parametrize("architecture", MIXTURES)
def test_a_router_unfrozen_by_hand_is_refused(load: Load, architecture: str) -> None:
    model = with_lora(load(architecture), list(ATTENTION))
    check_trainable(model)
    next(weight for name, weight in model.named_parameters() if ".gate." in name).requires_grad_(True)
    with pytest.raises(UserError, match="the router is trainable"):
        check_trainable(model)


def test_experts_that_peft_reaches_by_old_names_are_refused(load: Load) -> None:
    model = with_lora(load("qwen3-moe"), ["q_proj", "gate_proj", "up_proj", "down_proj"])
    with pytest.raises(UserError, match=r"experts are trainable though not asked for \(.*mlp\.experts\.\w+_proj\)"):
        check_trainable(model)
    check_trainable(model, EXPERTS["qwen3-moe"])


def test_a_model_with_nothing_trainable_is_refused(load: Load) -> None:
    model = load("qwen3-moe")
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    with pytest.raises(UserError, match="nothing is trainable"):
        check_trainable(model)


def pack_linears(model: Any) -> None:
    """What bitsandbytes' 4-bit load leaves: linear layers but the head packed, in bytes that pose as bfloat16."""
    import torch

    class Params4bit(torch.nn.Parameter):  # type: ignore[misc]
        quant_state: Any = None

    head = model.get_output_embeddings()
    for module in model.modules():
        if isinstance(module, torch.nn.Linear) and module is not head:
            module.weight = Params4bit(torch.zeros(8, 1, dtype=torch.bfloat16), requires_grad=False)
            module.weight.quant_state = object()


@pytest.mark.parametrize("architecture", [*MIXTURES, "qwen2"])
def test_weights_that_stayed_in_16_bit_are_refused(load: Load, architecture: str) -> None:
    with pytest.raises(UserError, match=r"nf4 was asked for, but \d+ weights .* stayed in torch\.float32"):
        check_quantized(load(architecture))


@pytest.mark.parametrize("architecture", MIXTURES)
def test_fused_experts_beside_quantised_layers_are_refused(load: Load, architecture: str) -> None:
    """The silent case: every linear layer is 4-bit, the 3-D expert weights are not."""
    import torch

    model = load(architecture)
    pack_linears(model)
    with pytest.raises(
        UserError, match=r"but 4 weights \(4 of them fused experts\) .*\.experts\.(gate_)?(up|down)_proj"
    ):
        check_quantized(model)
    for name, module in model.named_modules():
        for key, weight in list(module.named_parameters(recurse=False)):
            if re.search(r"\.experts$", name) and weight.dim() == 3:
                setattr(module, key, torch.nn.Parameter(weight.data.to(torch.uint8), requires_grad=False))
    check_quantized(model)


def test_a_dense_model_in_4_bit_passes(load: Load) -> None:
    model = load("qwen2")
    pack_linears(model)
    check_quantized(model)


def test_a_4_bit_class_that_was_never_packed_is_refused(load: Load) -> None:
    model = load("qwen2")
    pack_linears(model)
    model.model.layers[0].mlp.up_proj.weight.quant_state = None
    with pytest.raises(UserError, match=r"but 1 weights .*up_proj"):
        check_quantized(model)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_loss_that_is_no_number_stops(value: float) -> None:
    check_finite(1.5, "the loss", 3, "saved")
    with pytest.raises(UserError, match=r"the loss became (nan|-?inf) at step 3; the batch is in x\.json"):
        check_finite(value, "the loss", 3, "the batch is in x.json")


def test_a_saved_batch_names_its_rows_padded_or_packed(tmp_path: Path) -> None:
    rows = [TokenRow(name, "", ids, ids) for name, ids in (("a", (1, 2, 3)), ("b", (11, 2)), ("c", (1, 2)))]
    padded = {"input_ids": [[1, 2, 3], [11, 2, 0]], "labels": [[1, 2, 3], [11, 2, -100]]}
    said = save_batch(tmp_path / "bad.json", 7, padded, rows[:2], ["one", "two"])
    assert said == f"the batch (rows a, b) is in {tmp_path / 'bad.json'}"
    assert json.loads((tmp_path / "bad.json").read_text()) == {
        "step": 7,
        "rows": ["a", "b"],
        "texts": ["one", "two"],
        **padded,
    }
    packed = {"input_ids": [[11, 2, 1, 2, 3]], "labels": [[11, 2, 1, 2, 3]]}
    save_batch(tmp_path / "bad.json", 7, packed, rows[:2], ["all"])
    assert json.loads((tmp_path / "bad.json").read_text())["rows"] == ["a", "b"]
    save_batch(tmp_path / "bad.json", 7, {"input_ids": [[11, 2]]}, rows, [""])
    assert json.loads((tmp_path / "bad.json").read_text())["rows"] == ["b"], "1 2 is no part of 11 2"
