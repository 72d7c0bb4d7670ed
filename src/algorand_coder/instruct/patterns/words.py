"""The vocabulary that generated programs draw their names and stories from."""

from __future__ import annotations

from dataclasses import dataclass

from algorand_coder.instruct.patterns.dice import Dice


@dataclass(frozen=True, slots=True)
class Role:
    """A person or account in a story: variable name and noun phrase."""

    name: str
    noun: str

    @property
    def env(self) -> str:
        """Name under which ``algorand.account.fromEnvironment`` finds it."""
        return "".join("_" + c if c.isupper() else c for c in self.name).upper()


PAYERS = (
    Role("sender", "the sender"),
    Role("payer", "the payer"),
    Role("customer", "the customer"),
    Role("treasury", "the treasury"),
    Role("sponsor", "the sponsor"),
    Role("tenant", "the tenant"),
    Role("alice", "Alice"),
    Role("employer", "the employer"),
    Role("buyer", "the buyer"),
    Role("donor", "the donor"),
    Role("hotWallet", "the hot wallet"),
    Role("faucet", "the faucet"),
    Role("organiser", "the organiser"),
    Role("player", "the player"),
    Role("member", "the member"),
    Role("owner", "the owner"),
)

RECEIVERS = (
    Role("receiver", "the receiver"),
    Role("supplier", "the supplier"),
    Role("merchant", "the merchant"),
    Role("contributor", "a contributor"),
    Role("winner", "the winner"),
    Role("landlord", "the landlord"),
    Role("bob", "Bob"),
    Role("contractor", "the contractor"),
    Role("seller", "the seller"),
    Role("charity", "the charity"),
    Role("coldWallet", "cold storage"),
    Role("newcomer", "a new user"),
    Role("artist", "the artist"),
    Role("validator", "the validator operator"),
    Role("beneficiary", "the beneficiary"),
    Role("recipient", "the recipient"),
)

TOKEN_ADMINS = (
    Role("creator", "the creator"),
    Role("issuer", "the issuer"),
    Role("mint", "the minter"),
    Role("studio", "the studio"),
    Role("treasury", "the treasury"),
    Role("manager", "the manager"),
    Role("admin", "the admin"),
    Role("publisher", "the publisher"),
)

HOLDERS = (
    Role("holder", "the holder"),
    Role("collector", "the collector"),
    Role("user", "the user"),
    Role("investor", "the investor"),
    Role("subscriber", "the subscriber"),
    Role("guest", "the guest"),
    Role("student", "the student"),
    Role("fan", "the fan"),
    Role("participant", "the participant"),
    Role("shopper", "the shopper"),
)

CALLERS = (
    Role("caller", "the caller"),
    Role("user", "the user"),
    Role("sender", "the sender"),
    Role("operator", "the operator"),
    Role("signerAccount", "the signer"),
    Role("member", "the member"),
    Role("deployer", "the deployer"),
    Role("keeper", "the keeper"),
)

NOTES = (
    "rent for March",
    "invoice 2024-117",
    "thanks for the coffee",
    "weekly payout",
    "refund for order 8841",
    "stipend",
    "donation",
    "prize money",
    "deposit",
    "subscription renewal",
    "hackathon reward",
    "settlement batch 7",
    "tip",
    "membership fee",
    "escrow top-up",
    "travel expenses",
)

DAPPS = ("paytrack", "storefront", "gradebook", "farmlink", "ticketbooth", "carpool", "medialog", "votebox")


@dataclass(frozen=True, slots=True)
class Token:
    """An asset someone might issue."""

    name: str
    unit: str
    decimals: int
    supply: int
    """Whole units."""
    story: str
    site: str


TOKENS = (
    Token("Harbor Points", "HRBR", 2, 1_000_000, "loyalty points for a harbour café", "harborpoints.example"),
    Token("Solar Credit", "SOLC", 6, 50_000_000, "a credit for surplus solar power", "solarcredit.example"),
    Token("Campus Coin", "CMPS", 2, 250_000, "a currency for a university campus", "campuscoin.example"),
    Token("Ridge Gold", "RDGE", 3, 21_000_000, "a gold-backed token", "ridgegold.example"),
    Token("Orchard Share", "ORCH", 0, 10_000, "shares in an orchard cooperative", "orchard.example"),
    Token("Transit Pass", "TRNS", 0, 500_000, "single-ride transit passes", "transit.example"),
    Token("Pixel Gem", "PXGM", 4, 100_000_000, "an in-game gem", "pixelgem.example"),
    Token("Bakery Bonus", "BKRY", 1, 75_000, "bonus stamps of a bakery chain", "bakery.example"),
    Token("Reef DAO", "REEF", 6, 10_000_000, "a governance token for a reef-restoration DAO", "reefdao.example"),
    Token("Carbon Ton", "CTON", 3, 2_000_000, "tokenised carbon offsets", "carbonton.example"),
    Token("Backstage Ticket", "BSTG", 0, 800, "concert tickets", "backstage.example"),
    Token("Euro Receipt", "EURR", 2, 5_000_000, "a euro receipt token", "eurr.example"),
    Token("Library Hours", "LIBH", 0, 40_000, "hours credited to library volunteers", "libhours.example"),
    Token("Water Right", "WATR", 8, 300_000, "tradable water rights", "waterright.example"),
)

COLLECTIBLES = (
    ("Sunset Print", "SUNP"),
    ("Founders Badge", "FNDR"),
    ("Alpine Photo", "ALPN"),
    ("Course Certificate", "CERT"),
    ("Vintage Poster", "PSTR"),
    ("Chess Trophy", "CHES"),
    ("Land Parcel", "LAND"),
    ("Robot Avatar", "ROBO"),
    ("Festival Pass", "FEST"),
    ("Museum Piece", "MUSE"),
)


def story(dice: Dice) -> tuple[Role, Role]:
    """Somebody who pays and somebody who is paid, with different variable names."""
    return dice.one(PAYERS), dice.one(RECEIVERS)
