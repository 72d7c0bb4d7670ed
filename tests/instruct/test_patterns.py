"""Generated pairs: the same bytes every time, different programs each, nothing the benchmark keeps for itself."""

from __future__ import annotations

import re
from collections import Counter
from importlib import resources

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from algorand_coder.dataset.leakage import mean_similarity_to_others
from algorand_coder.instruct.config import PatternsConfig
from algorand_coder.instruct.patterns.base import Draft, Family, Reserved, Unfit, refuse_reserved, reserved_families
from algorand_coder.instruct.patterns.contracts.library import library_files, methods
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.strategy import PatternsStrategy, draw, families, touched
from algorand_coder.pipeline.tables import to_plain
from algorand_coder.records import Category, Kind, Pair, digest
from algorand_coder.similarity import near_duplicates
from algorand_coder.syntax import has_error, skeleton, skeleton_tokens

SEED = 17
CONFIG = PatternsConfig(max_pairs=1600)


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    """Everything the default configuration yields."""
    return list(PatternsStrategy().generate([], CONFIG, SEED))


def test_same_seed_same_bytes(pairs: list[Pair]) -> None:
    again = list(PatternsStrategy().generate([], CONFIG, SEED))
    assert digest([to_plain(pair) for pair in again]) == digest([to_plain(pair) for pair in pairs])


def test_another_seed_gives_other_programs(pairs: list[Pair]) -> None:
    other = list(PatternsStrategy().generate([], PatternsConfig(max_pairs=300), SEED + 1))
    assert len(other) == 300
    assert len({pair.output for pair in other} & {pair.output for pair in pairs}) < 60


def test_programs_are_not_alike(pairs: list[Pair]) -> None:
    assert mean_similarity_to_others(pair.output for pair in pairs) < 0.45


def test_yield_and_skeletons(pairs: list[Pair]) -> None:
    assert len(pairs) == CONFIG.max_pairs >= 1500
    shapes = Counter(pair.skeleton for pair in pairs)
    assert max(shapes.values()) <= CONFIG.max_per_skeleton
    assert len(shapes) >= 1000
    assert all(pair.skeleton == skeleton(pair.output) for pair in pairs)


def test_every_recipe_and_every_category_yields(pairs: list[Pair]) -> None:
    expected = {recipe.lineage for family in families() for recipe in family.recipes}
    assert {pair.lineage for pair in pairs} == expected
    per_category = Counter(pair.category for pair in pairs)
    assert min(per_category[category] for category in Category) >= 150
    kinds = Counter(pair.kind for pair in pairs)
    assert kinds[Kind.CONTRACT] >= 400
    assert kinds[Kind.LOGICSIG] >= 12


def test_ids_requests_and_answers_are_unique(pairs: list[Pair]) -> None:
    for values in (
        [pair.id for pair in pairs],
        [pair.instruction + pair.input for pair in pairs],
        [pair.output for pair in pairs],
    ):
        assert len(set(values)) == len(values)


def test_requests_read_like_requests(pairs: list[Pair]) -> None:
    for pair in pairs:
        assert pair.instruction == pair.instruction.strip()
        assert 20 <= len(pair.instruction) <= 2500, pair.instruction
        assert pair.instruction[0].isupper() or pair.instruction[0] == "`", pair.instruction
        for blemish in ("  ", "..", " .", ",,", "None", "{", "the the", "a a "):
            spoken = re.sub(r"`[^`]*`", "it", pair.instruction.replace("\n", " "))
            assert blemish not in spoken.replace("{ ", ""), (blemish, pair.instruction)


def test_few_requests_spell_the_names_of_the_answer(pairs: list[Pair]) -> None:
    def names(code: str) -> set[str]:
        declared = re.findall(r"\b(?:function|class|interface|type|export const)\s+([A-Za-z_]\w*)", code)
        method = re.findall(r"^\s+(?:private |async )*([A-Za-z]\w*)\([^\n]*\): [^\n]*\{$", code, re.MULTILINE)
        parameters = re.findall(r"[(,]\s*([a-z]\w*)\??:\s", code) + re.findall(
            r"^\s+([a-z]\w*)\??:", code, re.MULTILINE
        )
        return {*declared, *method, *parameters}

    silent = [pair for pair in pairs if not names(pair.output) & set(re.findall(r"\w+", pair.instruction))]
    assert len(silent) >= 0.25 * len(pairs)


def test_input_is_used_where_it_helps_and_empty_elsewhere(pairs: list[Pair]) -> None:
    used = sum(bool(pair.input) for pair in pairs)
    assert 0.25 * len(pairs) <= used <= 0.75 * len(pairs)


def test_outputs_parse_stand_alone_and_end_with_one_newline(pairs: list[Pair]) -> None:
    for pair in pairs:
        assert not has_error(pair.output), pair.output
        assert pair.output.endswith("\n")
        assert not pair.output.endswith("\n\n")
        assert not re.search(r"from '\.", pair.output)
        assert max(len(line) for line in pair.output.splitlines()) <= 140
        assert not re.search(r"\bTODO\b|@ts-|: any\b|not implemented", pair.output)


def test_metadata(pairs: list[Pair]) -> None:
    for pair in pairs:
        assert (pair.strategy, pair.mined, pair.target) == ("patterns", False, "utils9")
        (place,) = pair.provenance
        assert (place.source, place.licence, place.tier) == ("generated", "MIT", "generated")
        assert place.path.startswith("instruct/patterns/")


def test_near_duplicates_are_rare(pairs: list[Pair]) -> None:
    texts = [(pair.instruction + " " + pair.input + " " + pair.output).split() for pair in pairs]
    clusters = near_duplicates(texts, threshold=0.8)
    assert sum(representative != index for index, representative in enumerate(clusters)) <= 0.02 * len(pairs)


def test_programs_differ_in_structure_not_in_names_alone(pairs: list[Pair]) -> None:
    lengths = Counter(len(skeleton_tokens(pair.output)) // 20 for pair in pairs)
    assert len(lengths) >= 15


def test_reserved_families_are_enough_and_well_formed() -> None:
    reserved = reserved_families()
    assert len(reserved) >= 12
    assert len({family.id for family in reserved}) == len(reserved)
    assert all(family.about and family.marks for family in reserved)
    assert all(re.compile(mark) for family in reserved for mark in family.marks)


def test_no_generator_touches_a_reserved_family(pairs: list[Pair]) -> None:
    names = {family.id for family in reserved_families()}
    assert not names & {pair.lineage.rsplit("/", 1)[-1] for pair in pairs}
    assert {pair.lineage: touched(pair.output) for pair in pairs if touched(pair.output)} == {}


@pytest.mark.parametrize("family", reserved_families(), ids=lambda family: family.id)
def test_registering_a_reserved_task_is_refused(family: Reserved) -> None:
    with pytest.raises(ValueError, match="reserved for the benchmark"):
        refuse_reserved(f"patterns/anything/{family.id}")
    with pytest.raises(ValueError, match=family.id):
        Family("anything").recipe(family.id)(lambda dice: Draft("", "", "", Category.STATE))


def test_marks_find_what_they_are_for() -> None:
    assert touched("algorand.account.multisig({ version: 1, threshold: 2, addrs }, [])") == ["multisig-2-of-3"]
    assert touched("await algorand.send.offlineKeyRegistration({ sender })") == ["offline-key-registration"]
    assert touched("tokens = BoxMap<{ owner: Account; id: uint64 }, uint64>({ keyPrefix: 't' })") == [
        "composite-box-key"
    ]
    assert touched("await algorand.send.payment({ sender, receiver, amount })") == []


def test_draw_respects_caps_and_survives_unfit_draws() -> None:
    family = Family("toy")

    @family.recipe("same-shape")
    def same_shape(dice: Dice) -> Draft:
        if dice.chance(0.3):
            raise Unfit("not this time")
        number = dice.number(0, 10**6)
        return Draft(
            f"Return the number {number} {dice.number(0, 10**9)}.", "", f"export const a = {number}\n", Category.STATE
        )

    made = draw(family.recipes, SEED, max_pairs=50, max_per_skeleton=2)
    assert len(made) == 2
    assert made[0].output != made[1].output


@given(st.integers(), st.text(max_size=8))
def test_dice_depend_on_their_key_alone(seed: int, name: str) -> None:
    first, second = Dice(seed, name), Dice(seed, name)
    options = list(range(9))
    assert [first.one(options) for _ in range(20)] == [second.one(options) for _ in range(20)]
    assert first.some(options, 2, 5) == second.some(options, 2, 5)
    shuffled = first.shuffled(options)
    assert sorted(shuffled) == options
    assert 3 <= first.number(3, 7) <= 7


def test_dice_are_fair_enough() -> None:
    dice = Dice("fair")
    counts = Counter(dice.weighted([("often", 3), ("seldom", 1)]) for _ in range(4000))
    assert 2800 < counts["often"] < 3200
    assert 1850 < sum(dice.chance(0.5) for _ in range(4000)) < 2150


def test_library_methods_are_read_whole() -> None:
    for name, text in library_files().items():
        assert len(methods(name)) == text.count("/** ") - 1, name
    divide = next(method for method in methods("arithmetic") if method.name == "divide")
    assert divide.params == [("a", "uint64"), ("b", "uint64")]
    assert divide.returns == "[uint64, uint64]"
    assert divide.readonly
    assert divide.body.splitlines()[-1] == "return [a / b, a % b]"


def test_no_recipe_shares_a_family_with_a_benchmark_problem() -> None:
    problems = (resources.files("algorand_coder") / "data" / "benchmark").iterdir()
    files = [folder / "problem.yaml" for folder in problems if folder.is_dir()]
    taken = {yaml.safe_load(file.read_text(encoding="utf-8"))["family"] for file in files if file.is_file()}
    assert taken
    assert not taken & {recipe.name for family in families() for recipe in family.recipes}
