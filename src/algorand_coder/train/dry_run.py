"""``--dry-run``: everything about a training run that can be said without its weights."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, cast

from rich.console import Console
from rich.table import Table

from algorand_coder.train.backends import Backend, choose
from algorand_coder.train.cards import Hardware, hardware, shape_of, shell
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.memory import available
from algorand_coder.train.preflight import GIB, OVERHEAD_GIB, Memory, Preflight, change_that_fits, preflight
from algorand_coder.train.rows import ChatRow, read_chat

CHARACTERS_A_TOKEN = 3.2
"""TypeScript in the tokenizers of current code models, measured on Algorand code; used where no tokenizer is here."""

FITS, FITS_NOT = "fits", "does not fit"


def dry_run(console: Console, config: TrainConfig, dataset: Path) -> None:
    """Check recipe, backend and data, and print what the run needs. Nothing is downloaded.

    Raises ``UserError`` for what would stop the run: a missing backend, targets that match nothing, broken rows.
    """
    from algorand_coder.generate.environment import prepare, quiet_transformers

    prepare(offline=True)
    backend = choose(config)
    quiet_transformers()
    gib, where = available()
    on_gpu = "GPU" in where or config.base_model.count("/") == 1
    found = preflight(shell(config.base_model), config, on_gpu=on_gpu)
    console.print(
        f"[bold]{config.base_model}[/]  backend {backend.name}, quantization {config.quantization}", highlight=False
    )
    console.print(_model_table(found, config))
    loose = found.loose_experts is not None and not backend.quantizes_experts
    console.print(_memory_table(found, found.memory_of(config, nf4_experts=not loose)))
    rows = hardware() if on_gpu else []
    here = Hardware("this machine" + ("'s GPU" if "GPU" in where else ""), 1, gib)
    console.print(_fits_table(found, config, [*rows, here] if not on_gpu or "GPU" in where else rows, backend))
    if loose:
        console.print(
            f"[yellow]nf4 does not reach this model's {found.expert_parameters / 1e9:.1f} billion expert weights with "
            f"backend {backend.name}: the run would be refused. Install Unsloth (one GPU), or set "
            "train.quantization=none on an 80 GB GPU.[/]",
            highlight=False,
        )
    console.print(_disk_line(found, config), highlight=False)
    console.print(_data_line(config, dataset), highlight=False)


def active_parameters(base_model: str) -> float:
    """Weights that one token meets: all of a dense model, the chosen experts of a mixture (nothing is downloaded)."""
    shape = shape_of(base_model)
    model = shell(base_model)
    experts = sum(p.numel() for name, p in model.named_parameters() if ".experts." in name)
    total = sum(p.numel() for p in model.parameters())
    known = next((shape[key] for key in ("num_experts", "n_routed_experts", "num_local_experts") if shape.get(key)), 1)
    return float(total - experts + experts * shape.get("num_experts_per_tok", 1) / known)


def dataset_tokens(dataset: Path) -> int:
    """About how many tokens the training rows of ``dataset`` have."""
    return sum(map(_tokens, read_chat(dataset / "train.chat.jsonl")))


def _model_table(found: Preflight, config: TrainConfig) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    rows = {
        "parameters": f"{found.parameters / 1e9:.2f} billion"
        + (f", {found.expert_parameters / 1e9:.2f} of them experts" if found.expert_parameters else ""),
        "trainable": f"{found.trainable / 1e6:.1f} million ({found.trainable / found.parameters:.2%})",
        "LoRA": f"r {config.lora_r}{_experts(config)}, alpha {config.lora_alpha}, dropout {config.lora_dropout}, "
        + ", ".join(f"{name} × {count}" for name, count in found.targets.items()),
        "schedule": f"lr {config.learning_rate:g} {config.lr_scheduler}, warm-up {config.warmup_ratio:g}, "
        f"{config.batch_size} × {config.gradient_accumulation} rows a step, {config.epochs} epochs, "
        f"{config.max_seq_length:,} tokens a row",
    }
    for name, value in rows.items():
        table.add_row(f"[dim]{name}[/]", value)
    return table


def _experts(config: TrainConfig) -> str:
    return f" (experts {config.lora_r_experts})" if config.target_parameters else ""


def _memory_table(found: Preflight, need: Memory) -> Table:
    table = Table(title="memory, GiB (estimate)", title_justify="left", box=None, pad_edge=False)
    for name in ("", "weights", "trained", "activations", "logits", "overhead", "in all"):
        table.add_column(name, justify="right" if name else "left")
    if need == found.memory:
        table.add_row("", *_parts(need))
    else:
        table.add_row("[dim]experts in 16 bit[/]", *_parts(need))
        table.add_row("[dim]experts in 4 bit[/]", *_parts(found.memory))
    return table


def _fits_table(found: Preflight, config: TrainConfig, rows: Sequence[Hardware], backend: Backend) -> Table:
    """A verdict for each row of hardware: what each device needs, and the smallest change where that is too much."""
    table = Table(title="hardware", title_justify="left", box=None, pad_edge=False)
    for name, side in (("", "left"), ("has, GiB", "right"), ("needs", "right"), ("", "left"), ("or", "left")):
        table.add_column(name, justify=cast("Literal['left', 'right']", side))
    for row in rows:
        need, verdict, change = judge(found, config, row, backend)
        each = " each" if row.devices > 1 else ""
        colour = "green" if verdict == FITS else "red"
        table.add_row(
            row.name, f"{row.gib:.1f}{each}", f"{need.gib:.1f}", f"[{colour}]{verdict}[/]", f"[dim]{change}[/]"
        )
    return table


def judge(found: Preflight, config: TrainConfig, row: Hardware, backend: Backend) -> tuple[Memory, str, str]:
    """The need of a device of ``row``, whether it fits, and what to change where it does not.

    Several devices share the weights (FSDP), which only the TRL backend does: there it is FSDP-QLoRA for an nf4 recipe.
    """
    nf4_experts = backend.quantizes_experts and row.devices == 1
    loose = found.loose_experts is not None and not nf4_experts
    need = found.memory_of(config, row.devices, nf4_experts=not loose)
    if loose:
        plain = config.model_copy(update={"quantization": "none"})
        if found.memory_of(plain, row.devices).gib <= row.gib:
            change = "train.quantization=none"
        elif row.devices == 1 and found.memory.gib <= row.gib:
            change = "train.backend=unsloth, which quantises experts"
        else:
            change = "no backend shards experts in 4 bit" if row.devices > 1 else "-"
        return need, FITS_NOT, change
    if need.fits(row):
        return need, FITS, ""
    return need, FITS_NOT, change_that_fits(found, config, row.gib, row.devices, nf4_experts=nf4_experts) or "-"


def _disk_line(found: Preflight, config: TrainConfig) -> str:
    weights = f"{found.download_bytes / GIB:,.1f} GiB for the base model, " if config.base_model.count("/") == 1 else ""
    return f"[dim]disk[/]  {weights}{found.checkpoint_bytes / GIB:,.1f} GiB for checkpoints and the result"


def _parts(memory: Memory) -> list[str]:
    parts = (memory.weights, memory.adapter, memory.activations, memory.logits)
    return [*(f"{part / GIB:.1f}" for part in parts), f"{OVERHEAD_GIB:.1f}", f"{memory.gib:.1f}"]


def _data_line(config: TrainConfig, dataset: Path) -> str:
    """Rows and tokens of the data set, read and checked row by row; a run folder without one is no error."""
    if not (dataset / "train.chat.jsonl").is_file():
        return f"[dim]data[/]  {dataset} holds no data set yet: run the earlier stages, then this again"
    train, validation = (read_chat(dataset / f"{side}.chat.jsonl") for side in ("train", "validation"))
    tokens = sum(_tokens(row) for row in train)
    long = sum(_tokens(row) > config.max_seq_length for row in train)
    steps = -(-len(train) * config.epochs // (config.batch_size * config.gradient_accumulation))
    return (
        f"[dim]data[/]  {len(train):,} training and {len(validation):,} validation rows, every one well formed; about "
        f"{tokens:,} tokens an epoch, {steps:,} steps in all"
        + (f"; [yellow]about {long:,} rows exceed max_seq_length[/]" if long else "")
    )


def _tokens(row: ChatRow) -> int:
    text: list[Any] = [message["content"] for message in row.messages]
    return int(sum(map(len, text)) / CHARACTERS_A_TOKEN)
