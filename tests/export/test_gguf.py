"""llama.cpp's converters run as they are, and what they write is read again; its programs run where they are built."""

from __future__ import annotations

import json
import shutil
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.errors import UserError
from algorand_coder.export import gguf, smoke
from algorand_coder.export.exporting import Order, export
from algorand_coder.export.source import find
from algorand_coder.generate import llama_cpp
from algorand_coder.generate.chat import ADAPTER_RECORD, chat_template_hash
from tests.export.conftest import Adapted


def quiet(_: str) -> None:
    pass


@pytest.fixture(scope="session")
def converted(small_llama: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("gguf") / "out"
    export(Order(find(small_llama), ("q8_0", "ollama", "adapter-gguf"), "base", "small"), out, quiet)
    return out


@pytest.fixture(scope="session")
def reader(converted: Path) -> Any:
    from gguf import GGUFReader

    return GGUFReader(str(converted / "small-Q8_0.gguf"))


@pytest.mark.slow
def test_the_converter_keeps_the_weights(reader: Any, small_llama: Path) -> None:
    import numpy as np
    from gguf.quants import dequantize
    from safetensors.numpy import load_file

    assert reader.get_field("general.architecture").contents() == "llama"
    tensors = {tensor.name: tensor for tensor in reader.tensors}
    base = load_file(str(small_llama.parent / "base" / "model.safetensors"))["model.layers.1.mlp.down_proj.weight"]
    adapter = load_file(str(small_llama / "train" / "adapter" / "adapter_model.safetensors"))
    prefix = "base_model.model.model.layers.1.mlp.down_proj.lora_"
    # lora_alpha 8 over r 4
    wanted = base + 2 * adapter[f"{prefix}B.weight"] @ adapter[f"{prefix}A.weight"]
    found = tensors["blk.1.ffn_down.weight"]
    got = dequantize(found.data, found.tensor_type).reshape(wanted.shape)
    assert np.abs(got - wanted).max() < np.abs(wanted).max() / 100
    assert np.abs(got - base).max() > np.abs(wanted).max() / 10


@pytest.mark.slow
def test_a_modelfile_names_the_weights_beside_it(converted: Path) -> None:
    text = (converted / "Modelfile").read_text()
    assert text.startswith("FROM ./small-Q8_0.gguf\n")
    assert 'PARAMETER stop "<|im_end|>"' in text
    assert "PARAMETER num_ctx 2048" in text


@pytest.mark.slow
def test_an_adapter_in_gguf_has_both_matrices_of_each_layer(converted: Path) -> None:
    from gguf import GGUFReader

    reader = GGUFReader(str(converted / "small-adapter-F16.gguf"))
    assert reader.get_field("adapter.lora.alpha").contents() == 8
    assert len(reader.tensors) == 28


@pytest.mark.slow
def test_another_type_or_template_than_asked_for_is_refused(
    converted: Path, reader: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gguf, "_reader", lambda path: reader)
    template = json.loads((converted / "export.json").read_text())["chat_template_sha256"]
    gguf.check(Path("m.gguf"), "q8_0", template)
    with pytest.raises(UserError, match=r"m\.gguf is not F16"):
        gguf.check(Path("m.gguf"), "f16", template)
    with pytest.raises(UserError, match="another chat template"):
        gguf.check(Path("m.gguf"), "q8_0", "f" * 64)


def test_an_adapter_on_experts_is_refused_as_gguf(adapted: Adapted, tmp_path: Path) -> None:
    adapter = adapted("qwen3-moe")
    with pytest.raises(UserError, match=r"trains fused experts \(mlp\.experts\."):
        gguf.write_adapter(adapter, adapter.parent / "base", tmp_path / "a.gguf", quiet)


def test_a_converter_that_fails_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "convert.py").write_text("raise SystemExit('first\\nno such architecture')")
    monkeypatch.setattr(llama_cpp, "sources", lambda note: tmp_path)
    with pytest.raises(UserError, match=r"^llama\.cpp's convert\.py failed: no such architecture$"):
        llama_cpp.convert("convert.py", [], quiet)


@pytest.fixture
def programs() -> None:
    """Compiled, they take ten minutes, which is more than they are worth in CI: tests of them run where they are."""
    missing = [name for name in llama_cpp.PROGRAMS if llama_cpp.program(name) is None]
    if missing:
        pytest.skip(f"{missing[0]} is not installed: {llama_cpp.INSTALL}")


@pytest.mark.slow
@pytest.mark.usefixtures("programs")
def test_from_adapter_to_an_answer(small_llama: Path, tmp_path: Path, serving: Any) -> None:
    """Export, quantise, compare with the original, serve, ask: the whole way with llama.cpp's own programs."""
    out = tmp_path / "out"
    facts = export(Order(find(small_llama), ("f16", "q4_k_m", "ollama"), "base", "small"), out, quiet)
    assert set(facts["smoke"]) >= {"small-F16.gguf", "small-Q4_K_M.gguf"}
    assert facts["smoke"]["small-F16.gguf"]["shared"] > 0.5
    assert (out / "Modelfile").read_text().startswith("FROM ./small-Q4_K_M.gguf\n")
    address = serving(out / "small-Q4_K_M.gguf")
    question = {"role": "user", "content": "Write a contract."}
    body = {"model": "algorand-coder", "messages": [question], "max_tokens": 8}
    request = urllib.request.Request(
        f"{address}/v1/chat/completions", json.dumps(body).encode(), {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        said = json.load(answer)
    assert said["usage"]["completion_tokens"] > 0
    assert said["choices"][0]["finish_reason"] in {"stop", "length"}


@pytest.fixture
def thinking(small_llama: Path, tmp_path: Path) -> Path:
    """An adapter trained with thinking switched off, on a base whose template thinks unless it is told not to."""
    from transformers import AutoTokenizer

    base, adapter = tmp_path / "base", tmp_path / "adapter"
    shutil.copytree(small_llama.parent / "base", base)
    shutil.copytree(small_llama / "train" / "adapter", adapter)
    template = (base / "chat_template.jinja").read_text()
    opening = "{% if add_generation_prompt and enable_thinking is not false %}{{ 'Let me think about it.' }}{% endif %}"
    (base / "chat_template.jinja").write_text(template + opening)
    tokenizer: Any = AutoTokenizer.from_pretrained(str(base))
    record = json.loads((adapter / ADAPTER_RECORD).read_text())
    record |= {"base_model": str(base), "chat_template_sha256": chat_template_hash(tokenizer)}
    (adapter / ADAPTER_RECORD).write_text(json.dumps({**record, "chat_template_kwargs": {"enable_thinking": False}}))
    return adapter


@pytest.mark.slow
@pytest.mark.usefixtures("programs")
def test_llama_cpp_gives_the_template_what_training_gave_it(thinking: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    facts = export(Order(find(thinking), ("q8_0",), "base", "small"), out, quiet)
    assert json.loads((out / ADAPTER_RECORD).read_text())["chat_template_kwargs"] == {"enable_thinking": False}
    assert "small-Q8_0.gguf" in facts["smoke"]
    (out / ADAPTER_RECORD).unlink()
    expected = smoke.original(tmp_path / "base", thinking)
    with pytest.raises(UserError, match="its template or tokenizer is another one"):
        smoke.llama_server(out / "small-Q8_0.gguf", expected)


@pytest.fixture
def serving() -> Iterator[Any]:
    """``serving(weights)`` runs ``algorand-coder serve`` over them and is its address."""
    import signal
    import subprocess
    import sys
    import time

    started: list[subprocess.Popen[str]] = []

    def serve(weights: Path) -> str:
        line = [sys.executable, "-m", "algorand_coder.cli", "serve", str(weights), "--port", "0"]
        process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        started.append(process)
        assert process.stdout is not None
        address = process.stdout.readline().split(" at ")[1].split(";")[0]
        threading.Thread(target=process.stdout.read, daemon=True).start()
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"{address}/readyz", timeout=2):
                    return address
            except OSError:
                time.sleep(0.2)
        raise AssertionError("the server never became ready")

    yield serve
    for process in started:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
