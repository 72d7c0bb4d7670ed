"""The stage: base and tuned model answer the benchmark, the verifier judges, statistics say what is known."""

from __future__ import annotations

import gc
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from algorand_coder import sandbox
from algorand_coder.errors import MissingTool, UserError
from algorand_coder.evaluate.answering import Answerer, LocalAnswerer, answer_all
from algorand_coder.evaluate.config import EvaluateConfig, ModelName
from algorand_coder.evaluate.judging import LEVELS, Answer, AnswerRow, judge_answers
from algorand_coder.evaluate.overlap import overlap
from algorand_coder.evaluate.problems import Problem, fingerprint, load_problems
from algorand_coder.evaluate.prompts import conversation
from algorand_coder.evaluate.scores import score
from algorand_coder.generate.base_models import fetch
from algorand_coder.generate.chat import ADAPTER_RECORD, Conversation
from algorand_coder.pipeline import Stage, StageContext, write_table
from algorand_coder.records import Level
from algorand_coder.verify import Verifier, toolchain_versions

NAME = "evaluate"
DECIDING_PACKAGES = ("torch", "transformers", "peft")

Questions = Sequence[tuple[Problem, Conversation]]


@dataclass(frozen=True)
class Tuned:
    """What the train stage left: the adapter and the base it belongs to."""

    adapter: Path
    base_model: str
    base_revision: str | None


def run(context: StageContext) -> dict[str, Any]:
    """Write ``answers.parquet``, ``scores.json`` and Inspect logs; returns the rates for the manifest."""
    config: EvaluateConfig = context.config
    if config.inspect_logs and find_spec("inspect_ai") is None:
        raise MissingTool(
            "evaluate writes Inspect logs, and inspect-ai is not installed: "
            "pip install 'algorand-coder[eval]', or set evaluate.inspect_logs=false"
        )
    problems = load_problems(only=config.problems)
    questions = [(problem, conversation(problem, config.statement)) for problem in problems]
    tuned = _tuned(context.inputs["train"])
    names: dict[str, str] = {
        role: tuned.base_model + (" + adapter" if role == "tuned" else "") for role in config.models
    }
    answers = {role: _answer(context, role, tuned, questions) for role in config.models}
    rows = _judge(context, questions, answers)
    write_table(context.folder / "answers.parquet", AnswerRow, rows)
    figures = {
        **score(rows, names, bootstrap_samples=config.bootstrap_samples, seed=context.seed),
        "settings": config.model_dump(mode="json"),
        "benchmark": fingerprint(),
        "overlap": overlap(context.inputs["dataset"] / "pairs.parquet", problems),
    }
    _write_json(context.folder / "scores.json", figures)
    if config.inspect_logs:
        _write_logs(context, problems, rows, names)
    _tell(context, figures)
    return _counts(figures)


def _tuned(train: Path) -> Tuned:
    record = train / "adapter" / ADAPTER_RECORD
    try:
        found = json.loads(record.read_text(encoding="utf-8"))
        return Tuned(record.parent, str(found["base_model"]), found.get("base_revision"))
    except (OSError, ValueError, KeyError):
        raise UserError(f"{record} is missing or damaged: run 'algorand-coder train --force'") from None


def _answer(context: StageContext, role: ModelName, tuned: Tuned, questions: Questions) -> list[Answer]:
    """All answers of one model; the model is loaded only when answers are missing, and gone afterwards."""
    config: EvaluateConfig = context.config

    def load() -> Answerer:
        folder = fetch(tuned.base_model, tuned.base_revision, lambda text: context.progress.note(NAME, text))
        adapter = tuned.adapter if role == "tuned" else None
        return LocalAnswerer(folder, adapter, config.max_new_tokens, config.batch_size)

    conversations = [conversation for _, conversation in questions]
    with context.progress.bar(NAME, f"answers of the {role} model", len(questions)) as bar:
        saved = context.work / f"answers-{role}.jsonl"
        answers = answer_all(load, conversations, config.batch_size, saved, bar.advance)
    gc.collect()
    return answers


def _judge(context: StageContext, questions: Questions, answers: dict[ModelName, list[Answer]]) -> list[AnswerRow]:
    """Rows of all models, problem by problem."""
    total = len(questions) * len(answers)
    deepest = _deepest(context)
    with Verifier(level=deepest) as verifier, context.progress.bar(NAME, "answers judged", total) as bar:
        rows = [
            row
            for role, given in answers.items()
            for row in judge_answers(role, questions, given, lambda c: verifier.check(c, progress=bar.advance), deepest)
        ]
    order = [str(role) for role in answers]
    return sorted(rows, key=lambda row: (row.problem, order.index(row.model)))


def _deepest(context: StageContext) -> Level:
    """How deep answers can be judged here. A whole level that cannot be looked at is no fault of one answer."""
    wanted: Level = context.config.level
    if wanted == Level.BEHAVE and (reason := sandbox.unavailable()):
        context.progress.note(NAME, f"level behave is left out: answers cannot be run safely here ({reason})")
        return Level.DEPLOY
    return wanted


def _write_logs(
    context: StageContext, problems: Sequence[Problem], rows: Sequence[AnswerRow], names: dict[str, str]
) -> None:
    from algorand_coder.evaluate.inspect_task import write_logs

    folder = context.folder / "logs"
    shutil.rmtree(folder, ignore_errors=True)
    context.progress.note(NAME, "writing logs for 'inspect view'")
    write_logs(folder, problems, context.config.statement, rows, names)


def _tell(context: StageContext, figures: dict[str, Any]) -> None:
    for role, model in figures["models"].items():
        rates = model["rates"]
        said = ", ".join(
            f"{level} {rates[level]['passed']}/{rates[level]['n']}"
            for level in (str(name) for name in LEVELS)
            if level in rates
        )
        context.progress.note(NAME, f"{role}: {said}")
    if not figures["valid"]:
        unjudged = figures["unjudged"]
        reason = next(iter(unjudged["reasons"]), "")
        context.progress.note(
            NAME,
            f"INVALID: {unjudged['answers']} answers ({unjudged['share']:.1%}) could not be judged ({reason}); "
            "run 'algorand-coder doctor', then 'algorand-coder evaluate --force'",
        )


def _counts(figures: dict[str, Any]) -> dict[str, Any]:
    kept = ("problems", "contract_problems", "smoke_test", "valid", "unjudged", "paired", "overlap")
    models = {
        role: {key: model[key] for key in ("name", "rates", "no_code", "cut_at_limit", "completion_tokens")}
        for role, model in figures["models"].items()
    }
    return {**{key: figures[key] for key in kept}, "models": models}


def _versions() -> dict[str, str]:
    found = {**toolchain_versions(), "benchmark": fingerprint()[:16]}
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
)
