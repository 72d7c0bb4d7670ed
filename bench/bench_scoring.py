"""Scoring: minutes for five answers to each of 200 problems, few of which reach the ledger, and all of which do."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from algorand_coder.evaluate.judging import Answer, judge_answers
from algorand_coder.evaluate.problems import Problem, load_problems
from algorand_coder.evaluate.prompts import conversation
from algorand_coder.records import Level
from algorand_coder.verify import Verifier

PROBLEMS = int(os.environ.get("BENCH_PROBLEMS", "200"))
SAMPLES = 5
REACHING = 0.3
"""Share of answers that reach the ledger in the first measurement."""

Row = tuple[str, str, str, str, str]


def run() -> list[Row]:
    """Rows of the table: what, measured, beside, ratio, aim; answers to fewer problems are scaled up."""
    problems = load_problems()[:PROBLEMS]
    rows = [
        _measured(f"scoring, {REACHING:.0%} reach behave", problems, REACHING, 6),
        _measured("scoring, all reach behave", problems, 1.0, 15),
    ]
    return rows


def _measured(what: str, problems: list[Problem], reaching: float, aim: int) -> Row:
    questions, answers = [], list[Answer]()
    for problem in problems:
        for sample in range(SAMPLES):
            number = len(answers)
            questions.append((problem, conversation(problem)))
            answers.append(Answer(_answer(problem, sample, reaches(number, reaching)), 0, 0, "stop", sample))
    with tempfile.TemporaryDirectory() as folder, Verifier(level=Level.BEHAVE, cache=Path(folder)) as verifier:
        # Starting the workers is no part of scoring.
        verifier.check([problems[0].candidate(problems[0].reference.code)])
        started = time.perf_counter()
        rows = judge_answers("bench", questions, answers, verifier.check)
        minutes = (time.perf_counter() - started) / 60
    behaved = sum(row.behave == "passed" for row in rows)
    scale = 200 * SAMPLES / len(rows)
    return (
        f"{what}: {len(rows)} answers, {behaved} behave",
        f"{minutes * scale:.1f} min",
        f"{60 * minutes / len(rows):.2f} s an answer",
        f"{minutes * scale / aim:.2f}",
        f"≤ {aim} min",
    )


def reaches(number: int, share: float) -> bool:
    """Whether an answer of this number is one that gets to the ledger; evenly spread."""
    return int((number + 1) * share) > int(number * share)


def _answer(problem: Problem, sample: int, reaching: bool) -> str:
    """A right answer, or one with an error of types; none is the same text as another, so that none is remembered."""
    broken = "" if reaching else f"\nconst unfit: string = {sample}\n"
    return f"```ts\n{problem.reference.code}\n// answer {sample}\n{broken}```"


if __name__ == "__main__":
    for row in run():
        print(" | ".join(row))
