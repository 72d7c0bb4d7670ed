"""Which backend trains, why one is refused, and what Unsloth would be told: it needs a GPU, so a stand-in listens."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from algorand_coder.errors import UserError
from algorand_coder.train.backends import Job, choose, pins, unsloth
from algorand_coder.train.backends.heldout import held_out_by_model, held_out_loss
from algorand_coder.train.backends.trl import TrlBackend
from algorand_coder.train.backends.unsloth import UnslothBackend, adapter_arguments, load_arguments
from algorand_coder.train.config import TrainConfig

NF4 = TrainConfig(quantization="nf4", lora_dropout=0.0)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Unsloth and its zoo as if installed on a machine with a GPU; what they require can be set."""
    declared: dict[str, list[str]] = {"unsloth": ["torch>=2.4", "trl<=1.15.0"], "unsloth_zoo": []}
    real_requires, real_find = importlib.metadata.requires, importlib.util.find_spec
    monkeypatch.setattr(pins, "requires", lambda name: declared.get(name) or real_requires(name))
    monkeypatch.setattr(unsloth, "find_spec", lambda name: object() if name == "unsloth" else real_find(name))
    monkeypatch.setattr(unsloth, "device_name", lambda: "cuda")
    declared["unsloth_zoo"] = ["peft>=0.18"]
    return declared


def test_trl_trains_where_there_is_nothing_else() -> None:
    assert choose(TrainConfig()).name == "trl"
    assert TrlBackend().missing() == ""


def test_auto_prefers_unsloth_where_it_can_run(installed: dict[str, list[str]]) -> None:
    assert choose(NF4).name == "unsloth"
    assert choose(NF4).quantizes_experts
    assert choose(NF4.model_copy(update={"packing": True})).name == "trl"
    assert choose(TrainConfig(method="full")).name == "trl"
    installed["unsloth"] = ["transformers<5"]
    assert choose(NF4).name == "trl"


def test_versions_that_do_not_fit_are_named(installed: dict[str, list[str]]) -> None:
    installed["unsloth"] = ["transformers<5", "trl>=1", "no-such-package>=1", "certifi>9999; extra == 'studio'"]
    line = UnslothBackend().missing()
    assert "transformers 5" in line and "(needs <5)" in line
    assert "no-such-package missing" in line
    assert "trl" not in line.replace("constraints", "") and "certifi" not in line
    with pytest.raises(UserError, match=r"'unsloth' is not ready: unsloth does not fit what is installed") as raised:
        choose(NF4.model_copy(update={"backend": "unsloth"}))
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"packing": True}, r"train\.packing=false"),
        ({"method": "full", "quantization": "none"}, r"train\.method=lora"),
    ],
)
def test_recipes_it_cannot_run_are_refused(
    changes: dict[str, Any], reason: str, installed: dict[str, list[str]]
) -> None:
    with pytest.raises(UserError, match=reason):
        choose(NF4.model_copy(update={"backend": "unsloth", **changes}))


def test_several_processes_are_refused(installed: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unsloth, "world", lambda: 2)
    assert choose(NF4).name == "trl"
    with pytest.raises(UserError, match="one GPU"):
        choose(NF4.model_copy(update={"backend": "unsloth"}))


def test_without_a_gpu_or_the_package_the_line_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match=r"unsloth missing, run 'pip install -c constraints/unsloth\.txt"):
        choose(TrainConfig(backend="unsloth"))
    monkeypatch.setattr(unsloth, "find_spec", lambda name: object())
    monkeypatch.setattr(unsloth, "mismatches", lambda name: [])
    assert "needs a GPU" in UnslothBackend().missing()


class Listener:
    """Stands for ``unsloth``: keeps what it is told and gives the twin, with PEFT's own adapter."""

    def __init__(self, quantized: bool) -> None:
        self.told: dict[str, dict[str, Any]] = {}
        self.quantized = quantized
        self.FastLanguageModel = SimpleNamespace(from_pretrained=self.load, get_peft_model=self.adapt)

    def load(self, **told: Any) -> tuple[Any, Any]:
        import torch
        from transformers import AutoModelForCausalLM

        self.told["load"] = told
        return AutoModelForCausalLM.from_pretrained(told["model_name"], dtype=torch.float32), None

    def adapt(self, model: Any, **told: Any) -> Any:
        from peft import LoraConfig, get_peft_model

        self.told["adapt"] = told
        kept = {name: value for name, value in told.items() if name in LoraConfig.__dataclass_fields__}
        return get_peft_model(model, LoraConfig(task_type="CAUSAL_LM", **kept))


@pytest.fixture
def job(twin_job: Callable[[str, TrainConfig], Job]) -> Job:
    config = TrainConfig(
        base_model="twin", dtype="float32", lora_r=4, lora_alpha=8, lora_dropout=0.0, max_steps=2, learning_rate=5e-3
    )
    return twin_job("qwen2", config)


def test_the_recipe_reaches_unsloth_and_ours_do_the_rest(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    listener = Listener(quantized=False)
    monkeypatch.setitem(sys.modules, "unsloth", listener)
    monkeypatch.setattr(unsloth, "PACKAGES", ("torch", "trl"))
    trained = UnslothBackend().train(job)
    told = listener.told
    assert told["load"]["model_name"] == str(job.model_dir)
    assert told["load"]["load_in_16bit"] and not told["load"]["load_in_4bit"]
    assert told["load"]["use_exact_model_name"], "another upload could be loaded in the place of the pinned weights"
    assert (told["adapt"]["r"], told["adapt"]["lora_alpha"]) == (4, 8)
    assert told["adapt"]["target_modules"] == ["q_proj", "k_proj", "v_proj", "o_proj"]
    assert len(trained.history.steps) == 2
    assert (job.output / "adapter_model.safetensors").is_file()
    from algorand_coder.train.backends.trl import TrlBackend

    plain = TrlBackend().train(Job(**{**vars(job), "work": job.work / "plain", "output": job.work / "adapter"}))
    assert trained.history.held_out[0].loss == pytest.approx(plain.history.held_out[0].loss, abs=1e-5)


def test_experts_left_in_16_bit_stop_the_run(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "unsloth", Listener(quantized=False))
    config = job.config.model_copy(update={"quantization": "nf4", "dtype": "auto"})
    with pytest.raises(UserError, match="nf4 was asked for, but"):
        unsloth._build(Job(**{**vars(job), "config": config}), {})


def test_arguments_of_a_qlora_recipe_with_experts() -> None:
    config = TrainConfig(
        quantization="nf4", lora_dropout=0.0, target_parameters=("mlp.experts.down_proj",), lora_r_experts=2
    )
    job = Job(Path("model"), config, (), (), (), 7, Path(), Path())
    loading, adapting = load_arguments(job), adapter_arguments(job)
    assert loading["load_in_4bit"] and not loading["load_in_16bit"]
    assert loading["use_gradient_checkpointing"] == adapting["use_gradient_checkpointing"] == "unsloth"
    assert loading["random_state"] == adapting["random_state"] == 7
    assert adapting["target_parameters"] == ["mlp.experts.down_proj"]
    assert list(adapting["rank_pattern"].values()) == [2]


def test_it_must_come_before_trl(monkeypatch: pytest.MonkeyPatch) -> None:
    import trl  # noqa: F401

    monkeypatch.delitem(sys.modules, "unsloth", raising=False)
    with pytest.raises(UserError, match="before TRL"):
        unsloth._first()


def test_the_loss_of_a_model_is_the_sum_over_its_tokens(job: Job) -> None:
    from contextlib import nullcontext

    import torch
    from transformers import AutoModelForCausalLM
    from trl.trainer.sft_trainer import DataCollatorForLanguageModeling

    model = AutoModelForCausalLM.from_pretrained(job.model_dir, dtype=torch.float32)
    collate = DataCollatorForLanguageModeling(pad_token_id=0)
    one = held_out_by_model(model, job.validation, step=0, autocast=nullcontext)
    other = held_out_loss(model, job.validation, collate, step=0, autocast=nullcontext)
    assert one.tokens == other.tokens
    assert one.loss == pytest.approx(other.loss, abs=2e-6)
    assert one.by_category == pytest.approx(other.by_category, abs=2e-6)
