"""TypeScript as tree-sitter sees it: parsing, errors, comments, and skeletons that ignore names and literals."""

from algorand_coder.syntax.parsing import (
    LANGUAGES,
    comment_spans,
    error_count,
    has_error,
    language_of,
    parse,
    parse_bytes,
)
from algorand_coder.syntax.skeletons import code_tokens, skeleton, skeleton_tokens, strip_comments

__all__ = [
    "LANGUAGES",
    "code_tokens",
    "comment_spans",
    "error_count",
    "has_error",
    "language_of",
    "parse",
    "parse_bytes",
    "skeleton",
    "skeleton_tokens",
    "strip_comments",
]
