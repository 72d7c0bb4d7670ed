"""The stage: models answer the benchmark, the verifier judges, statistics say what is known."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from algorand_coder import sandbox
from algorand_coder.errors import MissingTool
from algorand_coder.evaluate import humaneval
from algorand_coder.evaluate.answering import Model
from algorand_coder.evaluate.config import EvaluateConfig
from algorand_coder.evaluate.judging import LEVELS, AnswerRow, judge_answers
from algorand_coder.evaluate.models import needs_run, open_model, read_folders, specs
from algorand_coder.evaluate.overlap import overlap
from algorand_coder.evaluate.problems import Problem, fingerprint, load_problems, sample
from algorand_coder.evaluate.rounds import Given, ask
from algorand_coder.evaluate.scores import score
from algorand_coder.generate.prompts import prompts_fingerprint
from algorand_coder.pipeline import Stage, StageContext, write_table
from algorand_coder.records import Level
from algorand_coder.verify import Verifier, toolchain_versions

NAME = "evaluate"
DECIDING_PACKAGES = ("torch", "transformers", "peft", "openai", "anthropic")

SYNTHETIC_PREFIX = "synthetic-"
"""Before the names of outputs that hold recordings: whoever reads results does not find them by accident."""


def run(context: StageContext) -> dict[str, Any]:
    """Write ``answers.parquet``, ``scores.json`` and Inspect logs; returns the rates for the manifest."""
    config: EvaluateConfig = context.config
    if config.inspect_logs and find_spec("inspect_ai") is None:
        raise MissingTool(
            "evaluate writes Inspect logs, and inspect-ai is not installed: "
            "pip install 'algorand-coder[eval]', or set evaluate.inspect_logs=false"
        )
    if config.humaneval:
        humaneval.load_tasks()  # Says what is missing before hours of answers rather than after them.
    problems = sample(load_problems(only=config.problems), config.most_problems)
    chosen = specs(config.models)
    models = {spec.label: open_model(spec, context) for spec in chosen}
    names = {label: model.name for label, model in models.items()}
    deepest = _deepest(context)
    with Verifier(level=deepest) as verifier:
        given = {
            spec.label: ask(
                models[spec.label],
                spec,
                problems,
                config,
                lambda candidates: verifier.check(candidates, min(deepest, Level.COMPILE, key=lambda each: each.depth)),
                context.progress,
            )
            for spec in chosen
        }
        rows = _judge(context, given, verifier, deepest)
    general_rows, general = _humaneval(context, models)
    figures = {
        **score(rows, names, bootstrap_samples=config.bootstrap_samples, seed=context.seed),
        "settings": config.model_dump(mode="json"),
        "benchmark": fingerprint(),
        "overlap": _overlap(context, problems),
        "humaneval": general,
    }
    prefix = SYNTHETIC_PREFIX if figures["synthetic"] else ""
    write_table(context.folder / f"{prefix}answers.parquet", AnswerRow, rows)
    _write_json(context.folder / f"{prefix}scores.json", figures)
    if general_rows:
        write_table(context.folder / f"{prefix}humaneval.parquet", humaneval.HumanEvalRow, general_rows)
    if config.inspect_logs:
        about = {spec.label: models[spec.label].about() for spec in chosen}
        _write_logs(context, problems, rows, general_rows, _facts(context, names, about, deepest))
    _tell(context, figures)
    return _counts(figures, rows)


def _judge(
    context: StageContext, given: Mapping[str, Sequence[Given]], verifier: Verifier, deepest: Level
) -> list[AnswerRow]:
    """Rows of all models, problem by problem, then model by model, then sample by sample."""
    total = sum(len(answers) for answers in given.values())
    with context.progress.bar(NAME, "answers judged", total) as bar:
        rows = [
            row
            for label, answers in given.items()
            for row in judge_answers(
                label,
                [(each.problem, each.conversation) for each in answers],
                [each.answer for each in answers],
                lambda candidates: verifier.check(candidates, progress=bar.advance),
                deepest,
            )
        ]
    order = list(given)
    return sorted(rows, key=lambda row: (row.problem, order.index(row.model), row.sample))


def _humaneval(
    context: StageContext, models: Mapping[str, Model]
) -> tuple[list[humaneval.HumanEvalRow], dict[str, Any]]:
    """Answers to HumanEval and their rates, where the config asks for them."""
    config: EvaluateConfig = context.config
    if not config.humaneval:
        return [], {}
    return humaneval.measure(models, context.progress, bootstrap_samples=config.bootstrap_samples, seed=context.seed)


def _overlap(context: StageContext, problems: Sequence[Problem]) -> dict[str, Any]:
    """What the run's data set shares with the benchmark; nothing is known of the data of models from elsewhere."""
    if "dataset" not in context.inputs:
        return {}
    return overlap(context.inputs["dataset"] / "pairs.parquet", problems)


def _deepest(context: StageContext) -> Level:
    """How deep answers can be judged here. A whole level that cannot be looked at is no fault of one answer."""
    wanted: Level = context.config.level
    if wanted == Level.BEHAVE and (reason := sandbox.unavailable()):
        context.progress.note(NAME, f"level behave is left out: answers cannot be run safely here ({reason})")
        return Level.DEPLOY
    return wanted


def _facts(
    context: StageContext, names: Mapping[str, str], about: Mapping[str, dict[str, Any]], deepest: Level
) -> dict[str, dict[str, Any]]:
    """What decides each model's answers and scores."""
    config: EvaluateConfig = context.config
    return {
        label: {
            **about[label],
            "model": names[label],
            "label": label,
            "position": list(names).index(label),
            "statement": config.statement,
            "sampling": {"temperature": config.temperature, "top_p": config.top_p, "seed": context.seed},
            "max_new_tokens": config.max_new_tokens,
            "repair_rounds": config.repair_rounds if label.endswith("+repair") else 0,
            "deepest_level": deepest.value,
            "bootstrap_samples": config.bootstrap_samples,
            "seed": context.seed,
            "benchmark": fingerprint(),
            "prompts": prompts_fingerprint(),
            "versions": _versions(),
        }
        for label in names
    }


def _write_logs(
    context: StageContext,
    problems: Sequence[Problem],
    rows: Sequence[AnswerRow],
    general: Sequence[humaneval.HumanEvalRow],
    facts: Mapping[str, Mapping[str, Any]],
) -> None:
    from algorand_coder.evaluate import inspect_humaneval, inspect_task

    config: EvaluateConfig = context.config
    folder = context.folder / "logs"
    shutil.rmtree(folder, ignore_errors=True)
    context.progress.note(NAME, "writing logs for 'inspect view'")
    inspect_task.write_logs(folder, problems, config.statement, rows, facts)
    if general:
        inspect_humaneval.write_logs(folder, general, facts)


def _tell(context: StageContext, figures: dict[str, Any]) -> None:
    for role, model in figures["models"].items():
        rates = model["rates"]
        said = ", ".join(
            f"{level} {rates[level]['passed']}/{rates[level]['n']}"
            for level in (str(name) for name in LEVELS)
            if level in rates
        )
        cost = f"; ${model['dollars']:,.2f}" if model["dollars"] else ""
        context.progress.note(NAME, f"{role}: {said}{cost}")
    for role, found in figures["humaneval"].get("models", {}).items():
        gap = f"; {found['unjudged']} answers could not be judged" if found["unjudged"] else ""
        context.progress.note(NAME, f"{role}: HumanEval {found['passed']}/{found['n']}{gap}")
    if figures["synthetic"]:
        context.progress.note(NAME, "SYNTHETIC recordings answered: these are no figures about any model")
    if not figures["valid"]:
        unjudged = figures["unjudged"]
        reason = next(iter(unjudged["reasons"]), "")
        context.progress.note(
            NAME,
            f"INVALID: {unjudged['answers']} answers ({unjudged['share']:.1%}) could not be judged ({reason}); "
            "run 'algorand-coder doctor', then 'algorand-coder evaluate --force'",
        )


def _seconds(rows: Sequence[AnswerRow]) -> dict[str, float]:
    """Time from question to answer, where questions are answered one by one: it belongs into manifests only."""
    seconds, solved = sum(row.seconds for row in rows), sum(row.solved for row in rows)
    if not seconds:
        return {}
    median_seconds = round(median(row.seconds for row in rows), 3)
    per_solved = {"seconds_per_solved": round(seconds / solved, 3)} if solved else {}
    return {"median_seconds": median_seconds, **per_solved}


def _counts(figures: dict[str, Any], rows: Sequence[AnswerRow]) -> dict[str, Any]:
    kept = (
        "problems",
        "contract_problems",
        "smoke_test",
        "synthetic",
        "valid",
        "unjudged",
        "paired",
        "overlap",
        "humaneval",
    )
    said = ("name", "rates", "no_code", "cut_at_limit", "completion_tokens", "dollars", "dollars_per_solved")
    models = {
        role: {**{key: model[key] for key in said}, **_seconds([row for row in rows if row.model == role])}
        for role, model in figures["models"].items()
    }
    return {**{key: figures[key] for key in kept}, "models": models}


def _versions() -> dict[str, str]:
    found = {**toolchain_versions(), "benchmark": fingerprint()[:16], "prompts": prompts_fingerprint()}
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
    consumes=("train", "dataset"),
    run=run,
    code=(
        "algorand_coder.evaluate",
        "algorand_coder.generate",
        "algorand_coder.syntax.answers",
        "algorand_coder.verify",
    ),
    versions=_versions,
    needs=lambda config, name: needs_run(config),
    reads=read_folders,
)
