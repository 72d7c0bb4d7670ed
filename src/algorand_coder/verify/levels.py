"""The registry of judges, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from algorand_coder.records import Candidate, Level
from algorand_coder.verify.artifacts import ContractArtifact
from algorand_coder.verify.contracts import Compiled, ContractJudge
from algorand_coder.verify.judge import Judge
from algorand_coder.verify.tealscript import TealScriptJudge
from algorand_coder.verify.typescript import TypeScriptJudge

if TYPE_CHECKING:
    from algorand_coder.verify.ledgers import Ledgers


@dataclass(frozen=True, slots=True)
class Setting:
    """What judges are made from."""

    workers: int
    """Processes that a judge may keep busy."""
    metrics: bool
    """Whether type coverage is measured."""
    keep: Callable[[Candidate, Compiled], None]
    """Takes what was compiled, for deeper levels."""
    artifacts: Callable[[Candidate], tuple[ContractArtifact, ...]]
    """Gives the compiled contracts of a candidate that passed level compile."""
    ledgers: Callable[[], Ledgers]
    """Gives where levels deploy and behave are judged."""
    allow_unsandboxed: bool
    """Whether a check may run where nothing can be isolated."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A judge that can be made."""

    levels: tuple[Level, ...]
    make: Callable[[Setting], Judge]


def _deploy(setting: Setting) -> Judge:
    # The ledger's packages are an extra: who stops at level compile does not need them.
    from algorand_coder.verify.deploy import DeployJudge

    return DeployJudge(setting.ledgers(), setting.artifacts)


def _behave(setting: Setting) -> Judge:
    from algorand_coder.verify.behave import BehaveJudge

    return BehaveJudge(setting.ledgers(), setting.artifacts, allow_unsandboxed=setting.allow_unsandboxed)


JUDGES: list[Registered] = [
    Registered(
        (Level.PARSE, Level.TYPES),
        lambda setting: TypeScriptJudge(workers=setting.workers, metrics=setting.metrics),
    ),
    Registered((Level.COMPILE,), lambda setting: ContractJudge(workers=setting.workers, keep=setting.keep)),
    Registered((Level.COMPILE,), lambda setting: TealScriptJudge(keep=setting.keep)),
    Registered((Level.DEPLOY,), _deploy),
    Registered((Level.BEHAVE,), _behave),
]
"""One entry a judge, made when its level is first asked for; judges of one level share it by what they apply to."""
