"""Where downloads, toolchains, models and verdicts are kept between runs: the user's cache folder."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from platformdirs import user_cache_path

from algorand_coder.errors import UserError

ENVIRONMENT_VARIABLE = "ALGORAND_CODER_CACHE"


def cache_dir(name: str) -> Path:
    """The folder ``name`` inside the cache, created. ``ALGORAND_CODER_CACHE`` moves the whole cache.

    Raises ``UserError`` where it cannot be created; a full disk is told as one.
    """
    root = os.environ.get(ENVIRONMENT_VARIABLE)
    path = (Path(root) if root else user_cache_path("algorand-coder")) / name
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise
        mend = f"let {ENVIRONMENT_VARIABLE} name a folder that can be written"
        raise UserError(f"{path}: the cache cannot be created ({error.strerror}); {mend}") from None
    return path
