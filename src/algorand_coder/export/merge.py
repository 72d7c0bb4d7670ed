"""Merging an adapter into its base model, proven step by step (``parity``)."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from algorand_coder.errors import UserError
from algorand_coder.export import parity
from algorand_coder.export.source import Source
from algorand_coder.generate.base_models import fetch
from algorand_coder.generate.chat import chat_template_hash
from algorand_coder.generate.environment import disk_errors, prepare, quiet_transformers
from algorand_coder.generate.llama_cpp import Note
from algorand_coder.generate.transformers_engine import template_switches

Precision = Literal["base", "float32", "bfloat16", "float16"]
_SHARD = "5GB"


@dataclass(frozen=True)
class Merged:
    """Merged weights on disk, and what is known of them."""

    folder: Path
    original: tuple[Path, Path | None]
    """Folders of the weights that it was made from: base and adapter, or a whole model."""
    base_precision: str
    """As the base model is published."""
    precision: str
    """Of the merge and of the files."""
    template_sha256: str
    proof: parity.Parity | None
    """``None`` where nothing was merged."""


def merge(source: Source, folder: Path, precision: Precision, note: Note) -> Merged:
    """Write base + adapter, tokenizer and chat template into ``folder``.

    The weights of the base are those that it is published with, also where the adapter was trained on a 4-bit copy of
    them: evaluation and serving use them too. ``precision`` ``base`` keeps their type. Raises ``UserError`` when the
    chat template is not the one of the training, or a step of the proof fails.
    """
    base_folder = fetch(source.base, source.revision, note)
    prepare(offline=True)
    import torch
    from peft import PeftModel
    from transformers import AutoTokenizer

    quiet_transformers()
    tokenizer: Any = AutoTokenizer.from_pretrained(str(base_folder))
    template = chat_template_hash(tokenizer)
    switches = template_switches(source.adapter, template)
    published = _precision_of(base_folder)
    chosen = published if precision == "base" else precision
    note(f"merging onto {source.base} in {chosen}")
    model = PeftModel.from_pretrained(_load(base_folder, chosen), str(source.adapter)).eval()
    parity.check_loaded(model, source.adapter)
    inputs = parity.prompts(tokenizer, switches)
    reference = parity.logits(model, inputs)
    with model.disable_adapter():
        base = parity.logits(model, inputs)
    with torch.no_grad():
        worst, tensors, slices, idle = _merge_layers(model)
    merged = model.unload()
    written = parity.digests(merged)
    with disk_errors(folder):
        merged.save_pretrained(folder, max_shard_size=_SHARD)
        tokenizer.save_pretrained(folder)
    del model, merged
    gc.collect()
    note("reading the merged weights again and comparing them with base + adapter")
    again = _load(folder, chosen)
    parity.check_written(written, parity.digests(again))
    largest, share = parity.compare(base, reference, parity.logits(again, inputs), parity.TOLERANCE[chosen])
    if chat_template_hash(AutoTokenizer.from_pretrained(str(folder))) != template:
        raise UserError("the tokenizer was written with another chat template than it has: nothing was exported")
    proof = parity.Parity(
        tensors=tensors,
        expert_slices=slices,
        untrained_slices=idle,
        max_abs_weight=worst,
        max_abs_logit=largest,
        share=share,
        tolerance=parity.TOLERANCE[chosen],
        prompts=len(inputs),
        positions=sum(len(values) for values in reference.values),
    )
    return Merged(folder, (base_folder, source.adapter), published, chosen, template, proof)


def copy(source: Source, folder: Path, precision: Precision, note: Note) -> Merged:
    """Write a model whose every weight was trained, tokenizer and chat template into ``folder``.

    ``precision`` ``base`` keeps the type that it was trained in. Raises ``UserError`` when the chat template is not the
    one of the training, or what was written is not what is read again.
    """
    prepare(offline=True)
    from transformers import AutoTokenizer

    quiet_transformers()
    tokenizer: Any = AutoTokenizer.from_pretrained(str(source.adapter))
    template = chat_template_hash(tokenizer)
    template_switches(source.adapter, template)
    trained_in = _precision_of(source.adapter)
    chosen = trained_in if precision == "base" else precision
    note(f"every weight was trained: nothing to merge, copying in {chosen}")
    model = _load(source.adapter, chosen)
    written = parity.digests(model)
    with disk_errors(folder):
        model.save_pretrained(folder, max_shard_size=_SHARD)
        tokenizer.save_pretrained(folder)
    del model
    gc.collect()
    parity.check_written(written, parity.digests(_load(folder, chosen)))
    return Merged(folder, (source.adapter, None), trained_in, chosen, template, None)


def _merge_layers(model: Any) -> tuple[float, int, int, int]:
    """Merge in place, one tensor at a time: (largest error, tensors, slices of experts changed, and unchanged)."""
    worst, tensors, slices, idle = 0.0, 0, 0, 0
    for name, layer in _lora_layers(model):
        delta, weight = _delta(layer), _weight(layer)
        before = weight.detach().clone()
        layer.merge(safe_merge=True)
        after = _weight(layer).detach()
        error, changed, unchanged = parity.check_merged(name, before, after, delta)
        worst, tensors = max(worst, error), tensors + 1
        if before.dim() > 2:
            slices, idle = slices + changed, idle + unchanged
    if not tensors:
        raise UserError("parity: the adapter has no LoRA layer: nothing was exported")
    return worst, tensors, slices, idle


def _lora_layers(model: Any) -> Iterator[tuple[str, Any]]:
    from peft.tuners.lora import LoraLayer

    for name, module in model.named_modules():
        if isinstance(module, LoraLayer):
            path = name.removeprefix("base_model.model.").replace(".base_layer", "")
            yield f"{path}.{getattr(module, 'parameter_name', 'weight')}", module


def _weight(layer: Any) -> Any:
    return getattr(layer.get_base_layer(), getattr(layer, "parameter_name", "weight"))


def _delta(layer: Any) -> Any:
    """What the adapter adds, in float32, from its factors: by the way that a forward pass takes, not by the merge's."""
    adapter = layer.active_adapters[0]
    if getattr(layer, "num_experts", 1) > 1:
        left, right, scaling = layer.get_delta_factors(adapter)
        return scaling * (left.float() @ right.float())
    left, right = layer.lora_B[adapter].weight, layer.lora_A[adapter].weight
    return layer.scaling[adapter] * (left.float() @ right.float())


def _load(folder: Path, precision: str) -> Any:
    import torch
    from transformers import AutoModelForCausalLM

    device = "cuda" if torch.cuda.is_available() else "cpu"
    options: dict[str, Any] = {"device_map": {"": 0}} if device == "cuda" else {}
    return AutoModelForCausalLM.from_pretrained(str(folder), dtype=getattr(torch, precision), **options).eval()


def _precision_of(folder: Path) -> str:
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    found = config.get("dtype") or config.get("torch_dtype") or "float32"
    if found not in parity.TOLERANCE:
        raise UserError(f"{folder} is published in {found}: give --precision bfloat16")
    return str(found)
