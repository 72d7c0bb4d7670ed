"""What the model libraries may do on a user's machine: no telemetry, no chatter, no network for local folders."""

from __future__ import annotations

import os


def prepare(*, offline: bool = False) -> None:
    """Set the libraries' environment before they are imported; a value the user has set is kept.

    ``offline`` forbids the Hugging Face libraries any network access: right whenever the weights are already local.
    """
    for name, value in {
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "DO_NOT_TRACK": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "TRANSFORMERS_VERBOSITY": "error",
        "WANDB_MODE": "disabled",
        "TRL_EXPERIMENTAL_SILENCE": "1",
    }.items():
        os.environ.setdefault(name, value)
    if offline:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TQDM_DISABLE", "1")


def quiet_transformers() -> None:
    """Silence transformers' bars and advice; errors still raise."""
    from transformers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()
