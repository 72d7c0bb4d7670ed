"""What a stage is and how a run of stages goes: recognise what is finished, do the rest, write proof last."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from algorand_coder import __version__
from algorand_coder.errors import UserError
from algorand_coder.pipeline import manifest as manifests
from algorand_coder.pipeline.config import Section
from algorand_coder.pipeline.engine import Engine
from algorand_coder.pipeline.manifest import Manifest
from algorand_coder.pipeline.progress import Progress
from algorand_coder.records import digest


@dataclass(frozen=True)
class StageContext:
    """What a stage is given.

    ``folder`` is where outputs go; ``folder / "work"`` survives a kill and is meant for resume state.
    ``inputs`` maps each consumed stage to its finished folder.
    """

    folder: Path
    inputs: Mapping[str, Path]
    config: Any
    """The stage's own config section."""
    seed: int
    engine: Engine
    progress: Progress

    @property
    def work(self) -> Path:
        """Folder for resume state, created on first use."""
        path = self.folder / "work"
        path.mkdir(exist_ok=True)
        return path


@dataclass(frozen=True)
class Stage:
    """One step of the pipeline.

    ``run`` writes its outputs into ``context.folder`` and returns counts for the manifest and summary.
    ``code`` names the modules and packages whose source decides the output: a change there makes a
    finished stage stale. ``versions`` names tools outside this package that decide it too.
    """

    name: str
    consumes: tuple[str, ...]
    run: Callable[[StageContext], dict[str, Any]]
    code: tuple[str, ...]
    versions: Callable[[], dict[str, str]] = field(default=dict)
    needs: Callable[[Any, str], bool] = field(default=lambda config, name: True)
    """Whether, under a config of the stage, it consumes the stage of that name."""
    reads: Callable[[Any], dict[str, dict[str, str]]] = field(default=lambda config: {})
    """What a config of the stage names outside of the run folder, and its files' hashes: it decides the output too."""
    keeps_work: bool = False
    """Whether ``work/`` of an interrupted attempt of another key is kept: the stage says itself why it cannot go on."""


@dataclass(frozen=True)
class StageReport:
    """What became of one stage in this invocation."""

    name: str
    reused: bool
    manifest: Manifest


def code_fingerprint(modules: Sequence[str]) -> str:
    """Hash of the source files of ``modules`` (packages are taken whole, package data included)."""
    fingerprint = sha256()
    for module in sorted({*modules, "algorand_coder.records"}):
        spec = find_spec(module)
        if spec is None or spec.origin is None:
            raise ValueError(f"stage names a module that does not exist: {module}")
        origin = Path(spec.origin)
        files = sorted(origin.parent.rglob("*")) if origin.name == "__init__.py" else [origin]
        for path in files:
            if path.is_file() and "__pycache__" not in path.parts:
                fingerprint.update(path.relative_to(origin.parent).as_posix().encode())
                fingerprint.update(path.read_bytes())
    return fingerprint.hexdigest()


def run_stage(
    stage: Stage,
    run_folder: Path,
    config: Section,
    *,
    seed: int,
    engine: Engine,
    progress: Progress,
    force: bool = False,
) -> StageReport:
    """Run ``stage`` unless its finished outputs are current; returns what became of it.

    A finished stage is current when its key (config, hashes of inputs and of what it reads, code, versions) is
    unchanged and its outputs still match their hashes. Outputs of an interrupted attempt with the same key are kept, so
    the stage can resume from ``work/``; those of any other attempt are removed, but for the ``work/`` of a stage that
    keeps it unless ``force`` is given. Finished outputs come back when the attempt does not get to the end: a slip in a
    setting costs nobody a result, and a training that fails leaves the weights of the one before.
    """
    folder = run_folder / stage.name
    _take_back(folder)
    inputs = _inputs(stage, run_folder, config)
    versions = {"algorand-coder": __version__, **stage.versions()}
    section = config.model_dump(mode="json")
    key = digest(
        {
            "stage": stage.name,
            "seed": seed,
            "config": section,
            "versions": versions,
            "code": code_fingerprint(stage.code),
            "inputs": {**{name: found.outputs for name, found in inputs.items()}, **stage.reads(config)},
        }
    )
    finished = manifests.load(folder)
    if finished and finished.key == key and not force and not _resumable(folder, key):
        altered = manifests.first_mismatch(folder, finished)
        if altered is None:
            progress.note(stage.name, "up to date")
            return StageReport(stage.name, True, finished)
        progress.note(stage.name, f"{folder / altered} does not match its manifest: running the stage again")
    _prepare(folder, key, force, keep_work=stage.keeps_work)
    context = StageContext(
        folder=folder,
        inputs={name: run_folder / name for name in inputs},
        config=config,
        seed=seed,
        engine=engine,
        progress=progress,
    )
    started, clock = datetime.now(UTC).isoformat(timespec="seconds"), time.monotonic()
    try:
        counts = stage.run(context)
    except BaseException:
        _take_back(folder)
        raise
    shutil.rmtree(folder / "work", ignore_errors=True)
    (folder / manifests.KEY_FILE).unlink()
    manifest = Manifest(
        stage=stage.name,
        key=key,
        inputs={name: digest(found.outputs) for name, found in inputs.items()},
        config=section,
        versions=versions,
        outputs=manifests.hash_outputs(folder),
        counts=counts,
        started=started,
        seconds=round(time.monotonic() - clock, 3),
    )
    manifest.write(folder)
    shutil.rmtree(folder / manifests.PREVIOUS, ignore_errors=True)
    progress.note(stage.name, f"done in {manifest.seconds:.1f} s")
    return StageReport(stage.name, False, manifest)


def _inputs(stage: Stage, run_folder: Path, config: Section) -> dict[str, Manifest]:
    found = {}
    for name in (name for name in stage.consumes if stage.needs(config, name)):
        manifest = manifests.load(run_folder / name)
        if manifest is None:
            raise UserError(
                f"stage {stage.name!r} needs the output of {name!r}, which is not in {run_folder}: "
                f"run 'algorand-coder {name}' first, or 'algorand-coder run' for all stages"
            )
        found[name] = manifest
    return found


def _prepare(folder: Path, key: str, force: bool, keep_work: bool) -> None:
    """Make ``folder`` ready for an attempt at ``key``, keeping resume state of the same attempt, or as told.

    Finished outputs are set aside rather than removed.
    """
    key_file = folder / manifests.KEY_FILE
    resumable = _resumable(folder, key) and not force
    folder.mkdir(parents=True, exist_ok=True)
    if not resumable:
        key_file.unlink(missing_ok=True)
        if force or not keep_work:
            _remove([path for path in folder.iterdir() if path.name == "work"])
    if manifests.load(folder):
        (folder / manifests.PREVIOUS).mkdir()
        # The manifest goes last and comes back first: where it lies says which folder an interrupted move began in.
        for path in sorted(_outputs(folder), key=lambda path: path.name == manifests.NAME):
            path.rename(folder / manifests.PREVIOUS / path.name)
    elif not resumable:
        _remove(_outputs(folder))
    key_file.write_text(key, encoding="utf-8")


def _take_back(folder: Path) -> None:
    """Put the outputs that an unfinished attempt set aside back in their place; its own go, but for ``work/``."""
    previous = folder / manifests.PREVIOUS
    if not previous.is_dir():
        return
    finished = manifests.load(folder)
    if finished is None:
        _remove(_outputs(folder))
    if finished is None or manifests.first_mismatch(folder, finished) is not None:
        for path in sorted(previous.iterdir(), key=lambda path: path.name != manifests.NAME):
            path.rename(folder / path.name)
    shutil.rmtree(previous)
    work = folder / "work"
    if not any(path.is_file() for path in work.rglob("*")):
        # Nothing was begun: the folder is as it was.
        shutil.rmtree(work, ignore_errors=True)
        (folder / manifests.KEY_FILE).unlink(missing_ok=True)


def _resumable(folder: Path, key: str) -> bool:
    """Whether an attempt at ``key`` was begun in ``folder`` and not finished."""
    key_file = folder / manifests.KEY_FILE
    return key_file.is_file() and key_file.read_text(encoding="utf-8") == key


def _outputs(folder: Path) -> list[Path]:
    """Everything in ``folder`` that is neither resume state nor set aside."""
    return [path for path in folder.iterdir() if path.name not in {"work", manifests.KEY_FILE, manifests.PREVIOUS}]


def _remove(paths: Sequence[Path]) -> None:
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
