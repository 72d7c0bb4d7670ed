"""Reading local state, balances and the network."""

from __future__ import annotations

from algorand_coder.instruct.patterns.apps import APPS
from algorand_coder.instruct.patterns.base import Arg, Draft, Family, Task
from algorand_coder.instruct.patterns.clients.call_blocks import APP_CLIENT, APP_ID
from algorand_coder.instruct.patterns.clients.state_global import state_context
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.phrasing import client_draft
from algorand_coder.instruct.patterns.typescript import block, code, join, quoted
from algorand_coder.records import Category

FAMILY = Family("state")
STATE = Category.STATE


ACCOUNT = Arg("account", "string", "the account's address", "process.env.ACCOUNT ?? ''")


@FAMILY.recipe("local-values", share=24)
def local_state(dice: Dice) -> Draft:
    """Local state of one or many accounts."""
    app = dice.one(APPS)
    key = app.locals[0]
    form = dice.weighted([("typed", 25), ("raw", 25), ("optedIn", 20), ("many", 30)])
    if form == "typed":
        way = dice.chance(0.5)
        body = (
            f"const value = await appClient.state.local(account).getValue({quoted(key.name)})"
            if way
            else "const state = await appClient.state.local(account).getAll()"
        )
        result, returns, what = (
            ("value as bigint | undefined", "bigint | undefined", key.says)
            if way
            else dice.pick(
                (f"state.{key.name} as bigint", "bigint", key.says),
                ("state", "Record<string, unknown>", "all local values of the account"),
            )
        )
        task = Task(
            (
                f"read {key.says} from an account's local state in {app.noun}'s contract",
                f"get an account's local state of {app.noun}: {key.says}",
            ),
            ("readLocal", f"{key.name}Of"),
            [ACCOUNT],
            body,
            result,
            returns,
            (what,),
            context=state_context(app.locals, "Local"),
            needs=key.name,
            client=APP_CLIENT,
        )
    elif form == "raw":
        body = join(
            "const state = await algorand.app.getLocalState(appId, account)",
            f"const value = state[{quoted(key.name)}]?.value",
        )
        if dice.chance(0.5):
            body = join(body, block("if (typeof value !== 'bigint')", "return 0n"))
            task = Task(
                (f"read {key.says} from a member's local state by application id, zero while the key is not set",),
                ("localNumber",),
                [APP_ID, ACCOUNT],
                body,
                "value",
                "bigint",
                (key.says,),
                [f"The key is `{key.name}`."],
                scriptable=False,
            )
        else:
            result, returns = dice.pick(
                ("typeof value === 'bigint' ? value : undefined", "bigint | undefined"),
                ("value?.toString() ?? 'unset'", "string"),
            )
            task = Task(
                (
                    f"look up the local state key `{key.name}` of an account by application id",
                    f"read {key.says} (local state key `{key.name}`) without an app specification",
                ),
                ("localValue", "readLocalById"),
                [APP_ID, ACCOUNT],
                body,
                result,
                returns,
                (key.says if "bigint" in returns else f"{key.says} as text, 'unset' when it is missing",),
            )
    elif form == "optedIn":
        body = "const { appsLocalState = [] } = await algorand.account.getInformation(account)"
        result, returns, what = dice.pick(
            ("appsLocalState.some((state) => state.id === appId)", "boolean", "whether it has opted in"),
            (
                "appsLocalState.find((state) => state.id === appId)?.schema.numUint ?? 0",
                "number",
                "how many integers the app may keep there, zero without an opt-in",
            ),
        )
        if dice.chance(0.3):
            task = Task(
                ("list the applications that an account has opted in to",),
                ("optedInApps",),
                [ACCOUNT],
                body,
                "appsLocalState.map((state) => state.id)",
                "bigint[]",
                ("the application ids",),
            )
        else:
            task = Task(
                (
                    "check whether an account has opted in to an application",
                    "find out about an account's opt-in to an app",
                ),
                ("isOptedIn", "hasLocalState"),
                [ACCOUNT, APP_ID],
                body,
                result,
                returns,
                (what,),
            )
    else:
        many = Arg("accounts", "string[]", "the addresses", "(process.env.ACCOUNTS ?? '').split(',')")
        how = dice.pick("loop", "all", "skip", "sum")
        if how == "loop":
            body = join(
                "const values = new Map<string, bigint>()",
                block(
                    "for (const account of accounts)",
                    "const value = await"
                    f" appClient.state.local(account).getValue({quoted(key.name)})\nvalues.set(account, (value as"
                    " bigint | undefined) ?? 0n)",
                ),
            )
            result, returns, what = (
                "values",
                "Map<string, bigint>",
                "a map from address to value, where a missing value counts as zero",
            )
        elif how == "all":
            body = (
                "const values = await Promise.all(\n  accounts.map((account) =>"
                f" appClient.state.local(account).getValue({quoted(key.name)})),\n)"
            )
            result, returns, what = (
                "values.map((value) => (value as bigint | undefined) ?? 0n)",
                "bigint[]",
                "the values in the order of the addresses",
            )
        elif how == "sum":
            body = join(
                "let total = 0n",
                block(
                    "for (const account of accounts)",
                    f"const value = await appClient.state.local(account).getValue({quoted(key.name)})\ntotal += (value"
                    " as bigint | undefined) ?? 0n",
                ),
            )
            result, returns, what = "total", "bigint", "the sum over all accounts"
        else:
            inside = join(
                "const state = await appClient.getLocalState(account).catch(() => undefined)",
                block("if (state === undefined)", "missing.push(account)"),
            )
            body = join("const missing: string[] = []", block("for (const account of accounts)", inside))
            result, returns, what = "missing", "string[]", "the addresses that have not opted in"
        task = Task(
            (
                (
                    f"read {key.says} for a list of accounts that have opted in to {app.noun}'s contract"
                    if how != "skip"
                    else f"find out which accounts of a list have no local state in {app.noun}'s contract"
                ),
            ),
            ("localForAll", "scanAccounts"),
            [many],
            body,
            result,
            returns,
            (what,),
            context=state_context(app.locals, "Local"),
            needs=key.name,
            client=APP_CLIENT,
        )
    return client_draft(dice, task, STATE)


@FAMILY.recipe("algo-balance", share=4)
def algo_balance(dice: Dice) -> Draft:
    """Balances of Algo."""
    body = "const { balance } = await algorand.account.getInformation(account)"
    task = Task(
        ("look up an account's balance", "read how much Algo an account holds"),
        ("balanceOf", "readBalance"),
        [ACCOUNT],
        body,
        *dice.pick(
            ("balance.algo", "number", ("the balance in Algo",)),
            ("balance.microAlgo", "bigint", ("the balance in microAlgos",)),
            ("`${balance.algo} ALGO`", "string", ("a text such as 12.5 ALGO",)),
        ),
    )
    return client_draft(dice, task, STATE)


@FAMILY.recipe("spendable-balance", share=2)
def spendable_balance(dice: Dice) -> Draft:
    """What may be spent."""
    reserve = dice.pick(0, 1000, 10_000)
    body = code("""
        const { balance, minBalance } = await algorand.account.getInformation(account)
        const spendable = balance.microAlgo - minBalance.microAlgo
    """)
    if reserve:
        body = body + f" - {reserve:_}n"
    task = Task(
        (
            "work out how much Algo an account can spend without touching its minimum balance"
            + (f" and with {reserve:,} microAlgos left for fees" if reserve else ""),
        ),
        ("spendableOf", "maxPayment"),
        [ACCOUNT],
        body,
        *dice.pick(
            ("spendable > 0n ? spendable : 0n", "bigint", ("the microAlgos, never negative",)),
            (
                "microAlgo(spendable > 0n ? spendable : 0n)",
                "AlgoAmount",
                ("the amount, never negative, as an AlgoAmount",),
            ),
        ),
    )
    return client_draft(dice, task, STATE)


@FAMILY.recipe("minimum-balance", share=2)
def minimum_balance(dice: Dice) -> Draft:
    """Where minimum balances come from."""
    body = "const info = await algorand.account.getInformation(account)"
    task = Task(
        (
            "explain where an account's minimum balance comes from",
            "read an account's minimum balance together with what causes it",
        ),
        ("minimumBalance", "explainMinBalance"),
        [ACCOUNT],
        body,
        *dice.pick(
            (
                (
                    "{ minBalance: info.minBalance.microAlgo, assets: info.totalAssetsOptedIn, apps:"
                    " info.totalAppsOptedIn }"
                ),
                "{ minBalance: bigint; assets: number; apps: number }",
                ("the minimum balance in microAlgos with the number of asset and app opt-ins",),
            ),
            (
                (
                    "{ minBalance: info.minBalance.microAlgo, boxes: info.totalBoxes ?? 0, boxBytes:"
                    " info.totalBoxBytes ?? 0 }"
                ),
                "{ minBalance: bigint; boxes: number; boxBytes: number }",
                ("the minimum balance in microAlgos with the number and bytes of boxes",),
            ),
        ),
    )
    return client_draft(dice, task, STATE)


@FAMILY.recipe("many-balances", share=4)
def many_balances(dice: Dice) -> Draft:
    """Balances of several accounts."""
    many = Arg("accounts", "string[]", "the addresses", "(process.env.ACCOUNTS ?? '').split(',')")
    body, result, returns, what = dice.pick(
        (
            "const infos = await Promise.all(accounts.map((account) => algorand.account.getInformation(account)))",
            "infos.reduce((sum, info) => sum + info.balance.microAlgo, 0n)",
            "bigint",
            "the sum in microAlgos",
        ),
        (
            join(
                "const balances = new Map<string, bigint>()",
                block(
                    "for (const account of accounts)",
                    "const { balance } = await algorand.account.getInformation(account)\nbalances.set(account,"
                    " balance.microAlgo)",
                ),
            ),
            "balances",
            "Map<string, bigint>",
            "a map from address to microAlgos",
        ),
        (
            join(
                "const empty: string[] = []",
                block(
                    "for (const account of accounts)",
                    "const { balance } = await algorand.account.getInformation(account)\nif (balance.microAlgo ==="
                    " 0n) empty.push(account)",
                ),
            ),
            "empty",
            "string[]",
            "the addresses without any Algo",
        ),
    )
    task = Task(
        ("look at the Algo balances of a list of accounts",),
        ("scanBalances", "balancesOf"),
        [many],
        body,
        result,
        returns,
        (what,),
    )
    return client_draft(dice, task, STATE)


@FAMILY.recipe("network-identity", share=4)
def network_identity(dice: Dice) -> Draft:
    """Which network this is."""
    task = Task(
        ("find out which network the client is connected to", "identify the connected Algorand network"),
        ("networkName", "whichNetwork"),
        [],
        "const network = await algorand.client.network()",
        *dice.pick(
            ("network.genesisId", "string", ("the genesis id",)),
            (
                "network.isMainNet ? 'mainnet' : network.isTestNet ? 'testnet' : 'local'",
                "string",
                ("'mainnet', 'testnet' or 'local'",),
            ),
            (
                "{ genesisId: network.genesisId, isLocal: network.isLocalNet }",
                "{ genesisId: string; isLocal: boolean }",
                ("the genesis id and whether it is LocalNet",),
            ),
        ),
    )
    return client_draft(dice, task, STATE)


@FAMILY.recipe("round-waiting", share=4)
def round_waiting(dice: Dice) -> Draft:
    """Waiting for rounds."""
    count = dice.pick(1, 3, 10)
    before = "lastRound" if count == 1 else f"lastRound + {count - 1}n"
    task = Task(
        (
            f"wait until {count} more round{'s have' if count > 1 else ' has'} passed",
            f"block until the chain has moved on by {count} round{'s' if count > 1 else ''}",
        ),
        ("waitRounds", "waitForRound"),
        [],
        "const { lastRound } = await algorand.client.algod.status().do()\nconst status = await"
        f" algorand.client.algod.statusAfterBlock({before}).do()",
        *dice.pick(
            ("status.lastRound", "bigint", ("the latest round",)),
            ("status.lastRound - lastRound", "bigint", ("how many rounds passed",)),
        ),
    )
    return client_draft(dice, task, STATE)


@FAMILY.recipe("recent-history", share=2)
def recent_history(dice: Dice) -> Draft:
    """Recent transactions."""
    limit = dice.pick(10, 25, 50)
    body = f"const page = await algorand.client.indexer.searchForTransactions().address(account).limit({limit}).do()"
    task = Task(
        (f"fetch the last {limit} transactions of an account from the indexer",),
        ("recentTransactions", "historyOf"),
        [ACCOUNT],
        body,
        *dice.pick(
            ("page.transactions.map((txn) => txn.id ?? '')", "string[]", ("their ids",)),
            (
                "page.transactions.filter((txn) => txn.paymentTransaction?.receiver === account).length",
                "number",
                ("how many of them paid the account",),
            ),
            (
                "page.transactions.reduce((sum, txn) => sum + (txn.sender === account ? txn.fee : 0n), 0n)",
                "bigint",
                ("the fees the account paid in them, in microAlgos",),
            ),
        ),
    )
    return client_draft(dice, task, STATE)
