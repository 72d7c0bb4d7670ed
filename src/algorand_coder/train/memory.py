"""What the machine at hand has, compared with what a run needs, before weights are fetched or loaded."""

from __future__ import annotations

import os
import resource
import shutil
import sys
from pathlib import Path

from algorand_coder.errors import UserError
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.preflight import GIB, Preflight, change_that_fits


def check_memory(
    found: Preflight, config: TrainConfig, available_gib: float, where: str, nf4_experts: bool, *, devices: int = 1
) -> None:
    """Raise ``UserError`` when the run cannot fit into ``available_gib`` of each device, saying what to change.

    ``nf4_experts``: whether the backend quantises the fused experts of a mixture of experts. ``devices``: how many
    share the weights.
    """
    loose = found.loose_experts is not None and not nf4_experts
    need = found.memory_of(config, devices, nf4_experts=not loose)
    if loose:
        raise UserError(
            f"train.quantization=nf4 would leave {found.expert_parameters / 1e9:,.1f} billion expert weights in 16 bit "
            f"with this backend ({need.gib:,.1f} GiB in all): set train.quantization=none on an 80 GB GPU"
        )
    if need.gib > available_gib:
        change = change_that_fits(found, config, available_gib, devices, nf4_experts=nf4_experts)
        advice = f"set {change}" if change else "choose a smaller base model, or more or larger GPUs"
        each = f" on each of {devices} devices" if devices > 1 else ""
        raise UserError(
            f"this run needs about {need.gib:,.1f} GiB{each} and {where} has {available_gib:,.1f}: {advice}"
        )


def check_disk(found: Preflight, config: TrainConfig, run_folder: Path) -> None:
    """Raise ``UserError`` where the base weights or the checkpoints cannot fit on the disks they go to."""
    needs: dict[Path, int] = {run_folder: found.checkpoint_bytes}
    if config.base_model.count("/") == 1 and not Path(config.base_model).expanduser().exists():
        from huggingface_hub import constants, try_to_load_from_cache

        if not try_to_load_from_cache(config.base_model, "config.json", revision=config.base_revision):
            cache = Path(constants.HF_HUB_CACHE)
            needs[cache] = needs.get(cache, 0) + found.download_bytes
    for folder, need in needs.items():
        there = next(path for path in (folder, *folder.parents) if path.exists())
        free = shutil.disk_usage(there).free
        if need > free:
            raise UserError(
                f"this run writes about {need / GIB:,.1f} GiB below {folder}, where {free / GIB:,.1f} are free: free "
                "some space, or move it (--run-dir for checkpoints, HF_HUB_CACHE for base models)"
            )


def available() -> tuple[float, str]:
    """GiB that a run can use here, and what has them: the first GPU, else this machine's memory."""
    import torch

    if torch.cuda.is_available():
        return torch.cuda.mem_get_info()[1] / GIB, f"the GPU ({torch.cuda.get_device_name()})"
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / GIB, "this machine"
    return float("inf"), "this machine"


def peak_rss_bytes() -> int:
    """Highest resident memory of this process so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
