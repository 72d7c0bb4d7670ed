from __future__ import annotations

import errno
import subprocess
import sys

import pytest

from algorand_coder import cli
from algorand_coder.errors import UserError


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "algorand_coder.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", list(cli.COMMANDS))
def test_every_command_has_help_with_an_example(name: str) -> None:
    done = run(name, "--help")
    assert done.returncode == 0, done.stderr
    assert f"Example: algorand-coder {name}" in done.stdout


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from algorand_coder.cli import _run; _run(['--help']);"
        "heavy = {'torch', 'transformers', 'pyarrow', 'pydantic', 'numpy', 'rich', 'inspect_ai'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["trian"], "unknown command 'trian'; did you mean 'train'?"),
        (["run", "--config", "laptp"], "did you mean 'laptop'?"),
        (["run", "--set", "train.learning_rte=1"], "unknown key 'train.learning_rte'; did you mean 'learning_rate'?"),
        (["run", "--set", "seed=-1"], "seed: input should be greater than or equal to 0, got -1"),
        (["run", "--set", "seed"], "expected section.key=value"),
        (["run", "--set", "evaluate.top_p=[1"], "--set 'evaluate.top_p=[1': not readable as YAML"),
        (["run", "--set", "train.base_model=@x"], "--set 'train.base_model=@x': not readable as YAML"),
        (["run", "--set", "name=2026-13-45"], "--set 'name=2026-13-45': not readable as YAML"),
        (["run", "--until", "nowhere"], "nowhere"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(arguments: list[str], line: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert line in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (UserError("what, where, how"), 2, "what, where, how"),
        (OSError(errno.ENOSPC, "No space left on device", "units.parquet"), 2, "the disk is full at units.parquet"),
        (KeyboardInterrupt(), 130, "finished stages are kept"),
    ],
)
def test_faults_are_one_line(
    error: BaseException,
    code: int,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(cli.cli, "main", fail)
    with pytest.raises(SystemExit) as caught:
        cli.main([])
    assert caught.value.code == code
    printed = capsys.readouterr().err
    assert words in printed
    assert len(printed.splitlines()) == 1


def test_a_bug_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("bug")

    monkeypatch.setattr(cli.cli, "main", fail)
    with pytest.raises(RuntimeError):
        cli.main([])
