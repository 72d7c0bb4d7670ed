"""How long a row is in tokens: by the target model's tokenizer, or by a rule of thumb that says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from algorand_coder.dataset.formats import chat
from algorand_coder.errors import MissingTool, UserError
from algorand_coder.records import Pair

BYTES_PER_TOKEN = 3.0
"""The rule of thumb, on the safe side: SmolLM2's tokenizer puts 3.4 bytes of these rows into a token (median of 1,138
rows; 95 % have more than 3.0), and larger vocabularies put in more."""


@dataclass(frozen=True)
class Tokens:
    """A way to count."""

    name: str
    """What counts, for people."""
    count: Callable[[str], int]

    def of(self, pair: Pair) -> int:
        """Tokens of the row as a chat, system prompt included; the template's own marks are not counted."""
        return sum(self.count(message["content"]) for message in chat(pair)["messages"])


APPROXIMATION = Tokens(
    f"approximation: {BYTES_PER_TOKEN:g} bytes a token",
    lambda text: -(-len(text.encode("utf-8", "surrogatepass")) // int(BYTES_PER_TOKEN)),
)


def counter(model: str) -> Tokens:
    """The tokenizer of ``model`` (embedded, a folder, or ``owner/name`` on the hub); the approximation for ``""``.

    Raises ``UserError`` when the tokenizer cannot be had.
    """
    if not model:
        return APPROXIMATION
    try:
        from tokenizers import Tokenizer
    except ImportError:
        raise MissingTool(
            "dataset.tokenizer needs tokenizers: pip install 'algorand-coder[train]', or leave it empty"
        ) from None
    path = _tokenizer_file(model)
    if not path.is_file():
        raise UserError(f"dataset.tokenizer: {model} has no tokenizer.json; name another model or leave it empty")
    tokenizer = Tokenizer.from_file(str(path))
    return Tokens(model, lambda text: len(tokenizer.encode(text, add_special_tokens=False).ids))


def summary(lengths: Sequence[int], name: str) -> dict[str, int | str]:
    """Sum, median, 95th percentile and maximum of row lengths, and what counted them."""
    values = np.array(lengths or [0])
    return {
        "total": int(values.sum()),
        "median": int(np.median(values)),
        "p95": int(np.percentile(values, 95)),
        "max": int(values.max()),
        "counted_by": name,
    }


def _tokenizer_file(model: str) -> Path:
    from algorand_coder.generate.base_models import EMBEDDED, fetch
    from algorand_coder.generate.environment import prepare

    if model in EMBEDDED or Path(model).expanduser().is_dir():
        return fetch(model) / "tokenizer.json"
    prepare()
    from huggingface_hub import hf_hub_download

    try:
        return Path(hf_hub_download(model, "tokenizer.json"))
    except Exception as error:  # the client raises its own, requests' and httpx' errors
        raise UserError(
            f"dataset.tokenizer: the tokenizer of {model!r} cannot be had ({type(error).__name__}): connect, name a "
            "local folder, or leave it empty for an approximation"
        ) from None
