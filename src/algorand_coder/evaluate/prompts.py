"""How a problem is put to a model: the statement, the packages, the interface that is asked for, the given files."""

from __future__ import annotations

from typing import Literal

from algorand_coder.evaluate.problems import Problem
from algorand_coder.generate.chat import Message, messages

Statement = Literal["detailed", "terse"]

PACKAGES = {
    ("utils9", False): "Use @algorandfoundation/algokit-utils 9 and algosdk 3.",
    ("utils9", True): "Use Algorand TypeScript (@algorandfoundation/algorand-typescript 1).",
}
"""What an answer is judged against, by target and whether it is a contract: nobody can guess versions."""


def conversation(problem: Problem, statement: Statement = "detailed") -> list[Message]:
    """The messages that ask for an answer to ``problem``."""
    header = problem.header
    text = header.statement if statement == "detailed" else header.terse
    packages = PACKAGES[header.target, problem.is_contract]
    shown = [header.interface.strip()]
    for name, code in sorted(problem.context.items()):
        shown.append(f"Given, in `{name}`:\n\n```ts\n{code.strip()}\n```")
    return messages(f"{' '.join(text.split())}\n{packages} Export exactly this:", "\n\n".join(shown))
