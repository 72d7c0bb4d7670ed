"""From the facts of one source to its units: names resolved, examples completed, rejects with reasons."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from algorand_coder.extract.config import ExtractConfig
from algorand_coder.extract.context import UNRESOLVED, Resolved, Scope, Unresolvable, resolve_unit
from algorand_coder.extract.dialect import NONE, dialect_of, extends_contract, kind_of, modules_of, target_of
from algorand_coder.extract.facts import Draft, FileFacts, Snippet
from algorand_coder.extract.filerules import is_unparsable
from algorand_coder.extract.modules import Modules, PublicNames, stem
from algorand_coder.extract.projects import Projects
from algorand_coder.extract.snippets import Library, complete
from algorand_coder.records import CONTRACT_KINDS, Kind, Metrics, Provenance, Reject, Unit, digest

STAGE_NAME = "extract"
_CLASS_WORDS = re.compile(r"\b(?:this|super)\b")
_WHOLE_FILES = frozenset({"contract", "logicsig", "script"})


@dataclass(frozen=True, slots=True)
class SourceTask:
    """All files of one source at one revision, and what is public in published packages."""

    files: tuple[FileFacts, ...]
    config: ExtractConfig
    own: PublicNames
    """Public names of this source, when it is a published package."""
    library: Library
    projects: Projects = field(default_factory=Projects)
    """What the manifests of the source say."""


@dataclass(frozen=True, slots=True)
class SourceUnits:
    """Everything one source contributes."""

    units: tuple[Unit, ...]
    rejects: tuple[Reject, ...]


def build_units(task: SourceTask) -> SourceUnits:
    """Units of one source, in the order of its files, and what was refused."""
    modules = Modules.of(task.files)
    units: list[Unit] = []
    rejects: list[Reject] = []
    for facts in task.files:
        if facts.dropped:
            rejects.append(_file_reject(facts))
        for draft in facts.drafts:
            units.append(_code_unit(draft, facts, modules, task))
        for snippet in facts.snippets:
            units.append(_example_unit(snippet, facts, modules, task))
    return SourceUnits(tuple(units), tuple(rejects))


def _code_unit(draft: Draft, facts: FileFacts, modules: Modules, task: SourceTask) -> Unit:
    try:
        if draft.unit_kind == "method" and (reason := _needs_class(draft)):
            raise Unresolvable(reason)
        if draft.unit_kind in _WHOLE_FILES:
            resolved = _whole_file(facts, modules, "script" if draft.unit_kind == "script" else "contract")
        else:
            scope = Scope(modules, task.own, stem(facts.file.provenance.path))
            resolved = resolve_unit(scope, draft.name, draft.code, draft.free, task.config)
    except Unresolvable as error:
        resolved = Resolved("", f"{UNRESOLVED}{error}")
    used = {i.module for i in facts.imports if draft.unit_kind in _WHOLE_FILES or i.local in draft.free}
    # What it takes from beside itself counts as a relative import of its own source.
    beside = {"."} if resolved.context and not resolved.context.startswith(UNRESOLVED) else set()
    dialect = _dialect(draft.code, used | modules_of(resolved.imports) | beside, facts, task)
    return _unit(draft, facts, resolved, dialect)


def _dialect(code: str, used: set[str], facts: FileFacts, task: SourceTask) -> str:
    path = facts.file.provenance.path
    return dialect_of(code, used, task.projects.of(path), contract=extends_contract(code), path=path)


def _needs_class(draft: Draft) -> str:
    """Why a method cannot be read as a function of its own; empty when it can."""
    if _CLASS_WORDS.search(draft.code):
        return "a method needs its class"
    if draft.name.endswith(".constructor") or re.match(r"(?:\w+\s+)*(?:get|set)\s+\w+\s*\(", draft.code):
        return "a constructor or accessor needs its class"
    return ""


def _whole_file(facts: FileFacts, modules: Modules, what: str) -> Resolved:
    """A file as a whole carries its imports in its code; it stands alone when none of them is relative."""
    inside = [i for i in facts.imports if modules.resolve(stem(facts.file.provenance.path), i.module)]
    relative = sorted({i.module for i in facts.imports if i.module.startswith(".")} | {i.module for i in inside})
    if relative:
        raise Unresolvable(f"the {what} imports {', '.join(relative)}")
    return Resolved("", "")


def _example_unit(snippet: Snippet, facts: FileFacts, modules: Modules, task: SourceTask) -> Unit:
    module = stem(facts.file.provenance.path) if facts.file.language in {"ts", "tsx"} else ""
    unclosed = is_unparsable(snippet.code)
    dialect = NONE if unclosed else _dialect(snippet.code, modules_of(snippet.code), facts, task)
    kind = kind_of(snippet.code, dialect)
    unit_kind = "example" if kind not in CONTRACT_KINDS else ("logicsig" if kind is Kind.LOGICSIG else "contract")
    lines = [line for line in snippet.code.split("\n") if line.strip()]
    draft = Draft(
        unit_kind=unit_kind,
        name=snippet.name,
        code=snippet.code,
        doc=snippet.doc,
        free=(),
        start_line=snippet.start_line,
        end_line=snippet.end_line,
        metrics=Metrics(len(lines), 1, 0.0, max((len(line) for line in lines), default=0), True),
        skeleton="",
    )
    try:
        if unclosed:
            raise Unresolvable("comments that never end")
        if draft.metrics.max_line_chars > task.config.max_line_chars:
            raise Unresolvable(f"a line of {draft.metrics.max_line_chars} characters")
        done = complete(snippet, kind, Scope(modules, task.own, module), task.library)
    except Unresolvable as error:
        return _unit(draft, facts, Resolved("", f"{UNRESOLVED}{error}"), dialect)
    whole = replace(draft, code=done.code, metrics=done.metrics, skeleton=done.skeleton)
    if kind not in CONTRACT_KINDS:
        dialect = _dialect(snippet.code, modules_of(snippet.code) | modules_of(done.imports), facts, task)
    return _unit(whole, facts, Resolved(done.imports, done.context), dialect, kind)


def _unit(draft: Draft, facts: FileFacts, resolved: Resolved, dialect: str, kind: Kind | None = None) -> Unit:
    source = facts.file.provenance
    text = draft.code
    return Unit(
        id=digest([source.source, source.revision, source.path, draft.start_line, draft.unit_kind, draft.name, text])[
            :24
        ],
        unit_kind=draft.unit_kind,
        name=draft.name,
        code=text,
        doc=draft.doc,
        imports=resolved.imports,
        context=resolved.context,
        kind=kind or kind_of(text, dialect),
        target=target_of(dialect),
        metrics=draft.metrics,
        skeleton=draft.skeleton,
        provenance=Provenance(
            source=source.source,
            revision=source.revision,
            path=source.path,
            licence=source.licence,
            tier=source.tier,
            start_line=draft.start_line,
            end_line=draft.end_line,
            private=source.private,
        ),
    )


def _file_reject(facts: FileFacts) -> Reject:
    return Reject(
        stage=STAGE_NAME,
        subject=facts.file.id,
        reason=facts.dropped,
        detail=facts.detail,
        name=facts.file.provenance.path,
        source=facts.file.provenance.source,
        excerpt="",
    )


def group_by_source(files: Sequence[FileFacts]) -> list[tuple[FileFacts, ...]]:
    """Files of one source at one revision together, in order of first appearance."""
    groups: dict[tuple[str, str], list[FileFacts]] = {}
    for facts in files:
        groups.setdefault((facts.file.provenance.source, facts.file.provenance.revision), []).append(facts)
    return [tuple(group) for group in groups.values()]


def published_as(revision: str, config: ExtractConfig) -> str:
    """The configured package that ``revision`` (``name@version``) is, or an empty string."""
    name, _, version = revision.rpartition("@")
    known: Mapping[str, object] = config.published
    return name if name in known and config.published[name].version == version else ""
