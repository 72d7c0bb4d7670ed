"""Who answers, and answers that survive a kill: each batch is on disk before the next one begins."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

from algorand_coder.evaluate.judging import Answer
from algorand_coder.generate.chat import Conversation
from algorand_coder.records import digest


class Answerer(Protocol):
    """Whoever can answer conversations: a local model here, an endpoint elsewhere."""

    def answer(self, conversations: Sequence[Conversation]) -> list[Answer]:
        """One answer a conversation, in order."""


class LocalAnswerer:
    """A model in this process, decoding greedily."""

    def __init__(self, model_dir: Path, adapter: Path | None, max_new_tokens: int, batch_size: int) -> None:
        from algorand_coder.generate.transformers_engine import TransformersEngine

        self._engine = TransformersEngine(model_dir, adapter)
        self._max_new_tokens = max_new_tokens
        self._batch_size = batch_size

    def answer(self, conversations: Sequence[Conversation]) -> list[Answer]:
        """Greedy answers; the same conversations in the same batches give the same answers."""
        made = self._engine.complete(conversations, self._max_new_tokens, self._batch_size)
        return [Answer(g.text, g.prompt_tokens, g.completion_tokens, g.finish) for g in made]


def answer_all(
    load: Callable[[], Answerer],
    conversations: Sequence[Conversation],
    batch_size: int,
    saved: Path,
    progress: Callable[[int], None],
) -> list[Answer]:
    """Every answer, in order; ``progress`` hears how many are newly done.

    Finished batches are read back from ``saved`` (JSON lines), so a killed run loses at most the batch it was in.
    ``load`` is called only when something is left to answer. Batches are cut from all questions, longest first,
    whatever was saved: the answers do not depend on where a run was interrupted.
    """
    order = sorted(range(len(conversations)), key=lambda index: (-_length(conversations[index]), index))
    batches = [order[start : start + batch_size] for start in range(0, len(order), batch_size)]
    done = _read(saved)
    answers: dict[int, Answer] = {}
    answerer: Answerer | None = None
    for batch in batches:
        questions = [conversations[index] for index in batch]
        found = done.get(_key(questions))
        if found is None:
            answerer = answerer or load()
            found = answerer.answer(questions)
            _append(saved, _key(questions), found)
        answers.update(zip(batch, found, strict=True))
        progress(len(batch))
    return [answers[index] for index in range(len(conversations))]


def _length(conversation: Conversation) -> int:
    return sum(len(message["content"]) for message in conversation)


def _key(conversations: Sequence[Conversation]) -> str:
    return digest([list(conversation) for conversation in conversations])


def _read(path: Path) -> dict[str, list[Answer]]:
    """Batches that are whole on disk; a line that was being written when the process died is ignored."""
    found: dict[str, list[Answer]] = {}
    if not path.is_file():
        return found
    for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
        try:
            batch: dict[str, Any] = json.loads(line)
            found[batch["questions"]] = [Answer(**answer) for answer in batch["answers"]]
        except (ValueError, TypeError, KeyError):
            continue
    return found


def _append(path: Path, key: str, answers: Sequence[Answer]) -> None:
    line = json.dumps({"questions": key, "answers": [asdict(answer) for answer in answers]}, ensure_ascii=False)
    with path.open("a", encoding="utf-8", newline="\n") as out:
        # A torn line of an earlier, killed run must not swallow this one.
        out.write("\n" + line + "\n")
        out.flush()
        os.fsync(out.fileno())
