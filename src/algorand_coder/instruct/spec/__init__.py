"""Strategy *spec*: an ARC-56 application specification, answered with client code, tests and documentation."""

from algorand_coder.instruct.spec.strategy import SpecStrategy

__all__ = ["SpecStrategy"]
