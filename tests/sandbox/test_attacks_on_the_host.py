"""Hostile code that wants out: to the host's files, its network, the judge. One property a test."""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from algorand_coder.sandbox import SandboxResult

Run = Callable[..., SandboxResult]

REFUSED = {"FileNotFoundError", "PermissionError", "NotADirectoryError", "ENOENT", "EACCES", "EPERM", "ELOOP"}


def reading(path: str) -> dict[str, str]:
    """Code that says GOT, or the name of the refusal."""
    return {
        "python": f"""
            try:
                open({path!r}, "rb").read()
                print("GOT")
            except OSError as error:
                print(type(error).__name__)
        """,
        "node": f"""
            import fs from 'node:fs'
            try {{ fs.readFileSync({json.dumps(path)}); console.log('GOT') }}
            catch (error) {{ console.log(error.code) }}
        """,
    }


def test_the_programs_own_files_can_be_read(attack: Run) -> None:
    assert attack(**reading("data.txt"), files={"data.txt": "x"}).out == "GOT\n"


@pytest.mark.parametrize("path", ["/etc/shadow", "/etc/machine-id", "/proc/1/environ", "/root/.bashrc", "/home"])
def test_files_of_the_host_cannot_be_read(attack: Run, path: str) -> None:
    assert attack(**reading(path)).out.strip() in REFUSED


def test_folders_of_the_user_and_the_repository_cannot_be_read(attack: Run, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    assert attack(**reading(str(tmp_path / "secret"))).out.strip() in REFUSED
    assert attack(**reading(str(Path(__file__).resolve()))).out.strip() in REFUSED


def test_a_symbolic_link_leads_nowhere(attack: Run, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    target, read = str(tmp_path / "secret"), reading("link")
    result = attack(
        python=f"            import os\n            os.symlink({target!r}, 'link')\n{read['python']}",
        node=f"import f from 'node:fs'; f.symlinkSync({json.dumps(target)}, 'link')\n{read['node']}",
    )
    assert result.out.strip() in REFUSED


def test_nothing_outside_can_be_written(attack: Run, tmp_path: Path) -> None:
    targets = [f"{tmp_path}/x", "/usr/x", "/etc/x", "/x", "/root/x", "/run/x", "/dev/x", "/box/../x", "/etc/passwd"]
    result = attack(
        python=f"""
            for target in {[*targets, "own"]!r}:
                try:
                    open(target, "w").write("x")
                    print(target)
                except OSError:
                    pass
        """,
        node=f"""
            import fs from 'node:fs'
            for (const target of {json.dumps([*targets, "own"])})
              try {{ fs.writeFileSync(target, 'x'); console.log(target) }} catch {{}}
        """,
    )
    assert result.out == "own\n"
    assert not (tmp_path / "x").exists()


def test_the_launcher_and_the_libraries_cannot_be_changed(run_python: Run) -> None:
    code = """
        import os
        for path in ("/run/launcher.py", os.__file__, "/usr/bin/env", "own"):
            try:
                open(path, "a").write("#")
                print(path)
            except OSError:
                pass
    """
    assert run_python(code).out == "own\n"


def connecting(address: str, port: int) -> dict[str, str]:
    """Code that says CONNECTED or refused."""
    return {
        "python": f"""
            import socket
            try:
                socket.create_connection(({address!r}, {port}), 3)
                print("CONNECTED")
            except OSError:
                print("refused")
        """,
        "node": f"""
            import net from 'node:net'
            const end = (word: string) => {{ console.log(word); process.exit() }}
            const socket = net.connect({port}, {json.dumps(address)})
            socket.on('connect', () => end('CONNECTED'))
            socket.on('error', () => end('refused'))
        """,
    }


def test_services_of_the_host_cannot_be_reached(attack: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as service:
        assert attack(**connecting("127.0.0.1", service.getsockname()[1])).out == "refused\n"


@pytest.mark.parametrize("address", ["1.1.1.1", "169.254.169.254", "::1"])
def test_the_outside_cannot_be_reached(attack: Run, address: str) -> None:
    assert attack(**connecting(address, 80)).out == "refused\n"


def test_names_cannot_be_looked_up(run_python: Run) -> None:
    code = """
        import socket
        print(socket.gethostbyname("localhost"))
        try:
            print(socket.gethostbyname("example.org"))
        except OSError:
            print("refused")
    """
    assert run_python(code).out == "127.0.0.1\nrefused\n"


def test_sockets_of_the_host_without_a_path_cannot_be_reached(run_python: Run) -> None:
    name = f"algorand-coder-test-{os.getpid()}"
    code = f"""
        import socket
        client = socket.socket(socket.AF_UNIX)
        try:
            client.connect("\\0{name}")
            print("CONNECTED")
        except OSError:
            print("refused")
    """
    with socket.socket(socket.AF_UNIX) as service:
        service.bind(f"\0{name}")
        service.listen()
        assert run_python(code).out == "refused\n"


def test_the_judge_cannot_be_signalled(attack: Run) -> None:
    received: list[int] = []
    before = signal.signal(signal.SIGUSR1, lambda number, _: received.append(number))
    targets = [os.getpid(), os.getppid()]
    try:
        result = attack(
            python=f"""
                import os, signal
                for target in {targets}:
                    try:
                        os.kill(target, signal.SIGUSR1)
                        print("SENT")
                    except OSError:
                        print("refused")
            """,
            node=f"""
                for (const target of {targets})
                  try {{ process.kill(target, 'SIGUSR1'); console.log('SENT') }} catch {{ console.log('refused') }}
            """,
        )
        time.sleep(0.05)
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert (result.out, received) == ("refused\nrefused\n", [])


def test_killing_everything_kills_only_the_program(run_python: Run) -> None:
    result = run_python("import os, signal\nprint('x', flush=True)\nos.kill(-1, signal.SIGKILL)\nprint('y')")
    assert result.out.startswith("x")


def test_nothing_of_the_judge_is_left_open(run_python: Run) -> None:
    # The listing itself takes one more descriptor.
    assert run_python("import os; print(len(os.listdir('/proc/self/fd')) - 1)").out == "3\n"


def test_the_environment_holds_nothing_of_the_judge(run_python: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SECRET", "hunter2")
    code = (
        "import os\nprint(dict(os.environ))\nprint(open('/proc/self/environ').read(), open('/proc/1/cmdline').read())"
    )
    result = run_python(code, env={"MINE": "yes"})
    assert "hunter2" not in result.out + result.err
    assert "'MINE': 'yes'" in result.out


def test_privileges_cannot_be_regained(run_python: Run) -> None:
    code = """
        import ctypes, os
        libc = ctypes.CDLL(None)
        try:
            os.setuid(0)
            print("ROOT")
        except OSError:
            print("refused")
        print("refused" if libc.mount(b"tmpfs", b"/tmp", b"tmpfs", 0, 0) else "MOUNTED")
        for line in open("/proc/self/status"):
            if line.startswith(("CapEff", "NoNewPrivs")):
                print(line.split()[1])
    """
    out = run_python(code).out.split()
    assert out == ["refused", "refused", "0000000000000000", "1"] or (
        os.geteuid() != 0
        and out[1:]
        == [
            "refused",
            "0000000000000000",
            "1",
        ]
    )


def test_two_runs_do_not_see_each_other(run_python: Run) -> None:
    results: list[str] = []
    code = """
        import os, time
        open("/tmp/here", "w").close()
        time.sleep(0.5)
        print(len(os.listdir("/tmp")), os.getpid() < 10)
    """
    threads = [threading.Thread(target=lambda: results.append(run_python(code).out)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == ["1 True\n", "1 True\n"]
