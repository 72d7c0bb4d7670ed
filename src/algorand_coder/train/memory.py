"""What the machine at hand has, compared with what a run needs, before weights are fetched or loaded."""

from __future__ import annotations

import os
import resource
import sys

from algorand_coder.errors import UserError
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.preflight import GIB, Preflight


def check_memory(found: Preflight, config: TrainConfig, available_gib: float, where: str, nf4_experts: bool) -> None:
    """Raise ``UserError`` when the run cannot fit into ``available_gib``, saying what to change.

    ``nf4_experts``: whether the backend quantises the fused experts of a mixture of experts.
    """
    need = found.loose_experts if found.loose_experts and not nf4_experts else found.memory
    if need is found.loose_experts and need is not None:
        raise UserError(
            f"train.quantization=nf4 would leave {found.expert_parameters / 1e9:,.1f} billion expert weights in 16 bit "
            f"with this backend ({need.gib:,.1f} GiB in all): set train.quantization=none on an 80 GB GPU"
        )
    if need is not None and need.gib > available_gib:
        raise UserError(
            f"this run needs about {need.gib:,.1f} GiB and {where} has {available_gib:,.1f}: {_advice(config)}"
        )


def _advice(config: TrainConfig) -> str:
    if config.quantization == "none":
        return "set train.quantization=nf4 (on a GPU), a smaller train.batch_size or train.max_seq_length"
    return "set a smaller train.batch_size or train.max_seq_length, or choose a smaller base model"


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
