"""What a strategy is, and the registry that the stage finds them in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, cast

from algorand_coder.records import Candidate, Outcome, Pair, Provenance, Unit, Verdict
from algorand_coder.verify.artifacts import ContractArtifact

STRATEGIES: dict[str, str] = {
    "docs": "algorand_coder.instruct.docs:DocsStrategy",
    "patterns": "algorand_coder.instruct.patterns.strategy:PatternsStrategy",
}
"""Name → ``module:class``, in the order in which candidate pairs are listed; imported when enabled."""


class Strategy(Protocol):
    """Yields candidate pairs; the verifier decides which of them count."""

    name: str

    def generate(self, units: Sequence[Unit], config: Any, seed: int) -> Iterator[Pair]:
        """Candidate pairs in a fixed order; ``config`` is the strategy's own section."""
        ...


def load(name: str) -> Strategy:
    """The strategy called ``name`` in :data:`STRATEGIES`."""
    module, _, attribute = STRATEGIES[name].partition(":")
    return cast(Strategy, getattr(import_module(module), attribute)())


DERIVED: dict[str, str] = {
    "repair": "algorand_coder.instruct.repair:RepairStrategy",
    "edit": "algorand_coder.instruct.edit:EditStrategy",
    "migration": "algorand_coder.instruct.migration:MigrationStrategy",
    "spec": "algorand_coder.instruct.spec:SpecStrategy",
    "served": "algorand_coder.instruct.served:ServedStrategy",
}
"""Strategies that work on what was accepted, or whose pairs have two sides to judge; name → ``module:class``."""


@dataclass(frozen=True, slots=True)
class Material:
    """What derived strategies work on."""

    accepted: Sequence[Pair]
    """Pairs of the other strategies that the verifier accepted."""
    artifacts: Callable[[Candidate], Mapping[str, ContractArtifact]]
    """The compiled contracts of a candidate, by class name."""


def as_drafted(pair: Pair, verdict: Verdict) -> Pair:
    """``pair`` needs nothing of what is said about the code in its input."""
    return pair


@dataclass(frozen=True, slots=True)
class Trial:
    """A pair that also depends on what becomes of the code that its input shows."""

    pair: Pair
    shown: Candidate | None = None
    """The code in the input; ``None`` where no tool can judge it."""
    wanted: Outcome = Outcome.PASSED
    """What the verifier must say of ``shown``: a repair starts from code that it refuses."""
    told: Callable[[Pair, Verdict], Pair] = as_drafted
    """Completes the pair with the verdict on ``shown``."""


class Deriving(Protocol):
    """Makes trials from accepted pairs; the verifier decides about both sides of each."""

    name: str

    def derive(self, material: Material, config: Any, seed: int) -> Iterator[Trial]:
        """Trials in a fixed order; ``config`` is the strategy's own section."""
        ...


def load_deriving(name: str) -> Deriving:
    """The strategy called ``name`` in :data:`DERIVED`."""
    module, _, attribute = DERIVED[name].partition(":")
    return cast(Deriving, getattr(import_module(module), attribute)())


def made_by(strategy: str, operator: str) -> Provenance:
    """The provenance of what ``operator`` of a derived strategy added."""
    return Provenance("generated", f"{strategy}-1", f"{strategy}/{operator}", "MIT", "generated")


def operator_of(pair: Pair) -> str:
    """``strategy/operator`` of a derived pair."""
    return pair.provenance[-1].path
