"""Whether a training run fits on a GPU, told before anything is rented or downloaded."""

from __future__ import annotations

from algorand_coder.launch.order import Gpu
from algorand_coder.train.config import TrainConfig


def through_unsloth(config: TrainConfig) -> bool:
    """Whether the rented machine trains with Unsloth: where it is asked for, and for QLoRA unless TRL is asked for."""
    return config.backend == "unsloth" or (config.backend == "auto" and config.quantization == "nf4")


def expect_fit(config: TrainConfig, on: Gpu) -> None:
    """Raise ``UserError`` when the run could not be carried out on one ``on``, saying what to change."""
    from algorand_coder.generate.environment import prepare, quiet_transformers
    from algorand_coder.train.cards import shell
    from algorand_coder.train.memory import check_memory
    from algorand_coder.train.preflight import preflight

    prepare(offline=True)
    quiet_transformers()
    found = preflight(shell(config.base_model), config, on_gpu=True)
    check_memory(found, config, on.gib, f"one {on.name}", nf4_experts=through_unsloth(config))
