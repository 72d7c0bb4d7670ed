"""Models that answer, and answers that survive a kill: nothing that was generated or bought is asked for again."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from algorand_coder.errors import UserError
from algorand_coder.evaluate.config import EvaluateConfig
from algorand_coder.evaluate.judging import Answer
from algorand_coder.generate.base_models import fetch
from algorand_coder.generate.chat import Conversation, chat_template_hash
from algorand_coder.generate.endpoints import Endpoint, EndpointConfig, Failure, Reply, Request
from algorand_coder.pipeline.progress import Progress
from algorand_coder.records import digest

NAME = "evaluate"


@dataclass(frozen=True, slots=True)
class Question:
    """A conversation that waits for an answer, and which of several answers it is."""

    conversation: Conversation
    sample: int = 0


class Model(Protocol):
    """Whoever answers questions: a model in this process or one behind an endpoint."""

    name: str
    """What results call the model behind a label."""

    def answer(self, questions: Sequence[Question], what: str, progress: Progress) -> list[Answer]:
        """One answer a question, in order; ``what`` names the round in the progress bar."""
        ...

    def about(self) -> dict[str, Any]:
        """What decides its answers beside the questions: for the logs."""
        ...


class Answerer(Protocol):
    """A loaded model."""

    def answer(self, conversations: Sequence[Conversation]) -> list[Answer]:
        """One answer a conversation, in order."""


class LocalAnswerer:
    """A model in this process, decoding greedily."""

    def __init__(
        self,
        model_dir: Path,
        adapter: Path | None,
        max_new_tokens: int,
        batch_size: int,
        switches: Mapping[str, Any] | None = None,
    ) -> None:
        from algorand_coder.generate.transformers_engine import TransformersEngine

        self._engine = TransformersEngine(model_dir, adapter, switches=switches)
        self._max_new_tokens = max_new_tokens
        self._batch_size = batch_size

    def answer(self, conversations: Sequence[Conversation]) -> list[Answer]:
        """Greedy answers; the same conversations in the same batches give the same answers."""
        made = self._engine.complete(conversations, self._max_new_tokens, self._batch_size)
        return [Answer(g.text, g.prompt_tokens, g.completion_tokens, g.finish) for g in made]


class LocalModel:
    """Base weights, with an adapter or without; loaded only when answers are missing, and gone afterwards."""

    def __init__(  # noqa: PLR0917
        self,
        name: str,
        base: str,
        revision: str | None,
        adapter: Path | None,
        template: str | None,
        config: EvaluateConfig,
        saved: Path,
        progress: Progress,
        switches: Mapping[str, Any] | None = None,
    ) -> None:
        """``switches`` of the chat template: a base is asked in the form that its adapter was trained in."""
        if config.samples > 1:
            raise UserError(
                f"{name} decodes greedily and gives the same answer each time: set evaluate.samples=1, or serve it "
                "behind an endpoint"
            )
        if config.temperature > 0 or config.top_p not in {None, 1.0}:
            raise UserError(
                f"{name} decodes greedily, without evaluate.temperature and evaluate.top_p: leave them out, or serve "
                "it behind an endpoint"
            )
        self.name = name
        self._base, self._revision, self._adapter, self._template = base, revision, adapter, template
        self._config, self._saved, self._switches = config, saved, dict(switches or {})
        self._note: Callable[[str], None] = lambda text: progress.note(NAME, text)

    def answer(self, questions: Sequence[Question], what: str, progress: Progress) -> list[Answer]:
        """Greedy answers in batches; finished batches are on disk before the next one begins."""
        conversations = [question.conversation for question in questions]
        with progress.bar(NAME, what, len(questions)) as bar:
            answers = answer_all(self._load, conversations, self._config.batch_size, self._saved, bar.advance)
        gc.collect()
        return [replace(each, sample=q.sample) for each, q in zip(answers, questions, strict=True)]

    def about(self) -> dict[str, Any]:
        """Base, revision, and the hash of the chat template."""
        return {
            "base_model": Path(self._base).name if Path(self._base).is_dir() else self._base,
            "base_revision": self._revision or "",
            "adapter": self._adapter is not None,
            "chat_template_sha256": self._template_hash(),
            "chat_template_kwargs": self._switches,
        }

    def _load(self) -> Answerer:
        folder = fetch(self._base, self._revision, self._note)
        limits = self._config.max_new_tokens, self._config.batch_size
        return LocalAnswerer(folder, self._adapter, *limits, self._switches)

    def _template_hash(self) -> str:
        if self._template is not None:
            return self._template
        from transformers import AutoTokenizer

        return chat_template_hash(AutoTokenizer.from_pretrained(str(fetch(self._base, self._revision, self._note))))


class EndpointModel:
    """A model behind an endpoint; every answer is bought once and kept in the user's cache."""

    def __init__(self, name: str, model: EndpointConfig, config: EvaluateConfig, seed: int) -> None:
        if config.samples > 1 and config.temperature == 0 and model.sampling:
            raise UserError(
                f"evaluate.samples={config.samples} needs evaluate.temperature above 0: greedy answers are all the same"
            )
        self.name = f"{model.model} ({name})" if name != model.model else model.model
        self._config, self._seed = config, seed
        self._endpoint = Endpoint(model)
        self._left = config.budget_dollars
        """Of the budget, after the rounds so far."""

    def answer(self, questions: Sequence[Question], what: str, progress: Progress) -> list[Answer]:
        """Answers side by side; a question that the infrastructure left without one says why."""
        requests = [self._request(question) for question in questions]
        with progress.bar(NAME, what, len(questions)) as bar:
            outcomes = self._endpoint.complete(requests, budget=self._left, progress=bar.advance)
        self._left -= self._endpoint.bill.dollars + self._endpoint.bill.unsettled_dollars
        return [_answer(outcome, question.sample) for outcome, question in zip(outcomes, questions, strict=True)]

    def about(self) -> dict[str, Any]:
        """The endpoint's settings without its address; the template is the endpoint's own."""
        model = self._endpoint.config
        kept = ("provider", "price", "sampling", "thinking_tokens", "extra")
        return {
            **{key: value for key, value in model.model_dump(mode="json").items() if key in kept},
            "asked_for": model.model,
            "price_source": self._endpoint.price.note,
            "chat_template_sha256": "applied by the endpoint",
        }

    def _request(self, question: Question) -> Request:
        turns = tuple(dict(message) for message in question.conversation)
        config = self._config
        return Request(turns, config.max_new_tokens, config.temperature, config.top_p, self._seed, question.sample)


def _answer(outcome: Reply | Failure, sample: int) -> Answer:
    if isinstance(outcome, Failure):
        return Answer("", 0, 0, "none", sample, f"{outcome.reason}: {outcome.detail}")
    return Answer(
        outcome.text,
        outcome.prompt_tokens,
        outcome.completion_tokens,
        outcome.finish,
        sample,
        served=outcome.model,
        dollars=outcome.dollars,
        seconds=outcome.seconds,
    )


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
