"""Engines: what serves what, processes that die and come back, and end with their server."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from huggingface_hub import constants

from algorand_coder.errors import MissingTool, UserError
from algorand_coder.generate.chat import ADAPTER_RECORD, ADAPTER_TEMPLATE
from algorand_coder.generate.environment import prepare
from algorand_coder.serve.engines import choosing, llama_cpp, process, vllm
from algorand_coder.serve.engines.endpoint import EndpointEngine, events
from algorand_coder.serve.engines.process import ProcessEngine
from algorand_coder.serve.failures import EngineTrouble, Refusal
from tests.serve.scripted import Script, Served, app

ROOT = Path(__file__).parent.parent.parent
ASK = {"messages": [{"role": "user", "content": "hello"}]}


def stand_in(script: str = "") -> list[str]:
    return [sys.executable, "-c", script] if script else [sys.executable, "-m", "tests.serve.scripted"]


def program(folder: Path, name: str, body: str) -> Path:
    path = folder / name
    path.write_text(f"#!{sys.executable}\n{textwrap.dedent(body)}")
    path.chmod(0o755)
    return path


async def until(condition: Callable[[], Awaitable[bool]], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not await condition():
        assert time.monotonic() < end, "it did not happen in time"
        await asyncio.sleep(0.05)


def running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Engines are started again at once."""
    monkeypatch.setattr(process, "_BACKOFF", (0.05,))


def test_an_engine_process_is_started_used_killed_restarted_and_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)

    async def story() -> None:
        engine = ProcessEngine("engine", lambda port: [*stand_in(), str(port)], key_variable="STAND_IN_KEY")
        await engine.start()
        try:
            await until(engine.alive)
            first = engine.pid
            assert first is not None
            answer = await engine.complete("chat/completions", ASK)
            assert answer["choices"][0]["message"]["content"] == "echo hello"
            environment = Path(f"/proc/{first}/environ").read_bytes()
            assert b"STAND_IN_KEY=" in environment
            key = environment.split(b"STAND_IN_KEY=")[1].split(b"\0")[0]
            assert key not in Path(f"/proc/{first}/cmdline").read_bytes()
            os.kill(first, signal.SIGKILL)

            async def another() -> bool:
                return engine.pid not in {None, first} and await engine.alive()

            with pytest.raises(EngineTrouble):
                await until(lambda: asyncio.sleep(0, engine.pid != first), 5)
                await engine.complete("chat/completions", ASK)
            await until(another)
            assert (await engine.complete("chat/completions", ASK))["choices"]
            last = engine.pid
        finally:
            await engine.stop()
        assert last is not None
        assert not running(last)
        assert not running(first)

    asyncio.run(story())


def test_an_engine_that_dies_in_an_answer_is_trouble_and_not_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)

    async def story() -> None:
        engine = ProcessEngine("engine", lambda port: [*stand_in(), str(port)], key_variable="STAND_IN_KEY")
        await engine.start()
        try:
            await until(engine.alive)
            for route in ("complete", "stream"):
                await until(engine.alive)
                with pytest.raises(EngineTrouble):
                    body = {"messages": [{"role": "user", "content": "DIE"}]}
                    if route == "complete":
                        await engine.complete("chat/completions", body)
                    else:
                        async for _ in engine.stream("chat/completions", body):
                            pass
                engine._endpoint._asked = 0.0  # type: ignore[union-attr]
        finally:
            await engine.stop()

    asyncio.run(story())


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel ends orphans on Linux only")
def test_an_engine_does_not_outlive_a_server_that_is_killed(tmp_path: Path) -> None:
    script = f"""
        import asyncio, sys
        sys.path.insert(0, {str(ROOT / "src")!r})
        from algorand_coder.serve.engines.process import ProcessEngine
        async def main():
            engine = ProcessEngine("e", lambda port: ["sleep", "100"], key_variable="K")
            await engine.start()
            print(engine.pid, flush=True)
            await asyncio.sleep(100)
        asyncio.run(main())
    """
    with subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        pid = int(server.stdout.readline())
        assert running(pid)
        server.kill()
    end = time.monotonic() + 5
    while running(pid):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_program_that_cannot_be_started_is_one_line() -> None:
    engine = ProcessEngine("llama.cpp", lambda port: ["/nowhere/llama-server"], key_variable="K")
    with pytest.raises(UserError, match=r"^llama.cpp cannot be started: No such file"):
        asyncio.run(engine.start())


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A PATH that holds only what a test puts there, and a cache with nothing built."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("ALGORAND_CODER_CACHE", str(tmp_path / "cache"))
    yield folder


def test_the_best_engine_that_is_installed_is_taken(tools: Path) -> None:
    folder, gguf = choosing.Source("/models/x"), choosing.Source("/models/x.gguf")
    assert choosing._best(folder) == "transformers"
    assert choosing._best(gguf) == "llama.cpp"
    program(tools, "vllm", "")
    assert choosing._best(folder) == "transformers"
    program(tools, "nvidia-smi", "")
    assert choosing._best(folder) == "vllm"


def test_a_named_engine_that_is_missing_or_cannot_load_it_is_one_line(tools: Path) -> None:
    with pytest.raises(MissingTool, match="vLLM is not installed"):
        choosing.choose(choosing.Source("/m"), "vllm", (), 1, 1)
    with pytest.raises(MissingTool, match="llama-server is not installed"):
        choosing.choose(choosing.Source("/m.gguf"), "llama.cpp", (), 1, 1)
    program(tools, "llama-server", "")
    with pytest.raises(UserError, match=r"needs a \.gguf file"):
        choosing.choose(choosing.Source("/m"), "llama.cpp", (), 1, 1)


def test_command_lines_name_the_model_the_adapter_and_loopback(tools: Path) -> None:
    program(tools, "vllm", "")
    program(tools, "llama-server", "")
    adapter = choosing.Source("Qwen/Base", "main", "/runs/adapter", 64)
    line = vllm.make(adapter, ["--dtype", "bfloat16"], 1, 1)._command(99)
    assert list(line[1:7]) == ["serve", "Qwen/Base", "--host", "127.0.0.1", "--port", "99"]
    assert "algorand-coder=/runs/adapter" in line
    assert line[line.index("--max-lora-rank") + 1] == "64"
    assert list(line[-2:]) == ["--dtype", "bfloat16"]
    plain = vllm.make(choosing.Source("/merged"), [], 1, 1)._command(99)
    assert "--enable-lora" not in plain
    gguf = llama_cpp.make(choosing.Source("/m.gguf"), [], 1, 1)._command(98)
    assert list(gguf[1:3]) == ["--model", "/m.gguf"]
    assert "127.0.0.1" in gguf


def test_an_export_is_served_with_what_its_template_was_given_in_training(tools: Path, tmp_path: Path) -> None:
    program(tools, "vllm", "")
    program(tools, "llama-server", "")
    export, switches = tmp_path / "export", {"enable_thinking": False}
    export.mkdir()
    (export / ADAPTER_TEMPLATE).write_text("template")
    record = {"chat_template_sha256": sha256(b"template").hexdigest(), "chat_template_kwargs": switches}
    (export / ADAPTER_RECORD).write_text(json.dumps(record))
    line = vllm.make(choosing.find(str(export)), [], 1, 1)._command(99)
    assert line[line.index("--chat-template") + 1] == str(export / ADAPTER_TEMPLATE)
    assert json.loads(line[line.index("--default-chat-template-kwargs") + 1]) == switches
    (export / "m.gguf").touch()
    line = llama_cpp.make(choosing.find(str(export / "m.gguf")), [], 1, 1)._command(99)
    assert json.loads(line[line.index("--chat-template-kwargs") + 1]) == switches
    (export / ADAPTER_RECORD).write_text("{")
    with pytest.raises(UserError, match="not readable as JSON"):
        llama_cpp.make(choosing.find(str(export / "m.gguf")), [], 1, 1)


class Hub(SimpleHTTPRequestHandler):
    """Files of models, with what a hub says of them."""

    def end_headers(self) -> None:
        self.send_header("X-Repo-Commit", "1" * 40)
        self.send_header("ETag", f'"{sha256(self.path.encode()).hexdigest()}"')
        super().end_headers()

    def send_error(self, code: int, *_: object) -> None:
        self.send_response(code)
        self.send_header("X-Error-Code", "EntryNotFound")
        self.send_header("Content-Length", "0")
        self.end_headers()


def test_an_export_on_the_hub_is_served_as_it_was_trained(
    tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tools, "vllm", "")
    warnings: list[str] = []
    monkeypatch.setattr(vllm.log, "warning", lambda message, **_: warnings.append(message))
    for name, record in {"mine": '{"chat_template_kwargs": {"enable_thinking": false}}', "broken": "[]"}.items():
        folder = tmp_path / f"hub/me/{name}/resolve/main"
        folder.mkdir(parents=True)
        (folder / ADAPTER_RECORD).write_text(record)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Hub, directory=str(tmp_path / "hub")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    template = constants.HUGGINGFACE_CO_URL_TEMPLATE.replace(constants.ENDPOINT, address)
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
    monkeypatch.setattr(constants, "ENDPOINT", address)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    prepare(offline=True)  # as an engine with local weights leaves it

    def line(model: str) -> list[str]:
        return list(vllm.make(choosing.Source(model), [], 1, 1)._command(99))

    def as_trained(model: str) -> bool:
        told = line(model)
        option = "--default-chat-template-kwargs"
        return option in told and json.loads(told[told.index(option) + 1]) == {"enable_thinking": False}

    try:
        assert as_trained("me/mine")
        assert not as_trained("me/other")
        assert not warnings, "weights of other making have none"
        assert not as_trained("me/broken")
        assert warnings == ["no record read"]
    finally:
        server.shutdown()
        server.server_close()
    assert as_trained("me/mine"), "without a connection, what the cache holds"


def test_vllm_starts_through_its_program(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole way from a folder to an answer, with a program called vllm that takes vLLM's arguments."""
    body = f"""
        import sys
        sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "src")!r}]
        import uvicorn
        from tests.serve.scripted import Script, app
        arguments = sys.argv[1:]
        assert arguments[0] == "serve"
        port = int(arguments[arguments.index("--port") + 1])
        uvicorn.run(app(Script()), host="127.0.0.1", port=port, log_config=None)
    """
    program(tools, "vllm", body)
    program(tools, "nvidia-smi", "")

    async def story() -> None:
        engine = choosing.choose(choosing.Source("/merged"), "auto", (), 10, 10)
        await engine.start()
        try:
            await until(engine.alive)
            said = [chunk async for chunk in engine.stream("chat/completions", ASK)]
            assert said[-1]["choices"][0]["finish_reason"] == "stop"
        finally:
            await engine.stop()

    asyncio.run(story())


def test_what_a_person_names_is_found(tmp_path: Path) -> None:
    adapter = tmp_path / "adapter"
    adapter.mkdir()
    (adapter / "adapter_config.json").write_text(json.dumps({"r": 16, "base_model_name_or_path": "from/config"}))
    assert choosing.find(str(adapter)) == choosing.Source("from/config", "", str(adapter), 16)
    (adapter / "algorand-coder.json").write_text(json.dumps({"base_model": "from/record", "base_revision": "abc"}))
    assert choosing.find(str(adapter)) == choosing.Source("from/record", "abc", str(adapter), 16)
    (tmp_path / "model.gguf").touch()
    assert choosing.find(str(tmp_path / "model.gguf")).weights.endswith("model.gguf")
    assert choosing.find("owner/name") == choosing.Source("owner/name")
    assert choosing.find("SmolLM2-135M-Instruct").weights == "SmolLM2-135M-Instruct"
    (tmp_path / "run" / "train").mkdir(parents=True)
    shutil.copytree(adapter, tmp_path / "run" / "train" / "adapter")
    assert choosing.find(str(tmp_path / "run")).adapter == str(tmp_path / "run" / "train" / "adapter")
    (tmp_path / "notes.txt").touch()
    missing = ("./nowhere", "nowhere.gguf", "runs/mine/nowhere", "nowhere")
    for wrong, words in ((str(tmp_path / "notes.txt"), "is no model"), *((name, "no such folder") for name in missing)):
        with pytest.raises(UserError, match=words):
            choosing.find(wrong)
    (adapter / "adapter_config.json").write_text("{")
    with pytest.raises(UserError, match="not readable as JSON"):
        choosing.find(str(adapter))


def test_server_sent_events_are_read_in_whatever_pieces_they_come() -> None:
    text = b': hello\r\n\r\nevent: x\ndata: {"a":\ndata: 1}\n\nid: 3\ndata:two\n\ndata: rest'

    async def pieces(size: int) -> AsyncIterator[bytes]:
        for start in range(0, len(text), size):
            yield text[start : start + size]

    async def read(size: int) -> list[bytes]:
        return [event async for event in events(pieces(size))]

    for size in (1, 2, 7, 1000):
        assert asyncio.run(read(size)) == [b'{"a":\n1}', b"two"]


def test_an_endpoints_own_name_and_key_are_used() -> None:
    script = Script()

    async def story(url: str) -> None:
        named = EndpointEngine(f"{url}/v1", model="theirs", api_key="secret-key")
        await named.complete("chat/completions", ASK)
        await named.stop()
        with pytest.raises(Refusal):
            await EndpointEngine(f"{url}/v1", model="x").complete("chat/completions", {**ASK, "top_p": float("nan")})

    with Served(app(script)) as served:
        asyncio.run(story(served.url))
    assert script.bodies[0]["model"] == "theirs"
    assert script.authorization[0] == "Bearer secret-key"


def test_a_free_port_is_free() -> None:
    assert 1024 < process.free_port() < 65536


def test_connections_that_the_engine_closed_meanwhile_cost_nobody_an_answer() -> None:
    """Servers close what is idle: many kept connections can be dead at once, unknown to a busy gateway."""
    answer = json.dumps({"choices": [{"message": {"content": "hi"}, "finish_reason": "stop"}]}).encode()
    head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(answer)
    together, seen = asyncio.Barrier(3), list[asyncio.StreamWriter]()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(writer)
        request = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(int(request.lower().split(b"content-length: ")[1].split(b"\r\n")[0]))
        if len(seen) <= 3:
            await together.wait()
        writer.write(head + answer)
        await writer.drain()
        # Closed only when the next request comes: nobody can know it before.
        await reader.read(1)
        writer.close()

    async def story() -> None:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        engine = EndpointEngine(f"http://127.0.0.1:{port}/v1", model="m")
        try:
            for count in (3, 1):
                answers = await asyncio.gather(*(engine.complete("chat/completions", ASK) for _ in range(count)))
                assert [each["choices"][0]["message"]["content"] for each in answers] == ["hi"] * count
        finally:
            await engine.stop()
            server.close()

    asyncio.run(story())
