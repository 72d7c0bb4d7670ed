"""What TypeScript users have: the plan's snippet with npm's openai, VibeKit's tool file, an MCP client on SDK 1.x."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from algorand_coder.verify import node
from tests.serve.conftest import Factory
from tests.serve.scripted import GOOD, Script, Served, app
from tests.serve.test_mcp import PROGRAM

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
TOOL = ROOT / "integrations/vibekit/generateCodeTool.ts"
KEY = "k" * 20
Run = Callable[[str], str]

# The plan, 6.1, option C, word for word but for the address.
SNIPPET = """
import OpenAI from 'openai'

const instruction = 'PAY'
const client = new OpenAI({
  baseURL: process.env.BASE_URL + "/v1",
  apiKey: process.env.MODAL_API_KEY
})

const response = await client.chat.completions.create({
  model: "algorand-coder-30b",
  messages: [{ role: "user", content: instruction }]
})
console.log(JSON.stringify(response))

const stream = await client.chat.completions.create({
  model: "algorand-coder-30b",
  messages: [{ role: "user", content: "REPAIR ME" }],
  stream: true,
  // @ts-expect-error not a field of OpenAI's
  verify: { level: 'compile', n: 2, rounds: 2 },
})
let said = ''
let verified: unknown
for await (const chunk of stream) {
  said += chunk.choices[0]?.delta?.content ?? ''
  verified = (chunk as unknown as { verify?: unknown }).verify ?? verified
}
console.log(JSON.stringify({ said, verified }))
try {
  await client.chat.completions.create({ model: 'nobody', messages: [{ role: 'user', content: 'x' }] })
} catch (error) {
  console.log(JSON.stringify({ name: (error as Error).constructor.name, message: (error as Error).message }))
}
"""

VIBEKIT = """
import { generateCodeTool, handleGenerateCode } from './generateCodeTool.ts'

const good = await handleGenerateCode({ instruction: 'REPAIR ME', context: 'types' }, { n: 1, rounds: 1 })
const bad = await handleGenerateCode({ instruction: 'FAIL' })
const gone = await handleGenerateCode({ instruction: 'x' }, { baseUrl: 'http://127.0.0.1:9' })
console.log(JSON.stringify({ tool: generateCodeTool, good, bad, gone }))
"""

MCP = """
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'

const [command = '', ...args] = JSON.parse(process.env.COMMAND ?? '[]') as string[]
const client = new Client({ name: 'test', version: '1.0.0' })
await client.connect(new StdioClientTransport({ command, args, env: process.env as Record<string, string> }))
const { tools } = await client.listTools()
const steps: number[] = []
const onprogress = ({ progress }: { progress: number }) => { steps.push(progress) }
const call = { name: 'generate_algorand_code', arguments: { instruction: 'REPAIR ME' } }
const result = await client.callTool(call, undefined, { onprogress })
const wrong = await client.callTool({ name: 'generate_algorand_code', arguments: {} })
console.log(JSON.stringify({ server: client.getServerVersion(), tools, result, wrong, steps }))
await client.close()
"""


@pytest.fixture
def run(packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Type-checks a program under ``strict`` and runs it; its output."""
    (tmp_path / "node_modules").symlink_to(packages / "node_modules")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "generateCodeTool.ts").write_text(TOOL.read_text())
    options = {
        "strict": True,
        "noUncheckedIndexedAccess": True,
        "exactOptionalPropertyTypes": True,
        "noEmit": True,
        "target": "ES2023",
        "module": "NodeNext",
        "moduleResolution": "NodeNext",
        "allowImportingTsExtensions": True,
        "skipLibCheck": True,
        "types": ["node"],
    }
    (tmp_path / "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "include": ["*.ts"]}))

    def execute(program: str) -> str:
        (tmp_path / "program.ts").write_text(program)
        tsc = [str(node.node()), str(packages / "node_modules/typescript/bin/tsc"), "-p", "."]
        checked = subprocess.run(tsc, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout
        command = [str(node.node()), "--no-warnings", "program.ts"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return execute


def test_the_plans_snippet_runs_against_the_gateway(
    run: Run, make_stand: Factory, monkeypatch: pytest.MonkeyPatch
) -> None:
    with make_stand(keys=[KEY], model="algorand-coder-30b") as gateway:
        monkeypatch.setenv("BASE_URL", gateway.url)
        monkeypatch.setenv("MODAL_API_KEY", KEY)
        whole, streamed, refused = map(json.loads, run(SNIPPET).splitlines())
    assert GOOD in whole["choices"][0]["message"]["content"]
    assert whole["model"] == "algorand-coder-30b"
    assert GOOD in streamed["said"]
    assert streamed["verified"]["outcome"] == "passed"
    assert refused["name"] == "NotFoundError"
    assert "no model 'nobody'" in refused["message"]


def test_vibekits_tool_speaks_to_the_gateway(run: Run, make_stand: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    with make_stand(keys=[KEY]) as gateway:
        monkeypatch.setenv("ALGORAND_CODER_URL", gateway.url)
        monkeypatch.setenv("ALGORAND_CODER_API_KEY", KEY)
        found = json.loads(run(VIBEKIT))
    assert found["tool"]["name"] == "generate_algorand_code"
    text = found["good"]["content"][0]["text"]
    generated = json.loads(text)
    assert text == json.dumps(generated, indent=2, ensure_ascii=False)
    assert (generated["code"], generated["outcome"], len(generated["attempts"])) == (GOOD, "passed", 2)
    bad, gone = (json.loads(found[name]["content"][0]["text"]) for name in ("bad", "gone"))
    assert found["bad"]["isError"]
    assert bad == {"error": True, "message": "the engine failed (500)", "tool": "generate_algorand_code"}
    assert gone["hint"] == "algorand-coder serve MODEL"


def test_the_tool_file_has_the_type_of_what_the_gateway_sends() -> None:
    from algorand_coder.serve.schema import Attempt, Check, Finding, Generated

    text = TOOL.read_text()
    declared = text[text.index("export interface Diagnostic") : text.index("export interface GenerateCodeArgs")]
    for model in (Generated, Check, Attempt, Finding):
        for field in model.model_fields:
            assert f"{field}:" in declared, f"{model.__name__}.{field}"


def test_a_client_on_sdk_1_gets_verified_code(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with Served(app(Script())) as engine:
        command = [PROGRAM, "mcp", "--endpoint", f"{engine.url}/v1"]
        monkeypatch.setenv("COMMAND", json.dumps(command))
        monkeypatch.setenv("PATH", os.environ["PATH"])
        found = json.loads(run(MCP))
    assert found["server"]["name"] == "algorand-coder"
    assert len(found["tools"]) == 3
    assert found["result"]["structuredContent"]["outcome"] == "passed"
    assert json.loads(found["result"]["content"][0]["text"]) == found["result"]["structuredContent"]
    assert found["steps"] == sorted(set(found["steps"]))
    assert len(found["steps"]) > 3
    assert json.loads(found["wrong"]["content"][0]["text"])["tool"] == "generate_algorand_code"
