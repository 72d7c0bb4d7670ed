"""``algorand-coder instruct``."""

from algorand_coder.cli.stages import stage_command

command = stage_command(
    "instruct",
    "Turn units and patterns into instruction pairs; keep those that the verifier accepts.",
    example="algorand-coder instruct --config laptop --set instruct.patterns.max_pairs=400",
)
