"""Checks on a loaded model that turn silent failures of LoRA training into one clear line.

A target that matches nothing (trl#6815), a router that PEFT reaches on its own (peft#3711), experts that a 4-bit load
leaves in 16 bit (bitsandbytes#1849): ``docs/results/guards.md`` has them all, with the tests that hold them.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from algorand_coder.errors import UserError, nearest
from algorand_coder.train.masks import TokenRow

_ROUTER = re.compile(r"(^|\.)(router|gate|shared_expert_gate)(\.|$)")
"""Path parts that name a router; ``gate_proj`` of an ordinary MLP is none."""
_EXPERT = re.compile(r"(^|\.)experts(\.|$)")


@dataclass(frozen=True)
class Trainable:
    """What an adapter trains."""

    parameters: int
    tensors: int


def check_targets(model: Any, modules: Sequence[str], parameters: Sequence[str] = ()) -> dict[str, int]:
    """How many linear layers each name of ``modules``, and fused expert weights each name of ``parameters`` matches.

    Raises ``UserError`` for a name that matches none, a router, or a weight of another kind.
    """
    linear = [name for name, module in model.named_modules() if _is_linear(module)]
    weights = dict(model.named_parameters())
    fused = sorted({".".join(name.split(".")[-3:]) for name, weight in weights.items() if _is_fused(name, weight)})
    matches = {}
    for target in modules:
        found = [name for name in linear if name == target or name.endswith("." + target)]
        if not found:
            known = sorted({name.rsplit(".", 1)[-1] for name in linear})
            experts = f"; experts are weights, not layers: train.target_parameters takes {', '.join(fused)}"
            raise UserError(
                f"train.target_modules: {target!r} matches no layer of this model{nearest(target, known)} "
                f"(layers: {', '.join(known)}{experts if fused else ''})"
            )
        _refuse_router("train.target_modules", target, found)
        if any(_is_mamba_output(model, name) for name in found):
            raise UserError(
                f"train.target_modules: {target!r} is the output of a Mamba layer, whose kernels read its weight past "
                "any adapter: leave it out"
            )
        matches[target] = len(found)
    for target in parameters:
        found = [name for name in weights if name == target or name.endswith("." + target)]
        if not found:
            raise UserError(
                f"train.target_parameters: {target!r} matches no weight of this model{nearest(target, fused)} "
                f"(fused experts: {', '.join(fused) or 'none'})"
            )
        _refuse_router("train.target_parameters", target, found)
        other = [name for name in found if not _is_fused(name, weights[name])]
        if other:
            raise UserError(
                f"train.target_parameters: {target!r} matches {other[0]}, which is no fused expert weight: name linear "
                "layers in train.target_modules"
            )
        matches[target] = len(found)
    return matches


def check_trainable(model: Any, parameters: Sequence[str] = ()) -> Trainable:
    """Count trainable weights of ``model`` with its adapter; ``parameters`` are the fused weights that were asked for.

    Raises ``UserError`` when there are none, when a router is among them, or experts that nobody asked for: PEFT
    rewrites the names that experts had before they were fused, and doubles the rank of a fused pair.
    """
    trainable = [(name, parameter) for name, parameter in model.named_parameters() if parameter.requires_grad]
    if not trainable:
        raise UserError("nothing is trainable: no adapter reached the model; check train.target_modules")
    routers = [name for name, _ in trainable if _ROUTER.search(name)]
    if routers:
        raise UserError(f"the router is trainable ({routers[0]}): leave it out of train.target_modules")
    for name, module in model.named_modules():
        weight = getattr(module, "parameter_name", "")  # PEFT's wrapper around one weight of a module
        full = f"{name.replace('.base_layer', '')}.{weight}"
        if weight and not any(full.endswith("." + asked) for asked in parameters):
            raise UserError(
                f"experts are trainable though not asked for ({full}): name them in train.target_parameters, or leave "
                "their layers out of train.target_modules"
            )
    return Trainable(sum(parameter.numel() for _, parameter in trainable), len(trainable))


def check_quantized(model: Any) -> None:
    """Raise ``UserError`` unless every expert and every linear layer but the head is 4-bit.

    Transformers 5 fuses experts into 3-D parameters, which a bitsandbytes load leaves in 16 bit without a word.
    """
    loose = list(unquantized(model))
    if loose:
        size = sum(parameter.numel() * parameter.element_size() for _, parameter in loose)
        experts = sum(_is_fused(name, parameter) for name, parameter in loose)
        raise UserError(
            f"nf4 was asked for, but {len(loose)} weights ({experts} of them fused experts) stayed in "
            f"{loose[0][1].dtype} ({size / 2**30:,.1f} GiB, first {loose[0][0]}): set train.quantization=none on a GPU "
            "that holds them"
        )


def unquantized(model: Any) -> Iterable[tuple[str, Any]]:
    """Weights that a 4-bit load should have quantised and did not: fused experts and linear layers but the head."""
    head = model.get_output_embeddings()
    for name, module in model.named_modules():
        if module is head or "lora_" in name or _ROUTER.search(name):
            continue
        for key, parameter in module.named_parameters(recurse=False):
            path = f"{name}.{key}"
            if (_is_fused(path, parameter) or (_is_linear(module) and key == "weight")) and not _in_4_bit(parameter):
                yield path, parameter


def check_finite(value: float, what: str, step: int, saved: str) -> None:
    """Raise ``UserError`` when ``value`` is not a finite number; ``saved`` says where the batch was kept."""
    if not math.isfinite(value):
        raise UserError(
            f"{what} became {value} at step {step}; {saved}: lower train.learning_rate, or look at those rows for "
            "broken text"
        )


def save_batch(path: Path, step: int, batch: Mapping[str, Any], rows: Iterable[TokenRow], texts: Sequence[str]) -> str:
    """Keep a batch that broke the training and say where: ``batch`` (lists of token ids), its text, and its rows.

    ``rows`` are those it may hold, one or several a line; found in it by their tokens, so padding and packing are no
    matter.
    """
    lines = [_sequence(line) for line in batch["input_ids"]]
    ids = [row.id for row in rows if any(_sequence(row.input_ids) in line for line in lines)]
    kept = {"step": step, "rows": ids, "texts": list(texts), **batch}
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return f"the batch (rows {', '.join(ids)}) is in {path}"


def _sequence(ids: Iterable[int]) -> str:
    return f" {' '.join(map(str, ids))} "


def _refuse_router(where: str, target: str, found: Sequence[str]) -> None:
    routers = [name for name in found if _ROUTER.search(name)]
    if routers:
        raise UserError(f"{where}: {target!r} would train the router ({routers[0]}): leave it out")


def is_router(path: str) -> bool:
    """Whether a weight or layer of this name belongs to a router."""
    return _ROUTER.search(path) is not None


def _is_mamba_output(model: Any, name: str) -> bool:
    layer, _, part = name.rpartition(".")
    return part == "out_proj" and hasattr(model.get_submodule(layer), "A_log")


def _is_linear(module: Any) -> bool:
    import torch

    return isinstance(module, torch.nn.Linear)


def _is_fused(path: str, parameter: Any) -> bool:
    """Whether ``parameter`` holds the weights of all experts of a layer."""
    return parameter.dim() >= 3 and _EXPERT.search(path) is not None


def _in_4_bit(parameter: Any) -> bool:
    """Whether bitsandbytes packed ``parameter``: its bytes may pose as any type, so that FSDP can shard them."""
    packed = type(parameter).__name__ == "Params4bit" and getattr(parameter, "quant_state", None) is not None
    return packed or not parameter.is_floating_point()
