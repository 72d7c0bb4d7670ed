"""``algorand-coder collect``: fetch the sources."""

from __future__ import annotations

from algorand_coder.cli.stages import stage_command

command = stage_command(
    "collect",
    "Fetch the sources: pinned, licensed, hashed. What cannot be reached is skipped with its reason.",
    example="algorand-coder collect --config laptop --set collect.mirror=/srv/git",
)
