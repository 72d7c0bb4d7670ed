"""The real verifier accepts what the generators write: a sample of every recipe, and the method library."""

from __future__ import annotations

import pytest

from algorand_coder.errors import MissingTool
from algorand_coder.instruct.config import PatternsConfig
from algorand_coder.instruct.patterns.contracts.library import library_files
from algorand_coder.instruct.patterns.strategy import PatternsStrategy
from algorand_coder.records import Candidate, Kind, Level, Outcome, Pair, Verdict
from algorand_coder.verify import Verifier, puya, toolchain
from tests.conftest import IN_CI


@pytest.fixture(scope="module")
def tools() -> None:
    """The installed toolchain."""
    try:
        for project in toolchain.PROJECTS:
            toolchain.ensure(project)
        puya.ensure()
    except MissingTool as missing:
        if IN_CI:
            pytest.fail(f"CI must have the toolchain: {missing}")
        pytest.skip(str(missing))


NOT_CREATED = {"patterns/contract_state/box-list", "patterns/contract_logic/secret-guess"}
"""Contracts that compile and that this ledger cannot tell of: an opcode it lacks, a create method that wants a hash."""


def complaints(verdict: Verdict) -> list[str]:
    """What the verifier said, short."""
    return [f"{d.level}:{d.line} {d.code} {d.message}" for d in verdict.diagnostics][:3]


@pytest.mark.slow
def test_a_sample_of_every_recipe_is_accepted_and_contracts_are_created_on_the_ledger(tools: None) -> None:
    chosen: dict[str, list[Pair]] = {}
    for pair in PatternsStrategy().generate([], PatternsConfig(max_pairs=1600), 23):
        wanted = 1 if pair.kind is not Kind.CLIENT else 3
        if len(chosen.setdefault(pair.lineage, [])) < wanted:
            chosen[pair.lineage].append(pair)
    pairs = [pair for sample in chosen.values() for pair in sample]
    with Verifier(cache=None, level=Level.DEPLOY) as verifier:
        verdicts = verifier.check([pair.candidate() for pair in pairs], Level.DEPLOY)
    refused = {
        pair.lineage: complaints(verdict)
        for pair, verdict in zip(pairs, verdicts, strict=True)
        if verdict.outcome is not Outcome.PASSED
    }
    assert {lineage: said for lineage, said in refused.items() if lineage not in NOT_CREATED} == {}
    assert all(said == [] for said in refused.values())
    assert [verdict.deprecated for verdict in verdicts if verdict.deprecated] == []


@pytest.mark.slow
def test_the_method_library_compiles(tools: None) -> None:
    candidates = [Candidate.single(text, Kind.CONTRACT) for text in library_files().values()]
    with Verifier(cache=None) as verifier:
        verdicts = verifier.check(candidates, Level.COMPILE)
    found = {name: complaints(verdict) for name, verdict in zip(library_files(), verdicts, strict=True)}
    assert {name: said for name, said in found.items() if said} == {}
    assert all(verdict.outcome is Outcome.PASSED for verdict in verdicts)
