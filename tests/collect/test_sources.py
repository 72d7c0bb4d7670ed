"""The source list and the config: what is accepted, and the one line for what is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from algorand_coder.collect.config import CollectConfig
from algorand_coder.collect.licence import read_expression
from algorand_coder.collect.sources import load_sources
from algorand_coder.errors import UserError
from algorand_coder.pipeline.config import parse

GOOD: dict[str, Any] = {"name": "a", "tier": "official", "licence": "MIT", "get": {"npm": "algosdk@3.8.0"}}
PLAN = {
    "algorandfoundation/algokit-utils-ts",
    "algorandfoundation/algokit-typescript-template",
    "algorand-devrel/TEALScript",
    "algorand/js-algorand-sdk",
    "algorand-bootcamp/ts-beginner-en",
    "algorand-devrel/algorand-agent-skills",
    "tinymanorg/tinyman-js-sdk",
    "Folks-Finance/folks-finance-js-sdk",
}


def test_the_shipped_list() -> None:
    sources = load_sources(CollectConfig().sources_file)
    names = {source.name for source in sources}
    repositories = {source.get.git for source in sources if source.get.git}
    assert names >= PLAN
    assert len(repositories) >= 60
    assert {source.tier for source in sources} == {"official", "educational", "community"}
    assert all(source.get.commit for source in sources if source.get.way == "git")
    assert all(source.get.integrity for source in sources if source.get.way == "npm")
    assert all(read_expression(source.licence, "list").ids for source in sources if source.licence != "none")


def write(folder: Path, *entries: Any) -> Path:
    path = folder / "sources.yaml"
    path.write_text(yaml.safe_dump({"sources": list(entries)}))
    return path


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"nmae": 1}, "unknown key 'nmae'; did you mean 'name'?"),
        ({"tier": "best"}, "tier"),
        ({"name": "../x"}, "name"),
        ({"licence": "own"}, "licence 'own' is for a path"),
        ({"private": True}, "private needs a path with licence 'own'"),
        ({"get": {}}, "give exactly one of npm, git and path"),
        ({"get": {"npm": "a@1.0.0", "path": "x"}}, "give exactly one of npm, git and path"),
        ({"get": {"npm": "algosdk"}}, "exact version"),
        ({"get": {"npm": "algosdk@latest"}}, "exact version"),
        ({"get": {"npm": "algosdk@^3.0.0"}}, "exact version"),
        ({"get": {"npm": "--registry=x@1.0.0"}}, "exact version"),
        ({"get": {"npm": "a@1.0.0", "integrity": "sha1-x"}}, "integrity"),
        ({"get": {"git": "https://h/x/y"}}, "a commit or a tag"),
        ({"get": {"git": "ssh://h/x/y", "tag": "v1"}}, "https:// or file://"),
        ({"get": {"git": "ext::sh -c x", "tag": "v1"}}, "https:// or file://"),
        ({"get": {"git": "https://-oProxyCommand=x/y", "tag": "v1"}}, "https:// or file://"),
        ({"get": {"git": "https://h/x/y", "commit": "abc123"}}, "full hash"),
        ({"get": {"git": "../x.git"}}, "a commit or a tag"),
        ({"get": {"git": "-x", "tag": "v1"}}, "or a path"),
        ({"get": {"git": "https://h/x/y", "branch": "dev"}}, "a commit or a tag"),
        ({"get": {"git": "https://h/x/y", "tag": "v1", "branch": "dev"}}, "branch goes with commit"),
        ({"get": {"git": "https://h/x/y", "commit": "1" * 40, "branch": "-x"}}, "not a valid branch name"),
        ({"get": {"git": "https://h/x/y", "tag": "--upload-pack=x"}}, "not a valid tag name"),
        ({"get": {"path": "x", "tag": "v1"}}, "commit, tag and branch go with git"),
    ],
)
def test_bad_entries_are_one_line(tmp_path: Path, change: dict[str, Any], complaint: str) -> None:
    with pytest.raises(UserError) as caught:
        load_sources(write(tmp_path, {**GOOD, **change}))
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_private_folder_is_accepted(tmp_path: Path) -> None:
    entry = {**GOOD, "licence": "own", "private": True, "get": {"path": "mine"}}
    assert load_sources(write(tmp_path, entry))[0].private


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("- a", "single key 'sources'"),
        ("sources: [a]", "source 1 is not a mapping"),
        ("sources: [", "not readable as YAML"),
        ("sources: []\nother: 1", "single key 'sources'"),
    ],
)
def test_bad_lists_are_one_line(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(text)
    with pytest.raises(UserError, match=complaint):
        load_sources(path)


def test_a_missing_list_names_its_key(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"collect\.sources: cannot read .*No such file"):
        load_sources(tmp_path / "nope.yaml")


def test_names_are_unique_and_known(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="two sources are named 'a'"):
        load_sources(write(tmp_path, GOOD, GOOD))
    with pytest.raises(UserError, match="no source is named 'b'"):
        load_sources(write(tmp_path, GOOD), only=("b",))


def test_the_order_of_the_list_decides_nothing(tmp_path: Path) -> None:
    entries = [{**GOOD, "name": name} for name in "cab"]
    assert load_sources(write(tmp_path, *entries)) == load_sources(write(tmp_path, *reversed(entries)))


def test_licences_are_switched_one_by_one() -> None:
    allowed = CollectConfig(licences={"ISC": False, "0BSD": True}).allowed
    assert "MIT" in allowed
    assert "0BSD" in allowed
    assert "ISC" not in allowed


def test_config_is_checked() -> None:
    with pytest.raises(UserError, match="did you mean 'mirror'"):
        parse(CollectConfig, {"miror": "x"}, "here")
    with pytest.raises(UserError, match="max_file_bytes"):
        parse(CollectConfig, {"max_file_bytes": 3}, "here")
    with pytest.raises(UserError, match="SPDX"):
        parse(CollectConfig, {"licences": {"M I T": True}}, "here")


def test_a_change_in_the_list_or_a_local_folder_changes_the_config(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "a.ts").write_text("1")
    entry = {**GOOD, "licence": "own", "get": {"path": "mine"}}
    config = CollectConfig(sources=str(write(tmp_path, entry)))
    seen = [config.content]
    (mine / "a.ts").write_text("2")
    seen.append(config.content)
    write(tmp_path, {**entry, "note": "changed"})
    seen.append(config.content)
    assert len(set(seen)) == 3
    assert config.model_dump(mode="json")["content"] == seen[2]
