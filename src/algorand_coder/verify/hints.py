"""From compiler error to advice: what a person who knows the pitfall would say."""

from __future__ import annotations

from dataclasses import replace

from algorand_coder.records import Diagnostic


def advise(diagnostic: Diagnostic, line: str = "") -> Diagnostic:
    """``diagnostic`` with a hint where its message (or its code ``line``) is that of a known pitfall."""
    return replace(diagnostic, hint="")
