from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.records import Candidate, Kind, Level, LevelResult, Outcome, Verdict

names = st.text("abcdef./", min_size=1, max_size=8)


@given(st.dictionaries(names, st.text(max_size=20), min_size=1, max_size=4), st.sampled_from(Kind))
def test_candidate_key_is_its_content(files: dict[str, str], kind: Kind) -> None:
    entry = next(iter(files))
    one = Candidate(files, entry, kind)
    other = Candidate(dict(reversed(files.items())), entry, kind)
    assert one.key == other.key == pickle.loads(pickle.dumps(one)).key
    changed = Candidate({**files, entry: files[entry] + "x"}, entry, kind)
    assert changed.key != one.key


def test_candidate_needs_its_entry() -> None:
    with pytest.raises(ValueError, match="not among the files"):
        Candidate({"a.ts": ""}, "b.ts", Kind.CLIENT)


def test_candidate_files_cannot_be_changed_afterwards() -> None:
    files = {"main.ts": "1"}
    candidate = Candidate(files, "main.ts", Kind.CLIENT)
    files["main.ts"] = "2"
    assert candidate.files["main.ts"] == "1"


def test_verdict_outcome_is_that_of_the_deepest_level() -> None:
    passed, unjudged = (
        LevelResult(Level.PARSE, Outcome.PASSED),
        LevelResult(Level.TYPES, Outcome.UNJUDGED, (), "no node"),
    )
    assert Verdict("k", (passed,)).outcome == Outcome.PASSED
    assert Verdict("k", (passed, unjudged)).outcome == Outcome.UNJUDGED
    assert Verdict("k", ()).outcome == Outcome.UNJUDGED
    assert Verdict("k", (passed, unjudged)).passed(Level.PARSE)
    assert [level.depth for level in Level] == [0, 1, 2, 3, 4]
