"""Serving from a rented GPU: what is rendered is read by the platforms' own tools, and asks everybody for a key."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from algorand_coder.cli import launch as cli
from algorand_coder.cli import serve as serve_cli
from algorand_coder.errors import UserError
from algorand_coder.generate.chat import ADAPTER_RECORD
from algorand_coder.launch.deployment import VLLM, deployment
from algorand_coder.launch.fits import expect_serving_fit
from algorand_coder.launch.order import gpu
from algorand_coder.serve.start import KEYS_VARIABLE
from tests.launch.conftest import read

KEY = "a-key-that-is-long-enough"
SEVEN = "Qwen/Qwen2.5-Coder-7B-Instruct"
SHAPE = {
    "model_type": "qwen2",
    "hidden_size": 64,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "num_hidden_layers": 2,
    "max_position_embeddings": 4096,
}
COMPOSE = Path(__file__).parent.parent.parent / "integrations/container/compose.yaml"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout, an exported folder in it, and a key in the environment."""
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "runs/mine/export").mkdir(parents=True)
    (tmp_path / "runs/mine/export/config.json").write_text(json.dumps(SHAPE))
    (tmp_path / "runs/mine/export/model.safetensors").write_bytes(b"0" * 1000)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(KEYS_VARIABLE, KEY)
    monkeypatch.delenv("HF_TOKEN", raising=False)
    return tmp_path


def launch(model: str, *arguments: str) -> str:
    return CliRunner().invoke(cli.command, ["serve", model, *arguments], catch_exceptions=False).output


def adapter(folder: Path, base: str, **config: object) -> str:
    folder.mkdir(parents=True)
    (folder / "adapter_config.json").write_text(json.dumps({"base_model_name_or_path": base, "r": 8, **config}))
    (folder / "adapter_model.safetensors").write_bytes(b"0" * 1000)
    return str(folder)


@pytest.mark.parametrize("platform", ["runpod", "modal", "kubernetes"])
def test_nothing_is_rendered_for_a_service_without_a_key(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.delenv(KEYS_VARIABLE)
    with pytest.raises(UserError, match=f"export {KEYS_VARIABLE}="):
        launch("owner/name", "--on", platform)
    monkeypatch.setenv(KEYS_VARIABLE, "short")
    with pytest.raises(UserError, match="needs 16 or more"):
        launch("owner/name", "--on", platform)
    assert not (checkout / "runs/launch").exists()


@pytest.mark.parametrize("platform", ["runpod", "modal"])
def test_no_key_stands_in_what_is_rendered_or_called(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_something_secret")
    shown = launch("owner/name", "--on", platform, "--dry-run")
    assert KEYS_VARIABLE in shown and "HF_TOKEN" in shown
    assert KEY not in shown and "hf_something_secret" not in shown
    assert "HF_TOKEN" not in launch("runs/mine/export", "--on", platform, "--dry-run")


def test_a_dry_run_shows_need_cost_and_commands_and_rents_nothing(checkout: Path) -> None:
    shown = launch(SEVEN, "--on", "runpod", "--gpu", "A100", "--dry-run")
    assert "needs 17.4 GiB (14.2 GiB of weights, 1.8 for a context of 32,768 tokens)" in shown
    assert "$1.89 an hour (the project's plan, 2026-01) while it runs; it stops 20 minutes" in shown
    assert f"sky serve up -y -n algorand-coder-serve-qwen-qwen2-5-coder-7b-instruct --secret {KEYS_VARIABLE}" in shown
    assert "plain HTTP" in shown
    assert "no price on file" in launch(SEVEN, "--on", "lambda", "--dry-run")
    assert not (checkout / "runs/launch").exists()


def test_a_folder_is_sent_before_it_is_served(checkout: Path) -> None:
    task = yaml.safe_load(launch("runs/mine/export", "--on", "runpod", "--dry-run").partition("\nneeds ")[0])
    assert task["file_mounts"] == {"~/model": "runs/mine/export"}
    assert "serve '~/model' --engine vllm --engine-arg=--max-model-len=4096" in task["run"]
    shown = launch("runs/mine/export", "--on", "modal", "--dry-run")
    assert "modal volume put --force algorand-coder-weights runs/mine/export /algorand-coder-serve-mine" in shown
    assert "serve /weights/algorand-coder-serve-mine --engine vllm" in shown


def test_the_rendered_command_is_one_that_serve_takes(checkout: Path) -> None:
    found = deployment(SEVEN, gpu("L40S"), 8192, {KEYS_VARIABLE: KEY})
    words = shlex.split(found.command(SEVEN))
    assert words[:2] == [".venv/bin/algorand-coder", "serve"]
    given = serve_cli.command.make_context("serve", words[2:]).params
    assert (given["model"], given["engine"], given["arguments"]) == (SEVEN, "vllm", ("--max-model-len=8192",))
    assert (given["host"], given["without_keys"]) == ("0.0.0.0", False)


def test_what_does_not_fit_is_refused_with_what_to_change(checkout: Path) -> None:
    with pytest.raises(UserError, match=r"weights.* takes 36\.0 of one A100: give a larger --gpu"):
        launch("Qwen/Qwen3-Coder-30B-A3B-Instruct", "--on", "modal", "--gpu", "A100")
    with pytest.raises(UserError, match="give a smaller --context or"):
        launch("Qwen/Qwen3-Coder-30B-A3B-Instruct", "--on", "modal", "--context", "262144")
    assert "memory not checked: nothing is known of the shape of owner/name" in launch(
        "owner/name", "--on", "modal", "--dry-run"
    )


def test_an_adapter_counts_with_its_base(checkout: Path) -> None:
    folder = adapter(checkout / "adapter", SEVEN)
    found = deployment(folder, gpu("A100"), None, {KEYS_VARIABLE: KEY})
    assert (found.base, found.context) == (SEVEN, 32_768)
    assert "14.2 GiB of weights" in expect_serving_fit(found)


def test_of_a_run_what_it_trained_is_sent(checkout: Path) -> None:
    adapter(checkout / "runs/mine/train/adapter", SEVEN)
    found = deployment("runs/mine", gpu("A100"), None, {KEYS_VARIABLE: KEY})
    assert (found.folder, found.name) == (Path("runs/mine/train/adapter"), "algorand-coder-serve-mine")


@pytest.mark.parametrize(
    ("model", "line"),
    [
        ("model.gguf", "vLLM serves folders"),
        ("empty", "holds no model"),
        ("./nowhere", "no such folder"),
        ("embedded", "its base model is on no hub"),
        ("experts", "export it merged, and serve that"),
        ("other-template", "is not the chat template the weights were trained under"),
    ],
)
def test_what_vllm_could_not_serve_is_refused(checkout: Path, model: str, line: str) -> None:
    (checkout / "model.gguf").touch()
    (checkout / "empty").mkdir()
    adapter(checkout / "embedded", "SmolLM2-135M-Instruct")
    adapter(checkout / "experts", SEVEN, target_parameters=["mlp.experts.down_proj"])
    other = Path(adapter(checkout / "other-template", SEVEN))
    (other / ADAPTER_RECORD).write_text(json.dumps({"base_model": SEVEN, "chat_template_sha256": "0" * 64}))
    with pytest.raises(UserError, match=line):
        launch(model, "--on", "runpod")


def test_the_version_of_vllm_is_the_container_files() -> None:
    assert yaml.safe_load(COMPOSE.read_text())["services"]["engine"]["image"].endswith(f":v{VLLM}")


@pytest.mark.slow
def test_the_platforms_own_tools_read_what_is_rendered(
    tools: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("algorand_coder.launch.carry_out.carry_out", lambda plan: None)
    for platform in ("runpod", "modal"):
        launch("runs/mine/export", "--on", platform, "--gpu", "L40S")
    rendered = [next((checkout / "runs/launch").glob(f"*-{platform}.*")) for platform in ("runpod", "modal")]
    sky, modal = read(tools, rendered, checkout)
    assert sky["name"] == modal["name"] == "algorand-coder-serve-mine"
    assert (sky["cloud"], sky["accelerators"], sky["ports"]) == ("runpod", {"L40S": 1}, ["8800"])
    assert sky["service"] == {"probe": "/readyz", "replicas": [0, 1], "idle_seconds": 1200}
    assert sky["mounts"] == {"~/model": "runs/mine/export"}
    assert modal["functions"] == {
        "serve": {
            "gpus": [["L40S", 1]],
            "volumes": {"/weights": "algorand-coder-weights"},
            "secrets": [f"Secret.from_dict([{KEYS_VARIABLE}])"],
            "seconds": [2700, 660],
            "port": 8800,
        }
    }
