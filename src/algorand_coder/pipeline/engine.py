"""Maps over many records: the same code on one machine (``local``) or on a Ray cluster (``ray``)."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from algorand_coder.errors import MissingTool

T = TypeVar("T")
R = TypeVar("R")


def available_cores() -> int:
    """Cores this process may use (affinity, not the machine's total)."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class Engine:
    """Where maps run. Results come back in the order of the input, whatever finishes first."""

    name: Literal["local", "ray"] = "local"
    workers: int = 0
    """Processes (``local``) or parallel tasks (``ray``); 0 means every core at hand."""

    def map(self, function: Callable[[T], R], items: Sequence[T], batch: int = 16) -> Iterator[R]:
        """Yield ``function(item)`` for every item, in order.

        ``function`` must be a module-level function and its argument picklable; ``batch`` items travel
        together. An exception in ``function`` is raised here.
        """
        batches = [items[i : i + batch] for i in range(0, len(items), batch)]
        workers = self.workers or available_cores()
        if self.name == "ray":
            yield from _ray_map(function, batches, self.workers)
        elif workers == 1 or len(batches) <= 1:
            for chunk in batches:
                yield from _apply(function, chunk)
        else:
            yield from _local_map(function, batches, min(workers, len(batches)))


def _apply(function: Callable[[T], R], chunk: Sequence[T]) -> list[R]:
    return [function(item) for item in chunk]


def _local_map(function: Callable[[T], R], batches: list[Sequence[T]], workers: int) -> Iterator[R]:
    # forkserver: forking a process that runs threads (progress bars, torch) can deadlock the child.
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context(method)) as pool:
        try:
            futures = [pool.submit(_apply, function, chunk) for chunk in batches]
            for future in futures:
                yield from future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _ray_map(function: Callable[[T], R], batches: list[Sequence[T]], limit: int) -> Iterator[R]:
    try:
        import ray
    except ImportError:
        raise MissingTool("engine 'ray' needs Ray: pip install 'algorand-coder[ray]'") from None
    if not ray.is_initialized():
        ray.init(log_to_driver=False, include_dashboard=False, configure_logging=False)
    remote: Any = ray.remote(_apply)
    in_flight = limit or max(1, int(ray.cluster_resources().get("CPU", 1))) * 2
    shared = ray.put(function)
    pending: dict[int, Any] = {}
    submitted = 0
    # A bounded window keeps a list of millions of records from being queued at once.
    for done in range(len(batches)):
        while submitted < len(batches) and submitted < done + in_flight:
            pending[submitted] = remote.remote(shared, batches[submitted])
            submitted += 1
        yield from ray.get(pending.pop(done))
