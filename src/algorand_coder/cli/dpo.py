"""``algorand-coder dpo``."""

from __future__ import annotations

from algorand_coder.cli.further import further_command

command = further_command(
    "dpo",
    "Train the adapter on, to prefer accepted code to refused code (direct preference optimisation): dpo/adapter.",
)
