from __future__ import annotations

import os

import pytest

from algorand_coder.generate import environment


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*environment._QUIET, *environment._OFFLINE):
        monkeypatch.setenv(name, "before")  # so that monkeypatch restores whatever the test leaves
        monkeypatch.delenv(name)
    monkeypatch.setattr(environment, "_set_by_us", set())


def test_telemetry_is_off_and_local_weights_forbid_the_network() -> None:
    environment.prepare(offline=True)
    assert os.environ["HF_HUB_DISABLE_TELEMETRY"] == "1"
    assert os.environ["HF_HUB_OFFLINE"] == "1"
    from huggingface_hub import constants

    assert constants.HF_HUB_DISABLE_TELEMETRY
    environment.prepare(offline=True)
    assert constants.HF_HUB_OFFLINE


def test_a_hub_model_takes_our_own_offline_back() -> None:
    environment.prepare(offline=True)
    environment.prepare()
    assert "HF_HUB_OFFLINE" not in os.environ


def test_what_the_user_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("WANDB_MODE", "online")
    environment.prepare()
    assert os.environ["HF_HUB_OFFLINE"] == "1"
    assert os.environ["WANDB_MODE"] == "online"
