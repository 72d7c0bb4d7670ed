"""What the model libraries may do on a user's machine: no telemetry, no chatter, no spinning, no network in vain."""

from __future__ import annotations

import errno
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_QUIET = {
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "TRANSFORMERS_VERBOSITY": "error",
    "WANDB_MODE": "disabled",
    # Threads that wait for each other sleep instead of spinning: on a machine with other work, spinning threads take
    # the cores from the one they wait for, and training becomes five times slower. Counts only before torch is loaded.
    "OMP_WAIT_POLICY": "PASSIVE",
}
_OFFLINE = {"HF_HUB_OFFLINE": "1", "TQDM_DISABLE": "1"}
_set_by_us: set[str] = set()


def prepare(*, offline: bool = False) -> None:
    """Set the libraries' environment; a value the user has set is kept. Call it before they are imported.

    ``offline`` forbids the Hugging Face libraries any network access, right whenever the weights are already local;
    without it an earlier ``offline`` is taken back.
    """
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    for name, value in _OFFLINE.items():
        if offline and name not in os.environ:
            os.environ[name] = value
            _set_by_us.add(name)
        elif not offline and name in _set_by_us:
            del os.environ[name]
            _set_by_us.discard(name)
    _tell_hub()


def _tell_hub() -> None:
    """huggingface_hub reads its environment once, on import: carry later changes over."""
    constants = sys.modules.get("huggingface_hub.constants")
    if constants is not None:
        constants.__dict__["HF_HUB_DISABLE_TELEMETRY"] = True
        constants.__dict__["HF_HUB_OFFLINE"] = os.environ.get("HF_HUB_OFFLINE", "").upper() in {
            "1",
            "ON",
            "YES",
            "TRUE",
        }


def quiet_transformers() -> None:
    """Silence the libraries' bars and advice; errors still raise."""
    from transformers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()
    warnings.filterwarnings("ignore", category=FutureWarning, module=r"(transformers|trl|peft|torch)(\..*)?$")
    # PEFT looks for the ranks of experts among layers, does not find them there, and uses them all the same.
    warnings.filterwarnings("ignore", message="The following (rank|alpha)_pattern keys", category=RuntimeWarning)


@contextmanager
def disk_errors(where: Path) -> Iterator[None]:
    """Give a full disk its name: the libraries that write weights report it as errors of their own kinds."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        text = str(error)
        if "No space left" in text or "os error 28" in text or "enforce fail at inline_container" in text:
            raise OSError(errno.ENOSPC, "No space left on device", str(where)) from error
        raise
