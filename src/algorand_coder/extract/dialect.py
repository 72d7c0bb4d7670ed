"""Which dialect code is written in: the contract language or SDK, and the version of it.

The dialect of code is the highest of Algorand's APIs that it uses: a contract language (``puya-ts`` is Algorand
TypeScript, ``tealscript`` its predecessor), then AlgoKit Utils (``utils7``), then the SDK (``algosdk3``), then
``none``. What is used is read off imports and the classes that are extended; the version off what only one version
has, else off the manifest of the project around the code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tree_sitter import Node, QueryCursor

from algorand_coder.extract.projects import ALGO_TS, TEALSCRIPT, UTILS, Project
from algorand_coder.records import DEFAULT_TARGET, Kind
from algorand_coder.syntax.parsing import parse, query

NONE = "none"
CONTRACT_DIALECTS = frozenset({"puya-ts", "tealscript"})
_DEFAULT_UTILS, _DEFAULT_ALGOSDK = 9, 3
_TOOLCHAIN = frozenset({NONE, "algosdk3", "utils9", *CONTRACT_DIALECTS})
"""Dialects that the default target's packages serve: AlgoKit Utils 9 goes with algosdk 3."""

_EVIDENCE = """
(import_statement source: (string (string_fragment) @module))
(import_require_clause source: (string (string_fragment) @module))
(export_statement source: (string (string_fragment) @module))
(call_expression function: (import) arguments: (arguments . (string (string_fragment) @module)))
(call_expression function: (identifier) @f arguments: (arguments . (string (string_fragment) @module))
 (#eq? @f "require"))
(class_heritage (extends_clause value: (_) @base))
"""
_STATEMENT = re.compile(r"""^[ \t]*(?:import|export)\b[^;'"`]{0,2000}?['"]([^'"\n]+)['"]""", re.MULTILINE)
_BASE = re.compile(r"(?:\w+\.)*(?:Contract|BaseContract|LogicSig)|classes\s*\(.*", re.DOTALL)
_LOGIC_SIG = re.compile(r"\bextends\s+(?:\w+\.)?LogicSig\b")
_CONTRACT = re.compile(r"\bextends\s+(?:[\w.]*\.)?(?:Contract|BaseContract)\b|\bextends\s+classes\s*\(")
_TEALSCRIPT_WORDS = re.compile(r"\b(?:GlobalStateKey|LocalStateKey|BoxKey|GlobalStateMap|LocalStateMap|sendPayment)\b")

_UTILS_10_MODULES = re.compile(
    rf"{UTILS}/(?:transact|abi|algod-client|indexer-client|kmd-client|common|crypto|algo25|composer|amount)\b"
    r"|@algorandfoundation/algokit-(?:transact|abi|algod-client|indexer-client|kmd-client|common|crypto|algo25)\b"
)
_UTILS_10_ROOT = re.compile(rf"import\s[^;'\"]{{0,2000}}\bAlgoAmount\b[^;'\"]{{0,2000}}from\s+['\"]{UTILS}['\"]")
_OLD_ALGOSDK = re.compile(
    r"\bmake\w+Txn\w*SuggestedParams\(|\bsetIntDecoding\b"
    r"|\[['\"]confirmed-round['\"]\]|\bfreezeState\b|\brevocationTarget\b|\breKeyTo\b|\bmakeTransactionSigner\b"
    r"|\bappArgs\b[^\n]*\bencodeUint64\([^\n]*\bfrom:"
)
"""What algosdk 3 no longer has. ``decodeAddress(…).publicKey`` is not among it: its ``Address`` has that field too."""

_OLD_WORDS = ("SuggestedParams(", "IntDecoding", "-round", "freezeS", "revocationT", "reKeyTo", "makeTr", "appArgs")
"""One of them stands in every match of the pattern above, and is found much faster."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What code imports and what its classes extend."""

    modules: frozenset[str]
    contract: bool
    """Whether a class extends one of the base classes that contracts and logic signatures have."""

    @classmethod
    def of(cls, root: Node, language: str = "ts") -> Evidence:
        """Read off a syntax tree: what stands in strings and comments is no evidence."""
        found = QueryCursor(query(language, _EVIDENCE)).captures(root)
        bases = (_text(node) for node in found.get("base", ()))
        return cls(frozenset(map(_text, found.get("module", ()))), any(map(_BASE.fullmatch, bases)))


def modules_of(text: str) -> set[str]:
    """The modules that the import statements of ``text`` name, whether or not the rest of it parses."""
    return set(_STATEMENT.findall(text))


def file_dialect(text: str, path: str, project: Project, language: str = "ts") -> str:
    """The dialect of a whole file."""
    evidence = Evidence.of(parse(text, language).root_node, language)
    return dialect_of(text, evidence.modules, project, contract=evidence.contract, path=path)


def dialect_of(code: str, modules: Iterable[str], project: Project, *, contract: bool, path: str = "") -> str:
    """The dialect of ``code``, which imports ``modules`` and stands in ``project``.

    ``contract`` says whether it declares a contract or logic signature; ``path`` may say the same.
    """
    used = set(modules)
    algo_ts = any(module.startswith(ALGO_TS) for module in used)
    tealscript = any(module.startswith(TEALSCRIPT) for module in used)
    if contract or path.endswith(".algo.ts"):
        if algo_ts or tealscript:
            return "puya-ts" if algo_ts else "tealscript"
        if path.endswith(".algo.ts") or project.is_compiler or not any(module.startswith(".") for module in used):
            words = "tealscript" if _TEALSCRIPT_WORDS.search(code) else ""
            language = words or project.contracts or ("puya-ts" if path.endswith(".algo.ts") else "")
            if language:
                return language
    if _UTILS_10_MODULES.search(" ".join(used)):
        return "utils10"
    if any(module == UTILS or module.startswith(f"{UTILS}/") for module in used):
        return f"utils{_utils_version(code, project)}"
    if algo_ts:
        return "puya-ts"
    if project.sdk and any(module.startswith(".") for module in used):
        version = project.utils or _DEFAULT_UTILS if project.sdk == "utils" else project.algosdk or _DEFAULT_ALGOSDK
        return f"{project.sdk}{version}"
    if any(module == "algosdk" or module.startswith("algosdk/") for module in used):
        return f"algosdk{_algosdk_version(code, project)}"
    return NONE


def _utils_version(code: str, project: Project) -> int:
    return 10 if "AlgoAmount" in code and _UTILS_10_ROOT.search(code) else project.utils or _DEFAULT_UTILS


def _algosdk_version(code: str, project: Project) -> int:
    declared = project.algosdk or _DEFAULT_ALGOSDK
    return 2 if declared > 2 and any(word in code for word in _OLD_WORDS) and _OLD_ALGOSDK.search(code) else declared


def extends_contract(code: str) -> bool:
    """Whether a class of ``code`` extends a base class of contracts."""
    if " extends " not in code or not (_LOGIC_SIG.search(code) or _CONTRACT.search(code)):
        return False
    return Evidence.of(parse(code).root_node).contract


def kind_of(code: str, dialect: str) -> Kind:
    """What ``code``, which is written in ``dialect``, is: a contract, a logic signature, or client code."""
    if dialect not in CONTRACT_DIALECTS or not extends_contract(code):
        return Kind.CLIENT
    if dialect == "tealscript":
        return Kind.TEALSCRIPT
    return Kind.LOGICSIG if _LOGIC_SIG.search(code) and not _CONTRACT.search(code) else Kind.CONTRACT


def target_of(dialect: str) -> str:
    """The packages that code in ``dialect`` needs: the default target where they serve, else the dialect's own name."""
    return DEFAULT_TARGET if dialect in _TOOLCHAIN else dialect


def _text(node: Node) -> str:
    return (node.text or b"").decode("utf-8", "replace")
