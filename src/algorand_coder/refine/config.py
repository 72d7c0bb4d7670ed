"""Config of the refine stage: every threshold of every filter."""

from __future__ import annotations

from pydantic import Field, model_validator

from algorand_coder.pipeline.config import Section

ALGORAND_PACKAGES = (
    "algosdk",
    "algorand-msgpack",
    "lute-connect",
    "folks-finance-js-sdk",
    "@algorandfoundation/",
    "@algo-builder/",
    "@blockshake/",
    "@corvidlabs/ts-algochat",
    "@folks-finance/",
    "@ledgerhq/coin-algorand",
    "@ledgerhq/hw-app-algorand",
    "@pactfi/",
    "@perawallet/",
    "@tinymanorg/",
    "@txnlab/",
    "@x402-avm/",
)


class RefineConfig(Section):
    """What a unit must be like to be taught from. ``min_`` and ``max_`` bounds are inclusive."""

    max_complexity: int = Field(default=14, ge=1)
    """Cyclomatic complexity (the plan: below 15)."""
    min_lines: int = Field(default=10, ge=1)
    """Non-blank lines of a function, method or class."""
    max_lines: int = Field(default=100, ge=1)
    """Non-blank lines of a function or method."""
    max_class_lines: int = Field(default=300, ge=1)
    """Non-blank lines of a class that is not a contract."""
    min_example_lines: int = Field(default=1, ge=1)
    """Non-blank lines of a test or documentation example; contracts have no bounds. A one-line example of an SDK call
    is worth keeping: the docs strategy completes it to a function with parameters."""
    max_example_lines: int = Field(default=100, ge=1)
    min_comment_ratio: float = Field(default=0.05, ge=0, lt=1)
    """Comment lines over non-blank lines, a leading JSDoc counted; must be exceeded. Functions, methods, classes."""
    min_type_coverage: float = Field(default=0.8, ge=0, lt=1)
    """Share of typed expressions as the verifier counts them; must be exceeded. 0 asks for no types."""
    max_line_chars: int = Field(default=240, ge=40)
    """Longer lines are taken for data or minified code."""
    near_duplicate: float = Field(default=0.8, gt=0, le=1)
    """Jaccard similarity over 5-token shingles from which two units count as the same code."""
    contamination: float = Field(default=0.5, gt=0, le=1)
    """Share of windows in common with a task of an evaluation set from which a unit is refused."""
    placeholder_entropy: float = Field(default=3.5, ge=0, le=8)
    """Bits a character from which a long literal assigned to a key, token or secret counts as a real one."""
    targets: tuple[str, ...] = ("utils9", "utils10")
    """Targets that are modern; code written for others is refused."""
    algorand_packages: tuple[str, ...] = ALGORAND_PACKAGES
    """Packages that make code relevant: exact names, or scopes that end in ``/``."""

    @model_validator(mode="after")
    def _bounds(self) -> RefineConfig:
        for low, high in (("min_lines", "max_lines"), ("min_example_lines", "max_example_lines")):
            if getattr(self, low) > getattr(self, high):
                raise ValueError(f"{low} is above {high}")
        return self
