"""The whole stage over npm, Git and folders; once with the real npm, against a registry on this machine."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from rich.console import Console

from algorand_coder.collect import git, gitcommand, npm
from algorand_coder.collect.config import CollectConfig
from algorand_coder.collect.stage import STAGE
from algorand_coder.collect.tree import HostUnreachable, Unavailable
from algorand_coder.errors import UserError
from algorand_coder.pipeline import Engine, read_table
from algorand_coder.pipeline.progress import Progress
from algorand_coder.pipeline.stage import StageReport, run_stage
from algorand_coder.records import Reject, SourceFile

from .conftest import CODE, ISC, MIT, Repository, is_running, manifest, source_map, tarball


class FakeRegistry:
    """The two routes of an npm registry that ``npm pack`` asks, on a port of this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.asked = folder, list[str]()
        registry = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                registry.asked.append(self.path)
                name = self.path.strip("/").split("/")[0]
                path = registry.folder / f"{name}-1.0.0.tgz"
                if not path.is_file():
                    self.send_error(404)
                    return
                body = path.read_bytes() if self.path.endswith(".tgz") else registry.packument(name, path).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def pack(self, spec: str, folder: Path, timeout: int) -> Path:
        """What ``npm pack`` does, without starting node."""
        name = spec.partition("@")[0]
        self.asked.append(name)
        if not (self.folder / f"{name}-1.0.0.tgz").is_file():
            raise Unavailable("npm: Not Found")
        return Path(shutil.copy(self.folder / f"{name}-1.0.0.tgz", folder / "got.tgz"))

    def packument(self, name: str, path: Path) -> str:
        dist = {"tarball": f"{self.url}/{name}/-/{path.name}", "integrity": npm.integrity_of(path)}
        version = {"name": name, "version": "1.0.0", "dist": dist}
        return json.dumps({"name": name, "dist-tags": {"latest": "1.0.0"}, "versions": {"1.0.0": version}})


@pytest.fixture
def registry(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeRegistry]:
    made = FakeRegistry(tmp_path / "registry")
    if "real_npm" not in request.fixturenames:
        monkeypatch.setattr(npm, "_npm_pack", made.pack)
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("npm_config_registry", made.url)
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm-cache"))
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def real_npm() -> None:
    """Asks for npm itself in place of its stand-in."""


def collect(folder: Path, entries: list[dict[str, Any]], engine: Engine | None = None, **settings: Any) -> StageReport:
    listed = folder / "sources.yaml"
    listed.write_text(yaml.safe_dump({"sources": entries}))
    return run_stage(
        STAGE,
        folder / "run",
        CollectConfig.model_validate({"sources": str(listed), **settings}),
        seed=1,
        engine=engine or Engine(workers=1),
        progress=Progress(Console(quiet=True), quiet=True),
    )


def entry(name: str, licence: str = "MIT", tier: str = "community", **get: str) -> dict[str, Any]:
    return {"name": name, "tier": tier, "licence": licence, "get": get}


def outputs(folder: Path) -> tuple[list[SourceFile], dict[str, dict[str, Any]]]:
    files = read_table(folder / "run" / "collect" / "files.parquet", SourceFile)
    entries = json.loads((folder / "run" / "collect" / "sources.json").read_text())
    return files, {item["name"]: item for item in entries}


@pytest.fixture
def everything(tmp_path: Path, registry: FakeRegistry, repository: Repository) -> list[dict[str, Any]]:
    """One source of every kind, and one of every fate."""
    tarball(
        registry.folder / "good-1.0.0.tgz",
        {
            "package.json": manifest(name="good", license="MIT", exports={".": "./index.js"}, scripts={"prepack": "x"}),
            "README.md": "# Good\n",
            "src/a.ts": "\ufeffexport const a = 1\r\n",
            "index.js.map": source_map({"../src/b.ts": CODE}),
        },
    )
    tarball(registry.folder / "bare-1.0.0.tgz", {"package.json": manifest(name="bare"), "src/a.ts": CODE})
    tarball(
        registry.folder / "torn-1.0.0.tgz",
        {"package.json": manifest(name="torn", license="ISC"), "LICENSE": MIT, "src/a.ts": CODE},
    )
    tarball(registry.folder / "other-1.0.0.tgz", {"package.json": manifest(license="ISC"), "src/a.ts": CODE})
    commit = repository.commit(
        {
            "LICENSE": MIT,
            "src/a.ts": CODE,
            "src/x.ts": b"\xff\xfe\x00",
            "packages/b/LICENSE": ISC,
            "packages/b/b.ts": CODE,
            "packages/c/package.json": manifest(license="GPL-3.0-only"),
            "packages/c/c.ts": CODE,
        }
    )
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "own.ts").write_text(CODE)
    return [
        entry("good", npm="good@1.0.0"),
        entry("bare", npm="bare@1.0.0"),
        entry("torn", npm="torn@1.0.0"),
        entry("other", npm="other@1.0.0"),
        entry("missing", npm="missing@1.0.0"),
        entry("listed-only", licence="none", npm="good@1.0.0"),
        entry("repository", tier="official", git=repository.publish(), commit=commit),
        entry("far-1", git="https://host.invalid/a/b", tag="v1"),
        entry("far-2", git="https://host.invalid/c/d", tag="v1"),
        {**entry("mine", licence="own", path="mine"), "private": True},
    ]


def test_every_fate_is_recorded(tmp_path: Path, real_npm: None, everything: list[dict[str, Any]]) -> None:
    counts = collect(tmp_path, everything).manifest.counts
    files, sources = outputs(tmp_path)
    assert {name: (item["status"], item["reason"]) for name, item in sources.items()} == {
        "good": ("fetched", ""),
        "bare": ("refused", "no licence (no licence text, package.json or SPDX header)"),
        "torn": ("refused", "licences contradict each other (LICENSE: MIT; package.json: ISC)"),
        "other": ("refused", "licence is ISC, the list expects MIT: review the source and mend the list"),
        "missing": ("skipped", sources["missing"]["reason"]),
        "listed-only": ("refused", "no licence at the pinned revision, says the list"),
        "repository": ("fetched", ""),
        "far-1": ("skipped", "host.invalid: the host cannot be reached"),
        "far-2": ("skipped", "host.invalid: the host cannot be reached"),
        "mine": ("fetched", ""),
    }
    assert sources["missing"]["reason"].startswith("npm: ")
    found = [(f.provenance.source, f.provenance.path, f.provenance.licence, f.language) for f in files]
    assert found == [
        ("good", "README.md", "MIT", "md"),
        ("good", "src/a.ts", "MIT", "ts"),
        ("good", "src/b.ts", "MIT", "ts"),
        ("mine", "own.ts", "own", "ts"),
        ("repository", "packages/b/b.ts", "ISC", "ts"),
        ("repository", "src/a.ts", "MIT", "ts"),
    ]
    assert files[1].text == "export const a = 1\n"
    assert files[3].provenance.private
    assert not files[0].provenance.private
    assert files[0].provenance.revision == "good@1.0.0"
    assert sources["good"]["packages"][""]["exports"] == {".": "./index.js"}
    assert sources["repository"]["licence"] == "ISC, MIT"
    assert sources["repository"]["excluded"] == {"licence-conflict": 1, "not-text": 1}
    assert sources["repository"]["conflicts"] == ["LICENSE: MIT; packages/c/package.json: GPL-3.0-only"]
    assert counts["by_status"] == {"fetched": 3, "refused": 4, "skipped": 3}
    assert counts["files"] == 6
    assert str(tmp_path) not in (tmp_path / "run" / "collect" / "sources.json").read_text().replace(
        everything[6]["get"]["git"], ""
    )
    rejects = read_table(tmp_path / "run" / "collect" / "rejects.parquet", Reject)
    assert {(r.source, r.name, r.reason) for r in rejects} >= {
        ("bare", "src/a.ts", "licence-none"),
        ("repository", "packages/c/c.ts", "licence-conflict"),
        ("repository", "src/x.ts", "not-text"),
    }


def test_a_second_run_is_recognised_and_a_third_needs_no_network(
    tmp_path: Path, everything: list[dict[str, Any]], registry: FakeRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = collect(tmp_path, everything)
    assert collect(tmp_path, everything).reused
    asked = len(registry.asked)
    third = collect(tmp_path, everything, offline=True)
    assert not third.reused
    assert len(registry.asked) == asked
    assert third.manifest.outputs["files.parquet"] == first.manifest.outputs["files.parquet"]


def test_neither_the_order_of_the_list_nor_the_number_of_workers_changes_the_files(
    tmp_path: Path, everything: list[dict[str, Any]]
) -> None:
    one = collect(tmp_path, everything).manifest.outputs
    (tmp_path / "again").mkdir()
    (tmp_path / "mine").rename(tmp_path / "again" / "mine")
    two = collect(tmp_path / "again", everything[::-1], Engine(workers=2)).manifest.outputs
    assert one == two


def test_one_question_a_host(tmp_path: Path, everything: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    original = gitcommand.git

    def count(arguments: list[str], *rest: Any) -> bytes:
        asked.append(arguments[0])
        return original(arguments, *rest)

    monkeypatch.setattr(git, "git", count)
    collect(tmp_path, everything)
    assert asked.count("ls-remote") == 1


def test_npm_without_a_network_gives_up_after_the_first_package(
    tmp_path: Path, everything: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def unreachable(spec: str, folder: Path, timeout: int) -> Path:
        tried.append(spec)
        raise HostUnreachable("the npm registry cannot be reached")

    monkeypatch.setattr(npm, "_npm_pack", unreachable)
    collect(tmp_path, everything, downloads=1)
    _, sources = outputs(tmp_path)
    assert len(tried) == 1
    assert {sources[name]["reason"] for name in ("good", "bare", "missing")} == {"the npm registry cannot be reached"}


def test_nothing_usable_is_a_user_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"none of 1 sources could be used .*check the network"):
        collect(tmp_path, [entry("far", git="https://host.invalid/a/b", tag="v1")], offline=True)
    with pytest.raises(UserError, match="names no sources"):
        collect(tmp_path, [])


def test_unknown_licences_are_user_errors(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="'MITT' is not an SPDX"):
        collect(tmp_path, [entry("a", npm="a@1.0.0")], licences={"MITT": True})
    with pytest.raises(UserError, match="source 'a': licence 'Mine' is not an SPDX expression"):
        collect(tmp_path, [entry("a", licence="Mine", npm="a@1.0.0")])


def test_ctrl_c_ends_at_once_and_leaves_no_child(tmp_path: Path) -> None:
    """The command itself, while a git that never answers is fetching."""
    pids = tmp_path / "pids"
    fake = tmp_path / "bin" / "git"
    fake.parent.mkdir()
    fake.write_text(f'#!/bin/sh\ncase "$*" in *" fetch "*) echo $$ >> {pids}; exec sleep 60;; esac\n')
    fake.chmod(0o755)
    entries = [entry(f"far-{i}", git=f"https://host.invalid/a/{i}", tag="v1") for i in range(12)]
    (tmp_path / "sources.yaml").write_text(yaml.safe_dump({"sources": entries}))
    recipe = {"name": "test", "collect": {"sources": str(tmp_path / "sources.yaml"), "downloads": 3}}
    (tmp_path / "recipe.yaml").write_text(yaml.safe_dump(recipe))
    command = [sys.executable, "-m", "algorand_coder.cli", "collect", "--config", str(tmp_path / "recipe.yaml")]
    with subprocess.Popen(
        [*command, "--run-dir", str(tmp_path / "run")],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PATH": f"{fake.parent}{os.pathsep}{os.environ['PATH']}"},
    ) as process:
        try:
            for _ in range(600):
                if pids.is_file() and len(pids.read_text().split()) == 3:
                    break
                time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=20)
        finally:
            process.kill()
    assert process.returncode == 130
    assert "Traceback" not in err
    assert err.strip().splitlines()[-1].startswith("algorand-coder: stopped")
    started = [int(pid) for pid in pids.read_text().split()]
    assert len(started) == 3
    assert not any(is_running(pid) for pid in started)


def test_leftovers_of_killed_downloads_are_swept(tmp_path: Path, everything: list[dict[str, Any]], cache: Path) -> None:
    old, new = (cache / "downloads" / "git" / f"part-{name}" for name in ("old", "new"))
    for folder in (old, new):
        folder.mkdir(parents=True)
    os.utime(old, (1, 1))
    collect(tmp_path, everything)
    assert not old.exists()
    assert new.exists()
