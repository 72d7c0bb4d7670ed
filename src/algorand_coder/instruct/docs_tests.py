"""Test cases as tasks: the code under test is shown, the title of the test says what to assert.

The answer is the test as a file of its own, under Vitest, whose API the runners of the sources share.
"""

from __future__ import annotations

import re

from algorand_coder.instruct.docs_prose import lower_first
from algorand_coder.instruct.docs_requests import Request, pick
from algorand_coder.records import Unit

FILE = "main.test.ts"
MIN_LINES = 4
MIN_TITLE_WORDS = 3
MAX_TITLE = 120
_RUNNER = "vitest"
_RUNNERS = re.compile(r"(?<=from )(['\"])(?:bun:test|@jest/globals)\1")
_GLOBALS = ("afterAll", "afterEach", "beforeAll", "beforeEach", "describe", "expect", "it", "test", "vi")
_ASSERTION = re.compile(r"\b(?:expect|assert)\b")
_FRAMES = (
    "Write a Vitest test for {what}: {title}.",
    "Add a test case to our Vitest suite that covers {what}: {title}.",
    "Test {what} with Vitest. The case: {title}.",
    "Write a unit test (Vitest) for {what} with this title: {title}.",
    "I need a Vitest test for {what}. It checks this: {title}.",
)


def for_test(unit: Unit) -> Request | None:
    """A request for a test, or ``None`` where its title does not say what is tested or nothing is asserted."""
    suite, _, title = unit.name.rpartition(" > ")
    title = " ".join(title.split()).rstrip(" .:")
    words = len(title.split())
    if words < MIN_TITLE_WORDS or len(title) > MAX_TITLE or re.search(r"[`'\"\\$%{}]", title):
        return None
    tested = _tested(unit.imports)
    if not tested or unit.metrics.lines < MIN_LINES or not _ASSERTION.search(unit.code):
        return None
    names = [name for name in re.findall(r"[A-Za-z_$][\w$]*", suite) if name in tested] or tested
    what = f"`{names[-1]}`" if len(names) == 1 or names is not tested else "the code below"
    frame = _FRAMES[pick(unit.id, "test", len(_FRAMES))]
    said = title if re.match(r"[A-Z][a-z]+[A-Z]|[A-Z]{2}", title) else lower_first(title)
    return Request(frame.format(what=what, title=said), "")


def test_file(unit: Unit) -> str:
    """The test of ``unit`` as a module that imports all it uses of Vitest."""
    imports = _RUNNERS.sub(rf"\1{_RUNNER}\1", unit.imports)
    known = set(re.findall(r"[\w$]+", imports))
    used = [name for name in _GLOBALS if name not in known and re.search(rf"(?<![\w.$]){name}\b\s*[.(]", unit.code)]
    own = [f"import {{ {', '.join(used)} }} from '{_RUNNER}'"] if used else []
    return "\n".join([*own, imports]).rstrip() + f"\n\n{unit.code.strip()}\n"


def _tested(imports: str) -> list[str]:
    """Names that a test takes from the code that it is shown."""
    found = re.findall(r"import (?:type )?\{([^}]*)\} from ['\"]\./context['\"]", imports)
    return [name for names in found for name in re.findall(r"[A-Za-z_$][\w$]*", names) if name != "type"]
