"""``algorand-coder sample``."""

from __future__ import annotations

from algorand_coder.cli.stages import stage_command

command = stage_command(
    "sample",
    "Ask a model every training prompt several times; what the verifier accepts becomes a data set for rft.",
    example="algorand-coder sample --set sample.samples=8",
)
