"""How a problem is put to a model: the statement, the packages, the interface that is asked for, the given files."""

from __future__ import annotations

from typing import Literal

from algorand_coder.evaluate.problems import Problem
from algorand_coder.generate.chat import Message, messages
from algorand_coder.generate.prompts import render

Statement = Literal["detailed", "terse"]

PACKAGES = {
    ("utils9", False): "Use @algorandfoundation/algokit-utils 9 and algosdk 3.",
    ("utils9", True): "Use Algorand TypeScript (@algorandfoundation/algorand-typescript 1).",
}
"""What an answer is judged against, by target and whether it is a contract: nobody can guess versions."""


def conversation(problem: Problem, statement: Statement = "detailed", *, documentation: bool = False) -> list[Message]:
    """The messages that ask for an answer to ``problem``, under ``documentation`` of the packages if that is wanted."""
    header = problem.header
    text = header.statement if statement == "detailed" else header.terse
    packages = PACKAGES[header.target, problem.is_contract]
    shown = [header.interface.strip()]
    for name, code in sorted(problem.context.items()):
        shown.append(f"Given, in `{name}`:\n\n```ts\n{code.strip()}\n```")
    asked = f"{' '.join(text.split())}\n{packages} Export exactly this:"
    if documentation:
        asked = f"{render(documentation_of(problem))}\n\n## The task\n\n{asked}"
    return messages(asked, "\n\n".join(shown))


def documentation_of(problem: Problem) -> str:
    """The prompt file with the documentation for answers to ``problem``."""
    return f"documentation-{'contract' if problem.is_contract else 'client'}.md"


def repair(findings: str) -> Message:
    """The turn that hands a model what the compiler says of its last answer."""
    return {"role": "user", "content": render("repair.md.j2", findings=findings)}
