"""Started by torchrun: trains the pickled jobs one after the other and writes what each process saw."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch


def main(folder: Path) -> None:
    torch.set_num_threads(1)
    from torch.distributed.tensor import DTensor

    from algorand_coder.train.backends import choose, sft
    from algorand_coder.train.backends.sharding import check_sharded
    from algorand_coder.train.distributed import barrier, is_first, rank, share

    sharded: list[list[bool]] = []

    def spy(model: Any) -> int:
        sharded.append([isinstance(p, DTensor) for p in model.parameters()])
        return checked(model)

    checked = check_sharded
    setattr(sft, "check_sharded", spy)  # noqa: B010 - a name that module imports
    results = []
    for path in sorted(folder.glob("*.job")):
        job = pickle.loads(path.read_bytes())
        if path.stem.endswith("killed") and is_first():
            shutil.rmtree(max((job.work / "checkpoints").iterdir(), key=lambda each: int(each.name.partition("-")[2])))
        share(None)
        trained = choose(job.config).train(job)
        results.append(
            {
                "steps": [asdict(step) for step in trained.history.steps],
                "held_out": [asdict(point) for point in trained.history.held_out],
                "resumed_from": trained.resumed_from,
                "trainable": trained.trainable_parameters,
                "total": trained.total_parameters,
                "sharded": all(sharded[-1]),
            }
        )
    (folder / f"result-{rank()}.json").write_text(json.dumps(results))
    barrier()
    # Gloo's threads now and then abort a process that takes its groups down on a busy machine; the results are written.
    os._exit(0)


main(Path(sys.argv[1]))
