"""``algorand-coder dataset``."""

from __future__ import annotations

from algorand_coder.cli.stages import stage_command

command = stage_command(
    "dataset",
    "Check diversity and contamination, split 80/20, and write the data set with its card.",
    example="algorand-coder dataset --config laptop --set dataset.validation_share=0.1",
)
