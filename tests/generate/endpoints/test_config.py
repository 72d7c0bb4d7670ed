"""Models by name, and what they cost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from algorand_coder.errors import UserError
from algorand_coder.generate.endpoints.config import EndpointConfig, configured, resolve
from algorand_coder.generate.endpoints.prices import price_of
from algorand_coder.generate.endpoints.provider import MAX_WAIT, retry_after


def test_the_baselines_are_there_and_every_price_has_a_date_and_a_source() -> None:
    assert set(configured()) == {"qwen3-coder-30b-a3b", "nemotron-3-nano-30b-a3b", "claude-sonnet", "gpt-4o"}
    for name in configured():
        model = resolve(name)
        assert bool(model.price) == bool(model.api_key_env) == (not model.local)
        price = price_of(model.price)
        assert (price.of(1_000_000, 0) > 0) == bool(model.price)
    half = price_of("gpt-4o", batch=True).of(1_000_000, 1_000_000)
    assert half == pytest.approx(price_of("gpt-4o").of(1_000_000, 1_000_000) / 2)
    assert "page, 20" in price_of("gpt-4o").note


def test_any_server_can_be_named_by_its_address() -> None:
    assert resolve("http://10.0.0.5:8000/v1#my/model") == EndpointConfig(
        base_url="http://10.0.0.5:8000/v1", model="my/model"
    )
    assert not resolve("http://10.0.0.5:8000/v1#m").local
    assert all(resolve(f"http://{host}/v1#m").local for host in ("localhost:1", "127.0.0.1:1", "[::1]:1"))
    # A processor may answer here: it is given time, and not more than it can work on at once.
    here, there = resolve("http://localhost:1/v1#m"), resolve("http://10.0.0.5:1/v1#m")
    assert here.timeout_seconds > there.timeout_seconds
    assert here.concurrency < there.concurrency


def test_a_file_of_ones_own_names_models(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("models:\n  small: {base_url: http://localhost:1/v1, model: s, concurency: 3}\n")
    with pytest.raises(UserError, match="unknown key 'concurency'; did you mean 'concurrency'"):
        resolve(f"{path}#small")
    path.write_text("models:\n  small: {base_url: http://localhost:1/v1, model: s, concurrency: 3}\n")
    assert resolve(f"{path}#small").concurrency == 3
    path.write_text("models: [1]\n")
    with pytest.raises(UserError, match="expected 'models:'"):
        resolve(f"{path}#small")
    with pytest.raises(UserError, match="cannot read the models"):
        resolve(f"{tmp_path / 'none.yaml'}#small")


def test_unknown_names_say_what_is_known() -> None:
    with pytest.raises(UserError, match=r"no model 'gpt4o' in models\.yaml; did you mean 'gpt-4o'"):
        resolve("gpt4o")
    with pytest.raises(UserError, match="no price 'gold'"):
        price_of("gold")


@pytest.mark.parametrize(
    ("said", "seconds"), [("3", 3.0), ("0.5", 0.5), ("-1", 0.0), ("99999", MAX_WAIT), ("soon", None), ("nan", None)]
)
def test_waits_are_read_as_they_are_written(said: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": said}) == seconds


def test_a_wait_may_be_a_date() -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=20), usegmt=True)
    found = retry_after({"retry-after": date})
    assert found is not None
    assert 17 < found <= 20
    assert retry_after({}) is None
