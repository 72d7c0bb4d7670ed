"""``--dry-run`` of the further trainings: what would be done, with nothing loaded, judged or asked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from algorand_coder.posttrain.config import DpoConfig, GrpoConfig
from algorand_coder.posttrain.policy import check_fits, check_installed
from algorand_coder.posttrain.preferences import drafted
from algorand_coder.posttrain.tasks import choose_tasks, read_rows
from algorand_coder.train.config import TrainConfig


def dry_run(console: Console, name: str, sections: Any, run_folder: Path) -> None:
    """Print what stage ``name`` would do under a run's ``sections``.

    Raises ``UserError`` for what would stop it: missing packages, too little memory, a missing or damaged data set.
    """
    config = getattr(sections, name)
    check_installed()
    if name == "rft":
        from algorand_coder.train.dry_run import dry_run as of_train

        of_train(console, config, run_folder / "sample")
        return
    rows = _dpo(config, run_folder) if name == "dpo" else _grpo(config, run_folder, sections.seed)
    train: TrainConfig = config.train
    start = train.base_model if config.start == "base" else f"{train.base_model} + {config.start}/adapter"
    table = Table(box=None, show_header=False, pad_edge=False)
    for key, value in {"starts from": start, "learning rate": f"{config.learning_rate:g}", **rows}.items():
        table.add_row(f"[dim]{key}[/]", value)
    console.print(table)


def _dpo(config: DpoConfig, run_folder: Path) -> Mapping[str, str]:
    check_fits(config.train, sequences=2 * config.batch_size, tokens=config.max_seq_length)
    found = drafted(read_rows(run_folder / "dataset").train)
    pairs = min(found.pop("preferences"), config.max_pairs or 2**62)
    steps = -(-pairs * config.epochs // (config.batch_size * config.gradient_accumulation))
    return {
        "preferences": f"{pairs:,} before judging" + "".join(f", {n:,} {why}" for why, n in found.items()),
        "steps": f"{min(steps, config.max_steps or steps):,} of {config.batch_size} × {config.gradient_accumulation}",
        "beta": f"{config.beta:g}",
    }


def _grpo(config: GrpoConfig, run_folder: Path, seed: int) -> Mapping[str, str]:
    check_fits(config.train, sequences=config.batch_size, tokens=config.max_prompt_tokens + config.max_new_tokens)
    tasks = choose_tasks(read_rows(run_folder / "dataset").train, seed=seed, count=config.max_prompts)
    steps = len(tasks.rows) * config.epochs // config.prompts_per_step
    steps = min(steps, config.max_steps or steps)
    answers = config.answers_per_prompt * config.prompts_per_step
    return {
        "prompts": f"{len(tasks.rows):,}" + "".join(f", {n:,} left out: {why}" for why, n in tasks.left_out.items()),
        "steps": f"{steps:,} of {config.prompts_per_step} prompts × {config.answers_per_prompt} answers",
        "answers": f"{steps * answers:,}, of {config.max_new_tokens:,} tokens at most, judged up to {config.level}",
    }
