"""GGUF files by llama.cpp's own converters and quantiser, each read again with ggml's own reader."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from algorand_coder.errors import UserError
from algorand_coder.export.merge import Merged
from algorand_coder.generate import llama_cpp
from algorand_coder.generate.llama_cpp import Note

QUANTIZATIONS = {"f16": "F16", "q8_0": "Q8_0", "q4_k_m": "Q4_K_M"}
"""Format → how llama.cpp calls it. The first two are written by the converter, the third by ``llama-quantize``."""
_FILE_TYPES = {"f16": 1, "q8_0": 7, "q4_k_m": 15}
"""``general.file_type`` of each (llama.h, ``enum llama_ftype``)."""


def write(merged: Merged, folder: Path, name: str, formats: Sequence[str], note: Note) -> dict[str, Path]:
    """Format → file ``<name>-<QUANTIZATION>.gguf`` in ``folder`` for each of ``formats``, from the merged weights.

    Raises ``MissingTool`` where ``llama-quantize`` is needed and missing, ``UserError`` where llama.cpp refuses the
    model or writes something else than was asked for.
    """
    quantize = llama_cpp.expect("llama-quantize") if "q4_k_m" in formats else None
    files = {form: folder / f"{name}-{label}.gguf" for form, label in QUANTIZATIONS.items()}
    made = []
    for form in ("f16", "q8_0"):
        if form in formats or (form == "f16" and quantize):
            note(f"writing {files[form].name}")
            arguments: list[str | Path] = [
                merged.folder,
                "--outfile",
                files[form],
                "--outtype",
                form,
                "--model-name",
                name,
            ]
            llama_cpp.convert("convert_hf_to_gguf.py", arguments, note)
            made.append(form)
    if quantize:
        note(f"writing {files['q4_k_m'].name}")
        llama_cpp.run([quantize, files["f16"], files["q4_k_m"], "Q4_K_M"], "llama-quantize")
        made.append("q4_k_m")
    for form in made:
        if form in formats:
            check(files[form], form, merged.template_sha256)
        else:
            files[form].unlink()
    return {form: files[form] for form in formats}


def write_adapter(adapter: Path, base: Path, out: Path, note: Note) -> None:
    """The adapter alone as a GGUF file in 16 bit, for ``llama-server --lora`` and Ollama's ``ADAPTER``.

    Raises ``UserError`` for an adapter on fused experts: llama.cpp's converter knows LoRA on layers only.
    """
    config = json.loads((adapter / "adapter_config.json").read_text(encoding="utf-8"))
    if config.get("target_parameters"):
        raise UserError(
            f"the adapter trains fused experts ({config['target_parameters'][0]}), which a GGUF adapter cannot hold: "
            "export merged weights"
        )
    note(f"writing {out.name}")
    llama_cpp.convert("convert_lora_to_gguf.py", [adapter, "--base", base, "--outfile", out, "--outtype", "f16"], note)
    reader = _reader(out)
    # a pair of matrices a tensor, as in the adapter's own file
    from safetensors import safe_open

    with safe_open(str(adapter / "adapter_model.safetensors"), "pt") as saved:
        expected = len(saved.keys())
    if _value(reader, "general.type") != "adapter" or len(reader.tensors) != expected:
        raise UserError(f"{out.name} has {len(reader.tensors)} tensors, the adapter {expected}: nothing was exported")


def check(path: Path, form: str, template_sha256: str) -> None:
    """Raise ``UserError`` unless ``path`` is of the type asked for and carries the chat template with that hash."""
    reader = _reader(path)
    if _value(reader, "general.file_type") != _FILE_TYPES[form]:
        raise UserError(f"{path.name} is not {QUANTIZATIONS[form]}: nothing was exported")
    template = str(_value(reader, "tokenizer.chat_template") or "")
    if sha256(template.encode()).hexdigest() != template_sha256:
        raise UserError(f"{path.name} carries another chat template than the model: nothing was exported")


def _reader(path: Path) -> Any:
    from gguf import GGUFReader

    return GGUFReader(str(path))


def _value(reader: Any, name: str) -> Any:
    field = reader.get_field(name)
    return field.contents() if field is not None else None
