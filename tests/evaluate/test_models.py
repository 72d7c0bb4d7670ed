"""Names into models: the run's own, folders of weights or adapters, endpoints; with and without help."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from algorand_coder.errors import UserError
from algorand_coder.evaluate import answering
from algorand_coder.evaluate.answering import EndpointModel, LocalModel, Question
from algorand_coder.evaluate.config import EvaluateConfig
from algorand_coder.evaluate.judging import Answer
from algorand_coder.evaluate.models import Spec, open_model, run_name, specs
from algorand_coder.evaluate.stage import STAGE
from algorand_coder.generate.endpoints import EndpointConfig, client
from algorand_coder.pipeline import Engine, StageContext
from algorand_coder.pipeline.progress import Progress
from tests.generate.standin import StandIn


def context(folder: Path, **settings: object) -> StageContext:
    where = folder / "evaluate"
    where.mkdir(exist_ok=True)
    return StageContext(
        folder=where,
        inputs={"train": folder / "train"},
        config=EvaluateConfig.model_validate(settings),
        seed=1,
        engine=Engine(),
        progress=Progress(quiet=True),
    )


def test_help_is_named_after_the_model_in_any_order() -> None:
    assert specs(["base", "gpt-4o+docs", "http://h:1/v1#a/b+repair+docs"]) == [
        Spec("base", "base", documentation=False, repair=False),
        Spec("gpt-4o+docs", "gpt-4o", documentation=True, repair=False),
        Spec("a/b+docs+repair", "http://h:1/v1#a/b", documentation=True, repair=True),
    ]
    assert specs(["c++"])[0].source == "c++"
    assert run_name(["http://h:1/v1#a/b", "gpt-4o+docs"]) == "a_b-vs-gpt-4o+docs"


def test_a_folder_is_called_by_its_name_alone(tmp_path: Path) -> None:
    (tmp_path / "weights").mkdir()
    spec = specs([f"{tmp_path}/weights+docs"])[0]
    assert (spec.label, spec.source) == ("weights+docs", f"{tmp_path}/weights")
    model = open_model(spec, context(tmp_path))
    assert isinstance(model, LocalModel)
    assert model.name == "weights+docs"


def test_adapters_are_told_apart_by_run_and_stage(tmp_path: Path) -> None:
    folders = [tmp_path / place / "adapter" for place in ("p/rft", "p/dpo", "q/dpo", "mine")]
    for folder in folders:
        folder.mkdir(parents=True)
    labels = [spec.label for spec in specs(list(map(str, folders)))]
    assert labels == ["p-rft-adapter", "p-dpo-adapter", "q-dpo-adapter", "mine-adapter"]


@pytest.mark.parametrize(
    ("name", "label"), [(".", "weights"), ("..", "models"), ("./", "weights"), (".+docs", "weights+docs")]
)
def test_a_folder_may_be_the_current_one(
    name: str, label: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "models" / "weights").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "models" / "weights")
    assert specs([name])[0].label == label


@pytest.mark.parametrize("name", ["", " ", "+docs", "+docs+repair", "http://h:1/v1#"])
def test_a_model_without_a_name_is_one_line(name: str) -> None:
    with pytest.raises(UserError, match="names no model"):
        EvaluateConfig(models=(name,))


def test_the_name_of_a_run_folder_fits_every_file_system(tmp_path: Path) -> None:
    many = [[f"http://h:1/v1#model-{'ж' * length}" for length in range(30)] for _ in range(2)]
    many[1][-1] += "x"
    names = [run_name(models) for models in many]
    for name in names:
        assert len(name.encode()) <= 100
        (tmp_path / name).mkdir()
    assert run_name(["http://h:1/v1#.."]) == "_."


def test_models_whose_names_look_alike_in_a_file_keep_their_answers_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Scripted:
        def __init__(self, folder: Path, *arguments: object) -> None:
            self.folder = folder

        def answer(self, conversations: list[object]) -> list[Answer]:
            return [Answer(self.folder.name, 1, 1, "stop") for _ in conversations]

    monkeypatch.setattr(answering, "fetch", lambda name, revision, note: Path(name))
    monkeypatch.setattr(answering, "LocalAnswerer", Scripted)
    folders = [tmp_path / "v 1", tmp_path / "v_1"]
    for folder in folders:
        folder.mkdir()
    given = [
        open_model(spec, context(tmp_path)).answer([Question([])], "answers", Progress(quiet=True))[0].text
        for spec in specs(list(map(str, folders)))
    ]
    assert given == ["v 1", "v_1"]


@pytest.mark.parametrize("changed", ["mine/adapter_model.safetensors", "base/model.safetensors", "weights/a.bin"])
def test_weights_that_change_under_the_same_name_are_noticed(tmp_path: Path, changed: str) -> None:
    for name in ("mine", "base", "weights"):
        (tmp_path / name / "checkpoint-1").mkdir(parents=True)
        (tmp_path / name / "config.json").write_text("{}")
    (tmp_path / "mine" / "algorand-coder.json").write_text(json.dumps({"base_model": str(tmp_path / "base")}))
    (tmp_path / changed).write_bytes(b"weights 1")
    config = EvaluateConfig(models=("base", str(tmp_path / "mine"), str(tmp_path / "weights")))
    first = STAGE.reads(config)
    (tmp_path / changed).with_name("checkpoint-1").joinpath("optimizer.pt").write_bytes(b"large")
    assert STAGE.reads(config) == first
    (tmp_path / changed).write_bytes(b"weights 2")
    assert STAGE.reads(config) != first


def test_a_run_may_have_trained_every_weight(tmp_path: Path) -> None:
    weights = tmp_path / "train" / "model"
    weights.mkdir(parents=True)
    (weights / "algorand-coder.json").write_text(json.dumps({"base_model": "small"}))
    (weights / "config.json").write_text("{}")
    names = [
        model.name
        for spec in specs(["base", "tuned"])
        if isinstance(model := open_model(spec, context(tmp_path)), LocalModel)
    ]
    assert names == ["small", "small, all weights trained"]


def test_an_adapter_brings_its_base_and_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    adapter = tmp_path / "mine"
    adapter.mkdir()
    record = {"base_model": "small", "base_revision": "r1", "chat_template_sha256": "abc"}
    (adapter / "algorand-coder.json").write_text(json.dumps(record))
    seen: list[object] = []

    class Scripted:
        def __init__(self, *arguments: object) -> None:
            seen.extend(arguments)

        def answer(self, conversations: list[object]) -> list[Answer]:
            return [Answer("code", 1, 1, "stop") for _ in conversations]

    monkeypatch.setattr(answering, "fetch", lambda name, revision, note: Path(f"/{name}@{revision}"))
    monkeypatch.setattr(answering, "LocalAnswerer", Scripted)
    model = open_model(specs([str(adapter)])[0], context(tmp_path, max_new_tokens=99))
    answers = model.answer([Question([{"role": "user", "content": "x"}])], "answers", Progress(quiet=True))
    assert answers == [Answer("code", 1, 1, "stop")]
    assert seen == [Path("/small@r1"), adapter, 99, 24, {}]
    assert model.name == "small + adapter"
    assert model.about() == {
        "base_model": "small",
        "base_revision": "r1",
        "adapter": True,
        "chat_template_sha256": "abc",
        "chat_template_kwargs": {},
    }


def test_the_base_is_asked_in_the_form_its_adapter_was_trained_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    adapter = tmp_path / "train" / "adapter"
    adapter.mkdir(parents=True)
    record = {"base_model": "small", "chat_template_kwargs": {"enable_thinking": False}}
    (adapter / "algorand-coder.json").write_text(json.dumps(record))
    forms: list[object] = []

    class Scripted:
        def __init__(self, *arguments: object) -> None:
            forms.append(arguments[1:2] + arguments[4:])

        def answer(self, conversations: list[object]) -> list[Answer]:
            return [Answer("code", 1, 1, "stop") for _ in conversations]

    monkeypatch.setattr(answering, "fetch", lambda name, revision, note: Path(f"/{name}"))
    monkeypatch.setattr(answering, "LocalAnswerer", Scripted)
    for spec in specs(["base", "tuned"]):
        open_model(spec, context(tmp_path)).answer([Question([])], "answers", Progress(quiet=True))
    assert forms == [(None, {"enable_thinking": False}), (adapter, {"enable_thinking": False})]


def test_a_greedy_model_gives_one_answer(tmp_path: Path) -> None:
    (tmp_path / "weights").mkdir()
    with pytest.raises(UserError, match="decodes greedily and gives the same answer each time"):
        open_model(specs([str(tmp_path / "weights")])[0], context(tmp_path, samples=2, temperature=0.5))


@pytest.mark.parametrize("settings", [{"temperature": 0.7}, {"top_p": 0.9}])
def test_a_greedy_model_takes_no_sampling_parameters(tmp_path: Path, settings: dict[str, object]) -> None:
    (tmp_path / "weights").mkdir()
    with pytest.raises(UserError, match=r"decodes greedily, without evaluate\.temperature"):
        open_model(specs([str(tmp_path / "weights")])[0], context(tmp_path, **settings))


def test_all_rounds_share_one_budget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("openai")
    monkeypatch.setattr(client, "cache_dir", lambda name: tmp_path / "cache")
    with StandIn() as server:
        settings = EndpointConfig(base_url=f"{server.address}/v1", model="synthetic", price="gpt-4o")
        # One answer may cost some tenths of a cent: the first round fits, and only part of the second.
        config = EvaluateConfig(models=("base",), budget_dollars=0.006, max_new_tokens=320)
        model = EndpointModel("m", settings, config, seed=1)
        rounds = [
            model.answer(
                [Question([{"role": "user", "content": f"{n}-{m}"}]) for m in range(5)], "x", Progress(quiet=True)
            )
            for n in range(2)
        ]
        billed = server.books.billed.total()
    assert all(not answer.error for answer in rounds[0])
    assert any("over-budget" in answer.error for answer in rounds[1])
    assert billed * (100 * 2.5e-6 + 20 * 10e-6) <= 0.006


def test_what_a_log_says_of_an_endpoint_holds_no_address_and_no_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    monkeypatch.setenv("ALGORAND_CODER_CACHE", str(tmp_path))
    pytest.importorskip("openai")
    model = open_model(specs(["gpt-4o"])[0], context(tmp_path))
    assert isinstance(model, EndpointModel)
    said = json.dumps(model.about())
    assert "gpt-4o-2024-11-20" in said
    assert "secret" not in said
    assert "http" not in said
