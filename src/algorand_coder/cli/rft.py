"""``algorand-coder rft``."""

from __future__ import annotations

from algorand_coder.cli.further import further_command

command = further_command(
    "rft",
    "Fine-tune the base model on the data set of 'sample' (rejection-sampling fine-tuning): an adapter in rft/.",
)
