"""Checks on a loaded model that turn silent failures of LoRA training into one clear line.

Each names the thread that showed the failure: a target that matches nothing (trl#6815), a trained router
(``all-linear`` on mixtures of experts), experts left unquantised by a 4-bit load (bitsandbytes#1849).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from algorand_coder.errors import UserError, nearest

_ROUTER = re.compile(r"(^|\.)(router|gate|shared_expert_gate)(\.|$)")
"""Path parts that name a router; ``gate_proj`` of an ordinary MLP is none."""
_EXPERT = re.compile(r"(^|\.)experts(\.|$)")


@dataclass(frozen=True)
class Trainable:
    """What an adapter trains."""

    parameters: int
    tensors: int


def check_targets(model: Any, targets: Sequence[str]) -> dict[str, int]:
    """How many linear layers each target name matches.

    Raises ``UserError`` for a name that matches none, or a router.
    """
    linear = [name for name, module in model.named_modules() if _is_linear(module)]
    matches = {}
    for target in targets:
        found = [name for name in linear if name == target or name.endswith("." + target)]
        if not found:
            known = sorted({name.rsplit(".", 1)[-1] for name in linear})
            raise UserError(
                f"train.target_modules: {target!r} matches no layer of this model{nearest(target, known)} "
                f"(layers: {', '.join(known)})"
            )
        routers = [name for name in found if _ROUTER.search(name)]
        if routers:
            raise UserError(f"train.target_modules: {target!r} would train the router ({routers[0]}): leave it out")
        matches[target] = len(found)
    return matches


def check_trainable(model: Any) -> Trainable:
    """Count trainable parameters. Raises ``UserError`` when there are none, or when a router is among them."""
    trainable = [(name, parameter) for name, parameter in model.named_parameters() if parameter.requires_grad]
    if not trainable:
        raise UserError("nothing is trainable: no adapter reached the model; check train.target_modules")
    routers = [name for name, _ in trainable if _ROUTER.search(name)]
    if routers:
        raise UserError(f"the router is trainable ({routers[0]}): leave it out of train.target_modules")
    return Trainable(sum(parameter.numel() for _, parameter in trainable), len(trainable))


def check_quantized(model: Any) -> None:
    """Raise ``UserError`` unless every expert and every linear layer but the head is 4-bit.

    Transformers 5 fuses experts into 3-D parameters, which a bitsandbytes load leaves in 16 bit without a word.
    """
    loose = list(unquantized(model))
    if loose:
        size = sum(parameter.numel() * parameter.element_size() for _, parameter in loose)
        raise UserError(
            f"nf4 was asked for, but {len(loose)} weights stayed in {loose[0][1].dtype} ({size / 2**30:,.1f} GiB, "
            f"first {loose[0][0]}): set train.quantization=none on a GPU that holds them"
        )


def unquantized(model: Any) -> Iterable[tuple[str, Any]]:
    """Weights that a 4-bit load should have quantised and did not: fused experts and linear layers but the head."""
    head = model.get_output_embeddings()
    for name, module in model.named_modules():
        if module is head or "lora_" in name or _ROUTER.search(name):
            continue
        for key, parameter in module.named_parameters(recurse=False):
            fused = parameter.dim() >= 3 and _EXPERT.search(f"{name}.{key}")
            if (fused or (_is_linear(module) and key == "weight")) and parameter.is_floating_point():
                yield f"{name}.{key}", parameter


def check_finite(value: float, what: str, step: int, saved: str) -> None:
    """Raise ``UserError`` when ``value`` is not a finite number; ``saved`` says where the batch was kept."""
    if not math.isfinite(value):
        raise UserError(
            f"{what} became {value} at step {step}; {saved}: lower train.learning_rate, or look at those rows for "
            "broken text"
        )


def _is_linear(module: Any) -> bool:
    import torch

    return isinstance(module, torch.nn.Linear)
