"""Test files for an application: what holds for every fresh deployment, whatever the contract does."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Unfit
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import block, join
from algorand_coder.instruct.spec.abi import Arg, Spec
from algorand_coder.instruct.spec.tasks import Answer, task

_UTILS = "@algorandfoundation/algokit-utils"
_IMPORTS = {
    "readFileSync": "import { readFileSync } from 'node:fs'",
    "algo(": f"import {{ algo }} from '{_UTILS}'",
    "algorandFixture": f"import {{ algorandFixture }} from '{_UTILS}/testing'",
    "Arc56Contract": f"import type {{ Arc56Contract }} from '{_UTILS}/types/app-arc56'",
    "getArc56Method": f"import {{ getArc56Method }} from '{_UTILS}/types/app-arc56'",
    "AppClient>": f"import type {{ AppClient }} from '{_UTILS}/types/app-client'",
    "beforeEach": "import { beforeEach, describe, expect, test } from 'vitest'",
}


@task("tests")
def tests(spec: Spec, dice: Dice) -> Answer:
    """Tests with vitest on LocalNet."""
    name = dice.pick("deploy", "freshApp", "setUp", "newInstance")
    chosen = dice.some(_cases(spec, dice, name), 2, 4)
    text = join(
        f"const appSpec = JSON.parse(readFileSync('{spec.name}.arc56.json', 'utf-8')) as Arc56Contract",
        "const fixture = algorandFixture()",
        block(f"async function {name}(): Promise<AppClient>", _deployment(spec, dice)),
        block(
            f"describe('{spec.name}', () =>", join("beforeEach(fixture.newScope)", *(c for _, c in chosen), gap=2), ")"
        ),
        gap=2,
    )
    imports = "\n".join(line for word, line in _IMPORTS.items() if word in text)
    return Answer(
        join(imports, text, gap=2) + "\n",
        (
            "write vitest tests for this application that run on LocalNet with algorandFixture, each on a new instance",
            "set up a test file for the application with algorandFixture, with a helper that deploys it",
            "test a fresh deployment of this application with vitest and algorandFixture",
        ),
        (
            f"The specification lies in `{spec.name}.arc56.json`; the helper is called `{name}`.",
            f"Check that {'; that '.join(words for words, _ in chosen)}.",
        ),
    )


def _deployment(spec: Spec, dice: Dice) -> str:
    """The body of the helper that deploys. Raises ``Unfit`` where creation needs arguments without obvious values."""
    makers = [method for method in spec.methods if method.creates and not method.calls]
    values = [_value(arg) for arg in makers[0].args] if makers else []
    if not all(values) or (not makers and not spec.bare_create):
        raise Unfit
    create = "factory.send.bare.create()"
    if makers:
        create = f"factory.send.create({{ method: '{makers[0].name}', args: [{', '.join(values)}] }})"
    result = dice.pick("destructured", "whole")
    return join(
        "const { algorand, testAccount } = fixture.context",
        "const factory = algorand.client.getAppFactory({ appSpec, defaultSender: testAccount.addr })",
        f"const {{ appClient }} = await {create}" if result == "destructured" else f"const created = await {create}",
        "return appClient" if result == "destructured" else "return created.appClient",
    )


def _cases(spec: Spec, dice: Dice, name: str) -> list[tuple[str, str]]:
    """Words and code of each test."""
    schema = spec.raw["state"]["schema"]["global"]
    made = f"const appClient = await {name}()"
    found = "const app = await fixture.context.algorand.app.getById(appClient.appId)"
    method = dice.one(spec.methods) if spec.methods else None
    cases = [
        (
            "it gets an id",
            block(
                f"test('{dice.pick('has an id', 'is created', 'gets an id')}', async () =>",
                join(made, "expect(appClient.appId).toBeGreaterThan(0n)"),
                ")",
            ),
        ),
        (
            "the test account is its creator",
            block(
                "test('belongs to the test account', async () =>",
                join(made, found, "expect(app.creator.toString()).toBe(fixture.context.testAccount.addr.toString())"),
                ")",
            ),
        ),
        (
            "its global schema is that of the specification",
            block(
                "test('reserves the state of the specification', async () =>",
                join(
                    made,
                    found,
                    f"expect(app.globalInts).toBe({schema['ints']})",
                    f"expect(app.globalByteSlices).toBe({schema['bytes']})",
                ),
                ")",
            ),
        ),
        (
            "two deployments have different ids",
            block(
                "test('can be deployed twice', async () =>",
                join(
                    f"const [first, second] = [await {name}(), await {name}()]",
                    "expect(first.appId).not.toBe(second.appId)",
                ),
                ")",
            ),
        ),
        (
            "its account can be funded",
            block(
                "test('can hold Algo', async () =>",
                join(
                    made,
                    "await appClient.fundAppAccount({ amount: algo(1) })",
                    "const info = await fixture.context.algorand.account.getInformation(appClient.appAddress)",
                    "expect(info.balance.microAlgo).toBe(algo(1).microAlgo)",
                ),
                ")",
            ),
        ),
    ]
    if method is not None:
        cases.append(
            (
                f"the signature of `{method.name}` is right",
                block(
                    f"test('offers {method.name}', () =>",
                    join(
                        f"const method = getArc56Method('{method.name}', appSpec)",
                        f"expect(method.getSignature()).toBe('{method.signature}')",
                    ),
                    ")",
                ),
            )
        )
    return cases


def _value(arg: Arg) -> str:
    """Something to create the application with; empty where there is no obvious value."""
    if arg.type.startswith("uint"):
        return "3n" if int(arg.type[4:] or 64) > 32 else "3"
    account = "testAccount.addr.toString()"
    return {"string": "'test'", "bool": "true", "address": account, "account": account}.get(arg.type, "")
