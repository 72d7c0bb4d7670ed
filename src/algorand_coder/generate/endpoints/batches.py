"""Buying in the provider's batches: half the price, up to a day's wait, and no answer twice whatever happens.

A batch is written down before it is handed in. A process that dies in between finds it again at the provider: by its
mark where the provider keeps one, else by the keys in its results.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace

from algorand_coder.errors import UserError
from algorand_coder.generate.endpoints.client import Job
from algorand_coder.generate.endpoints.exchange import Failure, Trouble
from algorand_coder.generate.endpoints.provider import Provider
from algorand_coder.generate.endpoints.store import OpenBatch
from algorand_coder.records import digest

MAX_REQUESTS = 10_000
"""In one batch; both providers take more."""
POLL_SECONDS = 30.0
PATIENCE = 20
"""Polls in a row that may fail."""


async def buy_in_batches(job: Job, provider: Provider) -> None:
    """Harvest what is under way, then hand in the rest as far as the budget goes, until all is settled."""
    for batch in job.store.open_batches():
        await _resume(job, provider, batch)
    while rest := [key for key in job.missing if key not in job.outcomes]:
        chosen = _affordable(job, rest[:MAX_REQUESTS])
        if not chosen:
            job.over_budget(rest)
            return
        created = time.time()
        batch = OpenBatch(digest([chosen, created])[:32], tuple(chosen), created, "")
        job.store.begin_batch(batch)
        try:
            remote = await provider.submit({key: job.requests[key] for key in chosen}, batch.mark)
        except Trouble as trouble:
            if not trouble.paid:
                job.store.end_batch(batch.mark)
            raise _lost(job, f"did not take a batch of {len(chosen):,} requests ({trouble})") from None
        except UserError:
            job.store.end_batch(batch.mark)
            raise
        batch = replace(batch, remote=remote)
        job.store.begin_batch(batch)
        await _harvest(job, provider, batch)
        for key in chosen:
            if key not in job.outcomes:
                job.failed(key, Failure("server", "the batch ended without a word on this request"))


def _affordable(job: Job, keys: Sequence[str]) -> list[str]:
    """The first of ``keys`` that together cannot exceed the budget."""
    chosen: list[str] = []
    held = 0.0
    for key in keys:
        if not job.fits(key):
            break
        held += job.endpoint.most(job.requests[key])
        job.hold(job.endpoint.most(job.requests[key]))
        chosen.append(key)
    job.hold(-held)
    return chosen


async def _resume(job: Job, provider: Provider, batch: OpenBatch) -> None:
    if batch.remote:
        await _harvest(job, provider, batch)
        return
    try:
        found = await provider.orphans(batch.mark, batch.created, len(batch.keys))
    except Trouble as trouble:
        raise _lost(job, f"does not list its batches ({trouble})") from None
    for remote in found:
        if await _harvest(job, provider, replace(batch, remote=remote)):
            return
    job.store.end_batch(batch.mark)


async def _harvest(job: Job, provider: Provider, batch: OpenBatch) -> bool:
    """Wait for the batch and store what it brought; whether any of it was ours."""
    await _wait(job, provider, batch)
    ours = False
    try:
        async for key, outcome in provider.results(batch.remote):
            if key not in batch.keys:
                continue
            ours = True
            if key not in job.requests:
                if not isinstance(outcome, Failure):
                    job.store.keep(key, job.priced(outcome))
            elif key not in job.outcomes:
                if isinstance(outcome, Failure):
                    job.failed(key, outcome)
                else:
                    job.paid(key, outcome)
    except Trouble as trouble:
        raise _lost(job, f"does not give the results of batch {batch.remote} ({trouble})") from None
    if ours:
        job.store.end_batch(batch.mark)
    return ours


async def _wait(job: Job, provider: Provider, batch: OpenBatch) -> None:
    failed = 0
    pause = min(1.0, POLL_SECONDS)
    while True:
        try:
            ended, done = await provider.finished(batch.remote)
            failed = 0
            job.tell(f", {done:,} of {len(batch.keys):,} in the batch done")
        except Trouble as trouble:
            failed += 1
            ended = False
            if failed >= PATIENCE or not trouble.again:
                raise _lost(job, f"does not tell of batch {batch.remote} ({trouble})") from None
        if ended:
            return
        await asyncio.sleep(pause)
        pause = min(POLL_SECONDS, pause * 2)


def _lost(job: Job, what: str) -> UserError:
    return UserError(f"{job.endpoint.config.base_url} {what}: nothing is lost, the same command goes on from there")
