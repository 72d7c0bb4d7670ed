"""From what a person points at (files, folders, standard input, data sets) to what the verifier judges."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from algorand_coder.errors import UserError
from algorand_coder.records import DEFAULT_TARGET, Candidate, Kind, Pair, default_filename

_SKIPPED = {"node_modules", "dist", "build", "out", "coverage", "artifacts"}
_SOURCE = (".ts", ".tsx", ".mts")
_CHECK = ".check.ts"
_CHECKED = (".algo.ts", *_SOURCE)
_DECLARATION = re.compile(r"\.d\.[mc]?ts$")
_RELATIVE = re.compile(r"""(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"](\.{1,2}/[^'"\n]+|\.{1,2})['"]""")
_TEALSCRIPT = re.compile(r"""['"]@algorandfoundation/tealscript['"]""")
_ALGORAND_TYPESCRIPT = re.compile(r"""['"]@algorandfoundation/algorand-typescript(?:/[\w/-]+)?['"]""")
_EXTENDS = re.compile(r"\bclass\s+\w+\s+extends\s+([\w.]*)")
_WHOLE_CLASS = re.compile(r"(\babstract\s+)?\bclass(?:\s+\w+)?\s*(?:<[^{]*?>)?\s+extends\s+([\w.]*)")
_MAX_TOGETHER = 200


@dataclass(frozen=True, slots=True)
class Item:
    """Something to judge: ``name`` is how the person knows it, ``own`` its path among the candidate's files."""

    name: str
    candidate: Candidate
    own: str
    shown: Mapping[str, str] = field(default_factory=dict)
    """Of code on disk: where each of the candidate's files lies, as the person would name it."""

    def named(self, file: str) -> str:
        """How the person knows ``file`` of the candidate."""
        return self.name if file == self.own else self.shown.get(file, file)


def detect_kind(code: str, name: str = "") -> Kind:
    """What ``code`` is, by its imports, its classes and its file ``name``."""
    bases = _EXTENDS.findall(code)
    if _TEALSCRIPT.search(code) and (bases or name.endswith(".algo.ts")):
        return Kind.TEALSCRIPT
    if name.endswith(".algo.ts") or (_ALGORAND_TYPESCRIPT.search(code) and bases):
        only_logicsig = bool(bases) and all(base.rpartition(".")[2] == "LogicSig" for base in bases)
        return Kind.LOGICSIG if only_logicsig else Kind.CONTRACT
    return Kind.CLIENT


def from_text(code: str, target: str = DEFAULT_TARGET, name: str = "<stdin>") -> Item:
    """A lone snippet, e.g. from standard input."""
    candidate = Candidate.single(code, detect_kind(code), target)
    return Item(name, candidate, candidate.entry)


def from_paths(paths: Sequence[Path], target: str = DEFAULT_TARGET) -> Iterator[Item]:
    """Every TypeScript file among ``paths``, folders walked, each together with the files it imports.

    In a folder, contract code without a contract of its own (a base class, subroutines) that another file imports
    need not compile to something: it is judged as code, and compiled where it is used.
    ``vault.check.ts`` beside ``vault.algo.ts`` (or else ``vault.ts``) is its check program, judged with it, not by
    itself.
    Raises ``UserError`` for a path that is missing, unreadable or nothing that can be judged.
    """
    for path in paths:
        try:
            folder = stat.S_ISDIR(path.stat().st_mode)
        except (FileNotFoundError, NotADirectoryError):
            raise UserError(f"{path}: no such file or folder") from None
        except OSError as error:
            raise UserError(f"{path}: cannot be read: {error.strerror}") from None
        if folder:
            found = sorted(_walk(path))
            if not found:
                raise UserError(f"{path}: no TypeScript files in this folder")
            yield from _together([from_file(file, target) for file in found])
        elif path.suffix == ".parquet":
            yield from from_pairs(path)
        elif path.suffix == ".jsonl":
            yield from from_jsonl(path, target)
        elif not path.name.endswith(_SOURCE) or _DECLARATION.search(path.name):
            raise UserError(f"{path}: not something to judge; give .ts, .tsx, .mts, pairs.parquet, .jsonl or a folder")
        else:
            yield from_file(path, target)


def _together(items: Sequence[Item]) -> Iterator[Item]:
    imported = {os.path.realpath(shown) for item in items for file, shown in item.shown.items() if file != item.own}
    for item in items:
        code = item.candidate.files[item.own]
        helps = item.candidate.kind in {Kind.CONTRACT, Kind.LOGICSIG} and not _has_contract(code)
        if helps and os.path.realpath(item.name) in imported:
            yield replace(item, candidate=replace(item.candidate, kind=Kind.CLIENT))
        else:
            yield item


def _has_contract(code: str) -> bool:
    """Whether a class in ``code`` may be a contract that can be compiled; a struct is none."""
    return any(not abstract and not base.endswith("Struct") for abstract, base in _WHOLE_CLASS.findall(code))


def from_file(path: Path, target: str = DEFAULT_TARGET) -> Item:
    """One file with its check program, if it has one, and everything both import by relative path, as one candidate."""
    together, real = _closure(path), _real(path)
    check = _check_of(path)
    if check is not None:
        together |= _closure(check)
    root = Path(os.path.commonpath([file.parent for file in together]))
    files = {file.relative_to(root).as_posix(): text for file, text in together.items()}
    shown = {file.relative_to(root).as_posix(): _shown(file, path) for file in together}
    own = real.relative_to(root).as_posix()
    kind = detect_kind(files[own], path.name)
    if kind == Kind.TEALSCRIPT and len(files) == 1 and not own.endswith(".algo.ts"):
        # Its compiler takes any name; ours tells contracts by it.
        files, shown = {default_filename(kind): files[own]}, {default_filename(kind): shown[own]}
        own = default_filename(kind)
    program = _real(check).relative_to(root).as_posix() if check is not None else ""
    return Item(path.as_posix(), Candidate(files, own, kind, target, program), own, shown)


def from_pairs(path: Path) -> Iterator[Item]:
    """The rows of a data set with everything it knows about them."""
    from algorand_coder.pipeline import read_table

    try:
        pairs = read_table(path, Pair)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(f"{path}: not a table of instruction pairs ({str(error).splitlines()[0][:120]})") from None
    for pair in pairs:
        candidate = pair.candidate()
        yield Item(f"{path.as_posix()}#{pair.id}", candidate, candidate.entry)


def from_jsonl(path: Path, target: str = DEFAULT_TARGET) -> Iterator[Item]:
    """Alpaca rows. What a row does not say about its code is taken from ``pairs.parquet`` beside it, else guessed."""
    beside = path.with_name("pairs.parquet")
    known = {item.candidate.files[item.own]: item.candidate for item in from_pairs(beside)} if beside.is_file() else {}
    # Only a line feed ends a row: what else ends a line may stand in its strings.
    for number, line in enumerate(_read(path).removeprefix("\ufeff").split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{path.as_posix()}#{number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UserError(f"{path}: line {number} is not JSON: {error}") from None
        code = row.get("output") if isinstance(row, dict) else None
        if not isinstance(code, str):
            raise UserError(f"{path}: line {number} has no text under 'output'; give rows in Alpaca form")
        candidate = known.get(code) or _from_row(row, code, target)
        yield Item(where, candidate, candidate.entry)


def _from_row(row: Mapping[str, object], code: str, target: str) -> Candidate:
    kind = Kind(str(row["kind"])) if row.get("kind") in list(Kind) else detect_kind(code)
    entry = str(row.get("entry") or default_filename(kind))
    support = row.get("support")
    files = {str(name): str(text) for name, text in support.items()} if isinstance(support, dict) else {}
    return Candidate({**files, entry: code}, entry, kind, str(row.get("target") or target))


def _walk(folder: Path) -> Iterator[Path]:
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _SKIPPED and not name.startswith("."))
        for name in files:
            source = name.endswith(_SOURCE) and not _DECLARATION.search(name) and not name.startswith(".")
            if source and not _is_check_of(name, files):
                yield Path(here) / name


def _is_check_of(name: str, files: Sequence[str]) -> bool:
    stem = name.removesuffix(_CHECK)
    return stem != name and any(f"{stem}{ending}" in files for ending in _CHECKED)


def _check_of(path: Path) -> Path | None:
    """The check program of ``path``, if it has one; of several files with one name it checks the contract."""
    stem = re.sub(r"(\.algo)?\.m?tsx?$", "", path.name)
    check = path.with_name(f"{stem}{_CHECK}")
    beside = (path.with_name(f"{stem}{ending}") for ending in _CHECKED)
    return check if _is_file(check) and next(filter(_is_file, beside), None) == path else None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        # A name that is too long for the disk, for one.
        return False


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        raise UserError(f"{path}: cannot be read: its symbolic links lead in a circle") from None


def _shown(file: Path, like: Path) -> str:
    """``file``, an absolute path, said from where a person said ``like``."""
    return (file if like.is_absolute() else Path(os.path.relpath(file))).as_posix()


def _closure(path: Path) -> dict[Path, str]:
    found: dict[Path, str] = {}
    waiting = [_real(path)]
    while waiting:
        file = waiting.pop()
        if file in found:
            continue
        if len(found) == _MAX_TOGETHER:
            raise UserError(f"{path}: it imports more than {_MAX_TOGETHER} files; check it in its own project instead")
        found[file] = _read(file)
        if file.suffix != ".json":
            waiting += [target for specifier in _RELATIVE.findall(found[file]) if (target := _resolve(file, specifier))]
    return found


def _resolve(importer: Path, specifier: str) -> Path | None:
    """The file on disk that ``specifier`` means, if there is one; what is missing the type checker reports."""
    base = Path(os.path.normpath(importer.parent / specifier))
    plain = str(base)
    names = [plain, *(plain + suffix for suffix in _SOURCE), *(f"{plain}/index{suffix}" for suffix in _SOURCE)]
    if plain.endswith((".js", ".mjs")):
        names += [plain[:-3] + ".ts", plain[:-3] + ".tsx", plain[:-4] + ".mts"]
    for name in map(Path, names):
        if _is_file(name) and name.name.endswith((*_SOURCE, ".json")) and not _DECLARATION.search(name.name):
            return name
    return None


def _read(path: Path) -> str:
    try:
        # What is no UTF-8 reaches the verifier as lone surrogates, and it says so.
        return path.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise UserError(f"{path}: cannot be read: {error.strerror}") from None
