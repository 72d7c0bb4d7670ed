"""The vocabulary that generated programs draw their names and stories from (``vocabulary.yaml``)."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml

from algorand_coder.instruct.patterns.dice import Dice


@dataclass(frozen=True, slots=True)
class Role:
    """A person or account in a story: variable name and noun phrase."""

    name: str
    noun: str

    @property
    def env(self) -> str:
        """Name under which ``algorand.account.fromEnvironment`` finds it."""
        return "".join("_" + c if c.isupper() else c for c in self.name).upper()


@dataclass(frozen=True, slots=True)
class Token:
    """An asset someone might issue."""

    name: str
    unit: str
    decimals: int
    supply: int
    """Whole units."""
    story: str
    site: str


@dataclass(frozen=True, slots=True)
class Thing:
    """What the records of a contract are about."""

    place: str
    one: str
    many: str
    fields: tuple[tuple[str, str, str], ...]
    """Name, type and words of each field."""


def read_yaml(name: str) -> Any:
    """A YAML file that lies beside this module."""
    text = (resources.files("algorand_coder.instruct.patterns") / name).read_text(encoding="utf-8")
    return yaml.safe_load(text)


_WORDS = read_yaml("vocabulary.yaml")


def _roles(key: str, plain: str) -> tuple[Role, ...]:
    """Every role twice: with a variable of its own name, and with the ``plain`` name that says nothing of the story.

    Requests then speak of people whom the code does not name, as requests usually do.
    """
    told = [Role(name, noun) for name, noun in _WORDS[key].items()]
    return (*told, *(Role(plain, role.noun) for role in told))


PAYERS, RECEIVERS = _roles("payers", "sender"), _roles("receivers", "receiver")
TOKEN_ADMINS, HOLDERS, CALLERS = (
    _roles("token_admins", "sender"),
    _roles("holders", "account"),
    _roles("callers", "sender"),
)
NOTES: tuple[str, ...] = tuple(_WORDS["notes"])
DAPPS: tuple[str, ...] = tuple(_WORDS["dapps"])
TOKENS = tuple(Token(**token) for token in _WORDS["tokens"])
COLLECTIBLES: tuple[tuple[str, str], ...] = tuple(_WORDS["collectibles"].items())
THINGS = tuple(
    Thing(each["place"], each["one"], each["many"], tuple((name, kind, says) for name, kind, says in each["fields"]))
    for each in _WORDS["things"]
)
COUNTED: tuple[tuple[str, str, str], ...] = tuple((many, one, name) for many, one, name in _WORDS["counted"])


def story(dice: Dice) -> tuple[Role, Role]:
    """Somebody who pays and somebody who is paid, with different variable names."""
    return dice.one(PAYERS), dice.one(RECEIVERS)
