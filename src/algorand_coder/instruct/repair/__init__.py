"""Strategy *repair*: accepted code, broken as models break it, and the verifier's own words about it."""

from algorand_coder.instruct.repair.strategy import RepairStrategy

__all__ = ["RepairStrategy"]
