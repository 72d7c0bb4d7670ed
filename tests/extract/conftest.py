"""A small library written for these tests, as collected files, and helpers to extract it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from algorand_coder.extract.config import ExtractConfig, PublishedPackage
from algorand_coder.extract.projects import Projects
from algorand_coder.extract.reading import ReadTask, read_file
from algorand_coder.extract.stage import extract_units
from algorand_coder.pipeline import Engine
from algorand_coder.records import Provenance, SourceFile, Unit, digest

PUBLISHED = {
    "ledgerlib": PublishedPackage(version="1.0.0", entry="src/index", globals=("coins",)),
    "deeplib": PublishedPackage(version="2.0.0", root=("src/money",), deep={"src/types/": "deeplib/types/"}),
}
CONFIG = ExtractConfig(published=PUBLISHED, min_file_lines=1)

Extract = Callable[..., list[Unit]]


def source_file(path: str, text: str, source: str = "shop", revision: str = "abc", language: str = "") -> SourceFile:
    text = textwrap.dedent(text).lstrip("\n")
    suffix = path.rsplit(".", 1)[-1]
    return SourceFile(
        id=digest([source, revision, path]),
        text=text,
        language=language or {"mts": "ts", "cts": "ts"}.get(suffix, suffix),
        provenance=Provenance(source=source, revision=revision, path=path, licence="MIT", tier="community"),
    )


@pytest.fixture
def extract() -> Extract:
    """``extract({path: text}, …)`` → units; a key may be ``(path, source, revision)``."""

    def run(
        files: dict[object, str], config: ExtractConfig = CONFIG, projects: dict[str, Projects] | None = None
    ) -> list[Unit]:
        rows = [
            source_file(*((key, text) if isinstance(key, str) else (key[0], text, *key[1:])))  # type: ignore[index]
            for key, text in files.items()
        ]
        facts = [read_file(ReadTask(row, config)) for row in rows]
        parts = extract_units(facts, config, Engine("local", 1), projects)
        return [unit for part in parts for unit in part.units]

    return run
