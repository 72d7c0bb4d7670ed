from __future__ import annotations

import multiprocessing
import time
from pathlib import Path

import pytest

from algorand_coder.cli.stages import locked
from algorand_coder.errors import UserError


def hold(folder: str) -> None:
    with locked(Path(folder)):
        Path(folder, "held").touch()
        time.sleep(30)


def test_two_runs_never_share_a_folder(tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=hold, args=(str(tmp_path),))
    process.start()
    try:
        while not (tmp_path / "held").exists():
            time.sleep(0.01)
        with pytest.raises(UserError, match=f"pid {process.pid}"), locked(tmp_path):
            pass
    finally:
        process.kill()
        process.join()
    with locked(tmp_path):
        pass


def test_a_run_folder_that_cannot_be_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="--run-dir"), locked(tmp_path / "file"):
        pass
