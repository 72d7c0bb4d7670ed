"""FSDP2 (``fully_shard``): weights, gradients and optimizer state spread over the processes of a run."""

from __future__ import annotations

import os
from typing import Any

from algorand_coder.errors import UserError
from algorand_coder.train.distributed import world


def fsdp_arguments() -> dict[str, Any]:
    """What the trainer must be told; nothing for a single process."""
    if world() == 1:
        return {}
    # Wrapped layer by layer. Each process writes and reads its part of a checkpoint: whole tensors, read by the first
    # process for all, leave the others waiting where only an adapter's weights were kept.
    return {"fsdp": True, "fsdp_config": {"version": 2, "state_dict_type": "SHARDED_STATE_DICT"}}


def force_fsdp(trainer: Any) -> None:
    """Make ``trainer`` shard on a CPU as it does on GPUs.

    Accelerate takes a sharding plugin for accelerators only; between CPU processes it replicates the model without a
    word. Its own FSDP2 code runs there all the same.
    """
    from accelerate.utils import DistributedType, FullyShardedDataParallelPlugin

    state = trainer.accelerator.state
    if world() == 1 or state.distributed_type == DistributedType.FSDP:
        return
    os.environ["ACCELERATE_USE_FSDP"] = "true"  # as the launcher would have set it
    state.fsdp_plugin = FullyShardedDataParallelPlugin(**trainer.args.fsdp_plugin_args)
    state.distributed_type = DistributedType.FSDP
    trainer.is_fsdp_enabled = True


def check_sharded(model: Any) -> int:
    """How many of the model's parameters are sharded, for a run of several processes.

    Raises ``UserError`` when a parameter is whole on every process: the run would need the memory of one.
    """
    from torch.distributed.tensor import DTensor

    whole = [name for name, parameter in model.named_parameters() if not isinstance(parameter, DTensor)]
    if whole:
        raise UserError(
            f"{len(whole)} weights are whole on each of {world()} processes (first {whole[0]}): accelerate did not "
            "shard the model; train on one GPU, or install the versions in constraints.txt"
        )
    return sum(1 for _ in model.parameters())


def full_state(model: Any, *, frozen: bool) -> dict[str, Any] | None:
    """The model's weights gathered on the first process, ``frozen`` ones as well if asked for.

    ``None`` where nothing is sharded. Every process must call it.
    """
    if world() == 1:
        return None
    from torch.distributed.checkpoint.state_dict import StateDictOptions, get_model_state_dict

    options = StateDictOptions(full_state_dict=True, cpu_offload=True, ignore_frozen_params=not frozen)
    state: dict[str, Any] = get_model_state_dict(model, options=options)
    return state
