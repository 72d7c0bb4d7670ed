"""``algorand-coder evaluate``."""

from algorand_coder.cli.stages import stage_command

command = stage_command(
    "evaluate",
    "Put the benchmark's problems to base and tuned model, judge every answer, and write rates with intervals.",
    example="algorand-coder evaluate --set evaluate.max_new_tokens=512",
)
