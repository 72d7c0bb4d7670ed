"""What the sandbox gives to a program and tells of it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from algorand_coder import sandbox
from algorand_coder.sandbox import Limits, Mount, Resident, SandboxResult, SandboxUnavailable, bubblewrap

Run = Callable[..., SandboxResult]


def test_exit_code_and_both_streams(run_python: Run) -> None:
    result = run_python("import sys\nprint('out')\nprint('err', file=sys.stderr)\nsys.exit(3)")
    assert (result.exit_code, result.out, result.err, result.killed) == (3, "out\n", "err\n", "")
    assert not result.ok and result.isolated and 0 < result.seconds < 20


def test_files_folder_and_input_arrive(run_python: Run) -> None:
    code = "import sys\nprint(open('data/a.txt').read(), sys.stdin.read())"
    assert run_python(code, files={"data/a.txt": "content"}, stdin=b"input").out == "content input\n"


def test_text_that_cannot_be_encoded_does_not_stop_the_judge(run_python: Run) -> None:
    assert run_python("print('\udcff')").exit_code in {0, 1}
    assert run_python(b"print('\xff')").exit_code == 1


def test_typescript_runs(run_node: Run) -> None:
    assert run_node("const answer: number = 42; console.log(answer)").out == "42\n"


def test_a_mount_is_readable_at_its_target_and_not_writable(run_python: Run, tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "x.txt").write_text("mounted")
    tmp_path.chmod(0o755)
    program = sandbox.python("main.py")
    code = "print(open('lib/x.txt').read())\ntry: open('lib/x.txt', 'w')\nexcept OSError: print('refused')"
    mounts = [*program.read_only, Mount(tmp_path / "lib", "/box/lib")]
    result = sandbox.run(program.command, files={"main.py": code}, read_only=mounts, env=program.env)
    assert result.out == "mounted\nrefused\n"


def test_a_command_that_is_not_there_is_the_programs_failure(require_tool: Callable[..., str]) -> None:
    require_tool("bwrap")
    result = sandbox.run(["/usr/bin/no-such-program"])
    assert result.exit_code == 127 and "No such file" in result.err


@pytest.mark.parametrize("name", ["/etc/x", "../x", "a/../../x", "a\0b"])
def test_a_path_that_leaves_the_folder_is_refused(name: str, require_tool: Callable[..., str]) -> None:
    require_tool("bwrap")
    with pytest.raises(ValueError, match="leaves the private folder"):
        sandbox.run(["/bin/true"], files={name: "x"})


def test_a_sandbox_that_cannot_start_says_why(require_tool: Callable[..., str]) -> None:
    require_tool("bwrap")
    with pytest.raises(SandboxUnavailable, match="no-such-folder"):
        sandbox.run(["/bin/true"], read_only=[Path("/no-such-folder")])
    with pytest.raises(SandboxUnavailable, match="could not start"):
        sandbox.run(["/bin/true"], cwd="nowhere")


def test_nodes_permission_model_is_a_second_fence(require_tool: Callable[..., str], node_executable: Path) -> None:
    require_tool("bwrap")
    program = sandbox.node(node_executable, "main.ts")
    code = """
        import fs from 'node:fs'
        import { execSync } from 'node:child_process'
        import { Worker } from 'node:worker_threads'
        fs.writeFileSync('/box/own', 'x')
        const attempts = [() => fs.readFileSync('/etc/passwd'), () => execSync('id'), () => new Worker('/box/main.ts')]
        for (const attempt of attempts)
          try { attempt(); console.log('ALLOWED') } catch (e: any) { console.log(e.code) }
    """
    result = sandbox.run(program.command, files={"main.ts": code}, read_only=program.read_only, env=program.env)
    assert result.out.split() == ["ERR_ACCESS_DENIED"] * 3


class Echo:
    """A network of one service that answers each connection with a line."""

    ports = (4001,)

    def __init__(self) -> None:
        self.served = 0

    @contextmanager
    def serve(self, listening: Mapping[int, socket.socket]) -> Iterator[None]:
        import threading

        ended = threading.Event()
        listening[4001].settimeout(0.05)

        def answer() -> None:
            while not ended.is_set():
                try:
                    connection, _ = listening[4001].accept()
                except TimeoutError:
                    continue
                with connection:
                    self.served += 1
                    connection.sendall(b"hello")

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()
            listening[4001].close()

    def client_environment(self, actual: Mapping[int, int]) -> dict[str, str]:
        return {"ECHO_PORT": str(actual[4001])}


CLIENT = (
    "import os, socket\n"
    "s = socket.create_connection(('127.0.0.1', int(os.environ.get('ECHO_PORT', 4001))))\nprint(s.recv(9).decode())"
)


def test_the_private_network_is_at_its_usual_port_many_times_over(run_python: Run) -> None:
    networks = [Echo(), Echo()]
    with networks[0].serve({4001: socket.create_server(("127.0.0.1", 0))}):
        assert [run_python(CLIENT, network=n).out for n in networks] == ["hello\n", "hello\n"]
    assert [n.served for n in networks] == [1, 1]


def test_the_judges_port_cannot_be_taken_over(run_python: Run) -> None:
    code = """
        import socket
        try:
            socket.create_server(("127.0.0.1", 4001))
            print("TAKEN")
        except OSError:
            print("refused")
    """
    assert run_python(code, network=Echo()).out == "refused\n"


def test_without_isolation_nothing_runs_unless_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bubblewrap, "unavailable", lambda: "no bubblewrap here")
    with pytest.raises(SandboxUnavailable, match="no bubblewrap here"):
        sandbox.run(["/bin/true"])
    program = sandbox.python("main.py")
    result = sandbox.run(
        program.command, files={"main.py": CLIENT}, env=program.env, network=Echo(), allow_unsandboxed=True
    )
    assert (result.out, result.isolated) == ("hello\n", False)


def test_without_isolation_the_limits_still_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bubblewrap, "unavailable", lambda: "no bubblewrap here")
    program = sandbox.python("main.py")

    def run(code: str, limits: Limits) -> SandboxResult:
        files = {"main.py": code}
        return sandbox.run(program.command, files=files, env=program.env, limits=limits, allow_unsandboxed=True)

    assert run("while True: pass", Limits(wall_seconds=1)).killed == "wall"
    assert run("while True: print('x' * 9999)", Limits(output_bytes=5000)).killed == "output"
    assert run("x = bytearray(600_000_000)\nimport time; time.sleep(9)", Limits(memory_mb=100)).killed == "memory"


def test_memory_is_watched_where_no_control_group_can_be_made(run_python: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from algorand_coder.sandbox import cgroup

    monkeypatch.setattr(cgroup, "_first", lambda *_: None)
    monkeypatch.setattr(cgroup, "_second", lambda *_: None)
    code = "x = bytearray(600_000_000)\nimport time; time.sleep(9)"
    assert run_python(code, limits=Limits(memory_mb=100)).killed == "memory"


SERVANT = """
import socket, sys, time
asked = 0
for line in sys.stdin:
    asked += 1
    with socket.create_connection(("127.0.0.1", 4001)) as s:
        heard = s.recv(9).decode()
    if line.startswith("end"):
        sys.exit(3)
    if line.startswith("sleep"):
        time.sleep(99)
    print("y" * 3000, asked, len(line), heard)
    print("READY", flush=True)
"""


def servant(**limits: int) -> Resident:
    program = sandbox.python("main.py")
    return Resident(
        program.command,
        until=b"READY\n",
        network=Echo(),
        files={"main.py": SERVANT},
        read_only=program.read_only,
        env=program.env,
        limits=Limits(**{"wall_seconds": 20, "output_bytes": 5000, **limits}),
    )


def test_a_resident_answers_again_and_again_each_time_with_a_network_of_its_own(
    require_tool: Callable[..., str],
) -> None:
    require_tool("bwrap")
    networks = [Echo(), Echo()]
    with servant() as resident:
        said = [resident.ask(b"x" * size, network) for size, network in zip((5, 300_000), networks, strict=True)]
        assert resident.alive
    assert [result.out.split()[1:] for result in said] == [
        ["1", "6", "hello", "READY"],
        ["2", "300001", "hello", "READY"],
    ]
    assert [network.served for network in networks] == [1, 1]
    assert not resident.alive


def test_a_resident_that_ends_or_never_answers_is_told_apart(require_tool: Callable[..., str]) -> None:
    require_tool("bwrap")
    with servant() as resident:
        assert (resident.ask(b"end", Echo()).exit_code, resident.alive) == (3, False)
    with servant(wall_seconds=1) as resident:
        assert resident.ask(b"hello", Echo()).exit_code is None
        assert (resident.ask(b"sleep", Echo()).killed, resident.alive) == ("wall", False)


def test_a_program_that_nobody_waits_for_is_ended(require_tool: Callable[..., str]) -> None:
    require_tool("bwrap")
    cancel = threading.Event()
    threading.Timer(0.3, cancel.set).start()
    program = sandbox.python("main.py")
    started = time.monotonic()
    with pytest.raises(sandbox.Cancelled):
        sandbox.run(
            program.command,
            files={"main.py": "import time\ntime.sleep(50)\n"},
            read_only=program.read_only,
            env=program.env,
            limits=Limits(wall_seconds=60),
            cancel=cancel,
        )
    assert time.monotonic() - started < 20
