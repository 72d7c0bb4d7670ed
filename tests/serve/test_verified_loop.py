"""The script that measures the loop, on a scripted model whose first answer never type-checks."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.evaluate.problems import load_problems, sample
from tests.serve.scripted import Script, Served, app

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
WRONG = "\nconst broken: number = 'a string'\n"


class Learner(Script):
    """Answers with the reference and a mistake in it; without the mistake once it is told that it does not pass."""

    def __init__(self) -> None:
        super().__init__()
        self.references = {p.header.interface.strip(): p.reference.code for p in load_problems() if not p.context}

    def answer(self, body: dict[str, Any]) -> str:
        first = next(message["content"] for message in body["messages"] if message["role"] == "user")
        code = next(code for interface, code in self.references.items() if interface in first)
        told = "does not pass" in body["messages"][-1]["content"]
        return f"```ts\n{code if told else code + WRONG}\n```"


def test_the_loop_mends_what_one_answer_gets_wrong(tmp_path: Path) -> None:
    learner = Learner()
    with Served(app(learner)) as engine:
        program = [sys.executable, str(ROOT / "scripts/verified_loop.py"), "--endpoint", f"{engine.url}/v1"]
        options = ["--problems", "2", "--tokens", "900", "--rounds", "2", "--out", str(tmp_path)]
        done = subprocess.run([*program, *options], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    scores = json.loads((tmp_path / "evaluate/scores.json").read_text())
    off, on = (scores["models"][arm]["rates"]["types"] for arm in ("loop-off", "loop-on"))
    assert (off["passed"], on["passed"]) == (0, 2)
    assert "difference +100 points" in done.stdout
    assert f"n = {len(sample([p for p in load_problems() if not p.context], 2))}" in done.stdout
    # The budget: all of it for one answer, a third of it for each of up to three.
    assert {body["max_tokens"] for body in learner.bodies} == {900, 300}
    assert len(learner.bodies) == 2 + 2 * 2
