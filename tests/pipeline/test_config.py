from __future__ import annotations

import pytest
from pydantic import Field

from algorand_coder.errors import UserError
from algorand_coder.pipeline.config import Section, parse


class Inner(Section):
    learning_rate: float = Field(default=2e-4, gt=0, lt=1)


class Named(Section):
    name: str


class Outer(Section):
    train: Inner = Inner()
    seed: int = 1


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ({}, "recipe: key 'name' is missing"),
        ({"nam": "x"}, "recipe: unknown key 'nam'; did you mean 'name'? (1 more)"),
    ],
)
def test_a_missing_key_is_named(data: dict[str, object], line: str) -> None:
    with pytest.raises(UserError) as caught:
        parse(Named, data, "recipe")
    assert str(caught.value) == line


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ({"sed": 3}, "recipe: unknown key 'sed'; did you mean 'seed'?"),
        ({"train": {"learning_rte": 1e-4}}, "recipe: unknown key 'train.learning_rte'; did you mean 'learning_rate'?"),
        ({"train": {"learning_rate": 3}}, "recipe: train.learning_rate: input should be less than 1, got 3"),
        (
            {"seed": "x", "train": 4},
            "recipe: train: input should be a valid dictionary or instance of Inner, got 4 (1 more)",
        ),
    ],
)
def test_bad_config_is_one_line_with_the_nearest_key(data: dict[str, object], line: str) -> None:
    with pytest.raises(UserError) as caught:
        parse(Outer, data, "recipe")
    assert str(caught.value) == line
