"""Whether the installed versions are those a package says it works with, read from the package's own metadata."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, requires, version
from typing import Any


def mismatches(distribution: str, extra: str = "") -> list[str]:
    """Requirements of ``distribution``, or of its ``extra`` alone, that what is installed does not meet.

    Each as ``name 1.2 (needs <1.0)``; a package that is absent, ``distribution`` included, as ``name missing``. Local
    versions (``2.13.0+cpu``) count as their public ones.
    """
    from packaging.requirements import Requirement

    try:
        declared = [Requirement(text) for text in requires(distribution) or ()]
    except PackageNotFoundError:
        return [f"{distribution} missing"]
    found = []
    for requirement in declared:
        if not _applies(requirement.marker, extra):
            continue
        try:
            installed = version(requirement.name)
        except PackageNotFoundError:
            found.append(f"{requirement.name} missing")
            continue
        if not requirement.specifier.contains(installed.partition("+")[0], prereleases=True):
            found.append(f"{requirement.name} {installed} (needs {requirement.specifier})")
    return sorted(found)


def _applies(marker: Any, extra: str) -> bool:
    if marker is None:
        return not extra
    asked, always = (bool(marker.evaluate({"extra": name})) for name in (extra, ""))
    return asked and (not extra or not always)
