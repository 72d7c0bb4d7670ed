"""What other versions break: real packages from npm, and the rules by which a report is made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from algorand_coder.cache import cache_dir
from algorand_coder.cli.retarget import command
from algorand_coder.errors import UserError
from algorand_coder.records import Candidate, Diagnostic, Kind, Level, LevelResult, Outcome, Verdict
from algorand_coder.retarget import breaks
from algorand_coder.retarget.breaks import Subject, compare, subjects
from algorand_coder.retarget.toolchains import changes, pin
from algorand_coder.verify import node, toolchain
from tests.conftest import IN_CI

UTILS = "@algorandfoundation/algokit-utils"


def projects(*wanted: str) -> list[tuple[str, str]]:
    return [(change.project, change.after) for change in changes(wanted)]


def test_the_nearest_major_is_replaced_wherever_it_is() -> None:
    assert projects(f"{UTILS}@9.1.0") == [("client", "9.1.0")]
    assert projects(f"{UTILS}@8.0.0") == [("client", "8.0.0")]
    assert projects(f"{UTILS}@11.0.0") == [("client10", "11.0.0")]
    assert projects("algosdk@3.7.0") == [("client", "3.7.0"), ("client10", "3.7.0")]
    assert projects("@algorandfoundation/algorand-typescript@1.2.0") == [
        ("client", "1.2.0"),
        ("client10", "1.2.0"),
        ("puya", "1.2.0"),
    ]


def test_a_version_of_one_project_can_be_tried_in_another() -> None:
    newest = toolchain.toolchain_versions()["algokit-utils-10"]
    assert projects(f"{UTILS}@{newest}") == [("client", newest)]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("algosdk", "exact version"),
        ("algosdk@^3.7.0", "exact version"),
        ("algosdk@latest", "exact version"),
        ("algosdkk@3.7.0", "did you mean 'algosdk'"),
        (f"algosdk@{toolchain.toolchain_versions()['algosdk']}", "judged with today"),
    ],
)
def test_what_cannot_be_tried_is_refused_with_one_line(wanted: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        changes([wanted])


class Scripted:
    """Says ``GONE`` does not exist, once the toolchain is another one; cannot judge ``ODD`` at all."""

    def __init__(self, **_: object) -> None: ...

    def __enter__(self) -> Scripted:
        return self

    def __exit__(self, *_: object) -> None: ...

    def check(self, candidates: list[Candidate], progress: object) -> list[Verdict]:
        return [self.verdict(each.files[each.entry], bool(toolchain.stand_ins())) for each in candidates]

    @staticmethod
    def verdict(code: str, other: bool) -> Verdict:
        if "ODD" in code:
            return Verdict("x", (LevelResult(Level.TYPES, Outcome.UNJUDGED, reason="too odd"),))
        findings = tuple(
            Diagnostic(Level.TYPES, "main.ts", line, 1, "TS2339", "Property 'gone' does not exist")
            for line, text in enumerate(code.splitlines(), 1)
            if ("GONE" in text and other) or ("NEW" in text and not other)
        )
        outcome = Outcome.FAILED if findings else Outcome.PASSED
        marked = ("old",) if other and "old" in code else ()
        return Verdict("x", (LevelResult(Level.TYPES, outcome, findings),), deprecated=marked)


def test_breaks_are_grouped_by_error_and_the_rest_is_accounted_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(breaks, "Verifier", Scripted)
    monkeypatch.setattr(breaks, "pin", lambda changed: {"client": toolchain.data() / "client"})
    monkeypatch.setattr(toolchain, "ensure", lambda project: tmp_path)
    codes = ["GONE\nGONE", "fine", "\nGONE", "NEW", "ODD", "old"]
    given = [Subject("data", f"row{n}", Candidate.single(code, Kind.CLIENT)) for n, code in enumerate(codes)]
    given.append(Subject("data", "ten", Candidate.single("GONE", Kind.CLIENT, "utils10")))
    report = compare([f"{UTILS}@9.1.0"], given, Level.TYPES, 1, lambda what, total: lambda done: None)
    assert (report.judged, report.not_concerned) == ({"data": 6}, {"data": 1})
    assert (report.broken, report.mended, report.unjudged) == ({"data": 2}, {"data": 1}, {"data": 1})
    assert report.reasons == {"too odd": 1}
    assert report.broken_names == {"data": ["row0", "row2"]}
    (only,) = report.breaks
    assert (only.code, only.count) == ("TS2339", 2)
    assert only.examples == ["data row0 main.ts:1", "data row2 main.ts:2"]
    assert report.newly_deprecated == {"old": 1}
    assert report.outcome is Outcome.FAILED
    assert not toolchain.stand_ins()


def test_subjects_are_always_the_same_ones() -> None:
    few = subjects(None, 0, 3)
    assert few == subjects(None, 0, 3)
    assert {each.source for each in few} == {"benchmark"}


@pytest.mark.parametrize(("run", "rows"), [(None, 5), (Path("nowhere"), -1)])
def test_nothing_to_judge_is_said_so(run: Path | None, rows: int) -> None:
    with pytest.raises(UserError, match="nothing to judge"):
        subjects(run, rows, -1)


def test_nothing_concerned_is_nothing_judged(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(breaks, "Verifier", Scripted)
    monkeypatch.setattr(breaks, "pin", lambda changed: {"client": toolchain.data() / "client"})
    monkeypatch.setattr(toolchain, "ensure", lambda project: tmp_path)
    given = [Subject("data", name, Candidate.single("fine", Kind.CLIENT, name)) for name in ("utils10", "utils9")]

    def outcome(given: list[Subject]) -> Outcome:
        return compare([f"{UTILS}@9.1.0"], given, Level.TYPES, 1, lambda what, total: lambda done: None).outcome

    assert outcome(given[:1]) is Outcome.UNJUDGED
    assert outcome(given) is Outcome.PASSED


@pytest.mark.slow
def test_a_real_version_breaks_what_it_breaks_and_changes_nothing() -> None:
    """algokit-utils 10 takes the place of 9: amounts, signers and algod calls changed there."""
    try:
        node.npm()
        pin(changes([f"{UTILS}@10.0.0-beta.4"]))
    except UserError as error:
        pytest.fail(str(error)) if IN_CI else pytest.skip(str(error))
    shipped = toolchain.project_folder("client")
    arguments = ["--package", f"{UTILS}@10.0.0-beta.4", "--problems", "12", "--level", "types", "--workers", "1"]
    done = CliRunner().invoke(command, [*arguments, "--json"], standalone_mode=False)
    assert done.exception is None, done.output
    assert done.return_value == 1
    found = json.loads(done.stdout[done.stdout.index("{") :])
    assert found["outcome"] == "failed"
    assert 0 < found["broken"]["benchmark"] <= found["judged"]["benchmark"]
    assert all(each["code"].startswith("TS") for each in found["breaks"])
    assert found["breaks"][0]["count"] >= found["breaks"][-1]["count"]
    assert found["moved"]["client"][UTILS][1] == "10.0.0-beta.4"
    assert toolchain.project_folder("client") == shipped
    locks = list(cache_dir("retarget").glob("client-*/package-lock.json"))
    assert locks
    assert all("resolved" not in entry for lock in locks for entry in json.loads(lock.read_text())["packages"].values())
    with pytest.raises(UserError, match="npm cannot put algosdk@3"):
        pin(changes(["algosdk@3.999.0"]))
