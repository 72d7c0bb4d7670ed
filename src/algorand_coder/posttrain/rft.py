"""The stage ``rft``: the train stage once more, on the data set that ``sample`` wrote, into an adapter of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from algorand_coder.pipeline import Stage, StageContext
from algorand_coder.train.stage import STAGE as TRAIN


def run(context: StageContext) -> dict[str, Any]:
    """Train from the base model as stage ``train`` does; returns its counts."""
    return TRAIN.run(replace(context, inputs={"dataset": context.inputs["sample"]}))


STAGE: Stage = replace(
    TRAIN, name="rft", consumes=("sample",), run=run, code=(*TRAIN.code, "algorand_coder.posttrain.rft")
)
