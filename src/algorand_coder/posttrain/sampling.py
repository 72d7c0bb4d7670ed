"""Several answers of a model to each prompt, written so that a kill costs a batch and nothing is asked for twice."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from algorand_coder.generate.endpoints import Endpoint, EndpointConfig, Failure, Request
from algorand_coder.generate.transformers_engine import Sampling, TransformersEngine
from algorand_coder.posttrain.config import SampleConfig
from algorand_coder.posttrain.tasks import conversation
from algorand_coder.records import Pair, digest


@dataclass(frozen=True, slots=True)
class Question:
    """A row's request, and which of several answers to it is wanted."""

    row: Pair
    sample: int


@dataclass(frozen=True, slots=True)
class Sample:
    """One answer. ``error`` says why there is none; that is a fault of the infrastructure, never the model's."""

    row: str
    sample: int
    text: str
    finish: str
    """``stop`` at the model's own end, ``length`` where the token limit cut it, ``refusal``; ``none``: no answer."""
    error: str = ""


class Sampler(Protocol):
    """Whoever answers."""

    name: str
    """What provenance calls the model."""

    def fits(self, row: Pair) -> bool:
        """Whether the row's request leaves room for an answer."""

    def ask(self, questions: Sequence[Question], done: Callable[[int], None]) -> Iterable[list[Sample]]:
        """Answers in portions, in the order of ``questions``; ``done`` hears how many are newly there."""


class LocalSampler:
    """A model in this process; each answer is drawn by a seed of its own, so that it does not depend on its batch."""

    def __init__(self, name: str, engine: TransformersEngine, config: SampleConfig, seed: int) -> None:
        self.name = name
        self._engine, self._config, self._seed = engine, config, seed

    def fits(self, row: Pair) -> bool:
        """Whether prompt and answer fit into the model's context."""
        return self._engine.fits(self._engine.prompt_ids(conversation(row)), self._config.max_new_tokens)

    def ask(self, questions: Sequence[Question], done: Callable[[int], None]) -> Iterable[list[Sample]]:
        """A batch at a time."""
        config = self._config
        for start in range(0, len(questions), config.batch_size):
            batch = questions[start : start + config.batch_size]
            made = self._engine.complete(
                [conversation(question.row) for question in batch],
                config.max_new_tokens,
                config.batch_size,
                done,
                Sampling(config.temperature, config.top_p),
                [int(digest([self._seed, q.row.id, q.sample])[:15], 16) for q in batch],
            )
            yield [Sample(q.row.id, q.sample, g.text, g.finish) for q, g in zip(batch, made, strict=True)]


class EndpointSampler:
    """A model behind an endpoint, whose client keeps every answer the moment it comes."""

    def __init__(self, name: str, model: EndpointConfig, config: SampleConfig, seed: int, folder: Path | None) -> None:
        self.name = name
        self._endpoint = Endpoint(model, folder=folder)
        self._config, self._seed = config, seed

    def fits(self, row: Pair) -> bool:
        """An endpoint says for itself what it cannot take."""
        return True

    def ask(self, questions: Sequence[Question], done: Callable[[int], None]) -> Iterable[list[Sample]]:
        """All at once: the client asks side by side, within the budget."""
        requests = [self._request(question) for question in questions]
        outcomes = self._endpoint.complete(
            requests, budget=self._config.budget_dollars, progress=lambda count, note: done(count)
        )
        found = []
        for question, outcome in zip(questions, outcomes, strict=True):
            if isinstance(outcome, Failure):
                reason = f"{outcome.reason}: {outcome.detail}"
                found.append(Sample(question.row.id, question.sample, "", "none", reason))
            else:
                found.append(Sample(question.row.id, question.sample, outcome.text, outcome.finish))
        yield found

    def _request(self, question: Question) -> Request:
        config, turns = self._config, tuple(conversation(question.row))
        return Request(turns, config.max_new_tokens, config.temperature, config.top_p, self._seed, question.sample)


def sample_all(
    open_sampler: Callable[[], Sampler],
    rows: Sequence[Pair],
    samples: int,
    journal: Path | None,
    done: Callable[[int], None],
) -> list[Sample]:
    """``samples`` answers to each of ``rows``, in order.

    What ``journal`` (JSON lines) holds is not asked again; a question without an answer, for a fault of the
    infrastructure, is. The model is opened only when something is missing. An endpoint needs no journal: its client
    keeps answers itself, and has to see all questions to know what they cost together.
    """
    questions = [Question(row, sample) for row in rows for sample in range(samples)]
    # Neighbours in a batch are of like length, which is the same whatever was answered before a kill.
    questions.sort(key=lambda q: (-len(q.row.instruction) - len(q.row.input), q.row.id, q.sample))
    found = read_journal(journal) if journal else {}
    missing = [q for q in questions if (q.row.id, q.sample) not in found]
    done(len(questions) - len(missing))
    if missing:
        for portion in open_sampler().ask(missing, done):
            if journal:
                _append(journal, portion)
            found.update({(each.row, each.sample): each for each in portion})
    return [found[row.id, sample] for row in rows for sample in range(samples)]


def read_journal(path: Path) -> dict[tuple[str, int], Sample]:
    """Answers on disk; a line that was being written when the process died is ignored, as are faults."""
    found: dict[tuple[str, int], Sample] = {}
    if not path.is_file():
        return found
    for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
        try:
            portion = [Sample(**each) for each in json.loads(line)]
        except (ValueError, TypeError):
            continue
        found.update({(each.row, each.sample): each for each in portion if not each.error})
    return found


def _append(path: Path, portion: Sequence[Sample]) -> None:
    line = json.dumps([asdict(each) for each in portion], ensure_ascii=True)
    with path.open("a", encoding="utf-8", newline="\n") as out:
        # A torn line of an earlier, killed run must not swallow this one.
        out.write("\n" + line + "\n")
        out.flush()
        os.fsync(out.fileno())
