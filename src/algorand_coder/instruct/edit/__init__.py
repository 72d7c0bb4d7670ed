"""Strategy *edit*: an accepted contract and a change request, answered with the changed contract."""

from algorand_coder.instruct.edit.strategy import EditStrategy

__all__ = ["EditStrategy"]
