"""TRL's GRPOTrainer with one reward: what the verifier says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from datasets import Dataset
from transformers import PrinterCallback
from trl import GRPOConfig as Arguments
from trl import GRPOTrainer

from algorand_coder.posttrain.config import GrpoConfig
from algorand_coder.posttrain.policy import Start, load_policy
from algorand_coder.posttrain.tasks import conversation
from algorand_coder.posttrain.trainers import Entry, Watched, common_arguments
from algorand_coder.records import Pair
from algorand_coder.train.guards import check_trainable
from algorand_coder.train.resume import Identity

Reward = Callable[..., list[float | None]]


class Trainer(Watched, GRPOTrainer):  # type: ignore[misc]
    """GRPOTrainer under our guards. An answer without a reward moves nothing: TRL leaves it out of its group."""

    _tag_names = ()


def build(
    start: Start,
    config: GrpoConfig,
    rows: Sequence[Pair],
    reward: Reward,
    *,
    seed: int,
    work: Path,
    identity: Identity,
    on_step: Callable[[Entry], None],
) -> Trainer:
    """A trainer with its model loaded, its adapter attached and checked; ``rows`` are asked in a shuffled order."""
    model, adapter = load_policy(start, config.train)
    answers = config.answers_per_prompt * config.prompts_per_step
    trainer = Trainer(
        model=model,
        reward_funcs=reward,
        args=Arguments(
            **common_arguments(config, work, seed),
            learning_rate=config.learning_rate,
            beta=config.beta,
            num_generations=config.answers_per_prompt,
            per_device_train_batch_size=config.batch_size,
            gradient_accumulation_steps=answers // config.batch_size,
            max_completion_length=config.max_new_tokens,
            temperature=config.temperature,
            top_p=config.top_p,
            chat_template_kwargs=start.switches,
        ),
        train_dataset=Dataset.from_dict(
            {"prompt": [conversation(row) for row in rows], "row": [row.id for row in rows]}
        ),
        processing_class=start.tokenizer,
        peft_config=adapter,
    )
    trainer.remove_callback(PrinterCallback)
    trainer.watch(work, identity, on_step, temperature=config.temperature)
    check_trainable(trainer.model, config.train.target_parameters)
    return trainer
