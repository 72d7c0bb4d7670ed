"""Hostile code that wants more than its share. One property a test, in Python and in node."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace

from algorand_coder.sandbox import SandboxResult

from .conftest import LIMITS

Run = Callable[..., SandboxResult]

ENDLESS = {"python": "while True: pass", "node": "for (;;) {}"}


def test_an_infinite_loop_ends_at_the_wall_clock(attack: Run) -> None:
    started = time.monotonic()
    result = attack(**ENDLESS, limits=replace(LIMITS, wall_seconds=0.5))
    assert (result.killed, result.exit_code) == ("wall", None)
    assert time.monotonic() - started < 10


def test_a_sleeper_ends_at_the_wall_clock_too(attack: Run) -> None:
    sleeping = {"python": "import time; time.sleep(60)", "node": "setTimeout(() => {}, 60_000)"}
    assert attack(**sleeping, limits=replace(LIMITS, wall_seconds=0.5)).killed == "wall"


def test_processor_time_is_bounded_of_its_own(attack: Run) -> None:
    result = attack(**ENDLESS, limits=replace(LIMITS, cpu_seconds=1))
    assert (result.killed, result.exit_code) == ("cpu", None)


def test_a_closed_output_does_not_hide_a_running_program(run_python: Run) -> None:
    code = "import os, time; os.close(1); os.close(2); time.sleep(60)"
    assert run_python(code, limits=replace(LIMITS, wall_seconds=0.5)).killed == "wall"


def test_what_a_program_leaves_behind_dies_with_it(run_python: Run) -> None:
    marker = f"left-behind-{os.getpid()}"
    code = f"""
        import os
        if os.fork() == 0:
            os.setsid()
            os.execv("/bin/sh", ["{marker}", "-c", "sleep 60"])
        print("bye")
    """
    assert run_python(code).out == "bye\n"
    assert marker not in subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout


def test_a_fork_bomb_runs_out_of_processes(attack: Run) -> None:
    result = attack(
        python="""
            import os, time
            count = 0
            while count < 500:
                try:
                    if os.fork() == 0:
                        time.sleep(30)
                except OSError:
                    break
                count += 1
            print(count)
        """,
        node="""
            import { spawn } from 'node:child_process'
            let count = 0
            for (let i = 0; i < 200; i++) {
              const child = spawn('/bin/sleep', ['30'])
              child.on('error', () => {})
              if (child.pid) console.log(++count)
            }
            setTimeout(() => process.exit(0), 300)
        """,
    )
    # Node may fall over when it cannot start a thread; it must have come no further than the limit.
    assert 0 < int(result.out.split()[-1]) < LIMITS.processes


def test_a_bomb_that_never_stops_is_ended_whole(run_python: Run) -> None:
    code = """
        import os
        while True:
            try:
                os.fork()
            except OSError:
                pass
    """
    assert run_python(code, limits=replace(LIMITS, wall_seconds=1.0)).killed in {"wall", "memory"}


def test_a_memory_bomb_is_ended(attack: Run) -> None:
    result = attack(
        python="x = []\nwhile True: x.append(bytearray(b'1' * 10_000_000))",
        node="const x = []; for (;;) x.push(Buffer.alloc(10_000_000, 1))",
    )
    assert (result.killed, result.exit_code) == ("memory", None)


def test_a_memory_bomb_of_many_processes_is_ended(run_python: Run) -> None:
    code = """
        import os, time
        for _ in range(6):
            if os.fork() == 0:
                break
        x = bytearray(b"1" * 100_000_000)
        time.sleep(30)
    """
    assert run_python(code, limits=replace(LIMITS, wall_seconds=15)).killed == "memory"


def test_output_without_end_is_cut_off(attack: Run) -> None:
    result = attack(
        python="import os\nwhile True: os.write(1, b'x' * 65536)",
        node="""
            import fs from 'node:fs'
            const block = Buffer.alloc(65536, 120)
            for (;;) try { fs.writeSync(1, block) } catch {}
        """,
    )
    assert result.killed == "output"
    assert len(result.stdout) + len(result.stderr) == LIMITS.output_bytes


def test_a_gigabyte_on_disk_does_not_fit(attack: Run) -> None:
    result = attack(
        python="""
            written = 0
            try:
                for i in range(1000):
                    with open(f"file{i}", "wb", 0) as file:
                        written += file.write(b"x" * 1_000_000)
            except OSError as error:
                print(error.strerror)
            print(written)
        """,
        node="""
            import fs from 'node:fs'
            let written = 0
            const block = Buffer.alloc(1_000_000)
            try {
              for (let i = 0; i < 1000; i++) { fs.writeFileSync(`file${i}`, block); written += block.length }
            } catch (error) { console.log(error.code) }
            console.log(written)
        """,
    )
    assert 0 < int(result.out.split()[-1]) <= LIMITS.disk_mb << 20


def test_null_bytes_and_broken_text_come_through_as_bytes(attack: Run) -> None:
    result = attack(
        python="import os; os.write(1, b'a\\x00b\\xff\\xfe')",
        node="process.stdout.write(Buffer.from([97, 0, 98, 0xff, 0xfe]))",
    )
    assert result.stdout == b"a\x00b\xff\xfe"
    assert result.out == "a\x00b\ufffd\ufffd"


def test_an_abort_is_the_programs_own_end(run_python: Run) -> None:
    result = run_python("import os; os.abort()")
    assert (result.killed, result.exit_code) == ("", 128 + signal.SIGABRT)
