"""The stage: a data set in, a LoRA adapter out, with the losses that say what it learnt."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import fmean
from typing import Any

from algorand_coder.errors import UserError
from algorand_coder.generate.base_models import fetch
from algorand_coder.generate.environment import prepare
from algorand_coder.pipeline import Stage, StageContext
from algorand_coder.train.backends import Backend, Job, Trained, choose
from algorand_coder.train.budget import token_budget
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.data import Plan, describe, encode_data, plan_run
from algorand_coder.train.distributed import check_division, share_work, world
from algorand_coder.train.history import HeldOut, Step
from algorand_coder.train.live import live_view
from algorand_coder.train.memory import available, check_disk, check_memory, peak_rss_bytes
from algorand_coder.train.monitor import Monitor, check_monitors, monitors
from algorand_coder.train.probe import CompileProbe, probe_of
from algorand_coder.train.record import write_record
from algorand_coder.train.resume import forget_unstarted
from algorand_coder.train.rows import read_chat

NAME = "train"
DECIDING_PACKAGES = ("torch", "transformers", "trl", "peft", "accelerate")
CURVES = "tensorboard"
"""Folder with the event files."""


def run(context: StageContext) -> dict[str, Any]:
    """Fetch the base, mask the rows, train, and write adapter, history and token figures; returns the counts."""
    prepare()
    config: TrainConfig = context.config
    check_monitors(config)
    backend = choose(config)
    forget_unstarted(context.work)
    _preflight(config, backend, context.work)
    model_dir = fetch(config.base_model, config.base_revision, lambda text: context.progress.note(NAME, text))
    prepare(offline=True)
    from transformers import AutoTokenizer

    tokenizer: Any = AutoTokenizer.from_pretrained(str(model_dir))
    data = encode_data(context.inputs["dataset"], tokenizer, config)

    def measure() -> float:
        sample = plan_run(data, config, context.seed, config.max_train_tokens).train.rows
        speed = backend.tokens_per_second(model_dir, config, sample)
        context.progress.note(NAME, f"this machine trains {speed:,.0f} tokens a second")
        return speed

    budget, _ = token_budget(config.max_train_tokens, config.max_minutes, context.work, measure)
    plan = plan_run(data, config, context.seed, budget)
    tokens = describe(data, plan, config)
    context.progress.note(
        NAME,
        f"{len(plan.train.rows):,} of {len(data.train.rows):,} rows, {plan.tokens:,} tokens in {config.epochs} "
        f"epoch{'s' if config.epochs > 1 else ''}; {len(plan.validation.rows):,} rows held out",
    )
    trained = _train(context, backend, model_dir, plan)
    weights = context.folder / weights_folder(config)
    record = write_record(weights, tokenizer, config, trained.dtype)
    if config.method == "full":
        tokenizer.save_pretrained(str(weights))
    trained.history.write(context.folder / "history.json")
    _write_json(context.folder / "tokens.json", tokens)
    counts = {**_counts(trained, plan), "tokens": tokens, "chat_template_sha256": record["chat_template_sha256"]}
    context.progress.note(
        NAME,
        f"validation loss {counts['validation_loss_before']:.3f} → {counts['validation_loss']:.3f}, perplexity "
        f"{counts['perplexity_before']:.2f} → {counts['perplexity']:.2f}, {counts['tokens_per_second']:,.0f} tokens/s",
    )
    return counts


def weights_folder(config: TrainConfig) -> str:
    """Where the stage's weights are: ``adapter``, or ``model`` where every weight is trained."""
    return "adapter" if config.method == "lora" else "model"


def _preflight(config: TrainConfig, backend: Backend, run_folder: Path) -> None:
    """Refuse a run that cannot fit before gigabytes are fetched; a model of unknown shape is not judged."""
    from algorand_coder.train.cards import is_known, shell
    from algorand_coder.train.preflight import preflight

    check_division(config.gradient_accumulation)
    if world() > 1 and config.max_minutes is not None:
        raise UserError("train.max_minutes measures one process: leave it out for a run of several")
    if is_known(config.base_model):
        gib, where = available()
        found = preflight(shell(config.base_model), config, on_gpu="GPU" in where)
        check_memory(found, config, gib, where, backend.quantizes_experts, devices=world())
        check_disk(found, config, run_folder)


def _train(context: StageContext, backend: Backend, model_dir: Path, plan: Plan) -> Trained:
    job = Job(
        model_dir=model_dir,
        config=context.config,
        rows=plan.train.rows,
        order=plan.order,
        validation=plan.validation.rows,
        seed=context.seed,
        work=context.work,
        output=context.folder / weights_folder(context.config),
        probe=_probe(context.inputs["dataset"], context.config),
    )
    share_work(job)
    name = context.folder.parent.resolve().name
    with (
        monitors(context.config, context.folder / CURVES, name) as watching,
        live_view(context.progress, NAME, job.steps) as view,
    ):
        everyone: list[Monitor] = [*watching, *([view] if view else [])]

        def on_step(step: Step) -> None:
            for each in everyone:
                each.step(step)

        def on_held_out(point: HeldOut) -> None:
            for each in everyone:
                each.held_out(point)
            context.progress.note(NAME, _line(point))

        return backend.train(replace(job, on_step=on_step, on_held_out=on_held_out))


def _line(point: HeldOut) -> str:
    text = f"step {point.step}: validation loss {point.loss:.3f}, perplexity {point.perplexity:.2f}"
    if point.compiled is None:
        return text
    return f"{text}, {point.compiled} of {point.answered} answers type-check"


def _probe(dataset: Path, config: TrainConfig) -> CompileProbe | None:
    if not config.compile_rows:
        return None
    rows = read_chat(dataset / "validation.chat.jsonl")
    return probe_of(rows, config.compile_rows, config.chat_template_kwargs)


def _counts(trained: Trained, plan: Plan) -> dict[str, Any]:
    steps, held_out = trained.history.steps, trained.history.held_out
    last = steps[-max(1, len(steps) // 10) :]
    kept = next((point for point in held_out if point.step == trained.kept_step), held_out[-1])
    seconds = sum(step.tokens / step.tokens_per_second for step in steps if step.tokens_per_second)
    return {
        "train_rows": len(plan.train.rows),
        "validation_rows": len(plan.validation.rows),
        "steps": len(steps),
        "train_tokens": sum(step.tokens for step in steps),
        "train_loss_first": round(steps[0].loss, 4),
        "train_loss": round(fmean(step.loss for step in last), 4),
        "validation_loss_before": round(held_out[0].loss, 4),
        "validation_loss": round(kept.loss, 4),
        "perplexity_before": round(held_out[0].perplexity, 3),
        "perplexity": round(kept.perplexity, 3),
        "validation_loss_by_category": kept.by_category,
        "trainable_parameters": trained.trainable_parameters,
        "total_parameters": trained.total_parameters,
        "tokens_per_second": round(sum(step.tokens for step in steps) / seconds, 1) if seconds else 0.0,
        "training_seconds": round(seconds, 1),
        "mfu": round(fmean(known), 4) if (known := [step.mfu for step in steps if step.mfu is not None]) else None,
        "loader_share": round(fmean(step.loader_share for step in steps), 4),
        "compile_rate": kept.compile_rate,
        "kept_step": trained.kept_step,
        "processes": trained.processes,
        "device": trained.device,
        "dtype": trained.dtype,
        "resumed_from": trained.resumed_from,
        "peak_rss_bytes": peak_rss_bytes(),
        "peak_device_bytes": trained.peak_device_bytes,
    }


def _versions() -> dict[str, str]:
    found = {}
    for package in DECIDING_PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "missing"
    return found


def _write_json(path: Path, value: Any) -> None:
    temporary = path.with_name(path.name + ".tmp")
    temporary.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
    os.replace(temporary, path)


STAGE = Stage(
    name=NAME,
    consumes=("dataset",),
    run=run,
    code=("algorand_coder.train", "algorand_coder.generate.chat", "algorand_coder.generate.base_models"),
    versions=_versions,
    keeps_work=True,
)
