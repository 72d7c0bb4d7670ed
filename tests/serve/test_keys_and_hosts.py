"""Who may ask, and from where."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from algorand_coder.cli.serve import command
from algorand_coder.errors import UserError
from algorand_coder.serve import guard, start
from tests.serve.conftest import Factory

KEY, OTHER = "k" * 20, "o" * 20


def test_a_key_is_needed_where_keys_are_set(make_stand: Factory) -> None:
    with make_stand(keys=[KEY, OTHER]) as gateway:
        for path in ("/v1/models", "/metrics", "/v1/nothing"):
            answer = gateway.client.get(path)
            assert (answer.status_code, answer.json()["error"]["code"]) == (401, "invalid_api_key")
            assert answer.headers["www-authenticate"] == "Bearer"
        for path in ("/", "/healthz", "/readyz", "/openapi.json", "/v1/info"):
            assert gateway.client.get(path).status_code == 200
        for headers in ({"authorization": f"Bearer {KEY}"}, {"authorization": f"bearer {OTHER}"}, {"x-api-key": KEY}):
            assert gateway.client.get("/v1/models", headers=headers).status_code == 200
        for wrong in (f"Bearer {KEY}x", f"Basic {KEY}", KEY, "Bearer", f"Bearer {KEY[:-1]}"):
            assert gateway.client.get("/v1/models", headers={"authorization": wrong}).status_code == 401
        assert gateway.client.get("/openapi.json").json()["security"] == [{"key": []}]


def test_the_clients_key_never_reaches_the_engine(make_stand: Factory) -> None:
    with make_stand(keys=[KEY]) as gateway:
        gateway.client.headers["authorization"] = f"Bearer {KEY}"
        assert gateway.chat("hello").status_code == 200
        assert gateway.script.authorization == [""]


def test_every_key_is_compared_whichever_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []

    def compare(one: bytes, two: bytes) -> bool:
        compared.append((one, two))
        return one == two

    monkeypatch.setattr(guard, "compare_digest", compare)
    keys = guard.Keys([KEY, OTHER, "third" * 5])
    for asked, allowed in ((KEY, True), ("x", False), ("third" * 5, True)):
        compared.clear()
        assert keys.allows(asked) is allowed
        assert len(compared) == 3
        assert {len(side) for pair in compared for side in pair} == {32}
    assert KEY not in str(vars(keys))


def test_another_host_name_is_not_answered(make_stand: Factory) -> None:
    with make_stand() as gateway:
        for host, status in (
            ("localhost", 200),
            ("127.0.0.1:99", 200),
            ("[::1]:8", 200),
            ("evil.example", 421),
            ("", 421),
        ):
            assert gateway.client.get("/healthz", headers={"host": host}).status_code == status, host


def test_a_page_elsewhere_cannot_post_without_asking(make_stand: Factory) -> None:
    with make_stand() as gateway:
        simple = gateway.client.post("/v1/check", content=b"{}", headers={"content-type": "text/plain"})
        assert simple.status_code == 415
        asking = gateway.client.options(
            "/v1/check", headers={"origin": "http://evil", "access-control-request-method": "POST"}
        )
        assert asking.status_code == 405
        assert "access-control-allow-origin" not in asking.headers


def test_keys_come_from_a_file_and_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text(f"# for the team\n{KEY}\n\n{OTHER}\n")
    assert start.keys_from(file, {}) == [KEY, OTHER]
    assert start.keys_from(None, {start.KEYS_VARIABLE: f" {KEY} , "}) == [KEY]
    for content in ("", "# nothing\n"):
        file.write_text(content)
        with pytest.raises(UserError, match="holds no API key"):
            start.keys_from(file, {})
    file.write_text("short")
    with pytest.raises(UserError, match="API key 1 needs 16 or more") as caught:
        start.keys_from(file, {})
    assert "short" not in str(caught.value)
    with pytest.raises(UserError, match="cannot read API keys"):
        start.keys_from(tmp_path / "none", {})


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "either a MODEL to serve or --endpoint"),
        (["m", "--endpoint", "http://x/v1"], "either a MODEL to serve or --endpoint"),
        (["--endpoint", "localhost:8000"], "is not an address of an endpoint"),
        (["--endpoint", "http://x/v1", "--host", "0.0.0.0"], "can be reached from outside: give --keys FILE"),
        (["--endpoint", "http://x/v1", "--set", "max_concurent=3"], "did you mean 'max_concurrent'?"),
        (["--endpoint", "http://x/v1", "--set", "max_concurrent"], "expected key=value"),
        (["--endpoint", "http://x/v1", "--endpoint-key-env", "NOT_SET_AT_ALL"], "NOT_SET_AT_ALL is empty"),
        (
            ["--endpoint", "http://x/v1", "--general-endpoint", "http://y/v1", "--general-model", "auto"],
            "cannot be called",
        ),
        (["./nowhere"], "./nowhere: no such folder or file"),
    ],
)
def test_bad_options_are_one_line(arguments: list[str], words: str) -> None:
    with pytest.raises(UserError) as caught:
        CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False)],
)
def test_what_is_loopback(host: str, loopback: bool) -> None:
    assert start.is_loopback(host) is loopback
    assert bool(start.hosts_for(host, ["Box.local"])) is loopback


def test_what_is_not_installed_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "_PACKAGES", ("json", "no_such_package"))
    with pytest.raises(UserError, match=r"serving needs no_such_package: pip install 'algorand-coder\[serve\]'"):
        CliRunner().invoke(command, ["--endpoint", "http://x/v1"], catch_exceptions=False)


def test_a_taken_port_is_one_line(make_stand: Factory) -> None:
    with make_stand() as gateway, pytest.raises(UserError, match="choose another --port"):
        start.listen("127.0.0.1", int(gateway.url.rpartition(":")[2]))
