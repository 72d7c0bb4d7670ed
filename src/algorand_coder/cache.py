"""Where downloads, toolchains, models and verdicts are kept between runs: the user's cache folder."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path

ENVIRONMENT_VARIABLE = "ALGORAND_CODER_CACHE"


def cache_dir(name: str) -> Path:
    """The folder ``name`` inside the cache, created. ``ALGORAND_CODER_CACHE`` moves the whole cache."""
    root = os.environ.get(ENVIRONMENT_VARIABLE)
    path = (Path(root) if root else user_cache_path("algorand-coder")) / name
    path.mkdir(parents=True, exist_ok=True)
    return path
