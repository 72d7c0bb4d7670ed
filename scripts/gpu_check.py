"""The steps of gpu_check.sh: each runs in a process of its own and leaves its figures as JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

from algorand_coder.errors import UserError
from algorand_coder.generate.base_models import fetch
from algorand_coder.generate.environment import prepare, quiet_transformers
from algorand_coder.generate.twins import twin
from algorand_coder.train.backends import Job, Trained, choose
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.data import Data, encode_data, plan_run

STEP_ROWS = 16
"""Rows of an optimizer step in every recipe below: the plan's 2 × 8."""
SEED = 7


class Check:
    """What all steps know: where results go, which model and rows, and how much of it a dry run takes."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.out, self.dry = Path(arguments.out).resolve(), bool(arguments.dry_run)
        self.data_folder, self.model_name = Path(arguments.data), str(arguments.model)
        self.work = self.out / ".work"
        self.work.mkdir(parents=True, exist_ok=True)

    def model(self) -> Path:
        """The folder of the model under check: a twin in a dry run."""
        return self.twin("qwen2") if self.dry else fetch(self.model_name, None, print)

    def twin(self, architecture: str) -> Path:
        """The folder of a twin, made once."""
        folder = self.work / f"twin-{architecture}"
        return folder if (folder / "config.json").is_file() else twin(architecture, folder)

    def config(self, **changes: Any) -> TrainConfig:
        """The recipe of the small models: LoRA on all linear layers, one epoch, a step of 16 rows."""
        base: dict[str, Any] = {
            "base_model": self.model_name,
            "lora_r": 16,
            "lora_alpha": 32,
            "lora_dropout": 0.0,
            "target_modules": ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"),
            "learning_rate": 5e-4,
            "batch_size": STEP_ROWS,
            "gradient_accumulation": 1,
            "epochs": 1,
            "packing": True,
            "overlong": "drop",
            "max_seq_length": 4096,
            "save_every": 100,
            "monitors": ("tensorboard",),
        }
        if self.dry:
            base |= {"max_seq_length": 512, "dtype": "float32", "lora_r": 4}
        return TrainConfig(**{**base, **changes})

    def data(self, config: TrainConfig, model: Path) -> Data:
        """The rows of the data set, or a few made-up ones in a dry run."""
        from transformers import AutoTokenizer

        folder = self.data_folder
        if self.dry:
            folder = self.work / "data"
            folder.mkdir(exist_ok=True)
            for side, count in (("train", 48), ("validation", 6)):
                (folder / f"{side}.chat.jsonl").write_text("".join(map(_made_up, range(count))), encoding="utf-8")
        return encode_data(folder, AutoTokenizer.from_pretrained(str(model)), config)

    def train(self, name: str, config: TrainConfig, *, model: Path | None = None, **options: Any) -> Trained:
        """Train ``config`` under ``name``; a second call goes on where a killed one stopped."""
        folder = model or self.model()
        plan = plan_run(self.data(config, folder), config, SEED, options.pop("tokens", None))
        work = self.work / name
        work.mkdir(exist_ok=True)
        job = Job(folder, config, plan.train.rows, plan.order, plan.validation.rows, SEED, work, work / "adapter")
        return choose(config).train(job)


def environment(check: Check) -> dict[str, Any]:
    """Versions and device."""
    import torch

    names = ("torch", "transformers", "trl", "peft", "accelerate", "datasets", "bitsandbytes", "unsloth")
    gpu = torch.cuda.is_available()
    return {
        "python": platform.python_version(),
        "versions": {name: _version(name) for name in names},
        "device": torch.cuda.get_device_name() if gpu else platform.processor() or "cpu",
        "device_gib": round(torch.cuda.mem_get_info()[1] / 2**30, 1) if gpu else 0.0,
        "varlen_attention": _importable("torch.nn.attention.varlen"),
        "date": time.strftime("%Y-%m-%d"),
    }


def packing(check: Check) -> dict[str, Any]:
    """The held-out loss and the first steps of packed training beside those of padded training."""
    curves = {}
    for packed in (False, True):
        name = "packed" if packed else "padded"
        config = check.config(packing=packed, max_steps=3, validation_rows=32)
        history = check.train(f"packing-{name}", config).history
        curves[name] = {"loss": [s.loss for s in history.steps], "held_out": [p.loss for p in history.held_out]}
    apart = [
        abs(one - other) / one
        for key in ("loss", "held_out")
        for one, other in zip(curves["padded"][key], curves["packed"][key], strict=True)
    ]
    tolerance = 1e-5 if check.dry else 5e-3  # bfloat16 sums in another order
    return {**curves, "largest_relative_difference": max(apart), "tolerance": tolerance, "ok": max(apart) <= tolerance}


def quantization(check: Check) -> dict[str, Any]:
    """A few steps of QLoRA (nf4) on the model; on a machine without a GPU, the line that refuses it."""
    config = check.config(quantization="nf4", dtype="auto", packing=False, batch_size=2, gradient_accumulation=8)
    config = config.model_copy(update={"max_steps": 10, "validation_rows": 32})
    if check.dry:
        return _refused(lambda: check.train("nf4", config), "needs a GPU")
    trained = check.train("nf4", config)
    first, last = trained.history.held_out[0].loss, trained.history.held_out[-1].loss
    return {
        "validation_loss": [first, last],
        "peak_device_gib": round(trained.peak_device_bytes / 2**30, 2),
        "steps": len(trained.history.steps),
        "ok": last < first,
    }


def experts(check: Check) -> dict[str, Any]:
    """nf4 on a mixture of experts whose experts stay in 16 bit must be refused after the load."""
    folder = check.twin("qwen3-moe")
    changes = {"quantization": "nf4", "dtype": "auto", "packing": False, "target_modules": ("q_proj", "v_proj")}
    config = check.config(**changes, backend="trl", max_steps=1)
    return _refused(
        lambda: check.train("experts", config, model=folder), "needs a GPU" if check.dry else "nf4 was asked for, but"
    )


def sft(check: Check) -> dict[str, Any]:
    """Fine-tuning on the whole data set: losses, speed, utilisation."""
    config = check.config(eval_every=2 if check.dry else 50, validation_rows=4 if check.dry else 256)
    trained = check.train("sft", config)
    trained.history.write(check.out / "history.json")
    steps, points = trained.history.steps[1:] or trained.history.steps, trained.history.held_out
    seconds = sum(step.tokens / step.tokens_per_second for step in steps)
    known = [step.mfu for step in steps if step.mfu is not None]
    return {
        "steps": len(trained.history.steps),
        "train_tokens": sum(step.tokens for step in trained.history.steps),
        "validation_loss": [points[0].loss, points[-1].loss],
        "perplexity": [points[0].perplexity, points[-1].perplexity],
        "tokens_per_second": round(sum(step.tokens for step in steps) / seconds, 1),
        "mfu": round(statistics.fmean(known), 4) if known else None,
        "loader_share": round(statistics.fmean(step.loader_share for step in steps), 4),
        "peak_device_gib": round(trained.peak_device_bytes / 2**30, 2),
        "ok": points[-1].loss < points[0].loss,
    }


def speed(check: Check) -> dict[str, Any]:
    """Real tokens a second beside TRL's SFT script: same model, rows, type, LoRA, checkpointing, rows a step."""
    rounds, steps = (1, 2) if check.dry else (3, 20)
    config = check.config(max_steps=steps, save_every=10_000)
    model = check.model()
    data = check.data(config, model)
    ours, theirs = [], []
    for number in range(rounds):
        trained = check.train(f"speed-{number}-{time.time_ns()}", config.model_copy(update={"validation_rows": 1}))
        kept = trained.history.steps[2:] or trained.history.steps
        ours.append(sum(s.tokens for s in kept) / sum(s.tokens / s.tokens_per_second for s in kept))
        theirs.append(_trl_default(check, config, data, model, steps))
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    return {
        "tokens_per_second": [round(value, 1) for value in ours],
        "trl_tokens_per_second": [round(value, 1) for value in theirs],
        "ratio": round(statistics.median(ratios), 3),
        "ratios": [round(value, 3) for value in ratios],
        "aim": 1.5,
        "steps": steps,
    }


def _trl_default(check: Check, config: TrainConfig, data: Data, model: Path, steps: int) -> float:
    """Non-pad tokens a second of TRL's SFTTrainer as its SFT script starts it, with the same rows in its own order."""
    import torch
    from datasets import Dataset
    from peft import LoraConfig
    from transformers import AutoModelForCausalLM, PrinterCallback, TrainerCallback
    from transformers import Trainer as HfTrainer
    from trl import SFTConfig, SFTTrainer

    gpu = torch.cuda.is_available()
    rows = [{"input_ids": list(row.input_ids), "labels": list(row.labels)} for row in data.train.rows]
    clock: dict[str, Any] = {"tokens": 0, "counting": False}

    class Counting(SFTTrainer):  # type: ignore[misc]
        def training_step(self, net: Any, inputs: Any, *args: Any, **kwargs: Any) -> Any:
            if clock["counting"]:
                clock["tokens"] += int(inputs["attention_mask"].sum())
            return super().training_step(net, inputs, *args, **kwargs)

        def compute_loss(self, net: Any, inputs: Any, *args: Any, **kwargs: Any) -> Any:
            if gpu:
                return super().compute_loss(net, inputs, *args, **kwargs)
            return HfTrainer.compute_loss(self, net, inputs, *args, **kwargs)  # TRL's own needs Triton

    class Clock(TrainerCallback):  # type: ignore[misc]
        def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
            if gpu:
                torch.cuda.synchronize()
            if state.global_step == min(2, steps - 1):
                clock.update(counting=True, started=time.monotonic())
            if state.global_step == steps:
                clock["seconds"] = time.monotonic() - clock["started"]

    trainer = Counting(
        model=AutoModelForCausalLM.from_pretrained(
            str(model), dtype=torch.bfloat16 if gpu else torch.float32, **({"device_map": {"": 0}} if gpu else {})
        ),
        args=SFTConfig(
            output_dir=str(check.work / "trl"),
            per_device_train_batch_size=2,  # with the plan's accumulation, the rows of our step
            gradient_accumulation_steps=STEP_ROWS // 2,
            max_steps=steps,
            max_length=config.max_seq_length,
            learning_rate=config.learning_rate,
            gradient_checkpointing=config.gradient_checkpointing,
            bf16=gpu,
            use_cpu=not gpu,
            seed=SEED,
            save_strategy="no",
            report_to="none",
            disable_tqdm=True,
        ),
        train_dataset=Dataset.from_list(rows),
        peft_config=LoraConfig(
            task_type="CAUSAL_LM",
            r=config.lora_r,
            lora_alpha=config.lora_alpha,
            lora_dropout=config.lora_dropout,
            target_modules=list(config.target_modules),
        ),
        callbacks=[Clock()],
    )
    trainer.remove_callback(PrinterCallback)
    trainer.train()
    return float(clock["tokens"] / clock["seconds"])


def answers(check: Check) -> dict[str, Any]:
    """Base and tuned model answer the benchmark; the answers stay in OUT, to be judged where the verifier is."""
    given = _ask(check)
    cut = {label: sum(each.answer.finish == "length" for each in found) for label, found in given.items()}
    return {"problems": len(next(iter(given.values()))), "cut_at_limit": cut}


def score(check: Check) -> dict[str, Any]:
    """Judge the answers that are in OUT: rates with intervals and the paired difference."""
    from algorand_coder.evaluate.judging import judge_answers
    from algorand_coder.evaluate.scores import score as summarise
    from algorand_coder.records import Level
    from algorand_coder.verify import Verifier

    level = Level.TYPES if check.dry else Level.BEHAVE
    rows = []
    with Verifier(level=level) as verifier:
        for label, found in _ask(check).items():
            questions = [(each.problem, each.conversation) for each in found]
            given = [each.answer for each in found]
            rows += judge_answers(label, questions, given, verifier.check, level)
    names = {"base": check.model_name, "tuned": f"{check.model_name} tuned"}
    figures: dict[str, Any] = summarise(rows, names, bootstrap_samples=2000, seed=SEED)
    return figures


def _ask(check: Check) -> dict[str, list[Any]]:
    from algorand_coder.evaluate.answering import LocalModel
    from algorand_coder.evaluate.config import EvaluateConfig
    from algorand_coder.evaluate.models import specs
    from algorand_coder.evaluate.problems import load_problems, sample
    from algorand_coder.evaluate.rounds import ask
    from algorand_coder.pipeline.progress import Progress

    small = {"most_problems": 2, "max_new_tokens": 16, "batch_size": 2} if check.dry else {"max_new_tokens": 768}
    config = EvaluateConfig(**small)
    problems = sample(load_problems(), config.most_problems)
    progress = Progress(quiet=True)
    found = {}
    for spec in specs(("base", "tuned")):
        adapter = check.work / "sft" / "adapter" if spec.label == "tuned" else None
        saved = check.out / f"answers-{spec.label}.jsonl"
        model = LocalModel(spec.label, str(check.model()), None, adapter, "", config, saved, progress)
        found[spec.label] = ask(model, spec, problems, config, lambda _: [], progress)
    return found


def summary(check: Check) -> dict[str, Any]:
    """All steps that have left figures."""
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(check.out.glob("*.json"))
        if path.stem in STEPS
    }


def _refused(run: Callable[[], Any], expected: str) -> dict[str, Any]:
    try:
        run()
    except UserError as error:
        return {"refused": str(error), "ok": expected in str(error)}
    return {"refused": "", "ok": False}


def _made_up(number: int) -> str:
    lines = "\n".join(f"  const v{i} = await step{number}({i * number})" for i in range(number % 5 + 1))
    messages = [
        {"role": "user", "content": f"Write function number {number}."},
        {"role": "assistant", "content": f"export async function f{number}() {{\n{lines}\n}}"},
    ]
    return json.dumps({"messages": messages, "id": f"row-{number}", "category": "assets", "kind": "client"}) + "\n"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _importable(name: str) -> bool:
    try:
        __import__(name)
    except ImportError:
        return False
    return True


STEPS: dict[str, Callable[[Check], dict[str, Any]]] = {
    step.__name__: step for step in (environment, packing, quantization, experts, sft, speed, answers, score)
}


def main() -> int:
    """Run steps; 1 when one fails or what it checks does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("steps", nargs="+", choices=[*STEPS, "summary"])
    parser.add_argument("--out", required=True)
    parser.add_argument("--model", default="SmolLM2-135M-Instruct")
    parser.add_argument("--data", default="runs/laptop/dataset")
    parser.add_argument("--dry-run", action="store_true")
    arguments = parser.parse_args()
    check = Check(arguments)
    prepare(offline=arguments.dry_run)
    return max(_run(check, step) for step in arguments.steps)


def _run(check: Check, step: str) -> int:
    """One step; its figures go to ``OUT/<step>.json``, or to ``OUT/<step>.failed`` when its check does not hold."""
    quiet_transformers()
    started = time.monotonic()
    try:
        figures = summary(check) if step == "summary" else STEPS[step](check)
    except UserError as error:
        print(f"{step}: {error}", file=sys.stderr)
        return 1
    if step != "summary":
        figures["seconds"] = round(time.monotonic() - started, 1)
    good = figures.get("ok") is not False
    path = check.out / f"{step}.{'json' if good else 'failed'}"
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    os.replace(temporary, path)
    if not good:
        print(f"{step}: {json.dumps(figures)}", file=sys.stderr)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
