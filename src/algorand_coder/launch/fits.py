"""Whether a training run, or a model that is served, fits on a GPU: told before anything is rented or downloaded."""

from __future__ import annotations

from typing import Any

from algorand_coder.errors import UserError
from algorand_coder.launch.deployment import Deployment
from algorand_coder.launch.order import Gpu
from algorand_coder.train.cards import is_known, shape_of, shell
from algorand_coder.train.config import TrainConfig

_VLLM_SHARE = 0.9
"""Of a GPU's memory: what vLLM takes when nothing else is said, and a little less."""
_GIB = 2**30


def through_unsloth(config: TrainConfig) -> bool:
    """Whether the rented machine trains with Unsloth: where it is asked for, and for QLoRA unless TRL is asked for."""
    return config.backend == "unsloth" or (config.backend == "auto" and config.quantization == "nf4")


def expect_fit(config: TrainConfig, on: Gpu) -> None:
    """Raise ``UserError`` when the run could not be carried out on one ``on``, saying what to change."""
    from algorand_coder.generate.environment import prepare, quiet_transformers
    from algorand_coder.train.memory import check_memory
    from algorand_coder.train.preflight import preflight

    prepare(offline=True)
    quiet_transformers()
    found = preflight(shell(config.base_model), config, on_gpu=True)
    check_memory(found, config, on.gib, f"one {on.name}", nf4_experts=through_unsloth(config))


def expect_serving_fit(deployment: Deployment) -> str:
    """How much of the GPU the model takes, as a line; raises ``UserError`` when it takes too much.

    Counted are the weights as they are served, in 16 bit, the keys and values of one full context, and the activations.
    """
    source = deployment.base or str(deployment.folder or deployment.model)
    if not is_known(source):
        return f"memory not checked: nothing is known of the shape of {source} without a download"
    from algorand_coder.train.preflight import OVERHEAD_GIB

    shape, gpu = shape_of(source), deployment.gpu
    context = deployment.context or shape["max_position_embeddings"]
    weights, cache = _weights(deployment, source) / _GIB, context * _cache(shape) / _GIB
    need, has = weights + cache + OVERHEAD_GIB, gpu.gib * _VLLM_SHARE
    parts = f"{weights:,.1f} GiB of weights, {cache:,.1f} for a context of {context:,} tokens"
    if need <= has:
        return f"needs {need:,.1f} GiB ({parts}) of the {has:,.1f} that vLLM takes of one {gpu.name}"
    mend = "a larger --gpu" if weights + OVERHEAD_GIB > has else "a smaller --context or a larger --gpu"
    raise UserError(
        f"{deployment.model} needs {need:,.1f} GiB ({parts}) and vLLM takes {has:,.1f} of one {gpu.name}: give {mend}"
    )


def _weights(deployment: Deployment, source: str) -> int:
    """Bytes of the safetensors in the folder, and of the base model from a hub."""
    held = sum(path.stat().st_size for path in deployment.folder.glob("*.safetensors")) if deployment.folder else 0
    if deployment.folder and not deployment.base:
        return held
    from algorand_coder.generate.environment import prepare, quiet_transformers

    prepare(offline=True)
    quiet_transformers()
    return held + 2 * int(shell(source).num_parameters())


def _cache(shape: dict[str, Any]) -> int:
    """Bytes of one token's keys and values, in 16 bit, over all layers with attention."""
    heads = shape["num_attention_heads"]
    width = shape.get("head_dim") or shape["hidden_size"] // heads
    pattern = shape.get("hybrid_override_pattern") or "*" * shape["num_hidden_layers"]
    return int(2 * pattern.count("*") * (shape.get("num_key_value_heads") or heads) * width * 2)
