"""The TRL + PEFT backend: LoRA, QLoRA where bitsandbytes and a GPU are at hand, and full fine-tuning."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from algorand_coder.generate.environment import prepare, quiet_transformers
from algorand_coder.train.backends import Job, Trained
from algorand_coder.train.backends.pins import mismatches
from algorand_coder.train.backends.running import run, speed
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.masks import TokenRow

PACKAGES = ("torch", "transformers", "trl", "peft", "accelerate", "datasets")


class TrlBackend:
    """LoRA and QLoRA by TRL's SFTTrainer."""

    name = "trl"
    quantizes_experts = False

    def missing(self) -> str:
        """What has to be installed or changed; empty when everything is there and fits."""
        wrong = mismatches("algorand-coder", "train")
        return f"{', '.join(wrong)}: run \"pip install 'algorand-coder[train]'\"" if wrong else ""

    def unfit(self, config: TrainConfig) -> str:
        """Why this backend cannot run the recipe; this one can run every recipe."""
        return ""

    def tokens_per_second(self, model_dir: Path, config: TrainConfig, rows: Sequence[TokenRow]) -> float:
        """Real tokens a second of a few steps on the middle of ``rows`` by length; the first step is not counted."""
        _prepare()
        from algorand_coder.train.backends.sft import build

        return speed(model_dir, config, rows, lambda job: build(job, {}, checkpoints=False))

    def train(self, job: Job) -> Trained:
        """Train, going on from the last complete checkpoint in ``job.work``.

        Raises ``UserError`` when that checkpoint belongs to other rows, settings or versions.
        """
        _prepare()
        from algorand_coder.train.backends.sft import build

        return run(job, lambda identity: build(job, identity), PACKAGES)


def _prepare() -> None:
    prepare(offline=True)
    quiet_transformers()
