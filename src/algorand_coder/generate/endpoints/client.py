"""Ask a model many questions: side by side or in batches, with retries, from disk where an answer was bought before.

The budget covers everything that the answers to the given requests cost, whenever they were bought, and what attempts
without an answer may have cost. Requests are admitted in order, each only if it cannot exceed the budget at worst; the
first that could ends the buying. Which requests are answered therefore does not depend on how fast answers come.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from algorand_coder.cache import cache_dir
from algorand_coder.errors import UserError
from algorand_coder.generate.endpoints.config import EndpointConfig
from algorand_coder.generate.endpoints.exchange import Bill, Failure, Reply, Request, Trouble
from algorand_coder.generate.endpoints.prices import price_of
from algorand_coder.generate.endpoints.provider import Provider, open_provider
from algorand_coder.generate.endpoints.store import Store
from algorand_coder.records import digest

Outcome = Reply | Failure
Progress = Callable[[int, str], None]
"""Hears how many outcomes are new, and the cost so far in words."""

MAX_BACKOFF = 60.0
GIVE_UP_AFTER = 16
"""Requests in a row that fail for good before the endpoint counts as gone."""


class Endpoint:
    """One model behind an endpoint.

    ``folder`` keeps the answers (default: the user's cache); ``batch`` hands requests to the provider's batch API,
    which is cheaper and may take a day. Raises ``UserError`` when the model needs a key that is not set.
    """

    def __init__(self, config: EndpointConfig, *, folder: Path | None = None, batch: bool = False) -> None:
        if config.missing_key:
            raise UserError(f"asking {config.model} needs a key: set the environment variable {config.missing_key}")
        self.config = config
        self.price = price_of(config.price, batch=batch)
        self.bill = Bill()
        """What the last call of :meth:`complete` came to."""
        self._batch = batch
        identity = digest([config.provider, config.base_url, config.model, config.extra, config.sampling])
        self._path = (folder or cache_dir("endpoints")) / f"{identity[:32]}.sqlite"

    def complete(
        self, requests: Sequence[Request], *, budget: float | None = None, progress: Progress | None = None
    ) -> list[Outcome]:
        """A reply or a failure for each request, in order; equal requests are asked once.

        ``budget`` is in dollars (``None``: no limit). Raises ``UserError`` when the endpoint refuses the key, does not
        know the model, or is gone; what was answered by then is kept.
        """
        return asyncio.run(self.complete_async(requests, budget=budget, progress=progress))

    async def complete_async(
        self, requests: Sequence[Request], *, budget: float | None = None, progress: Progress | None = None
    ) -> list[Outcome]:
        """:meth:`complete` inside an event loop."""
        store = Store(self._path)
        try:
            job = Job(self, store, {request.key: request for request in requests}, budget, progress)
            if job.missing:
                provider = open_provider(self.config)
                try:
                    if self._batch:
                        from algorand_coder.generate.endpoints.batches import buy_in_batches

                        await buy_in_batches(job, provider)
                    else:
                        await _buy(job, provider)
                finally:
                    await provider.close()
            self.bill = job.bill()
            return [job.outcomes[request.key] for request in requests]
        finally:
            store.close()

    def most(self, request: Request) -> float:
        """Dollars that one attempt at ``request`` cannot exceed."""
        return self.price.most(request, request.max_tokens + self.config.thinking_tokens)


class Job:
    """The requests of one call and what is known of them."""

    def __init__(
        self,
        endpoint: Endpoint,
        store: Store,
        requests: dict[str, Request],
        budget: float | None,
        progress: Progress | None,
    ) -> None:
        self.endpoint, self.store, self.requests = endpoint, store, requests
        self._budget = budget
        self._progress = progress or (lambda count, note: None)
        known = store.answers(list(requests))
        self.outcomes: dict[str, Outcome] = {}
        self._bought = 0
        self._spent = 0.0
        self._unsettled = store.unsettled(list(requests))
        self._held = 0.0
        for key in requests:
            if key in known:
                self._settle(key, known[key])
        self.missing = [key for key in requests if key not in known]

    def fits(self, key: str) -> bool:
        """Whether ``key`` may be asked, with all that is at stake already."""
        return self._budget is None or self._at_stake() + self.endpoint.most(self.requests[key]) <= self._budget

    @property
    def overdrawn(self) -> bool:
        """Whether what is under way could exceed the budget, after attempts whose fate is open."""
        return self._budget is not None and self._at_stake() > self._budget

    def hold(self, dollars: float) -> None:
        """Reserve ``dollars`` for requests under way; a negative amount gives them back."""
        self._held += dollars

    def priced(self, reply: Reply) -> Reply:
        """``reply`` with what it cost."""
        return replace(reply, dollars=round(self.endpoint.price.of(reply.prompt_tokens, reply.completion_tokens), 8))

    def paid(self, key: str, reply: Reply, attempt: int | None = None) -> None:
        """Price ``reply``, store it, and only then let it be used."""
        priced = self.priced(reply)
        self.store.keep(key, priced, attempt)
        self._bought += 1
        self._settle(key, priced)

    def failed(self, key: str, failure: Failure) -> None:
        """There is no answer to ``key`` in this call."""
        self._settle(key, failure)

    def doubt(self, most: float) -> None:
        """An attempt may have cost up to ``most`` without bringing an answer."""
        self._unsettled += most

    def over_budget(self, keys: Sequence[str]) -> None:
        """``keys`` are not asked: the first of them could exceed the budget."""
        for key in keys:
            self.failed(key, Failure("over-budget", f"could exceed the budget of ${self._budget:,.2f}"))

    def bill(self) -> Bill:
        """What all requests came to."""
        total = Bill()
        for outcome in self.outcomes.values():
            total = total.plus(outcome, bought=False)
        return replace(
            total,
            bought=self._bought,
            dollars=round(total.dollars, 8),
            unsettled_dollars=round(self.store.unsettled(list(self.requests)), 8),
        )

    def tell(self, what: str = "", count: int = 0) -> None:
        """Report ``count`` new outcomes and the cost so far."""
        limit = f" of ${self._budget:,.2f}" if self._budget is not None else ""
        self._progress(count, f"${self._spent + self._unsettled:,.2f}{limit}{what}")

    def _at_stake(self) -> float:
        return self._spent + self._unsettled + self._held

    def _settle(self, key: str, outcome: Outcome) -> None:
        self.outcomes[key] = outcome
        if isinstance(outcome, Reply):
            self._spent += outcome.dollars
        self.tell(count=1)


async def _buy(job: Job, provider: Provider) -> None:
    """Ask for what is missing, as many at a time as the config allows."""
    asker = _Asker(job, provider)
    pending: set[asyncio.Task[None]] = set()
    try:
        for position, key in enumerate(job.missing):
            while pending and (len(pending) >= job.endpoint.config.concurrency or not job.fits(key)):
                pending = await _one_done(pending)
            if not job.fits(key):
                job.over_budget(job.missing[position:])
                break
            job.hold(job.endpoint.most(job.requests[key]))
            pending.add(asyncio.create_task(asker.ask(key)))
        while pending:
            pending = await _one_done(pending)
    finally:
        # What was sent may be paid for: let it arrive and be stored, whatever went wrong elsewhere.
        asker.stop()
        if pending:
            await asyncio.gather(*pending, return_exceptions=True)


async def _one_done(pending: set[asyncio.Task[None]]) -> set[asyncio.Task[None]]:
    done, left = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        task.result()
    return left


class _Asker:
    """Asks one request at a time until it is answered or hopeless; all share one view of the endpoint's mood."""

    def __init__(self, job: Job, provider: Provider) -> None:
        self._job, self._provider = job, provider
        self._config = job.endpoint.config
        self._open_at = 0.0
        """Monotonic time before which the endpoint wants nothing from anybody."""
        self._in_a_row = 0
        self._stopped = asyncio.Event()
        # Jitter needs no secrecy and must not disturb anybody's seed.
        self._dice = random.Random()  # noqa: S311

    def stop(self) -> None:
        """Send nothing more."""
        self._stopped.set()

    async def ask(self, key: str) -> None:
        """Attempts until there is an outcome; the job, which held the worst price meanwhile, gets it back."""
        most = self._job.endpoint.most(self._job.requests[key])
        try:
            await self._attempts(key, most)
        except UserError:
            self.stop()
            raise
        finally:
            self._job.hold(-most)

    async def _attempts(self, key: str, most: float) -> None:
        wait = 0.0
        for tried in range(1, self._config.attempts + 1):
            await self._sleep(max(wait, self._open_at - time.monotonic()))
            if self._stopped.is_set():
                return
            try:
                return await self._once(key, most)
            except Trouble as trouble:
                if not trouble.again or tried == self._config.attempts:
                    return self._hopeless(key, trouble)
                if trouble.paid and self._job.overdrawn:
                    return self._job.over_budget([key])
                wait = self._backoff(trouble, tried)

    async def _once(self, key: str, most: float) -> None:
        attempt = self._job.store.begin(key, most)
        try:
            reply = await self._provider.ask(self._job.requests[key], key)
        except (Trouble, UserError) as error:
            if isinstance(error, Trouble) and error.paid:
                self._job.doubt(most)
            else:
                self._job.store.free(attempt)
            raise
        self._in_a_row = 0
        self._job.paid(key, reply, attempt)

    def _backoff(self, trouble: Trouble, tried: int) -> float:
        """Seconds before the next attempt: full jitter (Brooker 2015, AWS Architecture Blog), or what was asked for."""
        longest = min(MAX_BACKOFF, self._config.backoff_seconds * 2 ** (tried - 1))
        jitter = self._dice.uniform(0.0, longest)
        if trouble.wait is None:
            return jitter
        self._open_at = max(self._open_at, time.monotonic() + trouble.wait)
        return trouble.wait + min(jitter, 1.0)

    async def _sleep(self, seconds: float) -> None:
        if seconds > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), seconds)

    def _hopeless(self, key: str, trouble: Trouble) -> None:
        self._job.failed(key, Failure(trouble.reason, str(trouble)))
        if trouble.reason == "invalid-request":
            return
        self._in_a_row += 1
        if self._in_a_row >= GIVE_UP_AFTER:
            raise UserError(
                f"{self._config.base_url} failed {self._in_a_row} requests in a row ({trouble}): what was answered is "
                "kept, the same command goes on from there"
            )
