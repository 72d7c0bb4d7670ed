"""``algorand-coder grpo``."""

from __future__ import annotations

from algorand_coder.cli.further import further_command

command = further_command(
    "grpo",
    "Train the adapter on, with the verifier's verdicts on its answers as the reward (GRPO): grpo/adapter.",
)
