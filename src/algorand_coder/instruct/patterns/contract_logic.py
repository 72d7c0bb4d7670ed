"""Contracts whose point is computation and rules: arithmetic, bytes, arrays, voting, turns, groups, signatures."""

from __future__ import annotations

from algorand_coder.instruct.patterns.base import Draft, Family
from algorand_coder.instruct.patterns.contract_state import extras, only
from algorand_coder.instruct.patterns.contracts import Guard, Method, Piece, contract_draft, guard
from algorand_coder.instruct.patterns.dice import Dice
from algorand_coder.instruct.patterns.typescript import block, code, join
from algorand_coder.records import Category

FAMILY = Family("contract_logic")
CONTRACTS = Category.CONTRACTS
NOBODY = Guard("", "anybody", Piece(""))

Numbers = list[tuple[str, str]]


def uint(*names: str) -> Numbers:
    """uint64 parameters."""
    return [(name, "uint64") for name in names]


def pure(name: str, params: Numbers, returns: str, body: str, says: str) -> Method:
    """A read-only method."""
    return Method(name, params, returns, code(body), says, readonly=True)


def arithmetic(dice: Dice) -> list[Method]:
    """Pure functions over numbers."""
    rate, n = dice.pick(25, 50, 300), dice.pick(3, 5, 8)
    return [
        pure(
            "difference",
            uint("a", "b"),
            "uint64",
            "return a > b ? a - b : b - a",
            "returns the absolute difference of two numbers",
        ),
        pure(
            "subtract",
            uint("a", "b"),
            "uint64",
            "assert(a >= b, 'the result would be negative')\nreturn a - b",
            "subtracts a second number from a first and fails when the result would be negative",
        ),
        pure(
            "mean",
            uint("a", "b"),
            "uint64",
            "return a / 2 + b / 2 + (a % 2 + b % 2) / 2",
            "returns the mean of two numbers, rounded down, without overflow",
        ),
        pure(
            "clamp",
            uint("value", "low", "high"),
            "uint64",
            "assert(low <= high, 'the bounds are crossed')\nif (value < low) {\n  return low\n}\nreturn value > high ?"
            " high : value",
            "limits a number to the range between two bounds and fails when the bounds are crossed",
        ),
        pure(
            "largest",
            uint("a", "b", "c"),
            "uint64",
            "let best: uint64 = a\nif (b > best) {\n  best = b\n}\nif (c > best) {\n  best = c\n}\nreturn best",
            "returns the largest of three numbers",
        ),
        pure(
            "feeFor",
            uint("amount"),
            "uint64",
            f"return (amount * {rate}) / 10_000",
            f"returns a fee of {rate} basis points of an amount, rounded down",
        ),
        pure(
            "feeRoundedUp",
            uint("amount", "basisPoints"),
            "uint64",
            "assert(basisPoints <= 10_000, 'more than 100 percent')\nreturn (amount * basisPoints + 9_999) / 10_000",
            "returns a fee in basis points of an amount, rounded up",
        ),
        pure(
            "divide",
            uint("a", "b"),
            "[uint64, uint64]",
            "assert(b !== 0, 'division by zero')\nreturn [a / b, a % b]",
            "divides two numbers and returns quotient and remainder as a tuple; dividing by zero fails with a message",
        ),
        pure(
            "power",
            uint("base", "exponent"),
            "uint64",
            "let result: uint64 = 1\nfor (let i: uint64 = 0; i < exponent; i += 1) {\n  result *= base\n}\nreturn"
            " result",
            "raises a base to an exponent in a loop",
        ),
        pure(
            "factorial",
            uint("n"),
            "uint64",
            "assert(n <= 20, 'too large for 64 bits')\nlet result: uint64 = 1\nfor (const factor of urange(2, n + 1))"
            " {\n  result *= factor\n}\nreturn result",
            "returns the factorial of a number up to 20",
        ),
        pure(
            "fibonacci",
            uint("n"),
            "uint64",
            "assert(n <= 93, 'too large for 64 bits')\nlet a: uint64 = 0\nlet b: uint64 = 1\nfor (let i: uint64 = 0; i"
            " < n; i += 1) {\n  const next: uint64 = a + b\n  a = b\n  b = next\n}\nreturn a",
            "returns the n-th Fibonacci number and refuses n above 93",
        ),
        pure(
            "greatestDivisor",
            uint("a", "b"),
            "uint64",
            "let x: uint64 = a\nlet y: uint64 = b\nwhile (y !== 0) {\n  const rest: uint64 = x % y\n  x = y\n  y ="
            " rest\n}\nreturn x",
            "returns the greatest common divisor of two numbers by Euclid's algorithm",
        ),
        pure("root", uint("value"), "uint64", "return op.sqrt(value)", "returns the integer square root of a number"),
        pure(
            "scaled",
            uint("amount", "numerator", "denominator"),
            "uint64",
            "const [high, low] = op.mulw(amount, numerator)\nreturn op.divw(high, low, denominator)",
            "multiplies an amount by a fraction with a 128-bit intermediate product",
        ),
        pure("isEven", uint("value"), "boolean", "return value % 2 === 0", "tells whether a number is even"),
        pure(
            "bitsSet",
            uint("value"),
            "uint64",
            "let rest: uint64 = value\nlet count: uint64 = 0\nwhile (rest > 0) {\n  count += rest % 2\n  rest /="
            " 2\n}\nreturn count",
            "counts the ones in the binary form of a number",
        ),
        pure(
            "compound",
            uint("principal", "years"),
            "uint64",
            "let total: uint64 = principal\nfor (let year: uint64 = 0; year < years; year += 1) {\n  total += (total"
            f" * {n}) / 100\n}}\nreturn total",
            f"lets an amount grow by {n} percent a year, rounded down each year",
        ),
        pure(
            "triangle", uint("n"), "uint64", "return (n * (n + 1)) / 2", "returns the sum of the numbers from one to n"
        ),
        pure(
            "celsius",
            uint("fahrenheit"),
            "uint64",
            "assert(fahrenheit >= 32, 'below zero')\nreturn ((fahrenheit - 32) * 5) / 9",
            "converts degrees Fahrenheit to Celsius, rounded down, and refuses results below zero",
        ),
        pure(
            "bigProduct",
            [("a", "biguint"), ("b", "biguint")],
            "biguint",
            "return a * b",
            "multiplies two big numbers of up to 512 bits",
        ),
        pure(
            "bigSum",
            [("a", "biguint"), ("b", "biguint")],
            "biguint",
            (
                "const sum: biguint = a + b\nassert(sum < 2n ** 256n, 'more than 256 bits')\nreturn sum"
                if dice.chance(0.0)
                else "return a + b"
            ),
            "adds two big numbers",
        ),
        pure(
            "digits",
            uint("value"),
            "uint64",
            "let rest: uint64 = value\nlet count: uint64 = 1\nwhile (rest >= 10) {\n  rest /= 10\n  count +="
            " 1\n}\nreturn count",
            "returns how many decimal digits a number has",
        ),
        pure(
            "poolOut",
            uint("reserveIn", "reserveOut", "amountIn"),
            "uint64",
            "const fee: uint64 = (amountIn * 3) / 1_000\nconst net: uint64 = amountIn - fee\nconst [high, low] ="
            " op.mulw(reserveOut, net)\nreturn op.divw(high, low, reserveIn + net)",
            "prices an exchange against a constant-product pool with a fee of 0.3 percent",
        ),
        pure(
            "isPowerOfTwo",
            uint("value"),
            "boolean",
            "return value !== 0 && (value & (value - 1)) === 0",
            "tells whether a number is a power of two",
        ),
        pure(
            "weighted",
            uint("a", "weightA", "b", "weightB"),
            "uint64",
            "assert(weightA + weightB > 0, 'no weight')\nreturn (a * weightA + b * weightB) / (weightA + weightB)",
            "returns the weighted mean of two numbers and fails without weight",
        ),
        pure(
            "steps",
            uint("n"),
            "uint64",
            "let value: uint64 = n\nlet count: uint64 = 0\nwhile (value > 1) {\n  value = value % 2 === 0 ? value / 2 :"
            " value * 3 + 1\n  count += 1\n}\nreturn count",
            "counts the steps of the Collatz sequence from n down to one",
        ),
        pure("daysIn", uint("seconds"), "uint64", "return seconds / 86_400", "converts seconds into whole days"),
        pure(
            "grade",
            uint("score"),
            "string",
            "assert(score <= 100, 'scores go up to 100')\nif (score >= 90) {\n  return 'excellent'\n}\nif (score >= 60)"
            " {\n  return 'passed'\n}\nreturn 'failed'",
            "turns a score of at most 100 into 'excellent' (from 90), 'passed' (from 60) or 'failed'",
        ),
    ]


@FAMILY.recipe("calculator-kit", share=30)
def calculator_kit(dice: Dice) -> Draft:
    """Some pure functions, at times with a counter of uses or a remembered result."""
    methods = dice.some(arithmetic(dice), 2, 4)
    dice_order = dice.shuffled(methods)
    piece = Piece("offers arithmetic to other programs and has no state of its own", methods=dice_order)
    if dice.chance(0.3):
        chosen = next((m for m in dice_order if m.returns == "uint64"), None)
        if chosen:
            piece.gist = "offers arithmetic and remembers its last result"
            piece.state = ["lastResult = GlobalState<uint64>({ initialValue: 0 })"]
            arguments = ", ".join(n for n, _ in chosen.params)
            piece.methods.append(
                Method(
                    f"{chosen.name}AndStore",
                    chosen.params,
                    "uint64",
                    f"this.lastResult.value = this.{chosen.name}({arguments})\nreturn this.lastResult.value",
                    f"does the same as `{chosen.name}`, stores the result and returns it",
                )
            )
            if dice.chance(0.6):
                piece.methods.append(
                    Method(
                        "last", [], "uint64", "return this.lastResult.value", "returns the stored result", readonly=True
                    )
                )
    elif dice.chance(0.35):
        chosen = dice_order[0]
        kinds = ", ".join(f"{n}: {t}" for n, t in chosen.params)
        piece.types = [
            block(f"function compute{chosen.name[0].upper()}{chosen.name[1:]}({kinds}): {chosen.returns}", chosen.body)
        ]
        chosen.body = (
            f"return compute{chosen.name[0].upper()}{chosen.name[1:]}({', '.join(n for n, _ in chosen.params)})"
        )
        piece.rules.append("Put the first computation into a function outside the class.")
    return contract_draft(
        dice, ("Calculator", "MathKit", "Arithmetic", "NumberTools", "Formulas", "Abacus"), [piece], CONTRACTS
    )


def byte_methods(dice: Dice) -> list[Method]:
    """Pure functions over bytes and strings."""
    word = dice.pick("Hello", "Welcome", "Ahoy", "Good morning")
    return [
        pure(
            "fingerprint",
            [("data", "bytes")],
            "bytes<32>",
            "return op.sha256(data)",
            "returns the SHA-256 hash of some bytes",
        ),
        pure(
            "keccak",
            [("data", "bytes")],
            "bytes<32>",
            "return op.keccak256(data)",
            "returns the Keccak-256 hash of some bytes",
        ),
        pure(
            "matches",
            [("data", "bytes"), ("hash", "bytes")],
            "boolean",
            "return op.sha256(data).equals(hash)" if dice.chance(0.5) else "return op.sha256(data) === hash",
            "tells whether some bytes hash to a given SHA-256 value",
        ),
        pure(
            "greet",
            [("name", "string")],
            "string",
            f"return `{word}, ${{name}}!`",
            f"returns a greeting of the form '{word}, name!'",
        ),
        pure(
            "joinWith",
            [("first", "string"), ("second", "string"), ("separator", "string")],
            "string",
            "return first + separator + second",
            "joins two texts with a separator",
        ),
        pure(
            "byteLength",
            [("text", "string")],
            "uint64",
            "return Bytes(text).length",
            "returns the length of a text in bytes",
        ),
        pure(
            "startsWith",
            [("text", "string"), ("prefix", "string")],
            "boolean",
            "const head = Bytes(prefix)\nconst all = Bytes(text)\nif (head.length > all.length) {\n  return"
            " false\n}\nreturn all.slice(0, head.length).equals(head)",
            "tells whether a text starts with a prefix",
        ),
        pure(
            "slice",
            [("data", "bytes"), ("start", "uint64"), ("end", "uint64")],
            "bytes",
            "assert(start <= end && end <= data.length, 'out of range')\nreturn data.slice(start, end)",
            "returns part of some bytes and fails out of range",
        ),
        pure("encodeNumber", uint("value"), "bytes", "return op.itob(value)", "encodes a number as eight bytes"),
        pure(
            "decodeNumber",
            [("data", "bytes")],
            "uint64",
            "assert(data.length <= 8, 'too long')\nreturn op.btoi(data)",
            "decodes up to eight bytes as a number",
        ),
        pure("concatenate", [("a", "bytes"), ("b", "bytes")], "bytes", "return a.concat(b)", "joins two byte strings"),
        pure(
            "mask",
            [("data", "bytes"), ("key", "bytes")],
            "bytes",
            "assert(data.length === key.length, 'lengths differ')\nreturn data.bitwiseXor(key)",
            "combines two byte strings of equal length with exclusive or",
        ),
        pure(
            "isSet",
            [("flags", "uint64"), ("index", "uint64")],
            "boolean",
            "assert(index < 64, 'out of range')\nreturn op.getBit(flags, index)",
            "tells whether a bit of a number is set",
        ),
        pure(
            "hashChain",
            [("seed", "bytes"), ("rounds", "uint64")],
            "bytes",
            "let value: bytes = seed\nfor (let i: uint64 = 0; i < rounds; i += 1) {\n  value ="
            " op.sha256(value)\n}\nreturn value",
            "applies SHA-256 a number of times in a row",
        ),
        pure(
            "isEmpty",
            [("text", "string")],
            "boolean",
            "return Bytes(text).length === 0",
            "tells whether a text is empty",
        ),
        pure(
            "addressBytes",
            [("account", "Account")],
            "bytes<32>",
            "return account.bytes",
            "returns the public key of an account",
        ),
        pure(
            "pairHash",
            [("left", "bytes"), ("right", "bytes")],
            "bytes<32>",
            "return op.sha256(left.concat(right))",
            "hashes two byte strings joined together",
        ),
        pure(
            "repeat",
            [("data", "bytes"), ("times", "uint64")],
            "bytes",
            "let result = Bytes()\nfor (let i: uint64 = 0; i < times; i += 1) {\n  result ="
            " result.concat(data)\n}\nreturn result",
            "repeats some bytes a number of times",
        ),
        pure(
            "verifyPath",
            [("leaf", "bytes"), ("sibling", "bytes"), ("root", "bytes")],
            "boolean",
            "const onLeft = op.sha256(leaf.concat(sibling))\nconst onRight = op.sha256(sibling.concat(leaf))\nreturn"
            " onLeft === root || onRight === root",
            "tells whether a leaf and its sibling hash to a root, in either order",
        ),
    ]


@FAMILY.recipe("bytes-kit", share=20)
def bytes_kit(dice: Dice) -> Draft:
    """Hashes, texts and bits; at times a stored commitment."""
    piece = Piece("offers functions over texts and bytes", methods=dice.shuffled(dice.some(byte_methods(dice), 2, 4)))
    if dice.chance(0.35):
        piece.gist = "offers functions over texts and bytes and keeps one commitment"
        piece.state = (
            ["commitment = GlobalState<bytes>()", "committer = GlobalState<Account>()"]
            if dice.chance(0.5)
            else ["commitment = GlobalState<bytes>()"]
        )
        with_owner = len(piece.state) == 2
        piece.methods.append(
            Method(
                "commit",
                [("hash", "bytes")],
                "void",
                join(
                    "assert(hash.length === 32, 'not a hash')",
                    "assert(!this.commitment.hasValue, 'committed already')",
                    "this.committer.value = Txn.sender" if with_owner else "",
                    "this.commitment.value = hash",
                ),
                "stores a hash of 32 bytes, once",
            )
        )
        piece.methods.append(
            Method(
                "reveal",
                [("secret", "bytes")],
                "boolean",
                join(
                    "assert(this.commitment.hasValue, 'nothing committed')",
                    "assert(Txn.sender === this.committer.value, 'committed by somebody else')" if with_owner else "",
                    "return op.sha256(secret) === this.commitment.value",
                ),
                "tells whether a secret hashes to the stored value"
                + ("; only the committer may ask" if with_owner else ""),
            )
        )
    return contract_draft(dice, ("BytesKit", "HashDesk", "TextTools", "Encoder", "Notary"), [piece], CONTRACTS)


def array_methods(dice: Dice) -> list[Method]:
    """Functions over arrays, tuples and ARC-4 types."""
    size = dice.pick(3, 4, 5)
    return [
        pure(
            "sum",
            [("values", "uint64[]")],
            "uint64",
            "let total: uint64 = 0\nfor (const value of values) {\n  total += value\n}\nreturn total",
            "adds up an array of numbers",
        ),
        pure(
            "average",
            [("values", "uint64[]")],
            "uint64",
            "assert(values.length > 0, 'no values')\nlet total: uint64 = 0\nfor (const value of values) {\n  total +="
            " value\n}\nreturn total / values.length",
            "returns the mean of an array, rounded down, and fails when it is empty",
        ),
        pure(
            "maximum",
            [("values", "uint64[]")],
            "uint64",
            "assert(values.length > 0, 'no values')\nlet best = values[0]\nfor (const value of values) {\n  if (value >"
            " best) {\n    best = value\n  }\n}\nreturn best",
            "returns the largest number of an array",
        ),
        pure(
            "contains",
            [("values", "uint64[]"), ("wanted", "uint64")],
            "boolean",
            "for (const value of values) {\n  if (value === wanted) {\n    return true\n  }\n}\nreturn false",
            "tells whether an array contains a number",
        ),
        pure(
            "indexOf",
            [("values", "uint64[]"), ("wanted", "uint64")],
            "uint64",
            "for (const i of urange(values.length)) {\n  if (values[i] === wanted) {\n    return i\n  }\n}\nerr('not"
            " found')",
            "returns the index of a number in an array and fails when it is not there",
        ),
        pure(
            "reversed",
            [("values", "uint64[]")],
            "uint64[]",
            (
                "let result: uint64[] = []\nfor (let i: uint64 = values.length; i > 0; i -= 1) {\n  result ="
                " [...result, values[i - 1]]\n}\nreturn result"
                if dice.chance(0.5)
                else (
                    "const result: uint64[] = []\nfor (let i: uint64 = values.length; i > 0; i -= 1) {\n "
                    " result.push(values[i - 1])\n}\nreturn result"
                )
            ),
            "returns the numbers in reverse order",
        ),
        pure(
            "above",
            [("values", "uint64[]"), ("limit", "uint64")],
            "uint64[]",
            "const result: uint64[] = []\nfor (const value of values) {\n  if (value > limit) {\n   "
            " result.push(value)\n  }\n}\nreturn result",
            "returns the numbers above a limit",
        ),
        pure(
            "dot",
            [("a", "uint64[]"), ("b", "uint64[]")],
            "uint64",
            "assert(a.length === b.length, 'lengths differ')\nlet total: uint64 = 0\nfor (const i of urange(a.length))"
            " {\n  total += a[i] * b[i]\n}\nreturn total",
            "returns the dot product of two arrays of equal length",
        ),
        pure(
            "firstNumbers",
            uint("count"),
            "uint64[]",
            "const result: uint64[] = []\nfor (const i of urange(count)) {\n  result.push(i + 1)\n}\nreturn result",
            "returns the numbers from one to a count",
        ),
        pure(
            "range",
            [("values", "uint64[]")],
            "[uint64, uint64]",
            "assert(values.length > 0, 'no values')\nlet low = values[0]\nlet high = values[0]\nfor (const value of"
            " values) {\n  if (value < low) {\n    low = value\n  }\n  if (value > high) {\n    high = value\n "
            " }\n}\nreturn [low, high]",
            "returns smallest and largest number of an array as a tuple",
        ),
        pure(
            "isSorted",
            [("values", "uint64[]")],
            "boolean",
            "for (const i of urange(1, values.length)) {\n  if (values[i - 1] > values[i]) {\n    return false\n "
            " }\n}\nreturn true",
            "tells whether an array is in ascending order",
        ),
        pure(
            "concatenated",
            [("words", "string[]")],
            "string",
            "let result = ''\nfor (const word of words) {\n  result = result + word\n}\nreturn result",
            "joins an array of texts",
        ),
        pure(
            "count",
            [("flags", "boolean[]")],
            "uint64",
            "let total: uint64 = 0\nfor (const flag of flags) {\n  if (flag) {\n    total += 1\n  }\n}\nreturn total",
            "counts the flags that are set",
        ),
        pure(
            "total",
            [("values", f"FixedArray<uint64, {size}>")],
            "uint64",
            "let sum: uint64 = 0\nfor (const value of values) {\n  sum += value\n}\nreturn sum",
            f"adds up exactly {size} numbers (a fixed-size array)",
        ),
        pure(
            "squares",
            uint("n"),
            "uint64",
            "const buffer = new ReferenceArray<uint64>()\nfor (const i of urange(n)) {\n  buffer.push(i * i)\n}\nlet"
            " total: uint64 = 0\nfor (const value of buffer) {\n  total += value\n}\nreturn total",
            "collects the first n squares in a reference array and returns their sum",
        ),
        pure(
            "swapPair",
            [("pair", "[uint64, string]")],
            "[string, uint64]",
            "return [pair[1], pair[0]]",
            "swaps the two parts of a tuple of a number and a text",
        ),
        pure(
            "small",
            [("value", "arc4.Uint8")],
            "uint64",
            "return value.asUint64() + 1",
            "takes an 8-bit ARC-4 number and returns the next number as uint64",
        ),
        pure(
            "toUint16",
            uint("value"),
            "arc4.Uint16",
            "assert(value < 65_536, 'too large')\nreturn new arc4.Uint16(value)",
            "converts a number to a 16-bit ARC-4 number and fails when it does not fit",
        ),
        pure(
            "addBytes",
            [("values", "arc4.DynamicArray<arc4.Uint8>")],
            "uint64",
            "let total: uint64 = 0\nfor (const value of values) {\n  total += value.asUint64()\n}\nreturn total",
            "adds up a dynamic ARC-4 array of 8-bit numbers",
        ),
    ]


@FAMILY.recipe("array-kit", share=22)
def array_kit(dice: Dice) -> Draft:
    """Arrays, tuples, fixed-size and reference arrays, ARC-4 types."""
    piece = Piece(
        "works on arrays and tuples passed by the caller", methods=dice.shuffled(dice.some(array_methods(dice), 2, 4))
    )
    return contract_draft(dice, ("ArrayKit", "ListTools", "Statistics", "Collections", "Batch"), [piece], CONTRACTS)


@FAMILY.recipe("struct-types", share=16)
def struct_types(dice: Dice) -> Draft:
    """Structs as arguments, results and state: type aliases and ARC-4 structs."""
    name, fields = dice.pick(
        ("Point", [("x", "uint64"), ("y", "uint64")]),
        ("Rectangle", [("width", "uint64"), ("height", "uint64")]),
        ("Price", [("net", "uint64"), ("tax", "uint64")]),
        ("Interval", [("start", "uint64"), ("end", "uint64")]),
        ("Score", [("home", "uint64"), ("away", "uint64")]),
        ("Ration", [("grams", "uint64"), ("calories", "uint64")]),
    )
    a, b = fields[0][0], fields[1][0]
    arc4_style = dice.chance(0.35)
    low = name.lower()
    piece = Piece(f"works with a struct {name} of {a} and {b}")
    if arc4_style:
        piece.types = [f"class {name} extends arc4.Struct<{{ {a}: arc4.Uint64; {b}: arc4.Uint64 }}> {{}}"]
        piece.rules.append(f"Declare {name} as an ARC-4 struct with 64-bit fields.")
        make = f"new {name}({{ {a}: new arc4.Uint64({a}), {b}: new arc4.Uint64({b}) }})"
        get = {k: f"{low}.{k}.asUint64()" for k in (a, b)}
        stored = {k: f"this.current.value.{k}.asUint64()" for k in (a, b)}
    else:
        piece.types = [
            f"type {name} = {{ {a}: uint64; {b}: uint64 }}"
            if dice.chance(0.6)
            else block(f"type {name} =", f"{a}: uint64\n{b}: uint64")
        ]
        make = f"{{ {a}, {b} }}"
        get = {k: f"{low}.{k}" for k in (a, b)}
        stored = {k: f"this.current.value.{k}" for k in (a, b)}
    library = [
        pure("make", uint(a, b), name, f"return {make}", f"builds a {name} from two numbers"),
        pure(
            "combine",
            [(low, name)],
            "uint64",
            f"return {get[a]} + {get[b]}",
            f"returns the sum of both fields of a {name}",
        ),
        pure(
            "product",
            [(low, name)],
            "uint64",
            f"return {get[a]} * {get[b]}",
            f"returns the product of both fields of a {name}",
        ),
        pure("dominant", [(low, name)], "boolean", f"return {get[a]} > {get[b]}", f"tells whether {a} exceeds {b}"),
        pure(
            "spread",
            [(low, name)],
            "uint64",
            f"const a: uint64 = {get[a]}\nconst b: uint64 = {get[b]}\nreturn a > b ? a - b : b - a",
            f"returns the distance between {a} and {b}",
        ),
        pure(
            "doubled",
            [(low, name)],
            name,
            (
                f"return new {name}({{\n  {a}: new arc4.Uint64({get[a]} * 2),\n  {b}: new arc4.Uint64({get[b]} *"
                " 2),\n})"
                if arc4_style
                else f"return {{ {a}: {get[a]} * 2, {b}: {get[b]} * 2 }}"
            ),
            f"returns a {name} with both fields doubled",
        ),
        pure(
            "valid",
            [(low, name)],
            "boolean",
            f"return {get[a]} <= {get[b]} && {get[b]} > 0",
            f"tells whether {a} is at most {b} and {b} is not zero",
        ),
    ]
    piece.methods = dice.some(library, 2, 3)
    form = dice.weighted([("none", 35), ("global", 40), ("box", 25)])
    copy = f"clone({low})"
    if form == "global":
        piece.gist = f"stores a struct {name} of {a} and {b} in global state"
        piece.state = [f"current = GlobalState<{name}>()"]
        checks = f"assert({get[a]} <= {get[b]}, '{a} exceeds {b}')" if dice.chance(0.4) else ""
        piece.methods.append(
            Method(
                "store",
                [(low, name)],
                "void",
                join(checks, f"this.current.value = {copy}"),
                f"stores a {name}" + (f" and refuses one whose {a} exceeds its {b}" if checks else ""),
            )
        )
        piece.methods.append(
            pure("stored", [], "uint64", f"return {stored[a]} + {stored[b]}", "returns the sum of both stored fields")
        )
    elif form == "box":
        piece.gist = f"stores a struct {name} of {a} and {b} for each account in a box"
        piece.state = [f"mine = BoxMap<Account, {name}>({{ keyPrefix: '{low[0]}' }})"]
        piece.methods.append(
            Method(
                "save",
                [(low, name)],
                "void",
                f"this.mine(Txn.sender).value = {copy}",
                f"stores a {name} for the caller",
            )
        )
        piece.methods.append(
            Method(
                "load",
                [("account", "Account")],
                name,
                join(
                    "assert(this.mine(account).exists, 'nothing stored')" if dice.chance(0.6) else "",
                    f"return {'clone(this.mine(account).value)' if dice.chance(0.5) else 'this.mine(account).value'}",
                ),
                f"returns the {name} of an account",
                readonly=True,
            )
        )
    return contract_draft(
        dice,
        (f"{name}Store", f"{name}Box", "Geometry" if name in {"Point", "Rectangle"} else f"{name}Desk", f"{name}App"),
        [piece],
        CONTRACTS,
    )


@FAMILY.recipe("ballot", share=20)
def ballot(dice: Dice) -> Draft:
    """Voting with options, deadlines, one vote each, weights and results."""
    clock, unit = dice.pick(("Global.round", "rounds"), ("Global.latestTimestamp", "seconds"))
    access = guard(dice)
    timed, many, change = dice.chance(0.6), dice.chance(0.45), dice.chance(0.3)
    piece = Piece("runs a vote between several options, one vote for each account")
    piece.state = [
        "options = GlobalState<uint64>({ initialValue: 0 })",
        "votes = BoxMap<uint64, uint64>({ keyPrefix: 'v' })",
        "choices = BoxMap<Account, uint64>({ keyPrefix: 'c' })",
    ]
    start = [
        access.line,
        "assert(this.options.value === 0, 'started already')" if dice.chance(0.6) else "",
        "assert(options >= 2, 'two options at least')",
        "this.options.value = options",
    ]
    params = uint("options")
    if timed:
        piece.state.append("closesAt = GlobalState<uint64>({ initialValue: 0 })")
        start.append(f"this.closesAt.value = {clock} + duration")
        params = uint("options", "duration")
    init = block("for (const option of urange(options))", "this.votes(option).value = 0") if many else ""
    piece.methods.append(
        Method(
            dice.pick("open", "start"),
            params,
            "void",
            join(*start, init),
            "opens the vote with a number of options, at least two"
            + (f", and a duration in {unit}" if timed else "")
            + only(access),
        )
    )
    running = (
        f"assert({clock} < this.closesAt.value, 'the vote is closed')"
        if timed
        else "assert(this.options.value > 0, 'not started')"
    )
    add = (
        "this.votes(option).value += 1"
        if many
        else "const before: uint64 = this.votes(option).get({ default: 0 })\nthis.votes(option).value = before + 1"
    )
    once = "assert(!this.choices(Txn.sender).exists, 'voted already')"
    if change:
        once = block(
            "if (this.choices(Txn.sender).exists)",
            "const old = this.choices(Txn.sender).value\nthis.votes(old).value -= 1",
        )
    piece.methods.append(
        Method(
            dice.pick("vote", "cast", "choose"),
            uint("option"),
            "void",
            join(
                running,
                "assert(option < this.options.value, 'no such option')",
                once,
                "this.choices(Txn.sender).value = option",
                add,
            ),
            "counts the caller's vote for an option"
            + (", taking back an earlier one" if change else ", once for each account")
            + ("; only before the end" if timed else ""),
        )
    )
    verbs = dice.some(["result", "winner", "voted", "total"], 1, 3)
    reader = "this.votes(option).value" if many else "this.votes(option).get({ default: 0 })"
    if "result" in verbs:
        piece.methods.append(
            Method(
                dice.pick("votesFor", "result"),
                uint("option"),
                "uint64",
                join(
                    "assert(option < this.options.value, 'no such option')" if dice.chance(0.5) else "",
                    f"return {reader}",
                ),
                "returns the votes for an option",
                readonly=True,
            )
        )
    if "winner" in verbs:
        body = join(
            "let best: uint64 = 0",
            "let most: uint64 = 0",
            block(
                "for (const option of urange(this.options.value))",
                join(f"const count: uint64 = {reader}", block("if (count > most)", "most = count\nbest = option")),
            ),
            "return best",
        )
        if timed and dice.chance(0.6):
            body = join(f"assert({clock} >= this.closesAt.value, 'still running')", body)
        piece.methods.append(
            Method(
                dice.pick("winner", "leading"),
                [],
                "uint64",
                body,
                "returns the option with the most votes, the first one in a tie"
                + (", after the end only" if "still running" in body else ""),
                readonly=True,
            )
        )
    if "voted" in verbs:
        piece.methods.append(
            Method(
                "hasVoted",
                [("account", "Account")],
                "boolean",
                "return this.choices(account).exists",
                "tells whether an account has voted",
                readonly=True,
            )
        )
    if "total" in verbs:
        piece.methods.append(
            Method(
                "turnout",
                [],
                "uint64",
                join(
                    "let total: uint64 = 0",
                    block("for (const option of urange(this.options.value))", f"total += {reader}"),
                    "return total",
                ),
                "returns how many votes were cast",
                readonly=True,
            )
        )
    return contract_draft(
        dice, ("Ballot", "Poll", "Referendum", "Election", "Plebiscite"), [piece, *extras(dice, access)], CONTRACTS
    )


@FAMILY.recipe("state-machine", share=20)
def state_machine(dice: Dice) -> Draft:
    """Steps that follow one another, turns, cooldowns, games."""
    form = dice.weighted([("steps", 40), ("cooldown", 25), ("game", 35)])
    access = guard(dice)
    if form == "steps":
        names = dice.pick(
            ("draft", "review", "published"),
            ("ordered", "shipped", "delivered"),
            ("planned", "building", "finished"),
            ("applied", "accepted", "enrolled"),
        )
        verbs = {
            "draft": ("submit", "publish"),
            "ordered": ("ship", "confirm"),
            "planned": ("build", "finish"),
            "applied": ("accept", "enrol"),
        }[names[0]]
        upper = [n.upper() for n in names]
        events = dice.chance(0.45)
        piece = Piece(f"moves through the steps {names[0]}, {names[1]} and {names[2]}, in that order only")
        piece.types = ["\n".join(f"const {n}: uint64 = {i}" for i, n in enumerate(upper))]
        if events:
            piece.types.append("type StepChanged = { previous: uint64; current: uint64 }")
            piece.rules.append("Emit an event with the previous and the new step at each change.")
        piece.state = [f"step = GlobalState<uint64>({{ initialValue: {upper[0]} }})"]
        emit_line = lambda old, new: f"emit<StepChanged>({{ previous: {old}, current: {new} }})" if events else ""  # noqa: E731
        helper = dice.chance(0.4)
        if helper:
            for verb, old, new in ((verbs[0], upper[0], upper[1]), (verbs[1], upper[1], upper[2])):
                piece.methods.append(
                    Method(
                        verb,
                        [],
                        "void",
                        join(access.line, f"this.advance({old}, {new})"),
                        f"moves from {old.lower()} to {new.lower()}{only(access)}",
                    )
                )
            piece.methods.append(
                Method(
                    "advance",
                    uint("expected", "next"),
                    "void",
                    join(
                        "assert(this.step.value === expected, 'not now')",
                        "this.step.value = next",
                        emit_line("expected", "next"),
                    ),
                    "",
                    private=True,
                )
            )
            piece.rules.append("Share the transition in a private method.")
        else:
            for verb, old, new in ((verbs[0], upper[0], upper[1]), (verbs[1], upper[1], upper[2])):
                piece.methods.append(
                    Method(
                        verb,
                        [],
                        "void",
                        join(
                            access.line,
                            f"assert(this.step.value === {old}, 'only possible while {old.lower()}')",
                            f"this.step.value = {new}",
                            emit_line(old, new),
                        ),
                        f"moves from {old.lower()} to {new.lower()} and fails in any other step{only(access)}",
                    )
                )
        if dice.chance(0.5):
            piece.methods.append(
                Method(
                    "isDone",
                    [],
                    "boolean",
                    f"return this.step.value === {upper[2]}",
                    "tells whether the last step is reached",
                    readonly=True,
                )
            )
        if dice.chance(0.4):
            piece.methods.append(
                Method(
                    "label",
                    [],
                    "string",
                    f"if (this.step.value === {upper[0]}) {{\n  return '{names[0]}'\n}}\nreturn this.step.value ==="
                    f" {upper[1]} ? '{names[1]}' : '{names[2]}'",
                    "returns the current step as text",
                    readonly=True,
                )
            )
        names_out: tuple[str, ...] = ("Workflow", "Process", "OrderStatus", "Progress")
    elif form == "cooldown":
        wait = dice.pick("10", "100", "1_000")
        each = dice.chance(0.6)
        piece = Piece(
            "lets " + ("each account" if each else "somebody") + f" act only every {wait.replace('_', ',')} rounds"
        )
        piece.types = [f"const COOLDOWN: uint64 = {wait}"]
        if each:
            piece.state = [
                "lastAction = BoxMap<Account, uint64>({ keyPrefix: 'l' })",
                "actions = GlobalState<uint64>({ initialValue: 0 })",
            ]
            check = block(
                "if (this.lastAction(Txn.sender).exists)",
                "assert(Global.round >= this.lastAction(Txn.sender).value + COOLDOWN, 'too soon')",
            )
            stamp = "this.lastAction(Txn.sender).value = Global.round"
        else:
            piece.state = [
                "lastAction = GlobalState<uint64>({ initialValue: 0 })",
                "actions = GlobalState<uint64>({ initialValue: 0 })",
            ]
            check, stamp = (
                "assert(Global.round >= this.lastAction.value + COOLDOWN, 'too soon')",
                "this.lastAction.value = Global.round",
            )
        piece.methods.append(
            Method(
                dice.pick("act", "tick", "harvest", "water"),
                [],
                "uint64",
                join(check, stamp, "this.actions.value += 1", "return this.actions.value"),
                "counts one action, fails when it comes too soon, and returns the number of all actions",
            )
        )
        if dice.chance(0.6):
            piece.methods.append(
                Method(
                    "waiting",
                    [("account", "Account")] if each else [],
                    "uint64",
                    join(
                        "const ready: uint64 ="
                        f" {'this.lastAction(account).get({ default: 0 })' if each else 'this.lastAction.value'} +"
                        " COOLDOWN",
                        "return ready > Global.round ? ready - Global.round : 0",
                    ),
                    "returns how many rounds are left to wait",
                    readonly=True,
                )
            )
        names_out = ("Cooldown", "Garden", "Heartbeat", "Pacer")
        access = NOBODY
    else:
        game = dice.pick("turns", "guess", "tokens")
        if game == "turns":
            piece = Piece("keeps two players to their turns")
            piece.state = [
                "first = GlobalState<Account>()",
                "second = GlobalState<Account>()",
                "moves = GlobalState<uint64>({ initialValue: 0 })",
            ]
            piece.create = ["this.first.value = Txn.sender", "this.second.value = opponent"]
            piece.create_params = [("opponent", "Account", "the second player")]
            check = dice.pick(
                "const isFirst: boolean = this.moves.value % 2 === 0\nassert(Txn.sender === (isFirst ? this.first.value"
                " : this.second.value), 'not your turn')",
                "if (this.moves.value % 2 === 0) {\n  assert(Txn.sender === this.first.value, 'not your turn')\n} else"
                " {\n  assert(Txn.sender === this.second.value, 'not your turn')\n}",
            )
            record = dice.chance(0.5)
            if record:
                piece.state.append("board = BoxMap<uint64, uint64>({ keyPrefix: 'b' })")
            piece.methods.append(
                Method(
                    "play",
                    uint("square"),
                    "uint64",
                    join(
                        check,
                        "assert(square < 9, 'no such square')",
                        (
                            "assert(!this.board(square).exists, 'taken')\nthis.board(square).value = this.moves.value"
                            if record
                            else ""
                        ),
                        "this.moves.value += 1",
                        "return this.moves.value",
                    ),
                    "makes a move on one of nine squares in turn and returns the number of moves"
                    + ("; a square can be taken once" if record else ""),
                )
            )
            if dice.chance(0.6):
                piece.methods.append(
                    Method(
                        "next",
                        [],
                        "Account",
                        "return this.moves.value % 2 === 0 ? this.first.value : this.second.value",
                        "returns whose turn it is",
                        readonly=True,
                    )
                )
        elif game == "guess":
            piece = Piece("lets people guess a secret number that was committed to as a hash")
            piece.state = [
                "secretHash = GlobalState<bytes>()",
                "guesses = BoxMap<Account, uint64>({ keyPrefix: 'g' })",
                "answer = GlobalState<uint64>()",
            ]
            piece.create, piece.create_params = (
                ["assert(hash.length === 32, 'not a hash')", "this.secretHash.value = hash"],
                [("hash", "bytes", "the SHA-256 hash of the secret")],
            )
            piece.methods.append(
                Method(
                    "guess",
                    uint("value"),
                    "void",
                    join(
                        "assert(!this.answer.hasValue, 'revealed already')",
                        "assert(!this.guesses(Txn.sender).exists, 'one guess each')",
                        "this.guesses(Txn.sender).value = value",
                    ),
                    "stores one guess for each account until the secret is revealed",
                )
            )
            piece.methods.append(
                Method(
                    "reveal",
                    [("value", "uint64"), ("salt", "bytes")],
                    "void",
                    join(
                        "assert(Txn.sender === Global.creatorAddress, 'only the creator can reveal')",
                        "assert(op.sha256(op.itob(value).concat(salt)) === this.secretHash.value, 'that is not the"
                        " secret')",
                        "this.answer.value = value",
                    ),
                    "reveals the number with its salt; their concatenation must hash to the commitment; only the"
                    " creator may do it",
                )
            )
            piece.methods.append(
                Method(
                    "hasWon",
                    [("account", "Account")],
                    "boolean",
                    "return this.answer.hasValue && this.guesses(account).value === this.answer.value",
                    "tells whether an account guessed right",
                    readonly=True,
                )
            )
        else:
            piece = Piece(
                "keeps a pile of matches from which the caller takes one to three; whoever takes the last one wins"
            )
            pile = dice.pick(15, 21, 30)
            piece.state = [f"pile = GlobalState<uint64>({{ initialValue: {pile} }})", "winner = GlobalState<Account>()"]
            piece.methods.append(
                Method(
                    "take",
                    uint("count"),
                    "uint64",
                    join(
                        "assert(count >= 1 && count <= 3, 'take one to three')",
                        "assert(count <= this.pile.value, 'not that many left')",
                        "this.pile.value -= count",
                        block("if (this.pile.value === 0)", "this.winner.value = Txn.sender"),
                        "return this.pile.value",
                    ),
                    f"takes one to three matches from a pile of {pile} at first and returns what is left; taking the"
                    " last one makes the caller the winner",
                )
            )
            piece.methods.append(
                Method(
                    "result",
                    [],
                    "Account",
                    join("assert(this.winner.hasValue, 'nobody has won yet')", "return this.winner.value"),
                    "returns the winner and fails before there is one",
                    readonly=True,
                )
            )
            if dice.chance(0.5):
                piece.methods.append(
                    Method(
                        "restart",
                        [],
                        "void",
                        join(
                            "assert(this.pile.value === 0, 'still playing')",
                            f"this.pile.value = {pile}",
                            "this.winner.delete()",
                        ),
                        "starts over once the pile is empty",
                    )
                )
        names_out = ("Game", "Match", "Parlour", "Duel")
        access = NOBODY
    used = any(access.line and access.line in m.body for m in piece.methods)
    return contract_draft(dice, names_out, [piece, *(extras(dice, access) if used else [])], CONTRACTS)


@FAMILY.recipe("group-rules", share=16)
def group_rules(dice: Dice) -> Draft:
    """What a contract demands of the transactions around it, and of signatures."""
    form = dice.weighted([("payments", 30), ("position", 25), ("signature", 25), ("context", 20)])
    if form == "payments":
        where = dice.pick("before", "index", "sum")
        piece = Piece("checks the payments in the group around a call")
        if where == "before":
            least = dice.pick("100_000", "1_000_000")
            piece.methods.append(
                Method(
                    dice.pick("enter", "unlock"),
                    [],
                    "uint64",
                    code(f"""
                assert(Txn.groupIndex > 0, 'a payment must come first')
                const payment = gtxn.PaymentTxn(Txn.groupIndex - 1)
                assert(payment.receiver === Global.currentApplicationAddress, 'pay the application')
                assert(payment.amount >= {least}, 'too little')
                return payment.amount
            """),
                    "requires that the transaction right before the call pays the application at least"
                    f" {int(least.replace('_', '')):,} microAlgos and returns the amount",
                )
            )
        elif where == "index":
            piece.methods.append(
                Method(
                    "settle",
                    uint("index"),
                    "uint64",
                    code("""
                assert(index < Global.groupSize, 'no such transaction')
                const payment = gtxn.PaymentTxn(index)
                assert(payment.receiver === Global.currentApplicationAddress, 'pay the application')
                return payment.amount
            """),
                    "reads the payment at a given place in the group, requires that it goes to the application and"
                    " returns its amount",
                )
            )
        else:
            piece.methods.append(
                Method(
                    "totalPaid",
                    [],
                    "uint64",
                    code("""
                let total: uint64 = 0
                for (const i of urange(Global.groupSize)) {
                  const txn = gtxn.Transaction(i)
                  if (txn.type === TransactionType.Payment) {
                    const payment = gtxn.PaymentTxn(i)
                    if (payment.receiver === Global.currentApplicationAddress) {
                      total += payment.amount
                    }
                  }
                }
                return total
            """),
                    "adds up every payment of the group that goes to the application",
                )
            )
        if dice.chance(0.5):
            piece.state = ["received = GlobalState<uint64>({ initialValue: 0 })"]
            method = piece.methods[0]
            value = method.body.rsplit("return ", 1)[1]
            method.body = method.body.rsplit("return ", 1)[0] + f"this.received.value += {value}\nreturn {value}"
            method.says += ", adding it to a total in global state"
    elif form == "position":
        library = [
            Method(
                "alone",
                [],
                "void",
                "assert(Global.groupSize === 1, 'must be sent alone')",
                "fails unless the call is the only transaction of its group",
            ),
            Method(
                "first",
                [],
                "void",
                "assert(Txn.groupIndex === 0, 'must come first')",
                "fails unless the call comes first in its group",
            ),
            Method(
                "last",
                [],
                "void",
                "assert(Txn.groupIndex === Global.groupSize - 1, 'must come last')",
                "fails unless the call comes last in its group",
            ),
            Method(
                "sameSender",
                [],
                "void",
                code("""
                for (const i of urange(Global.groupSize)) {
                  assert(gtxn.Transaction(i).sender === Txn.sender, 'one sender only')
                }
            """),
                "fails unless the whole group has one sender",
            ),
            Method(
                "noRekey",
                [],
                "void",
                code("""
                for (const i of urange(Global.groupSize)) {
                  assert(gtxn.Transaction(i).rekeyTo === Global.zeroAddress, 'no rekeying here')
                }
            """),
                "fails when any transaction of the group rekeys its sender",
            ),
            Method(
                "cheap",
                [],
                "void",
                f"assert(Txn.fee <= {dice.pick('2_000', '5_000')}, 'the fee is too high')",
                "fails when the call pays a needlessly high fee",
            ),
            Method("size", [], "uint64", "return Global.groupSize", "returns the size of the group"),
            Method(
                "pairWith",
                [("other", "gtxn.Transaction")],
                "boolean",
                "return other.sender === Txn.sender && other.groupIndex < Txn.groupIndex",
                "takes a transaction of the same group and tells whether the caller sent it before the call",
            ),
        ]
        piece = Piece("checks how a call sits in its group", methods=dice.shuffled(dice.some(library, 2, 4)))
    elif form == "signature":
        budget = dice.pick("2_000", "2_500")
        source = dice.pick("GroupCredit", "Any")
        piece = Piece("accepts messages signed with an Ed25519 key off chain")
        piece.state = ["publicKey = GlobalState<bytes<32>>()"]
        piece.create, piece.create_params = (
            ["this.publicKey.value = publicKey"],
            [("publicKey", "bytes<32>", "the public key")],
        )
        nonce = dice.chance(0.5)
        if nonce:
            piece.state.append("used = BoxMap<bytes<32>, boolean>({ keyPrefix: 'u' })")
        verify = f"ensureBudget({budget}, OpUpFeeSource.{source})"
        lines = [verify, "assert(op.ed25519verifyBare(message, signature, this.publicKey.value), 'bad signature')"]
        if nonce:
            lines += [
                "const id = op.sha256(message)",
                "assert(!this.used(id).exists, 'used already')",
                "this.used(id).value = true",
            ]
        else:
            piece.state.append("accepted = GlobalState<uint64>({ initialValue: 0 })")
            lines += ["this.accepted.value += 1"]
        piece.methods.append(
            Method(
                dice.pick("accept", "submit", "redeem"),
                [("message", "bytes"), ("signature", "bytes<64>")],
                "void",
                join(*lines),
                "verifies a signature over a message, raising the opcode budget first"
                + (", and accepts each message once" if nonce else ", and counts accepted messages"),
            )
        )
        if dice.chance(0.5):
            piece.methods.append(
                Method(
                    "setKey",
                    [("publicKey", "bytes<32>")],
                    "void",
                    join(
                        "assert(Txn.sender === Global.creatorAddress, 'only the creator can do this')",
                        "this.publicKey.value = publicKey",
                    ),
                    "replaces the public key; only the creator may do it",
                )
            )
    else:
        library = [
            Method("caller", [], "Account", "return Txn.sender", "returns the sender of the call", readonly=True),
            Method(
                "now",
                [],
                "uint64",
                "return Global.latestTimestamp",
                "returns the timestamp of the latest block",
                readonly=True,
            ),
            Method("round", [], "uint64", "return Global.round", "returns the current round", readonly=True),
            Method(
                "appAddress",
                [],
                "Account",
                "return Global.currentApplicationAddress",
                "returns the application's own account",
                readonly=True,
            ),
            Method(
                "appId",
                [],
                "uint64",
                "return Global.currentApplicationId.id",
                "returns the application's id",
                readonly=True,
            ),
            Method(
                "spendable",
                [],
                "uint64",
                "const account = Global.currentApplicationAddress\nreturn account.balance - account.minBalance",
                "returns what the application could pay out",
                readonly=True,
            ),
            Method(
                "isCreator",
                [("account", "Account")],
                "boolean",
                "return account === Global.creatorAddress",
                "tells whether an account created the application",
                readonly=True,
            ),
            Method(
                "balance",
                [("account", "Account")],
                "uint64",
                "return account.balance",
                "returns an account's balance in microAlgos",
                readonly=True,
            ),
            Method("noteLength", [], "uint64", "return Txn.note.length", "returns the length of the note of the call"),
            Method(
                "holdsApp",
                [("account", "Account"), ("app", "Application")],
                "boolean",
                "return account.isOptedIn(app)",
                "tells whether an account has opted in to an application",
                readonly=True,
            ),
            Method(
                "minFee", [], "uint64", "return Global.minTxnFee", "returns the minimum transaction fee", readonly=True
            ),
        ]
        piece = Piece(
            "reports about the call, the chain and its own account", methods=dice.shuffled(dice.some(library, 3, 4))
        )
    return contract_draft(
        dice,
        {
            "payments": ("PaymentGate", "TollBooth"),
            "position": ("GroupRules", "Checkpoint"),
            "signature": ("SignedMessages", "Oracle", "VoucherDesk"),
            "context": ("ChainInfo", "WhereAmI", "Reporter"),
        }[form],
        [piece],
        CONTRACTS,
    )
