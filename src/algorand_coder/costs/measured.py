"""What a run folder says of tokens, hours and dollars."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from algorand_coder.errors import UserError
from algorand_coder.pipeline.manifest import NAME, load


@dataclass(frozen=True)
class Measured:
    """Figures of one run; ``None`` where its stage has not been run."""

    hours: dict[str, float] = field(default_factory=dict)
    """Stage → wall hours."""
    synthesis_dollars: float | None = None
    synthesis: str = ""
    """Who was asked for how many answers, or why nobody was."""
    epoch_tokens: int | None = None
    """Tokens of all training rows at hand, once, in the tokenizer of ``base_model``."""
    base_model: str = ""
    trained_tokens: int | None = None
    """Tokens that were trained on, all epochs together."""
    training_hours: float | None = None
    device: str = ""
    answers_dollars: float | None = None
    answers: str = ""
    """How many tokens which models answered in the evaluation."""


def read_run(run_folder: Path) -> Measured:
    """The figures of the run in ``run_folder``. Raises ``UserError`` where there is none."""
    manifests = [each for path in run_folder.glob(f"*/{NAME}") if (each := load(path.parent))]
    found = {manifest.stage: manifest for manifest in sorted(manifests, key=lambda each: each.started)}
    if not found:
        raise UserError(f"{run_folder} holds no finished stage: run 'algorand-coder run', or name another --run-dir")
    counts: dict[str, dict[str, Any]] = {stage: manifest.counts for stage, manifest in found.items()}
    figures: dict[str, Any] = {"hours": {stage: manifest.seconds / 3600 for stage, manifest in found.items()}}
    if "instruct" in counts:
        figures |= _synthesis(counts["instruct"].get("synthesis") or {})
    if "train" in counts:
        figures |= _training(counts["train"], found["train"].config)
    if "evaluate" in counts:
        models = counts["evaluate"].get("models", {}).values()
        tokens = ", ".join(f"{each['completion_tokens']:,} tokens by {each['name']}" for each in models)
        figures |= {"answers_dollars": sum(each["dollars"] or 0.0 for each in models), "answers": tokens}
    return Measured(**figures)


def _synthesis(report: dict[str, Any]) -> dict[str, Any]:
    bill = report.get("bill")
    if bill is None:
        return {"synthesis_dollars": 0.0, "synthesis": "no hosted model was asked"}
    dollars = bill["dollars"] + bill["unsettled_dollars"]
    said = f"{bill['answers']:,} answers of {report['model']} ({report['price']})"
    return {"synthesis_dollars": dollars, "synthesis": said}


def _training(counts: dict[str, Any], config: dict[str, Any]) -> dict[str, Any]:
    return {
        "epoch_tokens": counts["tokens"]["train"]["tokens_at_hand"],
        "base_model": config["base_model"],
        "trained_tokens": counts["train_tokens"],
        "training_hours": counts["training_seconds"] / 3600,
        "device": counts["device"],
    }


def tokens_at_hand(run_folder: Path, measured: Measured) -> tuple[int, str] | None:
    """Training tokens of one epoch over the run's data set, and how they were counted; ``None`` without a data set."""
    if measured.epoch_tokens is not None:
        return measured.epoch_tokens, f"counted by the tokenizer of {measured.base_model}"
    if not (run_folder / "dataset" / "train.chat.jsonl").is_file():
        return None
    from algorand_coder.train.dry_run import CHARACTERS_A_TOKEN, dataset_tokens

    return dataset_tokens(run_folder / "dataset"), f"at {CHARACTERS_A_TOKEN} characters a token"
