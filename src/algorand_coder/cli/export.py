"""``algorand-coder export``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from algorand_coder.errors import UserError

_FORMATS = ("safetensors", "f16", "q8_0", "q4_k_m", "ollama", "adapter", "adapter-gguf")


@click.command("export", epilog="Example: algorand-coder export runs/laptop --format q4_k_m --format ollama")
@click.argument("source", required=False, default="runs/laptop", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice([*_FORMATS, "all"]),
    help="Can be given more than once.  [default: safetensors]",
)
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write.  [default: RUN/export, or export]")
@click.option("--name", default="algorand-coder", show_default=True, help="What files and card call the model.")
@click.option(
    "--precision",
    type=click.Choice(["base", "float32", "bfloat16", "float16"]),
    default="base",
    show_default=True,
    help="Of merged weights; base: as the base model is published.",
)
@click.option("--push", metavar="OWNER/NAME", help="Send the export to a hub.")
@click.option("--public", is_flag=True, help="Make a new repository public; without it, only you can see it.")
@click.option("--endpoint", help="Address of the hub.  [default: HF_ENDPOINT, or the Hugging Face hub]")
@click.option("--build-llama-cpp", "build", is_flag=True, help="Compile llama-server and llama-quantize, and stop.")
def command(  # noqa: PLR0917
    source: Path,
    formats: tuple[str, ...],
    out: Path | None,
    name: str,
    precision: Any,
    push: str | None,
    public: bool,
    endpoint: str | None,
    build: bool,
) -> None:
    """Merge an adapter into its base model, prove it, and write it for others to use.

    SOURCE is a run folder or an adapter's folder. A model that train.method=full trained is copied: nothing is to be
    merged. f16, q8_0 and q4_k_m are GGUF files for llama.cpp; ollama adds a Modelfile; adapter and adapter-gguf are the
    LoRA weights alone. Card, record and checksums come with each export.
    """
    from algorand_coder.generate import llama_cpp
    from algorand_coder.pipeline.progress import Progress

    progress = Progress()

    def note(text: str) -> None:
        progress.note("export", text)

    if build:
        llama_cpp.build(note)
        click.echo(f"llama.cpp: {', '.join(str(llama_cpp.expect(program)) for program in llama_cpp.PROGRAMS)}")
        return
    if push is not None and (push.count("/") != 1 or not all(push.split("/"))):
        raise UserError(f"{push!r} is no place on a hub: give OWNER/NAME")
    if not name.replace("-", "").replace("_", "").replace(".", "").isalnum():
        raise UserError(f"{name!r} is no name for files: letters, digits, '-', '_' and '.' only")
    from algorand_coder.export.exporting import ADAPTER_FORMATS, FORMATS, RECORD, Order, export
    from algorand_coder.export.source import find

    found = find(source)
    folder = out or (found.run / "export" if found.run else Path("export"))
    every = [form for form in FORMATS if not (found.whole and form in ADAPTER_FORMATS)]
    chosen = every if "all" in formats else formats or ("safetensors",)
    facts = export(Order(found, chosen, precision, name), folder, note)
    for file, about in facts["files"].items():
        click.echo(f"{about['bytes']:>14,}  {file}")
    for line in facts["not_checked"]:
        click.echo(f"not checked: {line}", err=True)
    click.echo(f"{folder}: {RECORD} says what was proven")
    if push is not None:
        from algorand_coder.dataset.publish import send

        names = [*facts["files"], "README.md", RECORD, "SHA256SUMS"]
        address = send(folder, names, push, "model", private=not public, message=name, endpoint=endpoint)
        click.echo(f"{len(names)} files sent to {address}")
