"""Sample answers, verify them, repair the best with the real diagnostics, and say what happened while it happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from algorand_coder.records import (
    DEFAULT_TARGET,
    Candidate,
    Diagnostic,
    Kind,
    Level,
    LevelResult,
    Outcome,
    Verdict,
    default_filename,
)
from algorand_coder.serve.engines.base import Engine, Route
from algorand_coder.serve.failures import EngineTrouble, Refusal
from algorand_coder.serve.judging import Judging
from algorand_coder.serve.repair import repairing
from algorand_coder.serve.schema import Finding, checks_of

NO_CODE = "answer/no-code"
_VARIED = 0.8
"""Temperature of every sample but the first, where the request names none or 0: greedy ones would be the same."""

Event = dict[str, Any]
"""What happened, under ``event``: ``sample``, ``delta``, ``verdict``, ``repair``, ``fallback``, ``solved``."""


@dataclass(frozen=True)
class Model:
    """A model that can be asked, under its public name."""

    name: str
    engine: Engine


@dataclass(frozen=True)
class Question:
    """What is to be solved, and how hard to try."""

    conversation: Sequence[Any]
    """Messages; the prompt itself as its only item for the route ``completions``."""
    options: Mapping[str, Any]
    """Sampling options for the engine."""
    level: Level = Level.COMPILE
    samples: int = 1
    rounds: int = 2
    kind: Kind | None = None
    target: str = DEFAULT_TARGET
    files: Mapping[str, str] = field(default_factory=dict)
    route: Route = "chat/completions"


@dataclass(frozen=True)
class Tried:
    """One answer with its verdict."""

    round: int
    sample: int
    model: str
    text: str
    code: str
    candidate: Candidate
    verdict: Verdict
    finish: str
    prompt_tokens: int
    completion_tokens: int
    parent: Tried | None = None
    """The failed answer that this one repairs."""

    @property
    def rank(self) -> tuple[bool, int, bool, bool, int]:
        """Better answers compare greater: passed, more levels passed, could not be judged, code, fewer findings."""
        passed = sum(result.outcome == Outcome.PASSED for result in self.verdict.levels)
        unjudged = self.verdict.outcome == Outcome.UNJUDGED
        return self.passed, passed, unjudged, bool(self.code), -len(self.verdict.diagnostics)

    @property
    def passed(self) -> bool:
        """Whether every level passed."""
        return self.verdict.outcome == Outcome.PASSED


async def solve(question: Question, models: Sequence[Model], judging: Judging) -> AsyncGenerator[Event]:
    """Events, the last one ``solved`` with the best answer (``best``), every one (``tried``) and ``warnings``.

    A model that cannot answer, or whose answers fail to the last round, hands over to the next of ``models``.
    Raises ``Refusal`` when none of them gave an answer at all.
    """
    solving = _Solving(question, judging)
    for position, model in enumerate(models):
        if position:
            reason = "its answers failed verification" if solving.tried else "it could not answer"
            solving.warnings.append(f"{models[position - 1].name} was replaced by {model.name}: {reason}")
            yield {"event": "fallback", "model": model.name, "reason": reason}
        async with aclosing(solving.ask(model)) as events:
            async for event in events:
                yield event
        if solving.settled:
            break
    best = solving.best
    if best is None:
        raise solving.trouble or EngineTrouble("no engine answered")
    if best.verdict.outcome == Outcome.FAILED:
        solving.warnings.append("the code does not pass: see its diagnostics before using it")
    if best.verdict.outcome == Outcome.UNJUDGED:
        solving.warnings.append("the code could not be verified")
    if best.finish == "length":
        solving.warnings.append("the answer was cut off at the token limit: raise max_tokens")
    yield {"event": "solved", "best": best, "tried": solving.tried, "warnings": solving.warnings}


class _Solving:
    def __init__(self, question: Question, judging: Judging) -> None:
        self._question, self._judging = question, judging
        self._round = 0
        self.tried: list[Tried] = []
        self.warnings: list[str] = []
        self.trouble: Refusal | None = None

    @property
    def best(self) -> Tried | None:
        """The best answer so far; the earliest among equals."""
        return max(self.tried, key=lambda each: (each.rank, -each.round, -each.sample), default=None)

    @property
    def settled(self) -> bool:
        """Whether more tries would be in vain: it passed, or nobody can tell."""
        return self.best is not None and self.best.verdict.outcome != Outcome.FAILED

    async def ask(self, model: Model) -> AsyncGenerator[Event]:
        """Up to ``rounds`` + 1 rounds with one model; after another model has failed, only rounds of repair."""
        for attempt in range(self._question.rounds + 1):
            failed = self.best
            if attempt == 0 and self._question.rounds == 0:
                failed = None  # no repair is wanted: a model that takes over starts anew
            if failed is not None:
                found = [Finding.of(each).model_dump(mode="json") for each in failed.verdict.diagnostics]
                yield {"event": "repair", "round": self._round, "model": model.name, "diagnostics": found}
            before = len(self.tried)
            async with aclosing(self._sample(model, failed)) as events:
                async for event in events:
                    yield event
            self._round += 1
            if self.settled or len(self.tried) == before:
                return

    async def _sample(self, model: Model, failed: Tried | None) -> AsyncGenerator[Event]:
        """One round: samples run side by side until one passes or all have ended."""
        conversation = list(self._question.conversation)
        if failed is not None:
            code = failed.code
            conversation = repairing(conversation, code, failed.text, failed.verdict.diagnostics)
        happened: asyncio.Queue[Event | None] = asyncio.Queue()
        tasks = {
            asyncio.create_task(self._one(model, conversation, sample, failed, happened))
            for sample in range(self._question.samples)
        }
        for task in tasks:
            task.add_done_callback(lambda _: happened.put_nowait(None))
        left = len(tasks)
        try:
            while left:
                event = await happened.get()
                if event is None:
                    left -= 1
                    continue
                yield event
                if event["event"] == "verdict" and event["outcome"] == Outcome.PASSED:
                    return
        finally:
            for task in tasks:
                task.cancel()
            # Not gather: cancelled once more, it would cancel them in the middle of closing their connections.
            await asyncio.wait(tasks)
        for task in tasks:
            error = task.exception()
            if isinstance(error, Refusal):
                self.trouble = error
                if not isinstance(error, EngineTrouble):
                    raise error
            elif error is not None:
                raise error

    async def _one(
        self, model: Model, conversation: list[Any], sample: int, failed: Tried | None, out: asyncio.Queue[Event | None]
    ) -> None:
        place = {"round": self._round, "sample": sample}
        out.put_nowait({"event": "sample", **place, "model": model.name})
        body = self._body(conversation, sample)
        text, finish, counted = "", "", (0, 0)
        async with aclosing(model.engine.stream(self._question.route, body)) as chunks:
            async for chunk in chunks:
                usage = chunk.get("usage")
                if isinstance(usage, dict):
                    counted = (_count(usage, "prompt_tokens"), _count(usage, "completion_tokens"))
                for choice in chunk.get("choices") or ():
                    piece = _text(choice)
                    finish = choice.get("finish_reason") or finish
                    if piece:
                        text += piece
                        out.put_nowait({"event": "delta", **place, "text": piece})
        code, candidate, verdict = await self._judge(text)
        tried = Tried(
            round=self._round,
            sample=sample,
            model=model.name,
            text=text,
            code=code,
            candidate=candidate,
            verdict=verdict,
            finish=finish,
            prompt_tokens=counted[0],
            completion_tokens=counted[1],
            parent=failed,
        )
        self.tried.append(tried)
        out.put_nowait(
            {
                "event": "verdict",
                **place,
                "outcome": verdict.outcome,
                "code": tried.code,
                "kind": tried.candidate.kind,
                "checks": [check.model_dump(mode="json") for check in checks_of(verdict)],
            }
        )

    async def _judge(self, text: str) -> tuple[str, Candidate, Verdict]:
        """The code in an answer, and the verdict on it."""
        from algorand_coder.syntax.answers import extract_code

        question = self._question
        given = str(question.conversation[0]) if question.route == "completions" else ""
        code = await asyncio.to_thread(extract_code, given + text)
        candidate = candidate_of(code, question.kind, question.target, question.files)
        if code:
            return code, candidate, await self._judging.check(candidate, question.level)
        finding = Diagnostic(Level.PARSE, candidate.entry, 0, 0, NO_CODE, "the answer holds no TypeScript")
        return code, candidate, Verdict(candidate.key, (LevelResult(Level.PARSE, Outcome.FAILED, (finding,)),))

    def _body(self, conversation: list[Any], sample: int) -> dict[str, Any]:
        options = dict(self._question.options)
        asked_greedy = options.get("temperature") == 0
        if asked_greedy or options.get("temperature") is None:
            greedy = sample == 0 and (self._round == 0 or asked_greedy)
            options["temperature"] = 0 if greedy else _VARIED
        if options.get("seed") is not None:
            options["seed"] += 1_000 * self._round + sample
        asked = {"prompt": conversation[0]} if self._question.route == "completions" else {"messages": conversation}
        return {**options, **asked, "stream_options": {"include_usage": True}}


def candidate_of(code: str, kind: Kind | None, target: str, files: Mapping[str, str]) -> Candidate:
    """``code`` together with ``files`` as the verifier takes it; its kind is told from the code when not given."""
    from algorand_coder.verify.sources import detect_kind

    kind = kind or detect_kind(code)
    entry = default_filename(kind)
    return Candidate(files={**files, entry: code}, entry=entry, kind=kind, target=target)


def _text(choice: Mapping[str, Any]) -> str:
    found = choice.get("text") if "text" in choice else (choice.get("delta") or {}).get("content")
    return found if isinstance(found, str) else ""


def _count(usage: Mapping[str, Any], name: str) -> int:
    found = usage.get(name)
    return found if isinstance(found, int) else 0
