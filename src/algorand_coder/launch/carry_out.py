"""Calls the renting tool, and gives the machine back whatever happens."""

from __future__ import annotations

import shlex
import shutil
import subprocess

from algorand_coder.errors import MissingTool, UserError
from algorand_coder.launch.order import Plan

_INSTALL = {
    "sky": "pip install 'skypilot[runpod,lambda,aws,gcp,kubernetes]', then: sky check",
    "modal": "pip install modal, then: modal setup",
    "rsync": "install rsync with your package manager",
}


def carry_out(plan: Plan) -> None:
    """Run the commands of ``plan``; once the first has begun, its machine is stopped in the end.

    Raises ``MissingTool`` before anything is rented, and ``UserError`` naming the command that failed.
    """
    for tool in {line[0] for line in (*plan.work, *filter(None, [plan.stop]))}:
        if shutil.which(tool) is None:
            raise MissingTool(f"{tool} is not installed: {_INSTALL[tool]}")
    failed = ""
    stopped = True
    try:
        failed = next((shlex.join(line) for line in plan.work if not _runs(line)), "")
    finally:
        if plan.stop:
            stopped = _runs(plan.stop)
    if not stopped:
        raise UserError(f"the machine may still run and cost money: {shlex.join(plan.stop)}")
    if failed:
        raise UserError(f"this failed{', and the machine was stopped' if plan.stop else ''}: {failed}")


def _runs(line: tuple[str, ...]) -> bool:
    return subprocess.run(line, check=False).returncode == 0
