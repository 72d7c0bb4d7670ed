"""Verb forms for turning documentation into requests: *adds*, *add*, *adding*.

Documentation is written in a handful of verbs. A closed list of them tells a verb from a noun at the
head of a sentence, which no suffix rule can ("Transfers" or "Sets" may be either).
"""

from __future__ import annotations

_BASE = """
    abort accept access activate add adjust advance aggregate allocate allow analyse analyze announce append apply
    approve assemble assert assign attach authenticate authorize await batch begin bind block boot bootstrap
    broadcast build burn cache calculate call cancel cast catch chain change check claim clamp clean clear clone
    close collect combine commit compare compile compose compress compute concatenate configure confirm connect
    construct consume contain convert copy count craft create debug decode decompress decrease decrement decrypt dedupe
    deduplicate define delegate delete deploy deposit derive deserialise deserialize destroy detect determine
    disable discard disconnect discover dispatch display distinguish divide
    do download draw drop dump duplicate emit enable encode encrypt
    end enforce ensure enter enumerate escape establish estimate evaluate examine exchange execute exit expand
    export expose extend extract fail fetch fill filter finalise finalize find finish fire flatten flush follow
    force format forward freeze fund gather generate get give grab group handle hash have hide hold identify ignore
    implement import include increase increment indicate infer inform initialise initialize inject insert inspect
    install instantiate interact intercept interpret invoke issue iterate join keep launch let limit link list
    listen load lock log look maintain make manage map mark match maximise memoize merge migrate mint mix
    modify monitor mount move multiply mutate
    narrow navigate negate normalise normalize notify obtain open opt orchestrate
    order output override pad paginate parse pass patch pause pay perform persist pick pin place poll pop populate post
    prefix prepare prepend prevent print process produce prompt propose protect prove provide publish pull purge
    push put query queue raise randomise read rebuild receive recompute reconfigure reconnect record recover reduce
    refer refresh refund register reject rekey release reload remove rename render reorder repay repeat replace
    report represent request require reserve reset resize resolve restart restore restrict resume retrieve retry
    return reverse revert review revoke rewrite rotate round route run sanitise sanitize save scale scan schedule
    score search select send separate sequence serialise serialize serve set share shift show shuffle sign simulate
    skip slice sort specify split spread stake start stop store stream strip structure submit subscribe subtract
    sum supply support suppress swap switch sync synchronise take tear tell test throw toggle tokenize track
    transfer transform translate traverse treat trigger trim truncate try turn unfreeze unlock unmount unpack
    unregister unstake unsubscribe unwrap update upgrade upload use validate verify view visit vote wait walk warn
    watch withdraw work wrap write yield zero
"""
BASE = frozenset(_BASE.split())
"""Verbs that documentation begins with, in base form."""

_IRREGULAR = {"have": "has", "do": "does", "be": "is"}
_DOUBLING = "begin cut drop get let log map opt pad pop put run set skip stop strip submit swap trim wrap"
_DOUBLED = frozenset(_DOUBLING.split())


def third(base: str) -> str:
    """``add`` → ``adds``."""
    if base in _IRREGULAR:
        return _IRREGULAR[base]
    if base.endswith(("s", "x", "z", "ch", "sh")) or base == "do" or base.endswith("o"):
        return base + "es"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"


def gerund(base: str) -> str:
    """``create`` → ``creating``."""
    if base in _DOUBLED:
        return base + base[-1] + "ing"
    if base.endswith("e") and not base.endswith("ee"):
        return base[:-1] + "ing"
    return base + "ing"


THIRD = {third(verb): verb for verb in sorted(BASE)}
"""Third person → base form."""
GERUND = {gerund(verb): verb for verb in sorted(BASE)}
"""Gerund → base form."""


_SURE = (
    "returns throws builds renders persists decodes encodes converts parses verifies computes adds sends signs "
    "submits waits resolves rejects retrieves fetches calculates creates removes replaces validates generates"
)
SURE = frozenset(_SURE.split())
"""Third-person forms that are hardly ever plural nouns."""


def base_of(word: str) -> str:
    """The base form of a verb in any of the three forms; an empty string for any other word."""
    lower = word.lower()
    if lower in BASE:
        return lower
    return THIRD.get(lower) or GERUND.get(lower, "")
