from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from algorand_coder.errors import UserError
from algorand_coder.pipeline import Engine, Section, Stage, StageContext
from algorand_coder.pipeline.progress import Progress
from algorand_coder.pipeline.stage import StageReport, run_stage


class Settings(Section):
    word: str = "hello"


def write_word(context: StageContext) -> dict[str, Any]:
    (context.folder / "word.txt").write_text(context.config.word)
    return {"words": 1}


def shout(context: StageContext) -> dict[str, Any]:
    (context.folder / "shout.txt").write_text((context.inputs["first"] / "word.txt").read_text().upper())
    return {"words": 1}


FIRST = Stage("first", (), write_word, ("algorand_coder.errors",))
SECOND = Stage("second", ("first",), shout, ("algorand_coder.errors",))


def run(stage: Stage, folder: Path, config: Settings | None = None, **options: Any) -> StageReport:
    progress = Progress(Console(quiet=True))
    return run_stage(stage, folder, config or Settings(), seed=1, engine=Engine(), progress=progress, **options)


def test_a_finished_stage_is_recognised(tmp_path: Path) -> None:
    assert not run(FIRST, tmp_path).reused
    assert run(FIRST, tmp_path).reused
    assert not run(FIRST, tmp_path, force=True).reused


def test_changed_config_runs_the_stage_and_what_depends_on_it(tmp_path: Path) -> None:
    run(FIRST, tmp_path)
    run(SECOND, tmp_path)
    assert not run(FIRST, tmp_path, Settings(word="bye")).reused
    assert not run(SECOND, tmp_path).reused
    assert (tmp_path / "second/shout.txt").read_text() == "BYE"


def test_same_output_from_a_changed_input_stage_leaves_the_next_one_alone(tmp_path: Path) -> None:
    run(FIRST, tmp_path)
    run(SECOND, tmp_path)
    run(FIRST, tmp_path, force=True)
    assert run(SECOND, tmp_path).reused


def test_what_a_config_names_outside_the_run_is_looked_at(tmp_path: Path) -> None:
    outside = {"weights": {"model": "1"}}
    stage = replace(FIRST, reads=lambda config: outside)
    run(stage, tmp_path)
    assert run(stage, tmp_path).reused
    outside["weights"]["model"] = "2"
    assert not run(stage, tmp_path).reused


@pytest.mark.parametrize("damage", ["truncate", "delete", "manifest"])
def test_a_corrupt_output_runs_the_stage_again(tmp_path: Path, damage: str) -> None:
    run(FIRST, tmp_path)
    target = tmp_path / "first" / ("manifest.json" if damage == "manifest" else "word.txt")
    target.unlink() if damage == "delete" else target.write_text("{")
    assert not run(FIRST, tmp_path).reused
    assert (tmp_path / "first/word.txt").read_text() == "hello"


def test_a_missing_input_names_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="algorand-coder first"):
        run(SECOND, tmp_path)


def test_leftovers_of_another_attempt_are_removed(tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    (tmp_path / "first/junk.txt").write_text("junk")
    report = run(FIRST, tmp_path)
    assert list(report.manifest.outputs) == ["word.txt"]


@pytest.mark.parametrize("force", [False, True])
def test_a_stage_may_keep_the_work_of_another_attempt(tmp_path: Path, force: bool) -> None:
    """The stage itself says why it cannot go on from there; ``force`` starts over."""
    found: list[bool] = []

    def stop(context: StageContext) -> dict[str, Any]:
        found.append((context.work / "hours").exists())
        (context.work / "hours").touch()
        (context.folder / "half").touch()
        raise UserError("interrupted")

    stage = Stage("keeper", (), stop, ("algorand_coder.errors",), keeps_work=True)
    for word in ("one", "two"):
        with pytest.raises(UserError, match="interrupted"):
            run(stage, tmp_path, Settings(word=word), force=force)
    assert found == [False, not force]


def contents(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("ending", [UserError("a slip"), KeyboardInterrupt()], ids=["mistake", "ctrl-c"])
@pytest.mark.parametrize("force", [False, True])
def test_an_attempt_that_fails_leaves_what_was_finished(tmp_path: Path, ending: BaseException, force: bool) -> None:
    def stop(context: StageContext) -> dict[str, Any]:
        (context.work / "sub").mkdir()
        (context.folder / "word.txt").write_text("half")
        (context.folder / "logs").mkdir()
        raise ending

    run(FIRST, tmp_path)
    before = contents(tmp_path)
    with pytest.raises(type(ending)):
        run(replace(FIRST, run=stop), tmp_path, Settings() if force else Settings(word="slip"), force=force)
    assert contents(tmp_path) == before
    assert run(FIRST, tmp_path).reused
    assert not run(FIRST, tmp_path, Settings(word="bye")).reused
    assert sorted(contents(tmp_path / "first")) == ["manifest.json", "word.txt"]


def test_an_attempt_that_was_begun_goes_on_beside_what_was_finished(tmp_path: Path) -> None:
    found: list[bool] = []

    def stop(context: StageContext) -> dict[str, Any]:
        found.append((context.work / "hours").exists())
        (context.work / "hours").touch()
        if len(found) == 2:
            return write_word(context)
        raise UserError("interrupted")

    run(FIRST, tmp_path)
    stage = replace(FIRST, run=stop)
    with pytest.raises(UserError):
        run(stage, tmp_path, force=True)
    assert (tmp_path / "first/word.txt").read_text() == "hello"
    assert not run(stage, tmp_path).reused
    assert found == [False, True]
    assert sorted(contents(tmp_path / "first")) == ["manifest.json", "word.txt"]


@pytest.mark.parametrize("killed", ["setting aside", "running", "taking back", "finished"])
def test_kill_9_loses_nothing_that_was_finished(tmp_path: Path, killed: str) -> None:
    run(FIRST, tmp_path)
    folder, previous = tmp_path / "first", tmp_path / "first" / ".previous"
    previous.mkdir()
    names = {"running": ("word.txt", "manifest.json"), "finished": ()}.get(killed, ("word.txt",))
    for name in names:
        (folder / name).rename(previous / name)
    if killed == "running":
        (folder / "word.txt").write_text("half")
    if killed == "finished":
        (previous / "word.txt").write_text("older")
    assert run(FIRST, tmp_path).reused
    assert sorted(contents(tmp_path / "first")) == ["manifest.json", "word.txt"]


def test_manifest_holds_no_path_of_the_machine(tmp_path: Path) -> None:
    run(FIRST, tmp_path)
    assert str(tmp_path) not in (tmp_path / "first/manifest.json").read_text()


def test_kill_9_resumes_from_work_and_gives_the_same_output(tmp_path: Path) -> None:
    script = textwrap.dedent(
        """
        import sys, time
        from pathlib import Path
        from algorand_coder.pipeline import Engine, Section, Stage
        from algorand_coder.pipeline.progress import Progress
        from algorand_coder.pipeline.stage import run_stage

        def count(context):
            for number in range(20):
                done = context.work / str(number)
                if not done.exists():
                    time.sleep(0.05)
                    with open(sys.argv[1] + "/calls", "a") as log:
                        log.write(f"{number}\\n")
                    done.touch()
            (context.folder / "out.txt").write_text("20")
            return {}

        stage = Stage("slow", (), count, ("algorand_coder.errors",))
        run_stage(stage, Path(sys.argv[1]), Section(), seed=1, engine=Engine(), progress=Progress(quiet=True))
        """
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    calls = tmp_path / "calls"
    process = subprocess.Popen(command)
    while not calls.exists() or len(calls.read_text().split()) < 5:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert not (tmp_path / "slow/manifest.json").exists()
    subprocess.run(command, check=True)
    numbers = [int(n) for n in calls.read_text().split()]
    assert sorted(set(numbers)) == list(range(20))
    assert len(numbers) <= 21, "at most the item in flight is done twice"
    manifest = json.loads((tmp_path / "slow/manifest.json").read_text())
    assert list(manifest["outputs"]) == ["out.txt"]
