"""Discovery against a stand-in for GitHub that speaks HTTP on this machine."""

from __future__ import annotations

import base64
import json
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from click.testing import CliRunner

from algorand_coder.cli.collect import command
from algorand_coder.collect.discover import Wanted, discover, patch, summary
from algorand_coder.collect.github import GitHub
from algorand_coder.collect.sources import load_sources
from algorand_coder.errors import UserError

from .conftest import config

LIST = """\
# A comment that stays.
sources:
  - name: known/repo
    tier: official
    licence: MIT
    get:
      git: https://github.com/Known/Repo.git
      tag: v1
"""
COMMIT = "c" * 40


@dataclass
class Hub:
    """Repositories by name, and what was asked."""

    repositories: dict[str, dict[str, Any]] = field(default_factory=dict)
    manifests: dict[str, dict[str, Any]] = field(default_factory=dict)
    searched: list[str] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    first: list[tuple[int, dict[str, str], Any]] = field(default_factory=list)
    """Answers given before any other."""
    url: str = ""

    def add(self, name: str, manifest: dict[str, Any] | None = None, **about: Any) -> None:
        self.repositories[name] = {
            "full_name": name,
            "stargazers_count": 60,
            "license": {"spdx_id": "MIT"},
            "default_branch": "main",
            **about,
        }
        self.manifests[name] = {"dependencies": {"algosdk": "^3.0.0"}} if manifest is None else manifest
        self.searched.append(name)

    def answer(self, path: str, query: dict[str, list[str]]) -> tuple[int, Any]:
        if path == "/search/repositories":
            page, size = int(query["page"][0]), int(query["per_page"][0])
            return 200, {"items": [{"full_name": n} for n in self.searched[(page - 1) * size : page * size]]}
        if path == "/search/code":
            return 200, {"items": [{"repository": {"full_name": "by/code"}}]}
        owner, name, *rest = path.removeprefix("/repos/").split("/")
        full = f"{owner}/{name}"
        if full not in self.repositories:
            return 404, {"message": "Not Found"}
        if not rest:
            return 200, self.repositories[full]
        if rest[0] == "commits":
            return 200, {"sha": COMMIT}
        if rest[0] == "git":
            paths = ("node_modules/x/package.json", "packages/a/package.json", "README.md")
            return 200, {"tree": [{"type": "blob", "path": path} for path in paths]}
        content = json.dumps(self.manifests[full]).encode()
        return 200, {"content": base64.encodebytes(content).decode()}


@pytest.fixture
def hub() -> Iterator[Hub]:
    state = Hub()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append((self.path, dict(self.headers)))
            split = urlsplit(self.path)
            if state.first:
                status, headers, body = state.first.pop(0)
            else:
                status, body = state.answer(split.path, parse_qs(split.query))
                headers = {"ETag": f'"{len(json.dumps(body))}"'} if status == 200 else {}
                if headers and self.headers.get("If-None-Match") == headers["ETag"]:
                    status, body = 304, None
            raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
            self.send_response(status)
            for key, value in {**headers, "Content-Length": str(len(raw))}.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}"
    yield state
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("GITHUB_TOKEN", "GH_TOKEN", "GITHUB_API_URL"):
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "sources.yaml"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_what_fits_is_proposed_and_the_rest_is_counted(hub: Hub, listed: Path) -> None:
    hub.add("zeta/one")
    hub.add("Known/repo")
    hub.add("few/stars", stargazers_count=49)
    hub.add("a/fork", fork=True)
    hub.add("an/archive", archived=True)
    hub.add("no/licence", license=None)
    hub.add("other/licence", license={"spdx_id": "AGPL-3.0"})
    hub.add("no/algorand", {"dependencies": {"react": "1"}})
    hub.add("odd/manifest", {"dependencies": ["algosdk"], "devDependencies": 3})
    hub.add(
        "alpha/two", {"devDependencies": {"@algorandfoundation/algokit-utils": "^9"}}, license={"spdx_id": "Apache-2.0"}
    )
    hub.add("gone/repo")
    del hub.repositories["gone/repo"]
    found = discover(config(sources=str(listed)), Wanted(), GitHub(url=hub.url))
    assert [(entry["name"], entry["licence"]) for entry in found.entries] == [
        ("alpha/two", "Apache-2.0"),
        ("zeta/one", "MIT"),
    ]
    assert found.left_out == {
        "in the list already": 1,
        "fewer than 50 stars": 1,
        "fork": 1,
        "archived": 1,
        "no licence that GitHub knows": 1,
        "licence AGPL-3.0 not allowed": 1,
        "depends on no Algorand package": 2,
        "not accessible": 1,
    }
    assert summary(found).startswith("2 repositories proposed; left out: 1 archived; 2 depends on no Algorand package")
    assert not any("node_modules" in path for path, _ in hub.asked)


def test_forks_archives_stars_and_licences_are_choices(hub: Hub, listed: Path) -> None:
    hub.add("a/fork", fork=True)
    hub.add("an/archive", archived=True)
    hub.add("few/stars", stargazers_count=3)
    hub.add("mit/only")
    only = config(sources=str(listed), licences={"MIT": True})
    found = discover(only, Wanted(min_stars=3, forks=True, archived=True), GitHub(url=hub.url))
    assert [entry["name"] for entry in found.entries] == ["a/fork", "an/archive", "few/stars", "mit/only"]
    found = discover(config(sources=str(listed), licences={"MIT": False}), Wanted(), GitHub(url=hub.url))
    assert not found.entries


def test_the_patch_applies_and_the_list_stays_valid(hub: Hub, listed: Path) -> None:
    hub.add("zeta/one")
    settings = config(sources=str(listed))
    text = patch(settings, discover(settings, Wanted(), GitHub(url=hub.url)).entries)
    for command_line in (["git", "apply", "--check", "-"], ["git", "apply", "-"]):
        subprocess.run(command_line, input=text.encode(), cwd=listed.parent, check=True)
    after = listed.read_text(encoding="utf-8")
    assert after.startswith(LIST)
    assert [source.name for source in load_sources(listed)] == ["known/repo", "zeta/one"]
    added = yaml.safe_load(after)["sources"][1]
    assert added["get"] == {"git": "https://github.com/zeta/one", "commit": COMMIT}
    assert patch(settings, []) == ""


def test_a_list_without_a_last_line_end_is_patched(hub: Hub, listed: Path) -> None:
    listed.write_text(LIST.rstrip("\n"), encoding="utf-8")
    hub.add("zeta/one")
    settings = config(sources=str(listed))
    text = patch(settings, discover(settings, Wanted(), GitHub(url=hub.url)).entries)
    subprocess.run(["git", "apply", "-"], input=text.encode(), cwd=listed.parent, check=True)
    assert len(load_sources(listed)) == 2


def test_a_token_is_used_and_lets_code_be_searched(hub: Hub, listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hub.add("by/code")
    hub.searched.clear()
    settings = config(sources=str(listed))
    assert not discover(settings, Wanted(), GitHub(url=hub.url)).entries
    monkeypatch.setenv("GITHUB_TOKEN", "sesame")
    assert [entry["name"] for entry in discover(settings, Wanted(), GitHub(url=hub.url)).entries] == ["by/code"]
    assert hub.asked[-1][1]["Authorization"] == "Bearer sesame"


def test_all_pages_are_read(hub: Hub) -> None:
    hub.searched = [f"a/{number}" for number in range(250)]
    assert len(list(GitHub(url=hub.url).search("repositories", "x"))) == 250


def test_asking_again_costs_nothing_while_nothing_changed(hub: Hub, listed: Path) -> None:
    hub.add("zeta/one")
    settings = config(sources=str(listed))
    before = discover(settings, Wanted(), GitHub(url=hub.url)).entries
    hub.asked.clear()
    assert discover(settings, Wanted(), GitHub(url=hub.url)).entries == before
    assert all("If-None-Match" in headers for _, headers in hub.asked)


def test_a_short_rate_limit_is_waited_for(hub: Hub) -> None:
    slept: list[float] = []
    hub.first = [
        (403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1030"}, {"message": "API rate limit exceeded"}),
        (429, {"Retry-After": "7"}, {"message": "secondary"}),
    ]
    hub.add("a/b")
    answer = GitHub(url=hub.url, sleep=slept.append, clock=lambda: 1000.0).get("/repos/a/b")
    assert answer["full_name"] == "a/b"
    assert slept == [31.0, 7.0]


@pytest.mark.parametrize(
    ("first", "complaint"),
    [
        (
            [(403, {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "4600"}, {})],
            r"used up for 60 minutes: set GITHUB_TOKEN",
        ),
        ([(403, {}, {"message": "Resource not accessible"})], r"refuses the request: Resource not accessible"),
        ([(401, {}, {"message": "Bad credentials"})], r"refuses the token"),
        ([(422, {}, {"message": "Validation\nFailed"})], r"answers 422 to /repos/a/b: Validation Failed"),
        ([(502, {}, b"<html>")] * 3, r"answers 502"),
        ([(429, {"Retry-After": "1"}, {})] * 3, r"keeps refusing"),
        ([(200, {}, b"<html>")], r"does not answer in JSON"),
    ],
)
def test_what_goes_wrong_is_one_line(hub: Hub, first: list[Any], complaint: str) -> None:
    hub.first = first
    with pytest.raises(UserError, match=complaint) as caught:
        GitHub(url=hub.url, sleep=lambda _: None, clock=lambda: 1000.0).get("/repos/a/b")
    assert "\n" not in str(caught.value)


def test_a_server_error_is_tried_again(hub: Hub) -> None:
    hub.add("a/b")
    hub.first = [(502, {}, b"<html>"), (500, {}, {})]
    assert GitHub(url=hub.url, sleep=lambda _: None).get("/repos/a/b")["full_name"] == "a/b"


def test_other_servers_and_none_at_all(hub: Hub) -> None:
    hub.first = [(200, {}, {"hello": 1})]
    with pytest.raises(UserError, match="holds no items"):
        list(GitHub(url=hub.url).search("repositories", "x"))
    with pytest.raises(UserError, match=r"cannot reach 127\.0\.0\.1:1: Connection refused"):
        GitHub(url="http://127.0.0.1:1").get("/x")
    with pytest.raises(UserError, match="not an http"):
        GitHub(url="file:///etc")


def test_the_command_prints_or_writes_the_patch(hub: Hub, listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_API_URL", hub.url)
    monkeypatch.chdir(listed.parent)
    hub.add("zeta/one")
    given = ["--discover", "--run-dir", "run", "--set", f"collect.sources={listed}"]
    printed = CliRunner().invoke(command, given, catch_exceptions=False)
    assert printed.stdout.startswith("--- a/sources.yaml\n+++ b/sources.yaml\n")
    assert printed.stderr == "1 repositories proposed\n"
    written = CliRunner().invoke(command, [*given, "--output", "new.patch"], catch_exceptions=False)
    assert written.stdout == ""
    assert Path("new.patch").read_text(encoding="utf-8") == printed.stdout
    assert not Path("run").exists()
    for wrong, complaint in (
        ([*given, "--output", "no/such/folder"], "--output: cannot write"),
        ([*given, "--set", "collect.offline=true"], "collect.offline is on"),
        (["--output", "x"], "goes with --discover"),
    ):
        assert complaint in str(CliRunner().invoke(command, wrong).exception)
