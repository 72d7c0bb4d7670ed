"""The proof that merged weights are base plus adapter; whoever cannot give it gets no export.

Merging has dropped the delta of fused experts without a word (unsloth#5410, unsloth-zoo#647), and a wrong base shows in
no error. So four things must hold: every tensor of the adapter reached the model; each merged tensor is base + delta to
within one rounding, and no trained slice is still the base's; what was written and read again is bit for bit what was
merged; and its logits on real prompts are those of base + adapter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from algorand_coder.errors import UserError
from algorand_coder.generate.chat import encode, messages, render

TOLERANCE = {"float32": 0.001, "bfloat16": 0.25, "float16": 0.05}
"""How far merged logits may be from base + adapter, as a share of what the adapter changes (root mean squares)."""
POSITIONS = 64
"""Logits are compared at the last so many tokens of each prompt."""
_REQUESTS = (
    (
        "Write a function that sends a payment of 1 Algo with AlgoKit Utils.",
        "import { AlgorandClient, algo } from '@algorandfoundation/algokit-utils'\n\nexport async function pay(",
    ),
    (
        "Write a contract with a method that counts its calls.",
        "import { Contract, GlobalState, uint64 } from '@algorandfoundation/algorand-typescript'\n\nexport class",
    ),
    (
        "Create an asset with 1,000 units and two decimals and return its id.",
        "const result = await algorand.send.assetCreate({ sender, total: 100_000n, decimals: 2 })\n  return result.",
    ),
    (
        "Read all boxes of an application and decode their names.",
        "const names = await algorand.app.getBoxNames(appId)\n  for (const { name } of names) {",
    ),
)


@dataclass(frozen=True)
class Logits:
    """What a model says at the compared positions, on the CPU in float32: a tensor (positions, vocabulary) a prompt."""

    values: list[Any]


@dataclass(frozen=True)
class Parity:
    """The proof in figures."""

    tensors: int
    """Trained tensors; each differs from the base's and is base + delta."""
    expert_slices: int
    """Matrices of fused experts among them that the adapter changes, each checked by itself."""
    untrained_slices: int
    """Matrices of fused experts whose delta is zero: no token of the data reached that expert."""
    max_abs_weight: float
    """Largest distance of a merged weight from base + delta computed in float32."""
    max_abs_logit: float
    share: float
    """RMS of (merged - (base + adapter)) over RMS of ((base + adapter) - base), on logits."""
    tolerance: float
    prompts: int
    positions: int


def prompts(tokenizer: Any, switches: dict[str, Any]) -> list[list[int]]:
    """Real prompts with the beginning of an answer, as token ids."""
    texts = [render(tokenizer, messages(request), ask=True, **switches) + beginning for request, beginning in _REQUESTS]
    return [encode(tokenizer, text) for text in texts]


def logits(model: Any, inputs: Sequence[Sequence[int]]) -> Logits:
    """Logits of ``model`` at the last :data:`POSITIONS` tokens of each prompt."""
    import torch

    model.eval()
    found = []
    with torch.inference_mode():
        for ids in inputs:
            out = model(input_ids=torch.tensor([list(ids)], device=model.device), use_cache=False)
            found.append(out.logits[0, -POSITIONS:].float().cpu())
    return Logits(found)


def check_loaded(model: Any, adapter: Path) -> None:
    """Raise ``UserError`` unless the PEFT ``model`` holds every tensor of the adapter's file, and no other."""
    import torch
    from peft import get_peft_model_state_dict
    from safetensors.torch import load_file

    saved = load_file(str(adapter / "adapter_model.safetensors"))
    loaded = get_peft_model_state_dict(model, save_embedding_layers=False)
    strange = sorted(name for name in saved if ".lora_A" not in name and ".lora_B" not in name)
    if strange:
        raise UserError(f"{adapter} trains more than LoRA matrices ({strange[0]}): export merges LoRA only")
    lost = sorted(saved.keys() - loaded.keys())
    if lost:
        raise UserError(f"{len(lost)} tensors of {adapter} fit nothing in the base model (first {lost[0]})")
    empty = sorted(loaded.keys() - saved.keys())
    if empty:
        raise UserError(f"{adapter} lacks {len(empty)} tensors that its config names (first {empty[0]})")
    for name, tensor in saved.items():
        if not torch.equal(loaded[name].cpu(), tensor.to(loaded[name].dtype)):
            raise UserError(f"{name} of {adapter} was not loaded as it is in the file")


def check_merged(name: str, before: Any, after: Any, delta: Any) -> tuple[float, int, int]:
    """Check one merged tensor: (largest error, slices that the adapter changes, slices that it does not).

    A fused tensor of experts has a slice an expert, any other tensor is one slice. ``delta`` is in float32. Raises
    ``UserError`` for a slice that is not base + delta to within one rounding of its type, or still the base's.
    """
    import torch

    exact = before.float() + delta
    error = (after.float() - exact).abs()
    # One step of a 16-bit type; in float32, where sums of products may differ in order, some more.
    step = max(torch.finfo(after.dtype).eps, 1e-5)
    shape = (-1, *before.shape[-2:])
    rows = zip(*(tensor.reshape(shape) for tensor in (before, after, delta, error)), strict=True)
    changed = unchanged = 0
    for number, (old, new, change, off) in enumerate(rows):
        where = f"{name}, expert {number}" if before.dim() > 2 else name
        largest = change.abs().max()
        if not largest:
            unchanged += 1
            continue
        changed += 1
        if torch.equal(old, new):
            raise UserError(f"parity: the adapter's delta did not reach {where}: nothing was exported")
        if bool((off > step * (old.float().abs() + largest)).any()):
            raise UserError(
                f"parity: {where} is off from base + delta by up to {float(off.max()):.3g}: nothing was exported"
            )
    if not changed:
        raise UserError(f"parity: the adapter's delta for {name} is zero: was it trained? Nothing was exported")
    return float(error.max()), changed, unchanged


def digests(model: Any) -> dict[str, str]:
    """SHA-256 of every tensor of ``model``."""
    return dict(_digests(model))


def _digests(model: Any) -> Iterator[tuple[str, str]]:
    import torch

    for name, tensor in model.state_dict().items():
        data = tensor.detach().cpu().contiguous().reshape(-1).view(torch.uint8)
        yield name, sha256(data.numpy()).hexdigest()


def check_written(merged: dict[str, str], read: dict[str, str]) -> None:
    """Raise ``UserError`` unless what was read from the disk is what was merged."""
    different = sorted(name for name in merged.keys() | read.keys() if merged.get(name) != read.get(name))
    if different:
        raise UserError(
            f"parity: {len(different)} tensors changed between merging and reading them again (first "
            f"{different[0]}): nothing was exported"
        )


def compare(base: Logits, reference: Logits, merged: Logits, tolerance: float) -> tuple[float, float]:
    """(largest difference, share) of merged logits from ``reference``, which is base + adapter.

    Raises ``UserError`` above ``tolerance``, or where the adapter changes nothing at all.
    """
    import torch

    def distance(left: Logits, right: Logits) -> float:
        return float(torch.cat([(a - b).flatten() for a, b in zip(left.values, right.values, strict=True)]).norm())

    effect = distance(reference, base)
    if not effect:
        raise UserError("parity: the adapter changes no logit of the base model: nothing was exported")
    share = distance(merged, reference) / effect
    largest = max(float((a - b).abs().max()) for a, b in zip(merged.values, reference.values, strict=True))
    if not share <= tolerance:
        raise UserError(
            f"parity: merged logits are off from base + adapter by {share:.1%} of the adapter's effect (allowed "
            f"{tolerance:.0%}): nothing was exported"
        )
    return largest, share
