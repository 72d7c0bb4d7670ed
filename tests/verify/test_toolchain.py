from __future__ import annotations

import json
import multiprocessing
import re
import shutil
from pathlib import Path

import pytest

from algorand_coder.errors import MissingTool
from algorand_coder.verify import node, puya, toolchain
from algorand_coder.verify.toolchain import PROJECTS, toolchain_versions


@pytest.mark.parametrize("project", PROJECTS)
def test_locks_are_exact_and_name_no_registry(project: str) -> None:
    manifest = json.loads((toolchain.data() / project / "package.json").read_text())
    lock = json.loads((toolchain.data() / project / "package-lock.json").read_text())
    assert all(
        re.fullmatch(r"(npm:[\w/@-]+@)?\d+\.\d+\.\d+(-[\w.]+)?", pin) for pin in manifest["dependencies"].values()
    )
    assert lock["packages"][""]["dependencies"] == manifest["dependencies"]
    for path, entry in lock["packages"].items():
        assert "resolved" not in entry
        assert not path or re.match(r"sha512-", entry["integrity"])


def test_sets_that_must_not_mix_do_not() -> None:
    versions = toolchain_versions()
    assert versions["algokit-utils"].startswith("9.") and versions["algokit-utils-10"].startswith("10.")
    assert versions["puya"] == "5.10.1"


def test_projects_are_keyed_by_their_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = toolchain.project_folder("client")
    copied = tmp_path / "toolchain"
    shutil.copytree(toolchain.data(), copied)
    monkeypatch.setattr(toolchain, "data", lambda: copied)
    assert toolchain.project_folder("client") == before
    lock = copied / "client" / "package-lock.json"
    lock.write_text(lock.read_text() + "\n")
    assert toolchain.project_folder("client") != before


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ALGORAND_CODER_CACHE", str(tmp_path))
    return tmp_path


def fake_npm(project: str, folder: Path) -> None:
    (folder / "node_modules").mkdir()
    (folder / "node_modules" / ".package-lock.json").write_text("{}")


def test_an_installation_that_is_cut_off_leaves_nothing_to_trust(
    empty_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(project: str, folder: Path) -> None:
        (folder / "node_modules").mkdir()
        raise KeyboardInterrupt

    monkeypatch.setattr(toolchain, "_npm_ci", cut_off)
    with pytest.raises(KeyboardInterrupt):
        toolchain.ensure("puya", lambda line: None)
    assert not toolchain.installed("puya")
    said: list[str] = []
    monkeypatch.setattr(toolchain, "_npm_ci", fake_npm)
    folder = toolchain.ensure("puya", said.append)
    assert toolchain.installed("puya") and len(said) == 1
    assert [path for path in folder.parent.iterdir() if ".new-" in path.name] == []
    assert toolchain.ensure("puya", said.append) == folder and len(said) == 1


def install(results: multiprocessing.Queue[int]) -> None:
    said: list[str] = []

    def slow(project: str, folder: Path) -> None:
        import time

        time.sleep(0.5)
        fake_npm(project, folder)

    toolchain._npm_ci = slow
    toolchain.ensure("puya", said.append)
    results.put(len(said))


def test_two_processes_install_once(empty_cache: Path) -> None:
    context = multiprocessing.get_context("fork")
    results: multiprocessing.Queue[int] = context.Queue()
    both = [context.Process(target=install, args=(results,)) for _ in range(2)]
    for process in both:
        process.start()
    assert sorted(results.get(timeout=60) for _ in both) == [0, 1]
    for process in both:
        process.join()


def test_a_failing_npm_is_one_line_with_the_reason(empty_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = "console.error('npm error code E404\\nnpm error 404 Not Found - algosdk@3.8.0'); process.exit(1)"
    monkeypatch.setattr(node, "npm", lambda: (str(node.node()), "-e", script))
    with pytest.raises(MissingTool) as raised:
        toolchain.ensure("client", lambda line: None)
    assert "404 Not Found - algosdk@3.8.0" in str(raised.value) and "\n" not in str(raised.value)
    assert "doctor --fix" in str(raised.value)


def test_no_python_for_puya_is_one_line(empty_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(puya, "find_python", lambda: None)
    with pytest.raises(MissingTool, match=r"puya needs Python >= 3\.12 and none was found: install"):
        puya.ensure(lambda line: None)
    assert not puya.installed()


def test_an_environment_without_its_marker_is_not_trusted(empty_cache: Path) -> None:
    (puya.folder() / "bin").mkdir(parents=True)
    puya.executable().touch()
    assert not puya.installed()


def test_node_is_new_enough() -> None:
    assert node.node().is_file()
    assert node._version(str(node.node())) >= node.MINIMUM
