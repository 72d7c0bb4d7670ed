"""What lies in an export, that it is all or nothing, and that a hub gets it as it is."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from algorand_coder.cli.export import command
from algorand_coder.errors import MissingTool, UserError
from algorand_coder.generate.chat import ADAPTER_RECORD, chat_template_hash
from algorand_coder.pipeline.manifest import file_hash
from tests.dataset.test_publish import Hub, hub  # noqa: F401

LEVELS = ("parse", "types", "compile")


def export(*arguments: str | Path) -> str:
    done = CliRunner().invoke(command, [str(argument) for argument in arguments])
    if done.exception is not None:
        raise done.exception
    return done.output


def no_llama_cpp(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither on PATH nor built: only what stands beside this interpreter can be called."""
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setenv("ALGORAND_CODER_CACHE", str(tmp_path / "cache"))


def scores(problems: int) -> dict[str, Any]:
    def rates(passed: int) -> dict[str, Any]:
        rate = {"passed": passed, "n": problems, "rate": passed / problems, "low": 0.05, "high": 0.5}
        return {"rates": dict.fromkeys(LEVELS, rate)}

    pair = {"difference": 0.4667, "low": 0.3333, "high": 0.6, "p": 0.0}
    return {
        "problems": problems,
        "samples": 1,
        "synthetic": False,
        "models": {"base": rates(0), "tuned": rates(30)},
        "paired": dict.fromkeys(LEVELS, pair),
    }


def test_an_export_is_a_model_folder_with_card_record_and_checksums(
    small_llama: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (small_llama / "evaluate").mkdir(exist_ok=True)
    (small_llama / "evaluate" / "scores.json").write_text(json.dumps(scores(60)))
    out = tmp_path / "out"
    printed = export(small_llama, "--out", out, "--format", "safetensors", "--format", "adapter")
    assert "model.safetensors" in printed
    from transformers import AutoModelForCausalLM, AutoTokenizer

    assert AutoModelForCausalLM.from_pretrained(str(out)).num_parameters() > 0
    assert AutoTokenizer.from_pretrained(str(out)).chat_template
    lines = [line.split("  ") for line in (out / "SHA256SUMS").read_text().splitlines()]
    sums = {name: digest for digest, name in lines}
    present = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert set(sums) == present - {"SHA256SUMS"}
    assert all(file_hash(out / name) == digest for name, digest in sums.items())
    assert subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=out, check=False).returncode == 0
    saved = small_llama / "train" / "adapter" / "adapter_model.safetensors"
    assert (out / "adapter" / "adapter_model.safetensors").read_bytes() == saved.read_bytes()
    facts = json.loads((out / "export.json").read_text())
    assert (facts["base_precision"], facts["precision"], facts["trained_on"]) == ("float32", "float32", "none")
    assert facts["parity"]["tensors"] == 14
    header, body = (out / "README.md").read_text().split("---\n", 2)[1:]
    assert yaml.safe_load(header)["library_name"] == "transformers"
    for told in (
        "| parse | 0/60, 0 % (5–50 %) | 30/60, 50 % (5–50 %) | +47 (+33 to +60) | < 0.001 |",
        "read this as a smoke test",
        "4,394 instruction pairs",
        "(isc, mit)",
        "365 of those rows (87,988 tokens, 183 steps)",
        "each of\n14 trained tensors differs from the base's",
    ):
        assert told in body
    assert str(small_llama.parent) not in body + json.dumps(facts)
    assert (out / "ATTRIBUTION.md").is_file()


def test_an_adapter_alone_is_exported_without_its_run(small_llama: Path, tmp_path: Path) -> None:
    shutil.copytree(small_llama / "train" / "adapter", tmp_path / "adapter")
    export(tmp_path / "adapter", "--out", tmp_path / "out", "--format", "adapter")
    body = (tmp_path / "out" / "README.md").read_text()
    assert "Not known: the export was made from an adapter without its run folder." in body
    assert "None: the export came with no evaluation" in body
    assert json.loads((tmp_path / "out" / "export.json").read_text())["parity"] is None


def test_a_refused_export_leaves_the_earlier_one_as_it_was(
    small_llama: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(small_llama, "--out", tmp_path / "out", "--format", "adapter")
    before = (tmp_path / "out" / "SHA256SUMS").read_text()
    from algorand_coder.export import parity

    monkeypatch.setattr(parity, "digests", lambda model: {"w": str(id(model))})
    with pytest.raises(UserError, match="tensors changed between merging and reading"):
        export(small_llama, "--out", tmp_path / "out")
    assert (tmp_path / "out" / "SHA256SUMS").read_text() == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_with_other_things_is_never_replaced(small_llama: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(UserError, match="holds something that is no export: give another --out"):
        export(small_llama, "--out", tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def test_what_is_no_adapter_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is neither a run folder with a trained model nor the folder of an adapter"):
        export(tmp_path)


@pytest.fixture
def wholly_trained(small_llama: Path, tmp_path: Path) -> Path:
    """A run folder as ``train.method=full`` leaves it."""
    from transformers import AutoTokenizer

    run = tmp_path / "run"
    shutil.copytree(small_llama.parent / "base", run / "train" / "model")
    shutil.copyfile(small_llama / "train" / "manifest.json", run / "train" / "manifest.json")
    template = chat_template_hash(AutoTokenizer.from_pretrained(str(run / "train" / "model")))
    record: dict[str, Any] = {
        "base_model": "owner/base",
        "base_revision": None,
        "quantization": "none",
        "dtype": "float32",
    }
    record |= {"chat_template_sha256": template, "chat_template_kwargs": {"enable_thinking": False}}
    (run / "train" / "model" / ADAPTER_RECORD).write_text(json.dumps(record))
    return run


def test_a_run_that_trained_every_weight_is_copied(wholly_trained: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file

    out = tmp_path / "out"
    printed = export(wholly_trained, "--out", out)
    assert "model.safetensors" in printed
    trained = load_file(wholly_trained / "train" / "model" / "model.safetensors")
    written = load_file(out / "model.safetensors")
    assert trained.keys() == written.keys()
    assert all((trained[name] == written[name]).all() for name in trained)
    facts = json.loads((out / "export.json").read_text())
    assert (facts["base"], facts["precision"], facts["parity"], facts["adapter_sha256"]) == (
        "owner/base",
        "float32",
        None,
        None,
    )
    assert json.loads((out / ADAPTER_RECORD).read_text())["chat_template_kwargs"] == {"enable_thinking": False}
    card = (out / "README.md").read_text()
    assert "owner/base, fine-tuned in every weight" in card
    assert "LoRA" not in card and "adapter" not in card.partition("## Reproduce")[0]
    with pytest.raises(UserError, match="is neither a run folder"):
        export(out, "--out", tmp_path / "again")


def test_there_is_no_adapter_of_a_run_that_trained_every_weight(wholly_trained: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there is no adapter for --format adapter-gguf; take safetensors"):
        export(wholly_trained, "--out", tmp_path / "out", "--format", "adapter-gguf")
    assert not (tmp_path / "out").exists()


def test_a_wholly_trained_model_with_another_template_is_refused(wholly_trained: Path, tmp_path: Path) -> None:
    template = wholly_trained / "train" / "model" / "chat_template.jinja"
    template.write_text(template.read_text() + " ")
    with pytest.raises(UserError, match="another chat template"):
        export(wholly_trained, "--out", tmp_path / "out")


def test_a_missing_quantiser_is_told_before_any_work(
    small_llama: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_llama_cpp(monkeypatch, tmp_path)
    with pytest.raises(MissingTool, match="llama-quantize is not installed: run 'algorand-coder export --build"):
        export(small_llama, "--out", tmp_path / "out", "--format", "q4_k_m")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("form", ["adapter", "safetensors"])
def test_a_hub_gets_the_files_as_they_are(hub: Hub, small_llama: Path, tmp_path: Path, form: str) -> None:  # noqa: F811
    out = tmp_path / "out"
    printed = export(small_llama, "--out", out, "--format", form, "--push", "me/model", "--endpoint", hub.address)
    assert "files sent to" in printed
    assert hub.created[0].get("type", "model") == "model"
    assert set(hub.files) == {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    for name, content in hub.files.items():
        assert content == (out / name).read_bytes()


def test_a_hub_that_refuses_is_one_line(hub: Hub, small_llama: Path, tmp_path: Path) -> None:  # noqa: F811
    hub.refuses = True
    with pytest.raises(UserError, match="hf auth login"):
        export(small_llama, "--out", tmp_path / "o", "--format", "adapter", "--push", "me/m", "--endpoint", hub.address)


def test_a_place_that_is_none_is_told_before_any_work(small_llama: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="give OWNER/NAME"):
        export(small_llama, "--out", tmp_path / "out", "--push", "model")
    assert not (tmp_path / "out").exists()
