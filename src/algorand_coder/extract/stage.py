"""The extract stage: collected files → units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from algorand_coder.extract.config import ExtractConfig
from algorand_coder.extract.context import UNRESOLVED
from algorand_coder.extract.facts import FileFacts
from algorand_coder.extract.modules import Modules, PublicNames, public_names
from algorand_coder.extract.projects import Projects, read_projects
from algorand_coder.extract.reading import ReadTask, read_file
from algorand_coder.extract.snippets import Library
from algorand_coder.extract.units import SourceTask, SourceUnits, build_units, group_by_source, published_as
from algorand_coder.pipeline import Engine, Stage, StageContext, read_table, write_table
from algorand_coder.records import Reject, SourceFile, Unit

_EXCERPT_CHARS = 400


def run(context: StageContext) -> dict[str, Any]:
    """Read every file, resolve names source by source, write units and rejects."""
    files = read_table(context.inputs["collect"] / "files.parquet", SourceFile)
    config: ExtractConfig = context.config
    tasks = [ReadTask(file, config) for file in files]
    facts = list(
        context.progress.track("extract", "files", context.engine.map(read_file, tasks, batch=32), total=len(tasks))
    )
    found = extract_units(facts, config, context.engine, read_projects(context.inputs["collect"]))
    units = [unit for part in found for unit in part.units]
    excerpts = {file.id: file.text[:_EXCERPT_CHARS] for file in files}
    rejects = [_with_excerpt(reject, excerpts) for part in found for reject in part.rejects]
    write_table(context.folder / "units.parquet", Unit, units)
    write_table(context.folder / "rejects.parquet", Reject, rejects)
    return _counts(files, facts, units, rejects)


def extract_units(
    facts: list[FileFacts], config: ExtractConfig, engine: Engine, projects: Mapping[str, Projects] | None = None
) -> list[SourceUnits]:
    """The half of extraction that looks across the files of a source, one result a source."""
    groups = group_by_source(facts)
    public: dict[str, PublicNames] = {}
    for group in groups:
        package = published_as(group[0].file.provenance.revision, config)
        if package:
            public[package] = public_names(package, config.published[package], Modules.of(group))
    library = Library.of(config.published, public)
    tasks = [
        SourceTask(
            files=group,
            config=config,
            own=public.get(published_as(group[0].file.provenance.revision, config), PublicNames()),
            library=library,
            projects=(projects or {}).get(group[0].file.provenance.source, Projects()),
        )
        for group in groups
    ]
    return list(engine.map(build_units, tasks, batch=1))


def _with_excerpt(reject: Reject, excerpts: dict[str, str]) -> Reject:
    return Reject(
        stage=reject.stage,
        subject=reject.subject,
        reason=reject.reason,
        detail=reject.detail,
        name=reject.name,
        source=reject.source,
        excerpt=excerpts.get(reject.subject, ""),
    )


def _counts(
    files: list[SourceFile], facts: list[FileFacts], units: list[Unit], rejects: list[Reject]
) -> dict[str, Any]:
    alone = [unit for unit in units if UNRESOLVED not in unit.context]
    return {
        "files": len(files),
        "lines": sum(fact.lines for fact in facts),
        "units": len(units),
        "lines_in_units": sum(unit.metrics.lines for unit in units if unit.unit_kind != "method"),
        "by_unit_kind": _tally(unit.unit_kind for unit in units),
        "by_kind": _tally(unit.kind.value for unit in units),
        "by_target": _tally(unit.target for unit in units),
        "by_source": _tally(unit.provenance.source for unit in units),
        "standing_alone": len(alone),
        "standing_alone_by_unit_kind": _tally(unit.unit_kind for unit in alone),
        "rejected_files": _tally(reject.reason for reject in rejects),
    }


def _tally(values: Any) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))


STAGE = Stage(
    name="extract",
    consumes=("collect",),
    run=run,
    code=("algorand_coder.extract", "algorand_coder.syntax"),
)
