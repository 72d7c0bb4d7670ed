"""TRL's DPOTrainer over preferences that are already tokenised, chosen and put in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from datasets import Dataset
from transformers import PrinterCallback
from trl import DPOConfig as Arguments
from trl import DPOTrainer

from algorand_coder.posttrain.config import DpoConfig
from algorand_coder.posttrain.encoding import TokenPair
from algorand_coder.posttrain.policy import Start, load_policy
from algorand_coder.posttrain.trainers import Entry, Watched, common_arguments
from algorand_coder.train.guards import check_trainable
from algorand_coder.train.resume import Identity


class Trainer(Watched, DPOTrainer):  # type: ignore[misc]
    """DPOTrainer that takes the tokens it is given.

    The reference is the model as training finds it: for a new adapter the base without it, for an earlier adapter a
    frozen copy of that.
    """

    _tag_names = ()

    def _prepare_dataset(self, dataset: Any, *_: Any) -> Any:
        """Nothing is left to do: TRL would tokenise again, without the masks' refusals."""
        return dataset


def build(
    start: Start,
    config: DpoConfig,
    pairs: Sequence[TokenPair],
    validation: Sequence[TokenPair],
    *,
    seed: int,
    work: Path,
    identity: Identity,
    on_step: Callable[[Entry], None],
) -> Trainer:
    """A trainer with its model loaded, its adapter attached and checked."""
    model, adapter = load_policy(start, config.train)
    trainer = Trainer(
        model=model,
        args=Arguments(
            **common_arguments(config, work, seed),
            learning_rate=config.learning_rate,
            beta=config.beta,
            loss_type="sigmoid",
            per_device_train_batch_size=config.batch_size,
            per_device_eval_batch_size=config.batch_size,
            gradient_accumulation_steps=config.gradient_accumulation,
            max_length=None,  # length was settled when the pairs were encoded
        ),
        train_dataset=_table(pairs),
        eval_dataset=_table(validation) if validation else None,
        processing_class=start.tokenizer,
        peft_config=adapter,
    )
    trainer.remove_callback(PrinterCallback)
    trainer.watch(work, identity, on_step, temperature=1.0)
    check_trainable(trainer.model, config.train.target_parameters)
    return trainer


def _table(pairs: Sequence[TokenPair]) -> Dataset:
    return Dataset.from_dict(
        {
            "prompt_ids": [list(pair.prompt) for pair in pairs],
            "chosen_ids": [list(pair.chosen) for pair in pairs],
            "rejected_ids": [list(pair.rejected) for pair in pairs],
        }
    )
