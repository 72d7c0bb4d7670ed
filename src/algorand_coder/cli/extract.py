"""``algorand-coder extract``: cut collected files into units."""

from algorand_coder.cli.stages import stage_command

command = stage_command(
    "extract",
    "Cut the collected files into functions, methods, classes, contracts, tests and documentation examples.",
    example="algorand-coder extract --config laptop",
)
