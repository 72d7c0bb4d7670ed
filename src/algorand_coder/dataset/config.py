"""What a person may choose about the data set."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from algorand_coder.pipeline.config import Section


class DatasetConfig(Section):
    """Checks and split of the data set."""

    validation_share: float = Field(default=0.2, gt=0.0, lt=1.0)
    """Rows held out for validation, as close as whole groups allow."""
    mined_group: Literal["file", "source"] = "file"
    """What of a mined pair's provenance stays on one side: its file, or everything of its source."""
    max_per_skeleton: int = Field(default=3, ge=1)
    """Rows that may share one AST skeleton (identifiers and literals normalised)."""
    near_duplicate: float = Field(default=0.9, gt=0.0, le=1.0)
    """Jaccard similarity of output tokens from which the later of two rows is refused."""
    near_instruction: float = Field(default=0.95, gt=0.0, le=1.0)
    """Jaccard similarity of instruction and input from which the later of two rows is refused."""
    split_similarity: float = Field(default=0.8, gt=0.0, le=1.0)
    """Jaccard similarity of output tokens from which two rows must lie on the same side."""
    min_instruction_chars: int = Field(default=12, ge=1)
    max_chars: int = Field(default=12_000, ge=100)
    """Characters of instruction, input and output together."""
    max_containment: float = Field(default=0.5, gt=0.0, le=1.0)
    """Share of a benchmark reference's token n-grams that no row may hold."""
    containment_ngram: int = Field(default=5, ge=1)
