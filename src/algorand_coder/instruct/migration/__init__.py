"""Strategy *migration*: code in an old API or language, and the same in the current one."""

from algorand_coder.instruct.migration.strategy import MigrationStrategy

__all__ = ["MigrationStrategy"]
