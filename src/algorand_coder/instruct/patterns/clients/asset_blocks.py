"""Blocks for programs about assets."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Arg

ASSET_ID = Arg("assetId", "bigint", "the asset id", "BigInt(process.env.ASSET_ID ?? 0)")


UNITS = Arg("amount", "bigint", "the amount in base units", "10n")
