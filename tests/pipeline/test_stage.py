from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time
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
