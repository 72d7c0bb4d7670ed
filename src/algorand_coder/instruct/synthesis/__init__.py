"""Strategy *synthesis*: a language model writes requests for accepted code, and new problems that it solves itself.

Every answer is bought once (``generate.endpoints``), every pair is judged like any other. Without a model, or without
its key, the strategy is skipped with a line that says so.
"""

from algorand_coder.instruct.synthesis.strategy import Synthesis, synthesise

__all__ = ["Synthesis", "synthesise"]
