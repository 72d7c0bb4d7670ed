"""Git: one pinned commit, from real repositories on disk, hostile ones included."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from algorand_coder.collect import git, gitcommand
from algorand_coder.collect.outcome import skipped
from algorand_coder.collect.tree import HostUnreachable, Refused, Unavailable

from .conftest import CODE, MIT, Repository, config, is_running, source

pytestmark = pytest.mark.skipif(shutil.which("git") is None and not os.environ.get("CI"), reason="git is not installed")


def test_reads_the_pinned_commit_and_not_the_newest(repository: Repository) -> None:
    first = repository.commit({"LICENSE": MIT, "src/a.ts": CODE, "docs/x.md": "# x", "logo.png": b"\x89PNG"})
    repository.commit({"src/a.ts": "changed"})
    tree = git.read_source(source(git=repository.publish(), commit=first), config())
    assert tree.revision == first
    assert tree.files == {"LICENSE": MIT.encode(), "src/a.ts": CODE.encode(), "docs/x.md": b"# x"}


def test_the_second_run_does_not_ask_the_host(repository: Repository) -> None:
    commit = repository.commit({"src/a.ts": CODE})
    wanted = source(git=repository.publish(), commit=commit)
    before = git.read_source(wanted, config())
    shutil.rmtree(repository.bare)
    assert git.read_source(wanted, config()) == before
    assert not git.needs_network(wanted, config())


def test_a_tag_is_a_pin(repository: Repository) -> None:
    tagged = repository.commit({"src/a.ts": CODE})
    repository.git("tag", "-a", "v1", "-m", "one")
    repository.commit({"src/a.ts": "later"})
    tree = git.read_source(source(git=repository.publish(), tag="v1"), config())
    assert tree.revision == tagged
    assert tree.files["src/a.ts"] == CODE.encode()


def test_two_pins_of_one_repository_live_side_by_side(repository: Repository) -> None:
    commits = [repository.commit({"src/a.ts": f"export const a = {i}\n"}) for i in range(2)]
    url = repository.publish()
    trees = [git.read_source(source(git=url, commit=commit), config()) for commit in commits]
    assert [tree.files["src/a.ts"] for tree in trees] == [b"export const a = 0\n", b"export const a = 1\n"]


def test_a_moved_tag_does_not_move_a_commit(repository: Repository) -> None:
    first = repository.commit({"src/a.ts": "1"})
    repository.git("tag", "v1")
    repository.publish()
    repository.commit({"src/a.ts": "2"})
    repository.git("tag", "--force", "v1")
    url = repository.publish()
    assert git.read_source(source(git=url, commit=first, tag="v1"), config()).revision == first


def test_a_moved_tag_is_refused_where_the_commit_cannot_be_had(repository: Repository) -> None:
    repository.commit({"src/a.ts": "1"})
    repository.git("tag", "v1")
    with pytest.raises(Refused, match=r"tag v1 is at [0-9a-f]{40}, the list pins 1{40}: it was moved"):
        git.read_source(source(git=repository.publish(), commit="1" * 40, tag="v1"), config())


def test_missing_pins_and_repositories_are_unavailable(repository: Repository, tmp_path: Path) -> None:
    repository.commit({"src/a.ts": "1"})
    url = repository.publish()
    for wanted in (
        source(git=url, commit="1" * 40),
        source(git=url, tag="nope"),
        source(git=(tmp_path / "nowhere.git").as_uri(), tag="v1"),
    ):
        with pytest.raises(Unavailable, match=r"^git: ") as caught:
            git.read_source(wanted, config())
        assert str(tmp_path) not in str(caught.value)
        assert "\n" not in str(caught.value)


def test_an_empty_repository_is_unavailable(repository: Repository) -> None:
    with pytest.raises(Unavailable):
        git.read_source(source(git=repository.publish(), tag="v1"), config())


def test_hooks_filters_links_submodules_and_lfs_do_nothing(repository: Repository, tmp_path: Path) -> None:
    trap = tmp_path / "ran"
    inner = Repository(tmp_path / "inner")
    inner.commit({"src/inner.ts": CODE})
    repository.commit(
        {
            "src/a.ts": CODE,
            ".gitattributes": "*.ts filter=evil\n",
            "src/big.ts": "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n",
            "node_modules/b/index.ts": CODE,
        }
    )
    (repository.work / "src" / "link.ts").symlink_to("/etc/passwd")
    (repository.work / "src" / "loop.ts").symlink_to("loop.ts")
    repository.git("submodule", "--quiet", "add", inner.publish(), "sub")
    commit = repository.commit({})
    url = repository.publish()
    for hook in ("post-checkout", "post-update", "reference-transaction", "pre-auto-gc", "proc-receive"):
        path = repository.bare / "hooks" / hook
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\ntouch {trap}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    subprocess.run(["git", "-C", str(repository.bare), "config", "filter.evil.smudge", f"touch {trap}"], check=True)
    subprocess.run(["git", "-C", str(repository.bare), "config", "core.fsmonitor", f"touch {trap}"], check=True)
    tree = git.read_source(source(git=url, commit=commit), config())
    assert sorted(tree.files) == ["src/a.ts"]
    assert {(left.path, left.reason) for left in tree.left} == {
        ("sub", "submodule"),
        ("src/link.ts", "link-or-device"),
        ("src/loop.ts", "link-or-device"),
        ("src/big.ts", "lfs-pointer"),
        ("node_modules/b/index.ts", "vendored"),
    }
    assert not trap.exists()


def test_only_files_of_use_are_fetched(repository: Repository) -> None:
    commit = repository.commit(
        {"src/a.ts": CODE, "LICENSE": MIT, "big.bin": os.urandom(300_000), "data.json": "{}" * 9}
    )
    wanted = source(git=repository.publish(), commit=commit)
    assert sorted(git.read_source(wanted, config()).files) == ["LICENSE", "src/a.ts"]
    kept = git.cached_repository(wanted)
    assert sum(path.stat().st_size for path in kept.rglob("*") if path.is_file()) < 30_000
    assert repository.bare.name not in (kept / "config").read_text()


def test_a_file_that_the_repository_lost_is_left_out_with_its_reason(repository: Repository) -> None:
    commit = repository.commit({"src/a.ts": CODE, "src/lost.ts": "export const lost = 1\n"})
    lost = repository.git("rev-parse", "HEAD:src/lost.ts")
    url = repository.publish()
    for loose in repository.bare.rglob("*.pack"):
        loose.chmod(0o600)
        moved = loose.rename(repository.bare / "all.pack")
        with moved.open("rb") as stream:
            subprocess.run(["git", "-C", str(repository.bare), "unpack-objects", "-q"], stdin=stream, check=True)
    (repository.bare / "objects" / lost[:2] / lost[2:]).unlink()
    wanted = source(git=url, commit=commit)
    for _ in range(2):
        tree = git.read_source(wanted, config())
        assert sorted(tree.files) == ["src/a.ts"]
        assert [(left.path, left.reason) for left in tree.left] == [("src/lost.ts", "absent")]
        assert not git.needs_network(wanted, config())


def test_a_branch_says_where_a_commit_is(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit that is the tip of nothing, on another branch than the default, from a host that gives out tips only."""
    repository.commit({"src/a.ts": "main"})
    repository.git("checkout", "--quiet", "-b", "dev/next")
    pinned = repository.commit({"src/a.ts": CODE})
    repository.commit({"src/a.ts": "later"})
    repository.git("checkout", "--quiet", "main")
    url = repository.publish()
    strict = "git -c uploadpack.allowFilter=true -c protocol.version=0 upload-pack"
    monkeypatch.setattr(git, "_UPLOAD_PACK", strict)
    monkeypatch.setattr(gitcommand, "_SAFE", (*gitcommand._SAFE, "protocol.version=0"))
    with pytest.raises(Unavailable):
        git.read_source(source(git=url, commit=pinned), config())
    monkeypatch.setattr(git, "_fetch_files", lambda *_: None)
    tip_only = source(git=url, commit=pinned, branch="dev/next")
    assert git.fetch_commit(tip_only, config())[1] == pinned


def test_any_branch_gives_its_commits(repository: Repository) -> None:
    repository.commit({"src/a.ts": "main"})
    repository.git("checkout", "--quiet", "-b", "dev")
    pinned = repository.commit({"src/a.ts": CODE})
    repository.commit({"src/a.ts": "later"})
    repository.git("checkout", "--quiet", "main")
    tree = git.read_source(source(git=repository.publish(), commit=pinned), config())
    assert tree.files == {"src/a.ts": CODE.encode()}


def test_a_bare_repository_by_its_path(repository: Repository, tmp_path: Path) -> None:
    commit = repository.commit({"src/a.ts": CODE})
    repository.publish()
    listed = config(sources=str(tmp_path / "sources.yaml"), offline=True)
    for path in (str(repository.bare), os.path.relpath(repository.bare, tmp_path)):
        wanted = source(git=path, commit=commit)
        assert not git.needs_network(wanted, listed)
        assert git.read_source(wanted, listed).files["src/a.ts"] == CODE.encode()


def test_hostile_submodule_urls_are_never_asked(repository: Repository, tmp_path: Path) -> None:
    trap = tmp_path / "ran"
    entry = f"[submodule \"x\"]\n\tpath = x\n\turl = ext::sh -c 'touch {trap}'\n\tupdate = !touch {trap}\n"
    first = repository.commit({"src/a.ts": CODE, ".gitmodules": entry})
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{first},x")
    repository.git("commit", "--quiet", "-m", "submodule")
    tree = git.read_source(source(git=repository.publish(), commit=repository.git("rev-parse", "HEAD")), config())
    assert [(left.path, left.reason) for left in tree.left] == [("x", "submodule")]
    assert not trap.exists()


def test_hostile_names_are_left_out(repository: Repository) -> None:
    """Names that git itself would not check out, written into the tree by hand."""
    repository.commit({"src/a.ts": CODE})
    blob = repository.git("hash-object", "-w", "src/a.ts")
    names = ["good name.ts", "new\nline.ts", "back\\slash.ts", "-rf.ts", 'quo"te.ts']
    listing = "".join(f"100644 blob {blob}\t{name}\0" for name in names)
    done = subprocess.run(
        ["git", "-C", str(repository.work), "mktree", "-z"], input=listing.encode(), check=True, capture_output=True
    )
    commit = repository.git("commit-tree", done.stdout.decode().strip(), "-m", "hostile")
    repository.git("update-ref", "refs/heads/main", commit)
    tree = git.read_source(source(git=repository.publish(), commit=commit), config())
    assert sorted(tree.files) == ["-rf.ts", "good name.ts", 'quo"te.ts']
    assert [left.reason for left in tree.left] == ["unsafe-path", "unsafe-path"]


def test_a_damaged_cache_is_fetched_once_more(repository: Repository) -> None:
    commit = repository.commit({"src/a.ts": CODE})
    wanted = source(git=repository.publish(), commit=commit)
    git.read_source(wanted, config())
    for pack in (git.cached_repository(wanted) / "objects").rglob("*"):
        if pack.is_file():
            pack.chmod(0o600)
            pack.write_bytes(pack.read_bytes()[: pack.stat().st_size // 2])
    assert git.read_source(wanted, config()).files["src/a.ts"] == CODE.encode()


def test_a_mirror_stands_in_for_the_host(repository: Repository, tmp_path: Path) -> None:
    commit = repository.commit({"src/a.ts": CODE})
    repository.publish(tmp_path / "mirror" / "owner" / "name.git")
    wanted = source(git="https://host.invalid/owner/name", commit=commit)
    mirrored = config(mirror=tmp_path / "mirror", offline=True)
    assert not git.needs_network(wanted, mirrored)
    assert git.read_source(wanted, mirrored).files["src/a.ts"] == CODE.encode()


def test_a_mirror_is_never_left_through_the_url(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "mirror").mkdir()
    mirrored = config(mirror=tmp_path / "mirror")
    assert git.mirror_of(source(git="https://host.invalid/../secret", tag="v1"), mirrored) is None


def test_offline_without_cache_or_mirror(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="offline"):
        git.read_source(source(git="https://host.invalid/owner/name", tag="v1"), config(offline=True))


def test_an_unknown_host_is_seen_at_once() -> None:
    answer = git.probe(source(git="https://host.invalid/owner/name", tag="v1"), config(probe_seconds=20))
    assert answer == "the host cannot be reached"


def test_a_repository_that_is_not_there_says_nothing_of_its_host(tmp_path: Path) -> None:
    wanted = source(git=(tmp_path / "ssl-proxy.git").as_uri(), tag="v1")
    with pytest.raises(Unavailable) as found:
        git.read_source(wanted, config())
    assert not isinstance(found.value, HostUnreachable)


def test_who_may_read_a_repository_is_not_written_down() -> None:
    wanted = source(git="https://me:secret@host.invalid/owner/name.git", tag="v1")
    assert git.host_of(wanted) == "host.invalid"
    assert skipped(wanted, "gone").entry["locator"] == "https://host.invalid/owner/name.git"


def test_a_silent_host_costs_the_probe_time_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for git that never answers, with a child of its own: both are ended."""
    pids = tmp_path / "pids"
    fake = tmp_path / "bin" / "git"
    fake.parent.mkdir()
    fake.write_text(f"#!/bin/sh\necho $$ >> {pids}\nsh -c 'echo $$ >> {pids}; exec sleep 60' &\nwait\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(HostUnreachable, match="no answer in 2 s"):
        gitcommand.git(["ls-remote", "x"], None, 2)
    started = [int(pid) for pid in pids.read_text().split()]
    assert len(started) == 2
    assert not any(is_running(pid) for pid in started)


def test_other_protocols_are_refused(repository: Repository, tmp_path: Path) -> None:
    repository.commit({"src/a.ts": "1"})
    trap = tmp_path / "ran"
    with pytest.raises(Unavailable, match="not allowed"):
        gitcommand.git(["ls-remote", f"ext::sh -c 'touch {trap}'"], None, 30)
    assert not trap.exists()


def test_git_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(HostUnreachable, match="git is not installed"):
        gitcommand.git(["version"], None, 5)
