"""The chat template of the training travels with the adapter; whatever loads that holds its own against it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.errors import UserError
from algorand_coder.evaluate.answering import LocalAnswerer
from algorand_coder.export.merge import merge
from algorand_coder.export.source import Source as ExportSource
from algorand_coder.generate.chat import ADAPTER_RECORD, ADAPTER_TEMPLATE, adapter_template, chat_template_hash
from algorand_coder.serve.engines import local, vllm
from algorand_coder.serve.engines.choosing import Source
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.record import write_record

SWITCHES = {"enable_thinking": False}


@pytest.fixture
def adapter(twin_folder: Callable[[str], Path], tmp_path: Path) -> Path:
    """A random adapter of Nemotron's twin with its record."""
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM, AutoTokenizer

    base = twin_folder("nemotron-h")
    wanted = LoraConfig(r=2, target_modules=["q_proj"], task_type="CAUSAL_LM", init_lora_weights=False)
    get_peft_model(AutoModelForCausalLM.from_pretrained(base), wanted).save_pretrained(tmp_path / "adapter")
    tokenizer: Any = AutoTokenizer.from_pretrained(base)
    recipe = TrainConfig(base_model=str(base), chat_template_kwargs=SWITCHES)
    record = write_record(tmp_path / "adapter", tokenizer, recipe, "float32")
    assert record["chat_template_sha256"] == chat_template_hash(tokenizer)
    return tmp_path / "adapter"


def evaluate(base: Path, adapter: Path) -> None:
    LocalAnswerer(base, adapter, 4, 1)


def serve(base: Path, adapter: Path) -> None:
    engine: Any = local.make(Source(str(base), "", str(adapter), 2), (), 1, 1)
    engine._load(base)
    assert engine._engine.switches == SWITCHES


def export(base: Path, adapter: Path) -> None:
    record = json.loads((adapter / ADAPTER_RECORD).read_text())
    source = ExportSource(adapter=adapter, base=str(base), revision=None, record=record, run=None)
    merge(source, adapter.parent / "merged", "float32", lambda _: None)


@pytest.mark.parametrize("use", [evaluate, serve, export])
def test_an_adapter_is_used_under_its_own_template_or_not_at_all(
    use: Callable[[Path, Path], None], adapter: Path, twin_folder: Callable[[str], Path], tmp_path: Path
) -> None:
    use(twin_folder("nemotron-h"), adapter)
    other = shutil.copytree(twin_folder("nemotron-h"), tmp_path / "other")
    (other / "chat_template.jinja").write_text((other / "chat_template.jinja").read_text() + " ")
    with pytest.raises(UserError, match="another chat template"):
        use(other, adapter)


def command(adapter: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    return list(vllm.make(Source("owner/base", "", str(adapter), 2), (), 1, 1)._command(1))


def test_vllm_is_given_the_template_and_the_switches(adapter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = command(adapter, monkeypatch)
    assert line[line.index("--chat-template") + 1] == str(adapter / ADAPTER_TEMPLATE)
    assert json.loads(line[line.index("--default-chat-template-kwargs") + 1]) == SWITCHES
    (adapter / ADAPTER_TEMPLATE).write_text("another")
    with pytest.raises(UserError, match="is not the chat template the weights were trained under"):
        command(adapter, monkeypatch)
    (adapter / ADAPTER_TEMPLATE).unlink()
    with pytest.raises(UserError, match="is not the chat template"):
        command(adapter, monkeypatch)
    (adapter / ADAPTER_RECORD).unlink()
    assert adapter_template(adapter) is None
    assert "--chat-template" not in command(adapter, monkeypatch)


def test_vllm_is_not_given_an_adapter_whose_experts_it_drops(adapter: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = json.loads((adapter / "adapter_config.json").read_text())
    config["target_parameters"] = ["mixer.experts.up_proj"]
    (adapter / "adapter_config.json").write_text(json.dumps(config))
    with pytest.raises(UserError, match=r"vLLM drops the experts of .*: export it merged"):
        command(adapter, monkeypatch)
