"""What a person may choose about the data set."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from algorand_coder.pipeline.config import Section
from algorand_coder.similarity.agreement import UNLIKE


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
    min_likeness: float = Field(default=UNLIKE, ge=0.0, le=1.0)
    """Similarity of a request and its answer in words, below which a row of ``likeness_for`` is refused."""
    likeness_for: tuple[str, ...] = ("synthesis",)
    """Strategies whose requests and answers are not written by one hand: there, one right row in ten may go."""
    max_tokens: int = Field(default=4096, ge=32)
    """Tokens of a row as a chat, system prompt included: what training may be given at once."""
    tokenizer: str = ""
    """Base model whose tokenizer counts (embedded, a folder, or ``owner/name`` on the hub); empty: an approximation."""
    max_containment: float = Field(default=0.5, gt=0.0, le=1.0)
    """Share of a benchmark solution that no row may hold; and of a task's traces in a row, or of a row's in a task."""
    max_repairs_per_unit: int = Field(default=3, ge=1)
    """Repairs that may end in the same piece of code."""
    max_strategy_share: float = Field(default=0.45, gt=0.0, le=1.0)
    """Share of the rows that one strategy may make; without effect where there are too few strategies for it."""
    max_category_share: float = Field(default=0.45, gt=0.0, le=1.0)
    """Share of the rows that one category may hold; as above."""
    balance_from: int = Field(default=1000, ge=0)
    """Rows from which the two shares are held to; a smaller set is a trial and has none to give away."""
