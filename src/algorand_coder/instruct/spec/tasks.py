"""What clients do with a specification: each task writes one module and says in words what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from algorand_coder.instruct.patterns.base import Unfit
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import block, call, client_module, inner, join
from algorand_coder.instruct.spec.abi import Method, Spec, upper
from algorand_coder.records import Category


@dataclass(frozen=True, slots=True)
class Answer:
    """A module and what was asked for."""

    code: str
    goals: tuple[str, ...]
    """Infinitive phrases without names of the code."""
    details: tuple[str, ...]
    """Sentences with the names that the answer must use."""
    category: Category = Category.CONTRACTS


Task = Callable[[Spec, Dice], Answer]
TASKS: dict[str, Task] = {}


def task(name: str) -> Callable[[Task], Task]:
    """Register a task under its short, stable name."""

    def register(make: Task) -> Task:
        TASKS[name] = make
        return make

    return register


@dataclass(frozen=True, slots=True)
class Call:
    """How a client calls one method."""

    params: list[str]
    """Parameters that a caller gives, with their types."""
    before: str
    """Statements that prepare arguments."""
    args: str
    """The property ``args``; empty for methods without arguments."""
    type: str
    """Of the result."""
    declared: str
    """Types that parameters and result need."""


def prepared(spec: Spec, method: Method, client: str = "appClient") -> Call:
    """How to call ``method`` through ``client``. Raises ``Unfit`` for types without a plain counterpart."""
    params, values, before = [], [], []
    for arg in method.args:
        if arg.is_payment:
            fields = ["sender", f"receiver: {client}.appAddress", "amount: microAlgo(microAlgos)"]
            before.append(f"const {arg.name} = await {call('algorand.createTransaction.payment', fields)}")
            params.append("microAlgos: bigint")
        else:
            params.append(f"{arg.name}: {spec.type_of(arg.type, arg.struct)}")
        values.append(arg.name)
    kind = spec.type_of(method.returns, method.struct)
    if not kind or len(set(params)) < len(params) or {"algorand", "sender", "appClient", "result"} & set(values):
        raise Unfit
    args = f"args: [{', '.join(values)}]" if values else ""
    return Call(params, "\n".join(before), args, kind, spec.declarations(kind, *params))


def one(spec: Spec, dice: Dice, fits: Callable[[Method], bool] = lambda method: True) -> Method:
    """A method that ``fits``. Raises ``Unfit`` where there is none."""
    found = [method for method in spec.ordinary() if fits(method)]
    if not found:
        raise Unfit
    return dice.one(found)


def pays(method: Method) -> bool:
    """Whether a payment goes with the call."""
    return any(arg.is_payment for arg in method.args)


def returning(kind: str, result: str = "result") -> str:
    """The statement that gives back what a call returned."""
    return "" if kind == "void" else f"return {result}.return as {kind}"


def head(start: str, params: list[str], end: str) -> str:
    """A function's head, broken where it is long."""
    line = f"{start}({', '.join(params)}){end}"
    return line if len(line) <= 100 else f"{start}(\n" + inner(",\n".join(params) + ",") + f"\n){end}"


def module(*parts: str) -> str:
    """A module of ``parts`` with its imports."""
    return client_module(join(*parts, gap=2))


def called(name: str, arguments: list[str]) -> str:
    """``name({ … })`` without empty properties."""
    return call(name, [each for each in arguments if each])


@task("call-method")
def call_method(spec: Spec, dice: Dice) -> Answer:
    """One method through an app client."""
    method = one(spec, dice)
    how = prepared(spec, method)
    name = dice.pick(method.name, f"call{upper(method.name)}")
    params = [
        *(["algorand: AlgorandClient", "sender: Address"] if pays(method) else []),
        "appClient: AppClient",
        *how.params,
    ]
    sent = called("appClient.send.call", [f"method: '{method.name}'", how.args, "sender" if pays(method) else ""])
    body = join(how.before, f"{'const result = ' if how.type != 'void' else ''}await {sent}", returning(how.type))
    function = block(head(f"export async function {name}", params, f": Promise<{how.type}>"), body)
    kind = "read-only method" if method.readonly else "method"
    return Answer(
        module(how.declared, function),
        (
            f"write a typed function that calls one {kind} of this application through an AppClient",
            f"wrap a {kind} of the application in a function with proper types",
        ),
        (
            f"The method is `{method.name}`; call the function `{name}`.",
            "The client is the first parameter."[: 0 if pays(method) else None],
        ),
    )


@task("find-and-call")
def find_and_call(spec: Spec, dice: Dice) -> Answer:
    """A client by application id, then one call."""
    method = one(spec, dice, lambda m: not pays(m))
    how = prepared(spec, method)
    name = f"{method.name}{dice.pick('ById', 'OnChain', 'Of')}"
    params = ["algorand: AlgorandClient", "appSpec: Arc56Contract", "appId: bigint", "sender: Address", *how.params]
    sent = called("appClient.send.call", [f"method: '{method.name}'", how.args])
    body = join(
        f"const appClient = {call('algorand.client.getAppClientById', ['appId', 'appSpec', 'defaultSender: sender'])}",
        f"{'const result = ' if how.type != 'void' else ''}await {sent}",
        returning(how.type),
    )
    return Answer(
        module(how.declared, block(head(f"export async function {name}", params, f": Promise<{how.type}>"), body)),
        (
            "get a client for a deployed instance of this application and call one of its methods",
            "call a method of an instance that is known by its application id",
        ),
        (
            f"Call `{method.name}` from a function `{name}`.",
            "It takes the client, the specification, the id and the sender first.",
        ),
    )


def creation(spec: Spec, dice: Dice) -> tuple[list[str], str, str]:
    """Parameters, ``createParams`` and declarations for creating the application."""
    makers = [method for method in spec.methods if method.creates and not method.calls]
    if not makers:
        if not spec.bare_create:
            raise Unfit
        return [], "", ""
    method = makers[0]
    if not all(spec.usable(arg) and not arg.is_payment for arg in method.args):
        raise Unfit
    how = prepared(spec, method)
    return (
        how.params,
        f"createParams: {{ method: '{method.name}'{f', {how.args}' if how.args else ', args: []'} }}",
        how.declared,
    )


@task("deploy")
def deploy(spec: Spec, dice: Dice) -> Answer:
    """Idempotent deployment."""
    params, given, declared = creation(spec, dice)
    name = dice.pick(f"deploy{spec.name}", f"publish{spec.name}", "deployApp")
    update, schema = dice.pick(("append", "append"), ("update", "append"), ("replace", "replace"), ("fail", "fail"))
    fields = [given, f"onUpdate: '{update}'", f"onSchemaBreak: '{schema}'"]
    fund = dice.chance(0.4)
    all_params = ["algorand: AlgorandClient", "appSpec: Arc56Contract", "deployer: Address", *params]
    body = join(
        f"const factory = {call('algorand.client.getAppFactory', ['appSpec', 'defaultSender: deployer'])}",
        f"const {{ appClient }} = await {called('factory.deploy', fields)}",
        "await appClient.fundAppAccount({ amount: algo(1) })" if fund else "",
        "return appClient",
    )
    words = {
        "append": "leaves old instances alone and adds a new one",
        "update": "updates the instance in place",
        "replace": "replaces the old instance",
        "fail": "fails",
    }
    return Answer(
        module(declared, block(head(f"export async function {name}", all_params, ": Promise<AppClient>"), body)),
        (
            "deploy this application idempotently with an AppFactory and return its client",
            "write the deployment of the application; running it twice must do no harm",
        ),
        (
            f"The function is called `{name}`.",
            f"When the program has changed, it {words[update]}.",
            *(("Send 1 Algo to the application's account afterwards.",) if fund else ()),
        ),
    )


@task("wrapper-class")
def wrapper_class(spec: Spec, dice: Dice) -> Answer:
    """A class with one typed method for each ABI method."""
    methods = [method for method in spec.ordinary() if not pays(method)][: dice.pick(2, 3, 4, 5)]
    if len(methods) < 2:
        raise Unfit
    hows = [prepared(spec, method) for method in methods]
    name = f"{spec.name}{dice.pick('Client', 'Gateway', 'Api', 'Proxy')}"
    parts = ["constructor(private readonly appClient: AppClient) {}"]
    for method, how in zip(methods, hows, strict=True):
        sent = called("this.appClient.send.call", [f"method: '{method.name}'", how.args])
        body = join(f"{'const result = ' if how.type != 'void' else ''}await {sent}", returning(how.type))
        parts.append(block(head(f"async {method.name}", how.params, f": Promise<{how.type}>"), body))
    declared = spec.declarations(*(how.type for how in hows), *(param for how in hows for param in how.params))
    listed = ", ".join(f"`{method.name}`" for method in methods)
    return Answer(
        module(declared, block(f"export class {name}", join(*parts, gap=2))),
        (
            "write a small typed client class for this application, one method for each ABI method listed",
            "hide the application behind a class with typed methods",
        ),
        (f"Call it `{name}`; it gets an AppClient in its constructor.", f"Cover {listed}."),
    )
