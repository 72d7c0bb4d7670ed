"""Config of the extract stage."""

from __future__ import annotations

from pydantic import Field, field_validator

from algorand_coder.pipeline.config import Section


class PublishedPackage(Section):
    """How names inside a package's own source map to what an importer of the package writes.

    Paths are POSIX paths inside the source, without suffix.
    """

    version: str
    """The version units are rewritten against; sources of any other version keep their relative imports."""
    entry: str = ""
    """Module whose export graph is the package root, such as ``src/index``."""
    root: tuple[str, ...] = ()
    """Modules that the package root re-exports whole, where the entry itself cannot be recovered."""
    root_names: tuple[str, ...] = ()
    """Further names of the package root that the sources declare."""
    names: tuple[str, ...] = ()
    """Names of the package root that are known without its source."""
    deep: dict[str, str] = Field(default_factory=dict)
    """Module folder → import prefix of deep entry points (``src/types/`` → ``pkg/types/``)."""
    globals: tuple[str, ...] = ()
    """Members that importing the package adds to built-in types, such as ``.algo()`` on numbers."""


_UTILS = "@algorandfoundation/algokit-utils"

PUBLISHED = {
    "algosdk": PublishedPackage(version="3.8.0", entry="src/index"),
    _UTILS: PublishedPackage(
        version="9.2.2",
        root=(
            "src/account",
            "src/amount",
            "src/app",
            "src/app-client",
            "src/app-deploy",
            "src/asset",
            "src/config",
            "src/debugging",
            "src/dispenser-client",
            "src/indexer-lookup",
            "src/localnet",
            "src/network-client",
            "src/transaction",
            "src/transfer",
            "src/types/debugging",
            "src/types/lifecycle-events",
        ),
        root_names=("AlgorandClient",),
        deep={"src/types/": f"{_UTILS}/types/"},
        globals=("algo", "algos", "microAlgo", "microAlgos"),
    ),
    "@algorandfoundation/algokit-subscriber": PublishedPackage(version="3.3.0", names=("AlgorandSubscriber",)),
    "@algorandfoundation/algokit-utils-debug": PublishedPackage(version="1.0.4", entry="src/index"),
    "@txnlab/use-wallet": PublishedPackage(version="4.6.0", entry="src/index"),
}


class ExtractConfig(Section):
    """What to cut out of the collected files, and how much context may travel with it."""

    tsx: bool = False
    """Also take ``.tsx`` files (user interfaces)."""
    min_file_lines: int = Field(default=10, ge=0)
    """Files below this many non-blank lines give no code units; contract files are exempt."""
    max_file_lines: int = Field(default=500, ge=1)
    """Files above this many non-blank lines give no code units; contract files and documentation are exempt."""
    max_line_chars: int = Field(default=1000, ge=80)
    """Files with a longer line are taken for data or minified code."""
    max_context_lines: int = Field(default=100, ge=0)
    """Non-blank lines of declarations that may travel with a unit as its context."""
    max_context_declarations: int = Field(default=12, ge=0)
    excluded_folders: tuple[str, ...] = ("node_modules", "dist", "build", "out", ".git", "coverage", "__generated__")
    """A file under a folder of one of these names is left out."""
    published: dict[str, PublishedPackage] = PUBLISHED
    """Packages whose internals are rewritten to what the published package exports."""

    @field_validator("excluded_folders")
    @classmethod
    def _plain_names(cls, folders: tuple[str, ...]) -> tuple[str, ...]:
        for name in folders:
            if not name or "/" in name:
                raise ValueError(f"{name!r} must be a folder name without '/'")
        return folders
