"""Tiny packages, archives and repositories made on the spot; nothing is fetched from anywhere."""

from __future__ import annotations

import io
import json
import subprocess
import tarfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.collect.config import CollectConfig
from algorand_coder.collect.sources import Source

MIT = (Path(__file__).parents[2] / "LICENSE").read_text(encoding="utf-8")
ISC = """Permission to use, copy, modify, and/or distribute this software for any
purpose with or without fee is hereby granted, provided that the above
copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH
REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND
FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT,
INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM
LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR
OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR
PERFORMANCE OF THIS SOFTWARE.
"""
APACHE_NOTICE = """Copyright 2024 Someone

Licensed under the Apache License, Version 2.0 (the "License");
you may not use this file except in compliance with the License.
You may obtain a copy of the License at

    http://www.apache.org/licenses/LICENSE-2.0

Unless required by applicable law or agreed to in writing, software
distributed under the License is distributed on an "AS IS" BASIS,
WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
See the License for the specific language governing permissions and
limitations under the License.
"""
CODE = "export function greet(name: string): string {\n  return `hello ${name}`\n}\n"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of this test's own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("ALGORAND_CODER_CACHE", str(folder))
    return folder


def source(name: str = "sample", licence: str = "MIT", **get: Any) -> Source:
    return Source.model_validate(
        {"name": name, "tier": "community", "licence": licence, "get": get or {"npm": "sample@1.0.0"}}
    )


def config(**values: Any) -> CollectConfig:
    return CollectConfig.model_validate(values)


def tarball(
    path: Path, files: Mapping[str, str | bytes], extra: Callable[[tarfile.TarFile], None] | None = None
) -> Path:
    """An npm-like tarball: everything under ``package/``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            raw = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(f"package/{name}")
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
        if extra:
            extra(archive)
    return path


def manifest(**fields: Any) -> str:
    return json.dumps({"name": "sample", "version": "1.0.0", **fields})


def source_map(sources: Mapping[str, str | None], **fields: Any) -> str:
    return json.dumps({"version": 3, "sources": list(sources), "sourcesContent": list(sources.values()), **fields})


class Repository:
    """A repository made for a test, with a work tree to commit from and a bare copy to fetch from."""

    def __init__(self, folder: Path) -> None:
        self.work, self.bare = folder / "work", folder / "bare.git"
        self.work.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> str:
        identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "protocol.file.allow=always"]
        done = subprocess.run(
            ["git", "-C", str(self.work), *identity, *arguments], check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def commit(self, files: Mapping[str, str | bytes]) -> str:
        for name, content in files.items():
            path = self.work / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "--allow-empty", "-m", "change")
        return self.git("rev-parse", "HEAD")

    def publish(self, to: Path | None = None) -> str:
        """Write the bare copy; returns its file:// URL."""
        target = to or self.bare
        if target.exists():
            self.git("push", "--quiet", "--force", "--all", str(target))
            self.git("push", "--quiet", "--force", "--tags", str(target))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            self.git("clone", "--quiet", "--bare", str(self.work), str(target))
        return target.as_uri()


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


def is_running(pid: int) -> bool:
    """Whether a process is still there after two and a half seconds at most."""
    for _ in range(50):
        state = subprocess.run(
            ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
        ).stdout
        if not state.strip() or state.startswith("Z"):
            return False
        time.sleep(0.05)
    return True
