"""The labelled files: well-formed, without content, and told apart by the detectors where they are at hand."""

from __future__ import annotations

import json

import pytest

from .detector_study import LABELS, judge, run_at_hand, scores


def test_labels_name_files_and_hold_no_content() -> None:
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    assert sum(row["drawn"] == "random" for row in rows) >= 200
    for row in rows:
        assert set(row) <= {"source", "revision", "path", "sha256", "drawn", "secret", "generated"}
        assert len(row["sha256"]) == 64
        assert "secret" in row or "generated" in row
    for detector in ("secret", "generated"):
        assert sum(detector in row for row in rows) >= 200
        assert sum(row.get(detector, False) for row in rows) >= 30
    assert len({(row["source"], row["path"]) for row in rows}) == len(rows)


@pytest.mark.slow
def test_detectors_tell_the_labelled_files_apart() -> None:
    """Needs a run that collected the full list: ``ALGORAND_CODER_RUN=runs/full``."""
    folder = run_at_hand()
    if folder is None:
        pytest.skip("ALGORAND_CODER_RUN names no run to take the labelled files from")
    for score in scores(list(judge(folder))):
        assert score.files >= 200, score
        assert score.precision >= 0.95, score
        assert score.recall >= 0.95, score
