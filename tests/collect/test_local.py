"""Local folders: links are never followed, and the revision is the content."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from algorand_coder.collect.config import CollectConfig
from algorand_coder.collect.local import folders_fingerprint, read_folder
from algorand_coder.collect.sources import Source
from algorand_coder.collect.tree import Unavailable

from .conftest import CODE, config, source


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    (folder / "src").mkdir(parents=True)
    (folder / "src" / "a.ts").write_text(CODE)
    return folder


def wanted(path: Path | str) -> Source:
    return source(licence="own", path=str(path))


def test_reads_typescript_and_leaves_the_rest(mine: Path) -> None:
    (mine / "notes.txt").write_text("x")
    for name in ("node_modules/x", ".git", ".venv"):
        (mine / name).mkdir(parents=True)
        (mine / name / "b.ts").write_text(CODE)
    assert sorted(read_folder(wanted(mine), config()).files) == ["src/a.ts"]


def test_links_and_pipes_are_not_followed(mine: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.ts").write_text(CODE)
    (mine / "out").symlink_to(outside)
    (mine / "loop").symlink_to(mine)
    (mine / "file.ts").symlink_to(outside / "secret.ts")
    (mine / "dangling.ts").symlink_to("nowhere.ts")
    os.mkfifo(mine / "pipe.ts")
    tree = read_folder(wanted(mine), config())
    assert sorted(tree.files) == ["src/a.ts"]
    assert {left.path for left in tree.left} == {"out", "loop", "file.ts", "dangling.ts", "pipe.ts"}
    assert {left.reason for left in tree.left} == {"link-or-device"}


def test_the_revision_is_the_content(mine: Path) -> None:
    first = read_folder(wanted(mine), config()).revision
    os.utime(mine / "src" / "a.ts", (1, 1))
    assert read_folder(wanted(mine), config()).revision == first
    (mine / "src" / "a.ts").write_text("other")
    assert read_folder(wanted(mine), config()).revision != first


def test_a_relative_path_is_relative_to_the_list(mine: Path) -> None:
    settings = CollectConfig(sources=str(mine.parent / "sources.yaml"))
    assert sorted(read_folder(wanted("mine"), settings).files) == ["src/a.ts"]


def test_a_missing_folder_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="there is no such folder"):
        read_folder(wanted(tmp_path / "nope"), config())


def test_excluded_patterns(mine: Path) -> None:
    (mine / "tests" / "wrong" / "deep").mkdir(parents=True)
    (mine / "tests" / "wrong" / "deep" / "b.ts").write_text(CODE)
    entry = Source.model_validate({**wanted(mine).model_dump(), "exclude": ["tests/wrong/*"]})
    tree = read_folder(entry, config())
    assert sorted(tree.files) == ["src/a.ts"]
    assert [(left.path, left.reason) for left in tree.left] == [("tests/wrong/deep/b.ts", "excluded-by-list")]


def test_a_bare_repository_is_named_under_git(tmp_path: Path) -> None:
    (tmp_path / "bare.git" / "objects").mkdir(parents=True)
    (tmp_path / "bare.git" / "HEAD").write_text("ref: refs/heads/main\n")
    with pytest.raises(Unavailable, match="name it under git, with a commit"):
        read_folder(source(path=str(tmp_path / "bare.git"), licence="own"), config())


def test_a_folder_that_is_too_large_has_a_fingerprint_that_says_so(mine: Path, tmp_path: Path) -> None:
    for number in range(120):
        (mine / f"{number}.ts").write_text(CODE)
    listed = tmp_path / "sources.yaml"
    listed.write_text(f"sources:\n  - {{name: mine, tier: community, licence: own, get: {{path: {mine}}}}}\n")
    assert "more than 100 files" in folders_fingerprint(config(sources=str(listed), max_entries=100))
