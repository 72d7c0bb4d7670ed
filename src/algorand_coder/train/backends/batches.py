"""A job's rows as the trainer reads them: one example a row, or one a pack."""

from __future__ import annotations

from typing import Any

from algorand_coder.train.backends import Job
from algorand_coder.train.backends.packing import as_example, packs
from algorand_coder.train.distributed import world
from algorand_coder.train.masks import IGNORED


def examples(job: Job) -> list[dict[str, list[int]]]:
    """The examples of the whole run in training order.

    Several processes take micro-batches in turn and must all have one; where the last step is too short for that,
    it is filled with copies of a row that carry no loss.
    """
    config = job.config
    lengths = [len(row.input_ids) for row in job.rows]
    order = list(job.order)[: job.steps * config.step_rows]
    if config.packing:
        dealt = packs(lengths, order, step_rows=config.step_rows, a_step=config.gradient_accumulation)
        made = [as_example(job.rows, pack) for pack in dealt]
        share = world()
    else:
        made = [
            {"input_ids": list(row.input_ids), "labels": list(row.labels)} for row in map(job.rows.__getitem__, order)
        ]
        share = world() * config.batch_size
    while world() > 1 and len(made) % share:
        made.append(_silent(made[0]))
    return made


def _silent(example: dict[str, list[int]]) -> dict[str, Any]:
    return {**example, "labels": [IGNORED] * len(example["labels"])}
