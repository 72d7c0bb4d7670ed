"""From one collected file to its facts: the half of extraction that needs no other file."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from tree_sitter import Node

from algorand_coder.extract import filerules, markdown
from algorand_coder.extract.config import ExtractConfig
from algorand_coder.extract.declared import (
    FUNCTION_VALUES,
    declared_names,
    field_of,
    field_text,
    read_imports,
    single_value,
    text_of,
)
from algorand_coder.extract.facts import Declaration, Draft, Export, FileFacts, Import, Snippet, count_lines
from algorand_coder.extract.jsdoc import parse_jsdoc
from algorand_coder.extract.names import NameIndex, index_names
from algorand_coder.records import Metrics, SourceFile
from algorand_coder.syntax.parsing import parse_bytes
from algorand_coder.syntax.skeletons import Leaves

_DECLARED = {
    "function_declaration": "function",
    "generator_function_declaration": "function",
    "class_declaration": "class",
    "abstract_class_declaration": "class",
    "interface_declaration": "interface",
    "type_alias_declaration": "type",
    "enum_declaration": "enum",
    "lexical_declaration": "const",
    "variable_declaration": "const",
    "internal_module": "namespace",
    "module": "namespace",
}
_TEST_CALLS = re.compile(rb"^(?:it|test)(?:\.(?:only|skip|concurrent))*$")
_SCRIPT = re.compile(r"(?:^|/)(?:deploy|deployment|scripts)/|(?:^|[/._-])deploy[^/]*$", re.IGNORECASE)
"""Paths of files that put contracts on a network."""
_SUITE_CALLS = re.compile(rb"^(?:describe|suite)(?:\.(?:only|skip|concurrent))*$")


@dataclass(frozen=True, slots=True)
class ReadTask:
    """One file and the rules to read it by."""

    file: SourceFile
    config: ExtractConfig


def read_file(task: ReadTask) -> FileFacts:
    """The facts of one file. Never raises on odd content: what cannot be parsed is refused with a reason."""
    file, config = task.file, task.config
    bare = replace(file, text="")
    lines = count_lines(file.text)
    refused = filerules.refuse_file(file, config)
    if refused:
        return FileFacts(bare, lines, *refused)
    if file.language in {"md", "mdx"}:
        return FileFacts(bare, lines, snippets=tuple(_markdown_snippets(file)))
    return _Reader(file, lines, config).facts()


def _markdown_snippets(file: SourceFile) -> list[Snippet]:
    return [
        Snippet(
            name=example.headings[-1] if example.headings else file.provenance.path,
            doc="\n".join([*(f"# {title}" for title in example.headings), example.prose]).strip(),
            code=example.code,
            start_line=example.line,
            end_line=example.end_line,
        )
        for example in markdown.examples(file.text)
    ]


class _Reader:
    """Reads one TypeScript file."""

    def __init__(self, file: SourceFile, lines: int, config: ExtractConfig) -> None:
        self.file, self.lines = file, lines
        self.raw = file.text.encode("utf-8", "replace")
        self.language = "tsx" if file.language == "tsx" else "ts"
        self.root = parse_bytes(self.raw, self.language).root_node
        self.names: NameIndex = index_names(self.root, self.language)
        self.leaves: Leaves | None = None
        self.contract = filerules.is_contract(file.text)
        self.refused = filerules.refuse_units(lines, self.contract, config) or ("", "")
        self.imports: list[Import] = []
        self.exports: list[Export] = []
        self.declarations: list[Declaration] = []
        self.drafts: list[Draft] = []
        self.runs = False
        """Whether a statement at the top level does something, tests aside."""

    def facts(self) -> FileFacts:
        for node in self.root.named_children:
            if node.type == "import_statement":
                self.imports += read_imports(node)
            elif node.type == "import_alias":
                self._alias(node)
            elif node.type == "export_statement":
                self._export(node)
            elif node.type == "ambient_declaration":
                continue
            elif node.type in _DECLARED:
                self._declare(node, node)
            elif node.type == "expression_statement":
                known = len(self.drafts)
                self._expression(node)
                self.runs |= known == len(self.drafts)
        if self.contract:
            self.drafts = [self._whole_file(), *(d for d in self.drafts if d.unit_kind == "test")]
        elif self.runs and not self.refused[0] and _SCRIPT.search(self.file.provenance.path):
            self.drafts.append(self._script())
        elif self.refused[0]:
            self.drafts = []
        return FileFacts(
            file=replace(self.file, text=self.file.text if self.contract else ""),
            lines=self.lines,
            dropped=self.refused[0],
            detail=self.refused[1],
            is_contract=self.contract,
            imports=tuple(self.imports),
            exports=tuple(self.exports),
            declarations=tuple(self.declarations),
            drafts=tuple(self.drafts),
            snippets=tuple(self._snippets()),
        )

    def _alias(self, node: Node) -> None:
        """``import Name = namespace.Name``, a type's short name where ``namespace`` is a package."""
        parts = [text_of(child) for child in node.named_children]
        if len(parts) != 2 or parts[1].count(".") != 1:
            return
        namespace, name = parts[1].split(".")
        for known in self.imports:
            if known.local == namespace and known.name in {"default", "*"}:
                self.imports.append(Import(known.module, name, parts[0]))
                return

    def _export(self, node: Node) -> None:
        declaration = node.child_by_field_name("declaration")
        source = node.child_by_field_name("source")
        module = text_of(source)[1:-1] if source else ""
        is_default = any(child.type == "default" for child in node.children)
        if declaration is not None:
            if declaration.type in _DECLARED:
                for name in self._declare(declaration, node):
                    self.exports.append(Export("default" if is_default else name, name))
            return
        for child in node.named_children:
            if child.type == "export_clause":
                for specifier in child.named_children:
                    if specifier.type == "export_specifier":
                        local = field_text(specifier, "name")
                        self.exports.append(Export(field_text(specifier, "alias") or local, local, module))
            elif child.type == "namespace_export":
                self.exports.append(Export(text_of(child.named_children[0]), "*", module))
        value = node.child_by_field_name("value")
        if is_default and value is not None and value.type == "identifier":
            self.exports.append(Export("default", text_of(value)))
        if module and any(child.type == "*" for child in node.children):
            self.exports.append(Export("*", "*", module))

    def _declare(self, node: Node, outer: Node) -> tuple[str, ...]:
        """Record the declaration ``node`` (``outer`` includes ``export``); returns the names it declares."""
        kind = _DECLARED[node.type]
        names = declared_names(node)
        value = single_value(node)
        if kind == "const" and value is not None and value.type in FUNCTION_VALUES:
            kind = "function"
        if not names:
            return ()
        free = self.names.free(node.start_byte, node.end_byte) - set(names)
        self.declarations.append(
            Declaration(
                names=names,
                kind=kind,
                text=self._slice(node),
                free=tuple(sorted(free)),
            )
        )
        if self.refused[0]:
            return names
        if kind == "function":
            self.drafts.append(self._draft("function", names[0], outer, outer, extra=set(names)))
        elif kind == "class":
            self.drafts.append(self._draft("class", names[0], outer, outer, extra=set(names)))
            self._methods(node, names[0])
        return names

    def _methods(self, node: Node, owner: str) -> None:
        body = node.child_by_field_name("body")
        for member in body.named_children if body else []:
            if member.type == "method_definition":
                name = field_text(member, "name")
                self.drafts.append(self._draft("method", f"{owner}.{name}", member, member, owner=owner))

    def _expression(self, node: Node, suites: tuple[str, ...] = ()) -> None:
        """Test cases: ``it``/``test`` calls, inside ``describe`` blocks or not."""
        call = node.named_children[0] if node.named_children else None
        if call is None or call.type != "call_expression":
            return
        function = call.child_by_field_name("function")
        arguments = call.child_by_field_name("arguments")
        if function is None or arguments is None or not arguments.named_children:
            return
        callee, title = function.text or b"", arguments.named_children[0]
        if title.type not in {"string", "template_string"}:
            return
        name = text_of(title)[1:-1]
        if _TEST_CALLS.match(callee) and not self.refused[0]:
            self.drafts.append(self._draft("test", " > ".join((*suites, name)), node, node))
        elif _SUITE_CALLS.match(callee):
            body = arguments.named_children[-1].child_by_field_name("body")
            for child in body.named_children if body else []:
                if child.type == "expression_statement":
                    self._expression(child, (*suites, name))

    def _whole_file(self) -> Draft:
        """A contract file as one unit, named after its last contract."""
        contracts = [d for d in self.declarations if d.kind == "class"]
        found = [d for d in contracts if filerules.is_contract(f"{d.text}{filerules.CONTRACT_PACKAGES}")] or contracts
        is_lsig = bool(found) and re.search(r"\bextends\s+(?:\w+\.)?LogicSig\b", found[-1].text) is not None
        name = found[-1].names[0] if found else self.file.provenance.path
        doc = next((d.doc for d in self.drafts if d.name == name), "")
        return self._file_draft("logicsig" if is_lsig else "contract", name, doc)

    def _script(self) -> Draft:
        """A file that deploys when it is run, as one unit."""
        first = self.root.named_children[0]
        doc = parse_jsdoc(text_of(first)).text if first.type == "comment" else ""
        return self._file_draft("script", PurePosixPath(self.file.provenance.path).stem, doc)

    def _file_draft(self, unit_kind: str, name: str, doc: str) -> Draft:
        draft = self._draft(unit_kind, name, self.root, self.root)
        lines = self.file.text.count("\n") + (not self.file.text.endswith("\n"))
        return replace(draft, code=self.file.text, doc=doc, start_line=1, end_line=lines)

    def _draft(
        self,
        unit_kind: str,
        name: str,
        node: Node,
        documented: Node,
        *,
        owner: str = "",
        extra: set[str] | None = None,
    ) -> Draft:
        comment = _leading_jsdoc(documented)
        start, end = node.start_byte, node.end_byte
        free = self.names.free(start, end) - (extra or set())
        return Draft(
            unit_kind=unit_kind,
            name=name,
            code=self._slice(node),
            doc=parse_jsdoc(text_of(comment)).text if comment else "",
            free=tuple(sorted(free)),
            start_line=node.start_point[0] + 1,
            end_line=node.end_point[0] + 1,
            metrics=self._metrics(node, comment),
            skeleton=self._skeleton(node),
            owner=owner,
        )

    def _skeleton(self, node: Node) -> str:
        if self.leaves is None or node not in self.leaves:
            self.leaves = Leaves(node, self.language)
        return self.leaves.skeleton_of(node)

    def _metrics(self, node: Node, comment: Node | None) -> Metrics:
        code = self._slice(node)
        lines = count_lines(code)
        inner = sum(
            self.raw[start:end].count(b"\n") + 1
            for start, end in self.names.comments_in(node.start_byte, node.end_byte)
        )
        leading = comment.end_point[0] - comment.start_point[0] + 1 if comment else 0
        return Metrics(
            lines=lines,
            complexity=self.names.complexity(node.start_byte, node.end_byte),
            comment_ratio=round((inner + leading) / max(1, lines + leading), 4),
            max_line_chars=max(map(len, code.split("\n"))),
            has_parse_error=node.has_error,
        )

    def _snippets(self) -> list[Snippet]:
        found = []
        for start, end in self.names.comments:
            raw = self.raw[start:end]
            if not raw.startswith(b"/**") or (b"@example" not in raw and b"```" not in raw):
                continue
            node = self.root.descendant_for_byte_range(start, end)
            parsed = parse_jsdoc(raw.decode("utf-8", "replace"))
            if node is None or not parsed.examples:
                continue
            name, line = _owner_path(node), node.start_point[0] + 1
            found += [
                Snippet(
                    name=name,
                    doc=f"{parsed.text}\n@example {example.title}".strip(),
                    code=example.code,
                    start_line=line + example.line,
                    end_line=line + example.line + example.code.count("\n"),
                )
                for example in parsed.examples
            ]
        return found

    def _slice(self, node: Node) -> str:
        return self.raw[node.start_byte : node.end_byte].decode("utf-8", "replace")


def _leading_jsdoc(node: Node) -> Node | None:
    previous = node.prev_named_sibling
    while previous is not None and previous.type == "decorator":
        previous = previous.prev_named_sibling
    if previous is not None and previous.type == "comment" and (previous.text or b"").startswith(b"/**"):
        return previous
    return None


def _owner_path(comment: Node) -> str:
    """``Class.member`` or the plain name of what a comment documents; empty for a free-standing one."""
    following = comment.next_named_sibling
    while following is not None and following.type in {"comment", "decorator"}:
        following = following.next_named_sibling
    parts: list[str] = []
    node = following
    while node is not None:
        inner = node.child_by_field_name("declaration") if node.type == "export_statement" else node
        name = field_of(inner, "name") or field_of(inner, "key")
        if name is None and inner is not None and inner.type == "lexical_declaration":
            name = field_of(inner.named_children[0], "name")
        if name is not None and (node is following or node.type.endswith("declaration")):
            parts.insert(0, text_of(name))
        node = node.parent
    return ".".join(parts)
