"""How a problem is put to a model: the statement, the interface that is asked for, the files that are given."""

from __future__ import annotations

from typing import Literal

from algorand_coder.evaluate.problems import Problem
from algorand_coder.generate.chat import Message, messages

Statement = Literal["detailed", "terse"]


def conversation(problem: Problem, statement: Statement = "detailed") -> list[Message]:
    """The messages that ask for an answer to ``problem``."""
    header = problem.header
    text = header.statement if statement == "detailed" else header.terse
    shown = [f"Export exactly this:\n\n```ts\n{header.interface.strip()}\n```"]
    for name, code in sorted(problem.context.items()):
        shown.append(f"Given, in `{name}`:\n\n```ts\n{code.strip()}\n```")
    return messages(" ".join(text.split()), "\n\n".join(shown))
