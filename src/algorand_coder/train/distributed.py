"""One run by several processes, as ``torchrun`` or ``accelerate launch`` starts them.

The first process runs the stage and reports; the others wait for its job, train their share of every step with it,
and end. All of them on one machine, or with the run folder and the model cache on a disk that all can see.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from algorand_coder.errors import UserError

T = TypeVar("T")
WAIT = timedelta(hours=4)
"""How long processes wait for each other: the first one masks the rows and fetches the model alone."""


def world() -> int:
    """Processes of this run."""
    return int(os.environ.get("WORLD_SIZE", "1"))


def rank() -> int:
    """Number of this process, from 0."""
    return int(os.environ.get("RANK", "0")) if world() > 1 else 0


def local_rank() -> int:
    """Number of this process on its machine: its GPU."""
    return int(os.environ.get("LOCAL_RANK", "0")) if world() > 1 else 0


def is_first() -> bool:
    """Whether this process reports and writes."""
    return rank() == 0


def start() -> None:
    """Join the processes; without others, or when joined already, nothing happens.

    Raises ``UserError`` where a process has no GPU of its own.
    """
    import torch
    import torch.distributed as dist

    if world() == 1 or dist.is_initialized():
        return
    backend = "gloo"
    if torch.cuda.is_available():
        if local_rank() >= torch.cuda.device_count():
            raise UserError(
                f"process {local_rank()} has no GPU of its own ({torch.cuda.device_count()} here): start one process "
                "a GPU, for example with torchrun --nproc-per-node=gpu"
            )
        torch.cuda.set_device(local_rank())
        backend = "cpu:gloo,cuda:nccl"
    dist.init_process_group(backend, timeout=WAIT)


def share(value: T) -> T:
    """The first process's ``value``, on every process."""
    if world() == 1:
        return value
    import torch
    import torch.distributed as dist

    start()
    held: list[Any] = [value]
    dist.broadcast_object_list(held, src=0, device=torch.device("cpu"))
    shared: T = held[0]
    return shared


def share_errors(make: Callable[[], T]) -> T:
    """What ``make`` gives on the first process, on every process; its ``UserError`` is raised on all of them."""
    made: tuple[Any, str] = (None, "")
    if is_first():
        try:
            made = (make(), "")
        except UserError as error:
            made = (None, str(error))
    value, problem = share(made)
    if problem:
        raise UserError(problem)
    result: T = value
    return result


def barrier() -> None:
    """Wait until every process is here."""
    share(None)


_shared = False


def share_work(work: T | None) -> T | None:
    """What the processes do together: given by the first, which says ``None`` when there is nothing; asked once."""
    global _shared  # noqa: PLW0603 - one answer a process, from wherever the first process ends
    if _shared:
        return work
    _shared = True
    return share(work)


def finish() -> None:
    """Leave the group, all at once: who stays behind would lose the store that the first process keeps."""
    if world() > 1:
        import gc

        import torch.distributed as dist

        if dist.is_initialized():
            gc.collect()  # sharded weights in reference cycles hold groups whose threads must end before Python does
            barrier()
            dist.destroy_process_group()


def check_division(gradient_accumulation: int) -> int:
    """Micro-batches of a step that each process computes.

    A recipe's step stays what it is on any number of processes, so they must divide its micro-batches. Raises
    ``UserError`` where they do not.
    """
    if gradient_accumulation % world():
        raise UserError(
            f"{world()} processes cannot share a step of {gradient_accumulation} micro-batches: set "
            f"train.gradient_accumulation to a multiple of {world()} (and train.batch_size so that their product stays)"
        )
    return gradient_accumulation // world()
