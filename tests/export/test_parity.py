"""The proof holds on every architecture, and each planted fault is caught by the step that is there for it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.errors import UserError
from algorand_coder.export import merge as merging
from algorand_coder.export import parity
from algorand_coder.export.merge import Merged, merge
from algorand_coder.export.source import find
from tests.export.conftest import TARGETS, Adapted

TWINS = sorted(TARGETS)
MIXTURES = ["nemotron-h", "qwen3-moe"]


def merged(adapter: Path, out: Path, precision: Any = "base") -> Merged:
    return merge(find(adapter), out, precision, lambda _: None)


def proven(found: Merged) -> parity.Parity:
    assert found.proof is not None
    return found.proof


def plant(monkeypatch: pytest.MonkeyPatch, layer: type, fault: Any) -> None:
    """``fault(weight before, weight after)`` changes what a merge of ``layer`` leaves."""
    honest = layer.merge  # type: ignore[attr-defined]

    def merge_with_fault(self: Any, *args: Any, **options: Any) -> None:
        before = merging._weight(self).detach().clone()
        honest(self, *args, **options)
        fault(before, merging._weight(self).data)

    monkeypatch.setattr(layer, "merge", merge_with_fault)


@pytest.mark.parametrize("architecture", TWINS)
def test_merged_is_base_plus_adapter(architecture: str, adapted: Adapted, tmp_path: Path) -> None:
    proof = proven(merged(adapted(architecture), tmp_path / "out"))
    modules, parameters = TARGETS[architecture]
    assert proof.tensors >= len(modules) + len(parameters)
    # two layers of four experts, two tensors each
    assert (proof.expert_slices, proof.untrained_slices) == ((16, 0) if parameters else (0, 0))
    assert proof.share < 1e-5
    assert proof.max_abs_logit < 1e-4


@pytest.mark.parametrize("architecture", ["qwen3-moe"])
def test_merged_in_16_bit_is_base_plus_adapter_but_for_rounding(
    architecture: str, adapted: Adapted, tmp_path: Path
) -> None:
    found = merged(adapted(architecture), tmp_path / "out", "bfloat16")
    assert (found.base_precision, found.precision) == ("float32", "bfloat16")
    assert 0 < proven(found).share < 0.1
    assert json.loads((tmp_path / "out" / "config.json").read_text())["dtype"] == "bfloat16"


@pytest.mark.parametrize("architecture", MIXTURES)
def test_the_dropped_delta_of_one_expert_is_caught(
    architecture: str, adapted: Adapted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from peft.tuners.lora.layer import ParamWrapper

    def drop(before: Any, after: Any) -> None:
        after[2] = before[2]

    plant(monkeypatch, ParamWrapper, drop)
    with pytest.raises(UserError, match=r"delta did not reach .*experts\.(up|gate_up|down)_proj, expert 2"):
        merged(adapted(architecture), tmp_path / "out")


@pytest.mark.parametrize("architecture", ["qwen2"])
def test_a_dropped_delta_of_a_layer_is_caught(
    architecture: str, adapted: Adapted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from peft.tuners.lora.layer import Linear

    plant(monkeypatch, Linear, lambda before, after: after.copy_(before))
    with pytest.raises(UserError, match=r"delta did not reach .*_proj\.weight"):
        merged(adapted(architecture), tmp_path / "out")


@pytest.mark.parametrize("architecture", ["nemotron-h"])
def test_half_a_delta_of_one_expert_is_caught(
    architecture: str, adapted: Adapted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from peft.tuners.lora.layer import ParamWrapper

    def halve(before: Any, after: Any) -> None:
        after[1] = (before[1] + after[1]) / 2

    plant(monkeypatch, ParamWrapper, halve)
    with pytest.raises(UserError, match=r"expert 1 is off from base \+ delta"):
        merged(adapted(architecture), tmp_path / "out")


@pytest.mark.parametrize("architecture", MIXTURES)
def test_an_expert_lost_on_the_way_to_the_disk_is_caught(
    architecture: str, adapted: Adapted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer that saves the base's tensor for one expert: what is read again is not what was merged."""
    import torch

    honest = merging._load

    def load(folder: Path, precision: str) -> Any:
        model = honest(folder, precision)
        if folder == tmp_path / "out":
            tensor = next(value for name, value in model.named_parameters() if "experts" in name and value.dim() == 3)
            with torch.no_grad():
                tensor[3] = 0
        return model

    monkeypatch.setattr(merging, "_load", load)
    with pytest.raises(UserError, match="1 tensors changed between merging and reading them again"):
        merged(adapted(architecture), tmp_path / "out")


@pytest.mark.parametrize("architecture", MIXTURES)
def test_logits_alone_tell_a_dropped_expert(
    architecture: str, adapted: Adapted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from peft.tuners.lora.layer import ParamWrapper

    plant(monkeypatch, ParamWrapper, lambda before, after: after[0].copy_(before[0]))
    monkeypatch.setattr(parity, "check_merged", lambda *_: (0.0, 1, 0))
    with pytest.raises(UserError, match=r"merged logits are off from base \+ adapter by \d"):
        merged(adapted(architecture), tmp_path / "out")


def altered(adapter: Path, folder: Path, change: Any) -> Path:
    """A copy of ``adapter`` whose tensors went through ``change``."""
    from safetensors.torch import load_file, save_file

    shutil.copytree(adapter, folder)
    weights = folder / "adapter_model.safetensors"
    save_file(change(load_file(str(weights))), str(weights))
    return folder


def test_a_tensor_of_the_adapter_that_fits_nothing_is_told(adapted: Adapted, tmp_path: Path) -> None:
    def rename(tensors: dict[str, Any]) -> dict[str, Any]:
        return {name.replace("layers.1.", "layers.7."): value for name, value in tensors.items()}

    with pytest.raises(UserError, match="fit nothing in the base model"):
        merged(altered(adapted("qwen2"), tmp_path / "adapter", rename), tmp_path / "out")


def test_an_adapter_that_lacks_tensors_is_told(adapted: Adapted, tmp_path: Path) -> None:
    def cut(tensors: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in tensors.items() if "layers.1." not in name}

    with pytest.raises(UserError, match="lacks 14 tensors that its config names"):
        merged(altered(adapted("qwen2"), tmp_path / "adapter", cut), tmp_path / "out")


def test_a_tensor_that_was_never_trained_is_told(adapted: Adapted, tmp_path: Path) -> None:
    def zero(tensors: dict[str, Any]) -> dict[str, Any]:
        return {n: value * 0 if "layers.1.self_attn.q_proj.lora_B" in n else value for n, value in tensors.items()}

    with pytest.raises(UserError, match=r"delta for model\.layers\.1\.self_attn\.q_proj\.weight is zero"):
        merged(altered(adapted("qwen2"), tmp_path / "adapter", zero), tmp_path / "out")


def test_an_expert_that_no_token_reached_is_counted_and_no_fault(adapted: Adapted, tmp_path: Path) -> None:
    import torch

    def forget(tensors: dict[str, Any]) -> dict[str, Any]:
        # columns of lora_B belong to experts in turn: rank by rank, expert by expert
        mask = (torch.arange(4 * 4) % 4 != 2).float()
        return {n: value * mask if "experts" in n and "lora_B" in n else value for n, value in tensors.items()}

    proof = proven(merged(altered(adapted("qwen3-moe"), tmp_path / "adapter", forget), tmp_path / "out"))
    assert (proof.expert_slices, proof.untrained_slices) == (12, 4)


def test_another_chat_template_than_that_of_training_is_refused(adapted: Adapted, tmp_path: Path) -> None:
    shutil.copytree(adapted("qwen2"), tmp_path / "adapter")
    record = json.loads((tmp_path / "adapter" / "algorand-coder.json").read_text())
    (tmp_path / "adapter" / "algorand-coder.json").write_text(json.dumps({**record, "chat_template_sha256": "f" * 64}))
    with pytest.raises(UserError, match="trained under another chat template"):
        merged(tmp_path / "adapter", tmp_path / "out")
