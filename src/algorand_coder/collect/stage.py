"""The collect stage: the source list → ``files.parquet``, ``rejects.parquet`` and ``sources.json``."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from algorand_coder.cache import cache_dir
from algorand_coder.collect import git, gitcommand, local, npm
from algorand_coder.collect.config import CollectConfig
from algorand_coder.collect.licence import read_expression
from algorand_coder.collect.outcome import Outcome, judge, refused, skipped
from algorand_coder.collect.sources import Source, load_sources
from algorand_coder.collect.tree import PART, HostUnreachable, Refused, Unavailable
from algorand_coder.errors import UserError
from algorand_coder.pipeline import Stage, StageContext, write_table
from algorand_coder.records import Reject, SourceFile


@dataclass(frozen=True)
class Task:
    """One source to collect; ``given_up`` says why it is not even tried."""

    source: Source
    config: CollectConfig
    given_up: str = ""


def run(context: StageContext) -> dict[str, Any]:
    """Fetch and read every source, write the files that may be used and what became of the rest."""
    config: CollectConfig = context.config
    sources = load_sources(config.sources_file, config.only)
    _check_licences(sources, config)
    _sweep()
    given_up = _given_up(sources, config)
    if context.engine.name == "local":
        # Downloads wait for the network, reading needs the processor: the first in threads, the second in processes.
        _download([source for source in sources if source.name not in given_up], config, context, given_up)
    tasks = [Task(source, config, given_up.get(source.name, "")) for source in sources]
    results = context.engine.map(collect_source, tasks, batch=1)
    outcomes = list(context.progress.track("collect", "sources", results, total=len(tasks)))
    files = [file for outcome in outcomes for file in outcome.files]
    if not files:
        raise UserError(
            f"collect: none of {len(sources)} sources could be used (first: {outcomes[0].source.name}: "
            f"{outcomes[0].reason}); check the network, or set collect.mirror or a local path"
            if outcomes
            else f"{config.sources_file}: the list names no sources"
        )
    write_table(context.folder / "files.parquet", SourceFile, files)
    write_table(context.folder / "rejects.parquet", Reject, [r for outcome in outcomes for r in outcome.rejects])
    entries = json.dumps([outcome.entry for outcome in outcomes], indent=2, sort_keys=True) + "\n"
    temporary = context.folder / "sources.json.tmp"
    temporary.write_text(entries, encoding="utf-8")
    os.replace(temporary, context.folder / "sources.json")
    counts = _counts(outcomes)
    context.progress.note("collect", _summary(counts))
    return counts


def _summary(counts: dict[str, Any]) -> str:
    """One line for a person."""
    fates = counts["by_status"]
    line = (
        f"{counts['files']:,} files, {counts['lines']:,} lines from {fates['fetched']} of {counts['sources']} sources"
    )
    if fates.get("refused"):
        line += f"; {fates['refused']} refused for their licence"
    if fates.get("skipped"):
        (reason, number), *_ = Counter(counts["skipped"].values()).most_common(1)
        line += f"; {fates['skipped']} skipped ({number} times: {reason}; --force tries them again)"
    return line + "; every reason is in sources.json"


def collect_source(task: Task) -> Outcome:
    """Fetch (from the cache, where it is there), read and judge one source; never raises for what a source does."""
    source, config = task.source, task.config
    if source.licence == "none":
        return refused(source, "no licence at the pinned revision, says the list")
    if task.given_up:
        return skipped(source, task.given_up)
    try:
        if source.get.way == "npm":
            tree = npm.read_tarball(npm.fetch_tarball(source, config), source, config)
        elif source.get.way == "git":
            tree = git.read_source(source, config)
        else:
            tree = local.read_folder(source, config)
    except Unavailable as error:
        return skipped(source, str(error))
    except Refused as error:
        return refused(source, str(error))
    return judge(source, tree, config)


def _check_licences(sources: list[Source], config: CollectConfig) -> None:
    """Refuse licence names that SPDX does not know before any work."""
    for name in config.licences:
        if not read_expression(name, "config").ids:
            raise UserError(f"collect.licences: {name!r} is not an SPDX licence identifier")
    for source in sources:
        if source.licence not in {"none", "own"} and not read_expression(source.licence, "list").ids:
            raise UserError(
                f"{config.sources_file}: source {source.name!r}: licence {source.licence!r} is not an SPDX expression"
            )


def _given_up(sources: list[Source], config: CollectConfig) -> dict[str, str]:
    """Sources whose Git host does not answer, with the reason: one question a host, all hosts at a time."""
    waiting: dict[str, list[Source]] = {}
    for source in sources:
        if (
            source.get.way == "git"
            and source.licence != "none"
            and not config.offline
            and git.needs_network(source, config)
        ):
            waiting.setdefault(git.host_of(source), []).append(source)
    if not waiting:
        return {}
    with ThreadPoolExecutor(len(waiting)) as pool:
        answers = pool.map(lambda group: git.probe(group[0], config), waiting.values())
        return {
            source.name: f"{host}: {answer}"
            for (host, group), answer in zip(waiting.items(), answers, strict=True)
            if answer
            for source in group
        }


def _download(sources: list[Source], config: CollectConfig, context: StageContext, given_up: dict[str, str]) -> None:
    """Fill the cache; what cannot be had is found out again, and recorded, when the source is read."""
    fetchers: dict[str, Callable[[Source, CollectConfig], object]] = {
        "npm": npm.fetch_tarball,
        "git": git.fetch_commit,
    }
    remote = [source for source in sources if source.get.way in fetchers and source.licence != "none"]

    def fetch(source: Source) -> None:
        if source.name in given_up:
            return
        try:
            fetchers[source.get.way](source, config)
        except HostUnreachable as error:
            given_up[source.name] = str(error)
            if source.get.way == "npm":
                # There is one registry: who cannot reach it for one package need not ask for the others.
                for other in remote:
                    if other.get.way == "npm" and not npm.cached_tarball(other.get.npm or "").is_file():
                        given_up.setdefault(other.name, str(error))
        except Unavailable as error:
            given_up[source.name] = str(error)
        except Refused:
            pass

    pool = ThreadPoolExecutor(config.downloads)
    try:
        list(context.progress.track("collect", "downloads", pool.map(fetch, remote), total=len(remote)))
    except BaseException:
        # Ctrl-C: nobody waits for what is still on its way.
        pool.shutdown(wait=False, cancel_futures=True)
        gitcommand.end_all()
        raise
    pool.shutdown()


def _sweep() -> None:
    """Remove what killed downloads left in the cache; a day is longer than any of them takes."""
    for left in cache_dir("downloads").glob(f"*/{PART}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > 86_400:
                shutil.rmtree(left)


def _versions() -> dict[str, str]:
    return {name: version(name) for name in ("licenseclassifier", "license-expression")}


def _counts(outcomes: list[Outcome]) -> dict[str, Any]:
    fetched = [outcome for outcome in outcomes if outcome.status == "fetched"]
    lines: Counter[str] = Counter()
    for outcome in fetched:
        for file in outcome.files:
            lines[file.provenance.licence] += sum(1 for line in file.text.splitlines() if line.strip())
    excluded = Counter(reject.reason for outcome in outcomes for reject in outcome.rejects)
    return {
        "sources": len(outcomes),
        "by_status": dict(sorted(Counter(outcome.status for outcome in outcomes).items())),
        "files": sum(len(outcome.files) for outcome in fetched),
        "lines": sum(lines.values()),
        "lines_by_licence": dict(sorted(lines.items())),
        "files_by_source": {outcome.source.name: len(outcome.files) for outcome in fetched},
        "files_by_tier": dict(sorted(Counter(f.provenance.tier for o in fetched for f in o.files).items())),
        "excluded": dict(sorted(excluded.items())),
        "skipped": {o.source.name: o.reason for o in outcomes if o.status == "skipped"},
        "refused": {o.source.name: o.reason for o in outcomes if o.status == "refused"},
    }


STAGE = Stage(
    name="collect",
    consumes=(),
    run=run,
    code=("algorand_coder.collect",),
    versions=_versions,
)
