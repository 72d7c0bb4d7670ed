"""Tarballs: pinned, cached, whole; hostile ones are read without harm."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import shutil
import tarfile
from pathlib import Path

import pytest

from algorand_coder.collect import npm
from algorand_coder.collect.tree import HostUnreachable, Refused, Tree, Unavailable

from .conftest import CODE, MIT, config, manifest, source, source_map, tarball


class Registry:
    """Stands in for npm: counts downloads and gives what the test put there."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.asked = folder, 0

    def put(self, files: dict[str, str | bytes]) -> str:
        path = tarball(self.folder / "sample-1.0.0.tgz", files)
        return npm.integrity_of(path)

    def pack(self, spec: str, folder: Path, timeout: int) -> Path:
        self.asked += 1
        return Path(shutil.copy(self.folder / "sample-1.0.0.tgz", folder / "got.tgz"))


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    made = Registry(tmp_path / "registry")
    monkeypatch.setattr(npm, "_npm_pack", made.pack)
    return made


FILES: dict[str, str | bytes] = {"package.json": manifest(license="MIT"), "src/a.ts": CODE}


def test_the_second_run_needs_no_network(registry: Registry) -> None:
    pinned = registry.put(FILES)
    wanted = source(npm="sample@1.0.0", integrity=pinned)
    first = npm.fetch_tarball(wanted, config())
    assert npm.fetch_tarball(wanted, config(offline=True)) == first
    assert registry.asked == 1


@pytest.mark.parametrize("pin", [True, False])
def test_a_truncated_download_is_seen_and_fetched_again(registry: Registry, pin: bool) -> None:
    pinned = registry.put(FILES)
    wanted = source(npm="sample@1.0.0", integrity=pinned) if pin else source(npm="sample@1.0.0")
    path = npm.fetch_tarball(wanted, config())
    path.write_bytes(path.read_bytes()[:-20])
    assert npm.integrity_of(npm.fetch_tarball(wanted, config())) == pinned
    assert registry.asked == 2


def test_another_content_than_pinned_is_refused_and_not_kept(registry: Registry) -> None:
    registry.put(FILES)
    other = "sha512-" + base64.b64encode(hashlib.sha512(b"other").digest()).decode()
    with pytest.raises(Refused, match="integrity differs from the list"):
        npm.fetch_tarball(source(npm="sample@1.0.0", integrity=other), config())
    assert not npm.cached_tarball("sample@1.0.0").exists()


def test_offline_without_a_cache_is_unavailable(registry: Registry) -> None:
    with pytest.raises(Unavailable, match="offline"):
        npm.fetch_tarball(source(), config(offline=True))


def read(path: Path, **settings: object) -> Tree:
    return npm.read_tarball(path, source(), config(**settings))


def test_files_win_over_originals_of_the_same_path_or_text(tmp_path: Path) -> None:
    maps = {"../src/a.ts": "other", "../lib/copy.ts": CODE, "../src/b.ts": "export const b = 2\n"}
    path = tarball(tmp_path / "x.tgz", {**FILES, "LICENSE": MIT, "dist/index.js.map": source_map(maps)})
    tree = read(path)
    assert tree.files["src/a.ts"] == CODE.encode()
    assert sorted(tree.files) == ["LICENSE", "package.json", "src/a.ts", "src/b.ts"]


def test_declarations_and_vendored_files_are_left_out_with_a_reason(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        **FILES,
        "src/a.d.ts": "declare const a: 1",
        "node_modules/b/src/b.ts": CODE,
        "dist/x.js": "1",
        "dist/x.js.map": source_map({"../node_modules/c/src/c.ts": "c"}),
    }
    tree = read(tarball(tmp_path / "x.tgz", files))
    assert sorted(tree.files) == ["package.json", "src/a.ts"]
    assert {(left.path, left.reason) for left in tree.left} == {
        ("src/a.d.ts", "type-declarations"),
        ("node_modules/b/src/b.ts", "vendored"),
        ("node_modules/c/src/c.ts", "vendored"),
    }


def hostile(archive: tarfile.TarFile) -> None:
    for name in ("../escape.ts", "/etc/absolute.ts", "package/../../up.ts", "package/a\\b.ts", "package/new\nline.ts"):
        info = tarfile.TarInfo(name)
        info.size = 3
        archive.addfile(info, io.BytesIO(b"bad"))
    for name, kind, target in (
        ("package/link.ts", tarfile.SYMTYPE, "/etc/passwd"),
        ("package/loop.ts", tarfile.SYMTYPE, "loop.ts"),
        ("package/hard.ts", tarfile.LNKTYPE, "package/src/a.ts"),
        ("package/device.ts", tarfile.CHRTYPE, ""),
        ("package/pipe.ts", tarfile.FIFOTYPE, ""),
    ):
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, target
        archive.addfile(info)


def test_hostile_entries_are_left_out_and_nothing_is_written(tmp_path: Path) -> None:
    path = tarball(tmp_path / "inner" / "x.tgz", FILES, hostile)
    tree = read(path)
    assert sorted(tree.files) == ["package.json", "src/a.ts"]
    reasons = [left.reason for left in tree.left]
    assert reasons.count("unsafe-path") == 5
    assert reasons.count("link-or-device") == 5
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["inner", "x.tgz"]


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    path = tarball(tmp_path / "x.tgz", {**FILES, **{f"docs/{i}.bin": b"\0" * 900_000 for i in range(30)}})
    assert path.stat().st_size < 100_000
    with pytest.raises(Refused, match="unpacks to more than 1,000,000 bytes"):
        read(path, max_unpacked_bytes=1_000_000)


def test_a_header_that_promises_too_much_is_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("package/src/a.ts")
    info.size = 10**12
    path = tmp_path / "x.tgz"
    path.write_bytes(gzip.compress(info.tobuf() + b"short"))
    with pytest.raises(Refused, match="an entry claims 1,000,000,000,000 bytes"):
        read(path)


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    path = tarball(tmp_path / "x.tgz", {f"src/f{i}.bin": b"" for i in range(150)})
    with pytest.raises(Refused, match="more than 100 files"):
        read(path, max_entries=100)


def test_large_files_are_left_out(tmp_path: Path) -> None:
    tree = read(tarball(tmp_path / "x.tgz", {**FILES, "src/big.ts": "x" * 2_000}), max_file_bytes=1_000)
    assert [(left.path, left.reason) for left in tree.left] == [("src/big.ts", "too-large")]


@pytest.mark.parametrize("raw", [b"", b"not an archive", gzip.compress(b"not a tar"), b"\x1f\x8b" + b"\0" * 50])
def test_what_is_no_tarball_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "x.tgz"
    path.write_bytes(raw)
    with pytest.raises(Refused, match="cannot be read"):
        read(path)


def test_npm_errors_are_one_line_without_addresses() -> None:
    out = '{"error": {"code": "E404", "summary": "Not Found - GET https://some.host/sample", "detail": "x"}}'
    assert npm._npm_error(out, "") == ("E404", "Not Found - GET")
    assert npm._npm_error("", "npm error code X\nmore") == ("", "npm error code X")


def test_an_unreachable_registry_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real npm, pointed at a closed port of this machine."""
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    with pytest.raises(HostUnreachable, match="the npm registry cannot be reached"):
        npm.fetch_tarball(source(), config(timeout_seconds=60))
