"""The registry of judges, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from algorand_coder.records import Candidate, Level
from algorand_coder.verify.artifacts import ContractArtifact
from algorand_coder.verify.behave import BehaveJudge
from algorand_coder.verify.contracts import Compiled, ContractJudge
from algorand_coder.verify.deploy import DeployJudge
from algorand_coder.verify.judge import Judge
from algorand_coder.verify.ledgers import Ledgers
from algorand_coder.verify.tealscript import TealScriptJudge
from algorand_coder.verify.typescript import TypeScriptJudge


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
    ledgers: Ledgers
    """Where levels deploy and behave are judged."""
    allow_unsandboxed: bool
    """Whether a check may run where nothing can be isolated."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A judge that can be made."""

    levels: tuple[Level, ...]
    make: Callable[[Setting], Judge]


JUDGES: list[Registered] = [
    Registered((Level.PARSE, Level.TYPES), lambda setting: TypeScriptJudge(metrics=setting.metrics)),
    Registered((Level.COMPILE,), lambda setting: ContractJudge(workers=setting.workers, keep=setting.keep)),
    Registered((Level.COMPILE,), lambda setting: TealScriptJudge(keep=setting.keep)),
    Registered((Level.DEPLOY,), lambda setting: DeployJudge(setting.ledgers, setting.artifacts)),
    Registered(
        (Level.BEHAVE,),
        lambda setting: BehaveJudge(setting.ledgers, setting.artifacts, allow_unsandboxed=setting.allow_unsandboxed),
    ),
]
"""One entry a judge. Judges of the same level share it by what they apply to."""
