"""The curves of a run: event files that TensorBoard reads, the live view, early stopping, answers that type-check."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console

from algorand_coder.errors import MissingTool
from algorand_coder.pipeline.progress import Progress
from algorand_coder.train import probe as probing
from algorand_coder.train.backends import Job, choose
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.history import HeldOut, Step
from algorand_coder.train.live import curve, live_view
from algorand_coder.train.mfu import Work, model_work
from algorand_coder.train.monitor import monitors, scalars
from algorand_coder.train.probe import probe_of
from algorand_coder.train.rows import ChatRow

STEP = Step(3, 0.5, 1e-4, 0.25, 900, 450.0, loader_share=0.01, mfu=0.4, device_bytes=3 * 2**30)
POINT = HeldOut(4, 0.75, 200, {"assets": 0.5}, compiled=3, answered=4)


def test_every_figure_has_a_name() -> None:
    assert scalars(STEP) == {
        "train/loss": 0.5,
        "train/perplexity": pytest.approx(1.6487, abs=1e-4),
        "train/learning_rate": 1e-4,
        "train/grad_norm": 0.25,
        "speed/tokens_per_second": 450.0,
        "speed/loader_share": 0.01,
        "speed/mfu": 0.4,
        "memory/device_gib": 3.0,
    }
    assert scalars(POINT)["validation/compile_rate"] == 0.75
    assert scalars(POINT)["validation/loss_assets"] == 0.5
    assert "validation/compile_rate" not in scalars(replace(POINT, compiled=None))
    assert "speed/mfu" not in scalars(replace(STEP, mfu=None))


def test_event_files_hold_the_curves_and_no_name_of_a_machine(tmp_path: Path) -> None:
    from tensorboardX.proto.event_pb2 import Event
    from tensorboardX.record_writer import RecordWriter  # noqa: F401 - the format that is read below

    for _ in range(2):  # a run and its resumption
        with monitors(TrainConfig(), tmp_path, "name") as watching:
            for each in watching:
                each.step(STEP)
                each.held_out(POINT)
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == ["events.out.tfevents.0000", "events.out.tfevents.0001"]
    found: dict[str, float] = {}
    data = (tmp_path / files[0]).read_bytes()
    while data:  # length (8 bytes), checksum (4), event, checksum (4)
        size = int.from_bytes(data[:8], "little")
        event = Event.FromString(data[12 : 12 + size])
        found |= {value.tag: value.simple_value for value in event.summary.value}
        data = data[16 + size :]
    assert found["train/loss"] == 0.5
    assert found["validation/loss"] == 0.75


def test_a_monitor_that_is_not_installed_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(MissingTool, match=r"'trackio'.*pip install trackio"),
        monitors(TrainConfig(monitors=("trackio",)), tmp_path, "n"),
    ):
        pass


def test_trackio_and_wandb_are_handed_every_figure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Any] = []
    run = SimpleNamespace(log=lambda figures, step: heard.append((figures, step)), finish=lambda: heard.append("end"))
    monkeypatch.setitem(sys.modules, "wandb", SimpleNamespace(init=lambda **_: run))
    monkeypatch.setattr("algorand_coder.train.monitor.find_spec", lambda name: object())
    with monitors(TrainConfig(monitors=("wandb",)), tmp_path, "n") as watching:
        watching[0].step(STEP)
    assert heard == [(scalars(STEP), 3), "end"]


def test_the_live_view_shows_what_a_person_watches() -> None:
    console = Console(force_terminal=True, record=True, width=150, file=open("/dev/null", "w"))  # noqa: SIM115, PTH123
    with live_view(Progress(console), "train", 10) as view:
        assert view is not None
        view.step(STEP)
        view.held_out(POINT)
        with console.capture() as shown:
            console.print(view)
    text = shown.get()
    for expected in ("3/10", "0.5000", "1.65", "1.00e-04", "0.250", "450", "40.0%", "3.0 GiB", "0.7500", "3/4"):
        assert expected in text, expected
    with live_view(Progress(Console(file=sys.stderr)), "train", 10) as none:
        assert none is None


def test_the_curve_rises_and_falls_with_the_values() -> None:
    assert curve(deque([1.0, 2.0, 3.0])) == "▁▅█"
    assert curve(deque([1.0])) == "▁"


def test_utilisation_counts_what_the_paper_counts() -> None:
    """6 N and half of 12 L H Q T in full training; a frozen weight costs a third less (PaLM, appendix B)."""
    full = Work(weights=100.0, trained=100.0, attention_width=8)
    assert full.flops([10]) == 10 * 6 * 100 + 6 * 8 * 100
    assert Work(100.0, 0.0, 8).flops([10]) == 10 * 4 * 100 + 6 * 8 * 100
    assert full.flops([10, 10]) == 2 * full.flops([10])


def test_a_mixture_counts_the_chosen_experts_only(twin_folder: Callable[[str], Path]) -> None:
    from transformers import AutoModelForCausalLM

    model = AutoModelForCausalLM.from_pretrained(twin_folder("qwen3-moe"))
    experts = sum(p.numel() for name, p in model.named_parameters() if ".experts." in name)
    table = model.get_input_embeddings().weight
    rest = sum(p.numel() for p in model.parameters()) - experts
    if model.get_output_embeddings().weight is not table:
        rest -= table.numel()
    config = model.config
    assert model_work(model).weights == pytest.approx(
        rest + experts * config.num_experts_per_tok / config.num_experts, rel=1e-9
    )


EARLY = TrainConfig(
    base_model="twin",
    dtype="float32",
    lora_r=4,
    lora_alpha=8,
    lora_dropout=0.0,
    learning_rate=5e-3,
    lr_scheduler="constant",
    warmup_ratio=0.0,
    batch_size=2,
    gradient_accumulation=1,
    gradient_checkpointing=False,
    eval_every=1,
    early_stopping=2,
)


def test_a_run_that_only_gets_worse_ends_with_its_best_weights(
    twin_job: Callable[[str, TrainConfig], Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from algorand_coder.train.backends import sft

    losses = [2.0, 1.5, 1.0, 1.1, 1.2, 0.5]
    monkeypatch.setattr(sft, "held_out_loss", lambda *_, step, autocast: HeldOut(step, losses[step], 1, {}))
    job = twin_job("qwen2", EARLY)
    trained = choose(EARLY).train(job)
    assert [point.step for point in trained.history.held_out] == [0, 1, 2, 3, 4], "two worse ones end it"
    assert trained.kept_step == 2
    short = EARLY.model_copy(update={"max_steps": 2, "early_stopping": 0})
    (tmp_path / "short").mkdir()
    choose(short).train(replace(job, config=short, work=tmp_path / "short", output=tmp_path / "short" / "adapter"))
    name = "adapter_model.safetensors"
    assert (job.output / name).read_bytes() == (tmp_path / "short" / "adapter" / name).read_bytes()


def test_answers_are_asked_for_and_type_checked(
    twin_folder: Callable[[str], Path], chat_row: Callable[[int], dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    from algorand_coder.records import Level, LevelResult, Outcome, Verdict

    rows = [ChatRow(r["id"], r["category"], tuple(r["messages"]), r["kind"]) for r in map(chat_row, range(6))]
    probe = probe_of(rows, 3, {})
    assert probe is not None
    assert [row.id for row in probe.rows] == ["row-000", "row-005", "row-001"], "the shortest answers"
    assert probe_of([replace(rows[0], kind="")], 3, {}) is None

    folder = twin_folder("qwen2")
    model: Any = AutoModelForCausalLM.from_pretrained(folder).train()
    tokenizer: Any = AutoTokenizer.from_pretrained(folder)
    monkeypatch.setattr(probing, "MAX_NEW_TOKENS", 3)
    before = torch.random.get_rng_state()
    assert len(probe._answers(model, tokenizer)) == 3
    assert model.training
    assert torch.equal(before, torch.random.get_rng_state()), "measuring must not change what is trained"

    outcomes = [Outcome.PASSED, Outcome.FAILED, Outcome.UNJUDGED]

    class Verifier:
        def __init__(self, **_: Any) -> None: ...

        def __enter__(self) -> Verifier:
            return self

        def __exit__(self, *_: object) -> None: ...

        def check(self, asked: list[Any], level: Level) -> list[Verdict]:
            assert [candidate.entry for candidate in asked] == ["main.ts"] * 3
            return [Verdict("key", (LevelResult(level, outcome),)) for outcome in outcomes]

    monkeypatch.setattr("algorand_coder.verify.Verifier", Verifier)
    monkeypatch.setattr(probing.CompileProbe, "_answers", lambda *_: ["```ts\nconst a = 1\n```"] * 3)
    assert probe(model, tokenizer) == (1, 2)
