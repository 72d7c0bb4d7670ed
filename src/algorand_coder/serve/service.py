"""What the gateway and the MCP tools both do: generate verified code, judge code."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from functools import cache
from typing import Any, Protocol

from algorand_coder.records import Candidate, Kind, Level, Outcome, default_filename
from algorand_coder.serve.failures import Refusal
from algorand_coder.serve.judging import Judging
from algorand_coder.serve.metrics import Metrics
from algorand_coder.serve.models import Models
from algorand_coder.serve.repair import asking
from algorand_coder.serve.schema import (
    LEVELS,
    Attempt,
    Checked,
    CheckRequest,
    Generated,
    GenerateRequest,
    checks_of,
    shown_versions,
)
from algorand_coder.serve.settings import ServeSettings
from algorand_coder.serve.solving import Event, Model, Question, Tried, candidate_of, solve


class Collector(Protocol):
    """Keeps verified answers; see ``collect``."""

    def keep(self, instruction: str, context: str, tried: Sequence[Tried], best: Tried) -> Mapping[str, int]:
        """What became of the pairs, counted by result."""
        ...


class Service:
    """Everything that needs models and the verifier, without any transport."""

    def __init__(
        self,
        settings: ServeSettings,
        models: Models,
        judging: Judging,
        *,
        metrics: Metrics | None = None,
        collector: Collector | None = None,
    ) -> None:
        self.settings, self.models, self.judging, self.collector = settings, models, judging, collector
        self.metrics = metrics or Metrics()
        self._warming: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the engines, and the compilers in the background."""
        await self.models.start()
        if self.settings.warm:
            self._warming = asyncio.create_task(self.judging.warm())

    async def stop(self) -> None:
        """Stop the engines and the verifier."""
        if self._warming is not None:
            self._warming.cancel()
        await self.models.stop()
        await self.judging.stop()

    async def generate(self, request: GenerateRequest) -> AsyncGenerator[Event]:
        """Events of ``solve`` between ``route`` (which model, why) and ``answer`` (a ``Generated``)."""
        self.expect_short(request.instruction, request.context, *request.files.values())
        self.expect_modest(request.n, request.rounds, request.level)
        self.expect_paths(request.files)
        conversation = asking(request.instruction, request.context, request.files)
        models, route = self.models.choose(request.model, request.instruction)
        question = Question(
            conversation=conversation,
            options={
                "max_tokens": self.tokens(request.max_tokens),
                "temperature": request.temperature,
                "seed": request.seed,
            },
            level=request.level,
            samples=request.n,
            rounds=request.rounds,
            kind=request.kind,
            target=request.target,
            files=request.files,
        )
        yield {"event": "route", "model": models[0].name, "route": route}
        async with aclosing(self.solve(question, models)) as events:
            async for event in events:
                if event["event"] != "solved":
                    yield event
                    continue
                if request.collect:
                    self._collect(request.instruction, request.context, event)
                yield {"event": "answer", "answer": answer_of(event, route)}

    async def solve(self, question: Question, models: Sequence[Model]) -> AsyncGenerator[Event]:
        """As :func:`algorand_coder.serve.solving.solve`, counted."""
        async with aclosing(solve(question, models, self.judging)) as events:
            async for event in events:
                match event["event"]:
                    case "repair":
                        self.metrics.repairs.inc()
                    case "fallback":
                        self.metrics.fallbacks.inc()
                    case "verdict":
                        for check in event["checks"]:
                            self.metrics.verdicts.labels(check["level"], check["outcome"]).inc()
                    case "solved":
                        self.metrics.tokens.labels("prompt").inc(sum(each.prompt_tokens for each in event["tried"]))
                        self.metrics.tokens.labels("completion").inc(
                            sum(each.completion_tokens for each in event["tried"])
                        )
                yield event

    async def check(self, request: CheckRequest) -> Checked:
        """The verdict on code of a client's own."""
        candidate = self._candidate(request)
        self.expect_level(request.level)
        verdict = await self.judging.check(candidate, request.level)
        deprecated = ", ".join(verdict.deprecated)
        return Checked(
            outcome=verdict.outcome,
            kind=candidate.kind,
            versions=_versions(candidate.target),
            checks=checks_of(verdict),
            warnings=[f"it uses deprecated symbols: {deprecated}"] if deprecated else [],
        )

    def tokens(self, wanted: int | None) -> int:
        """Tokens that an answer may have."""
        return min(wanted or self.settings.default_tokens, self.settings.max_tokens)

    def expect_short(self, *texts: str) -> None:
        """Refuse a request with too much text."""
        most = self.settings.max_prompt_characters
        if sum(map(len, texts)) > most:
            raise Refusal(413, f"a request has at most {most:,} characters of text", code="prompt_too_long")

    def expect_modest(self, samples: int, rounds: int, level: Level) -> None:
        """Refuse a request for more work than the operator allows."""
        if samples > self.settings.max_samples:
            raise Refusal(400, f"at most {self.settings.max_samples} samples", code="too_much_work", param="n")
        if rounds > self.settings.max_rounds:
            raise Refusal(400, f"at most {self.settings.max_rounds} rounds", code="too_much_work", param="rounds")
        self.expect_level(level)

    def expect_level(self, level: Level) -> None:
        """Refuse a level that cannot be judged for lone code."""
        if level not in LEVELS:
            names = ", ".join(LEVELS)
            raise Refusal(400, f"level {level} cannot be asked for here; known: {names}", code="level", param="level")

    def expect_paths(self, files: Mapping[str, str]) -> None:
        """Refuse files that the verifier would not take."""
        from algorand_coder.verify.hygiene import wrong_path

        for path in files:
            if wrong := wrong_path(path):
                raise Refusal(400, f"{ascii(path)[:80]}: {wrong}", code="bad_path", param="files")

    def _candidate(self, request: CheckRequest) -> Candidate:
        self.expect_short(request.code, *request.files.values())
        self.expect_paths(request.files)
        if request.code and request.entry:
            raise Refusal(400, "'entry' names one of 'files': leave out 'code'", code="ambiguous", param="entry")
        if request.code:
            return candidate_of(request.code, request.kind, request.target, request.files)
        if not request.files:
            raise Refusal(400, "give 'code' or 'files'", code="missing", param="code")
        entry = request.entry or (next(iter(request.files)) if len(request.files) == 1 else "")
        if entry not in request.files:
            raise Refusal(400, "'entry' must name one of 'files'", code="missing", param="entry")
        from algorand_coder.verify.sources import detect_kind

        kind = request.kind or detect_kind(request.files[entry], entry)
        files = dict(request.files)
        if kind != Kind.CLIENT and not any(name.endswith(".algo.ts") for name in files) and len(files) == 1:
            # The compilers tell contracts by their name.
            entry, files = default_filename(kind), {default_filename(kind): files[entry]}
        return Candidate(files, entry, kind, request.target)

    def _collect(self, instruction: str, context: str, solved: Event) -> None:
        if self.collector is None:
            return
        for result, count in self.collector.keep(instruction, context, solved["tried"], solved["best"]).items():
            self.metrics.collected.labels(result).inc(count)


def answer_of(solved: Event, route: str) -> Generated:
    """The event ``solved`` as an answer."""
    best: Tried = solved["best"]
    tried: list[Tried] = sorted(solved["tried"], key=lambda each: (each.round, each.sample))
    verdict = best.verdict
    warnings = list(solved["warnings"])
    if verdict.deprecated:
        warnings.append(f"it uses deprecated symbols: {', '.join(verdict.deprecated)}")
    return Generated(
        outcome=verdict.outcome,
        kind=best.candidate.kind,
        versions=_versions(best.candidate.target),
        checks=checks_of(verdict),
        warnings=warnings,
        code=best.code,
        attempts=[_attempt(each) for each in tried],
        model=best.model,
        route=route,
        tokens=sum(each.completion_tokens for each in tried),
    )


def _attempt(tried: Tried) -> Attempt:
    last = tried.verdict.last
    return Attempt(
        round=tried.round,
        sample=tried.sample,
        model=tried.model,
        outcome=last.outcome if last else Outcome.UNJUDGED,
        level=last.level if last else None,
        findings=len(tried.verdict.diagnostics),
        tokens=tried.completion_tokens,
    )


@cache
def _versions(target: str) -> dict[str, str]:
    from algorand_coder.verify import toolchain_versions

    return shown_versions(toolchain_versions(), target)


def plain(event: Event) -> dict[str, Any]:
    """An event as JSON takes it."""
    answer = event.get("answer")
    return {**event, "answer": answer.model_dump(mode="json")} if isinstance(answer, Generated) else dict(event)
