"""What TRL's trainer is told: the recipe in its words, with the defaults that hurt switched off."""

from __future__ import annotations

from trl import SFTConfig

from algorand_coder.train.backends import Job
from algorand_coder.train.backends.loading import device_name, pick_dtype
from algorand_coder.train.backends.sharding import fsdp_arguments
from algorand_coder.train.distributed import check_division

CHECKPOINTS_KEPT = 2


def arguments(job: Job, *, checkpoints: bool) -> SFTConfig:
    """TRL's configuration for ``job``; ``checkpoints`` False saves none."""
    config = job.config
    on_gpu = device_name() == "cuda"
    return SFTConfig(
        output_dir=str(job.work / "checkpoints"),
        seed=job.seed,
        per_device_train_batch_size=1 if config.packing else config.batch_size,  # a pack is one row
        gradient_accumulation_steps=check_division(config.gradient_accumulation),
        num_train_epochs=1,  # the order already holds every epoch
        max_steps=job.steps,
        train_sampling_strategy="sequential",
        learning_rate=config.learning_rate,
        lr_scheduler_type=config.lr_scheduler,
        warmup_steps=config.warmup_ratio,  # below 1 it is a share of all steps
        weight_decay=config.weight_decay,
        max_grad_norm=config.max_grad_norm,
        gradient_checkpointing=config.gradient_checkpointing,
        bf16=pick_dtype(config, device_name()) == "bfloat16",  # adapters stay float32 and are multiplied in bfloat16
        use_cpu=not on_gpu,
        dataloader_pin_memory=on_gpu,
        dataset_kwargs={"skip_prepare_dataset": True},
        max_length=None,  # TRL's default of 1024 truncates; length was settled when the rows were encoded
        packing=False,  # TRL's own would cut and mix rows by its order; ours keeps the steps as they are
        router_aux_loss_coef=0.0,  # a frozen router learns nothing from a load-balancing loss
        logging_steps=1,
        logging_nan_inf_filter=False,
        save_strategy="steps" if checkpoints else "no",
        save_steps=config.save_every,
        save_total_limit=CHECKPOINTS_KEPT,
        eval_strategy="no",
        report_to="none",
        disable_tqdm=True,
        **fsdp_arguments(),
    )
