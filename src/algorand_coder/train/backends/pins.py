"""Whether the installed versions are those a package says it works with, read from the package's own metadata."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, requires, version


def mismatches(distribution: str, extra: str = "") -> list[str]:
    """Requirements of ``distribution`` (with ``extra``) that what is installed does not meet, as ``name 1.2 (<1.0)``.

    Local versions (``2.13.0+cpu``) count as their public ones. A package that is absent is reported as missing, and
    so is ``distribution`` itself.
    """
    from packaging.requirements import Requirement

    try:
        declared = [Requirement(text) for text in requires(distribution) or ()]
    except PackageNotFoundError:
        return [f"{distribution} missing"]
    found = []
    for requirement in declared:
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": extra}):
            continue
        try:
            installed = version(requirement.name)
        except PackageNotFoundError:
            found.append(f"{requirement.name} missing")
            continue
        if not requirement.specifier.contains(installed.partition("+")[0], prereleases=True):
            found.append(f"{requirement.name} {installed} (needs {requirement.specifier})")
    return sorted(found)
