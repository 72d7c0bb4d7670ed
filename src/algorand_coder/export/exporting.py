"""The export itself: every format into one folder, with card, record and checksums; all of it or nothing."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from algorand_coder import __version__
from algorand_coder.errors import UserError
from algorand_coder.export import gguf, ollama, smoke
from algorand_coder.export.card import model_card
from algorand_coder.export.merge import Merged, Precision, copy, merge
from algorand_coder.export.source import Source
from algorand_coder.generate import llama_cpp
from algorand_coder.generate.base_models import fetch
from algorand_coder.generate.chat import ADAPTER_RECORD, SYSTEM_PROMPT
from algorand_coder.generate.llama_cpp import Note
from algorand_coder.pipeline.manifest import file_hash

ADAPTER_FORMATS = ("adapter", "adapter-gguf")
FORMATS = ("safetensors", *gguf.QUANTIZATIONS, "ollama", *ADAPTER_FORMATS)
RECORD, SUMS = "export.json", "SHA256SUMS"
OLLAMA = "http://127.0.0.1:11434"
_BEST_FOR_OLLAMA = ("q4_k_m", "q8_0", "f16")
_WHAT = {
    "config.json": "the model's shape",
    "tokenizer.json": "the tokenizer",
    "chat_template.jinja": "the chat template",
    ADAPTER_RECORD: "what the chat template is given; engines look for it beside the weights",
    "Modelfile": "for `ollama create`",
    "ATTRIBUTION.md": "every source of the data, with its licence",
}


@dataclass(frozen=True)
class Order:
    """What to export."""

    source: Source
    formats: Sequence[str]
    """Of :data:`FORMATS`."""
    precision: Precision
    name: str

    @property
    def quantizations(self) -> list[str]:
        """GGUF files to make; a Modelfile needs one."""
        asked = [form for form in gguf.QUANTIZATIONS if form in self.formats]
        return asked or (["q8_0"] if "ollama" in self.formats else [])

    @property
    def merges(self) -> bool:
        """Whether any format needs merged weights."""
        return "safetensors" in self.formats or bool(self.quantizations)


def export(order: Order, out: Path, note: Note) -> dict[str, Any]:
    """Write what ``order`` asks for into the folder ``out``; returns what ``export.json`` holds.

    An earlier export in ``out`` is replaced when the new one is complete. Raises ``UserError`` when ``out`` holds
    anything else, and whatever the formats raise.
    """
    if out.exists() and not (out / RECORD).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise UserError(f"{out} holds something that is no export: give another --out")
    alone = [form for form in order.formats if form in ADAPTER_FORMATS]
    if order.source.whole and alone:
        raise UserError(
            f"this run trained every weight (train.method=full): there is no adapter for --format {alone[0]}; take "
            "safetensors, ollama, or one of the GGUF types"
        )
    if "q4_k_m" in order.formats:
        llama_cpp.expect("llama-quantize")
    with _all_or_nothing(out) as folder:
        facts = _facts(order)
        if order.merges:
            _write_merged(order, folder, facts, note)
        _write_adapter(order, folder, note)
        run = order.source.run
        if run and (run / "dataset" / "ATTRIBUTION.md").is_file():
            shutil.copyfile(run / "dataset" / "ATTRIBUTION.md", folder / "ATTRIBUTION.md")
        facts["files"] = {
            path.relative_to(folder).as_posix(): {"bytes": path.stat().st_size, "what": _what(path.relative_to(folder))}
            for path in _files(folder)
        }
        (folder / "README.md").write_text(model_card(order.source, facts), encoding="utf-8")
        (folder / RECORD).write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
        sums = [f"{file_hash(path)}  {path.relative_to(folder).as_posix()}" for path in _files(folder)]
        (folder / SUMS).write_text("\n".join(sums) + "\n", encoding="utf-8")
    return facts


def _facts(order: Order) -> dict[str, Any]:
    """What is known before anything is made."""
    source = order.source
    return {
        "name": order.name,
        "base": Path(source.base).name if Path(source.base).is_dir() else source.base,
        "revision": source.revision,
        "adapter_sha256": None if source.whole else file_hash(source.adapter / "adapter_model.safetensors"),
        "trained_on": source.record.get("quantization", "not recorded"),
        "chat_template_sha256": source.record.get("chat_template_sha256", "not recorded"),
        "chat_template_kwargs": source.switches,
        "system_prompt": SYSTEM_PROMPT,
        "precision": None,
        "parity": None,
        "smoke": {},
        "not_checked": [],
        "versions": _versions(bool(order.quantizations) or "adapter-gguf" in order.formats),
    }


def _write_merged(order: Order, folder: Path, facts: dict[str, Any], note: Note) -> None:
    """Merge, and write all that is made of merged weights; adds to ``facts``."""
    merged = (copy if order.source.whole else merge)(order.source, folder / ".merged", order.precision, note)
    facts |= {
        "chat_template_sha256": merged.template_sha256,
        "base_precision": merged.base_precision,
        "precision": merged.precision,
        "parity": asdict(merged.proof) if merged.proof else None,
    }
    _write_record(order.source, merged, folder, facts)
    made = gguf.write(merged, folder, order.name, order.quantizations, note)
    if "ollama" in order.formats:
        best = next(form for form in _BEST_FOR_OLLAMA if form in made)
        _write_modelfile(order.source, merged, folder, made[best].name)
    if made:
        facts |= _ask(merged, folder, list(made.values()), note)
    if "safetensors" in order.formats:
        for path in merged.folder.iterdir():
            os.replace(path, folder / path.name)
    shutil.rmtree(merged.folder)


def _write_record(source: Source, merged: Merged, folder: Path, facts: dict[str, Any]) -> None:
    """What serving and evaluation hold the weights against: the adapter's own record, and what the merge knows."""
    known = {"base_model": facts["base"], "base_revision": source.revision, "dtype": merged.precision}
    known |= {"chat_template_sha256": merged.template_sha256, "chat_template_kwargs": source.switches}
    (folder / ADAPTER_RECORD).write_text(json.dumps({**source.record, **known}, indent=2) + "\n", encoding="utf-8")


def _write_adapter(order: Order, folder: Path, note: Note) -> None:
    source = order.source
    if "adapter" in order.formats:
        (folder / "adapter").mkdir()
        for part in ("adapter_config.json", "adapter_model.safetensors", ADAPTER_RECORD):
            if (source.adapter / part).is_file():
                shutil.copyfile(source.adapter / part, folder / "adapter" / part)
    if "adapter-gguf" in order.formats:
        base = fetch(source.base, source.revision, note)
        gguf.write_adapter(source.adapter, base, folder / f"{order.name}-adapter-F16.gguf", note)


def _write_modelfile(source: Source, merged: Merged, folder: Path, weights: str) -> None:
    from transformers import AutoConfig, AutoTokenizer, GenerationConfig

    tokenizer: Any = AutoTokenizer.from_pretrained(str(merged.folder))
    declared = GenerationConfig.from_pretrained(str(merged.folder)).eos_token_id
    ids = declared if isinstance(declared, list) else [declared] if declared is not None else []
    context = int(AutoConfig.from_pretrained(str(merged.folder)).get_text_config().max_position_embeddings)
    stops = ollama.stops(tokenizer, ids)
    text = ollama.modelfile(tokenizer, weights, context, stops, source.switches)
    (folder / "Modelfile").write_text(text, encoding="utf-8")


def _ask(merged: Merged, folder: Path, files: Sequence[Path], note: Note) -> dict[str, Any]:
    """Ask what was made, where a server for it is at hand; say so where there is none."""
    found, not_checked = dict[str, Any](), list[str]()
    server, modelfile = llama_cpp.program("llama-server"), (folder / "Modelfile").is_file()
    expected: list[smoke.Answer] = []
    if server or (modelfile and shutil.which("ollama")):
        note("asking the original, for comparison")
        expected = smoke.original(*merged.original)
    if server:
        for path in files:
            note(f"asking {path.name}")
            found[path.name] = asdict(smoke.llama_server(path, expected))
    else:
        not_checked.append(f"answers of the GGUF files, for want of llama-server ({llama_cpp.INSTALL})")
    if modelfile and not shutil.which("ollama"):
        not_checked.append("answers of the Modelfile, for want of Ollama")
    elif modelfile:
        note("asking Ollama")
        found["Modelfile"] = asdict(smoke.ollama(folder, OLLAMA, expected))
    return {"smoke": found, "not_checked": not_checked}


def _what(path: Path) -> str:
    if path.suffix == ".gguf":
        return (
            "the adapter alone, for llama.cpp" if "-adapter-" in path.name else "all in one, for llama.cpp and Ollama"
        )
    if path.parts[0] == "adapter":
        return "the LoRA adapter (PEFT)"
    return "merged weights" if path.suffix == ".safetensors" else _WHAT.get(path.name, "for transformers")


def _versions(with_llama_cpp: bool) -> dict[str, str]:
    from importlib.metadata import version

    found = {"algorand-coder": __version__, **{name: version(name) for name in ("torch", "transformers", "peft")}}
    return {**found, "llama.cpp": f"{llama_cpp.PACKAGE} {llama_cpp.VERSION}"} if with_llama_cpp else found


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@contextmanager
def _all_or_nothing(out: Path) -> Iterator[Path]:
    """A folder beside ``out`` that takes its place when all went well."""
    out = out.resolve()
    partial, old = out.with_name(f".{out.name}.partial"), out.with_name(f".{out.name}.old")
    for folder in (partial, old):
        shutil.rmtree(folder, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        yield partial
        if out.exists():
            os.replace(out, old)
        os.replace(partial, out)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
