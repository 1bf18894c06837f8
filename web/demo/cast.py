"""The people and shops of the demo. All are invented; their addresses end in example.org or .example: nobody’s."""

from __future__ import annotations

from dataclasses import dataclass

from core.i18n import N_


@dataclass(frozen=True)
class Player:
    """Somebody whom a visitor of the demo can be, and what there is to do as them (a message for the catalogue)."""

    email: str
    name: str
    does: str
    locale: str = "en"
    timezone: str = "Europe/Berlin"


@dataclass(frozen=True)
class Shop:
    """An invented business: its private address, who signs for it, what there is to do as it, what it declares."""

    name: str
    contact: str
    signer: str
    does: str
    disclosure: str = "No ties to anybody on the team."


JONAS = Player(
    "jonas@example.org", "Jonas Brandt", N_("Organizes Bella Café and Linde Grocery, and has a draft to finish")
)
ELIF = Player("elif@example.org", "Elif Aydin", N_("Organizes beside Jonas, and confirms verdicts with him"))
YUSUF = Player(
    "yusuf@example.org", "Yusuf Demir", N_("Crew: checks codes at the door in Lörrach, Weil, Freiburg and on the tour")
)
RUTH = Player(
    "ruth@example.org",
    "Ruth Amsler",
    N_("Independent monitor of Linde Grocery, Juniper Street Market and the tour: counts, and confirms verdicts"),
    timezone="Europe/Zurich",
)
ANKE = Player(
    "anke@example.org", "Anke Vogt", N_("Energy adviser, monitors Bella Café and the bakeries; reads German"), "de"
)
BEAT = Player(
    "beat@example.org",
    "Beat Huber",
    N_("Organizes the bakeries of Basel, where bids are sealed; reads German"),
    "de",
    "Europe/Zurich",
)
GRETA = Player(
    "greta@example.org", "Greta Lindner", N_("Organizes the German campaign: a till total waits to be confirmed"), "de"
)
AILSA = Player(
    "ailsa@example.org",
    "Ailsa Crawford",
    N_("Organizes the cafés of Leith, who bid in the open"),
    timezone="Europe/London",
)
HARUKA = Player(
    "haruka@example.org", "Haruka Mori", N_("Organizes Minato Bento: the mob is on today"), timezone="Asia/Tokyo"
)
NADIA = Player(
    "nadia@example.org", "Nadia Ben Salem", N_("Organizes Café Jasmin, which tipped"), timezone="Africa/Tunis"
)
TANE = Player(
    "tane@example.org",
    "Tāne Walker",
    N_("Organizes Kōwhai Books, where too little was pledged"),
    timezone="Pacific/Auckland",
)
NOOR = Player(
    "noor@example.org",
    "Noor Gill",
    N_("Organizes Juniper Street Market, whose promises are being followed"),
    timezone="America/Toronto",
)
DANA = Player(
    "dana@example.org",
    "Dana Whitcomb",
    N_("Organized Harlan’s Diner, and had to cancel"),
    timezone="America/Los_Angeles",
)
SVEN = Player(
    "sven@example.org",
    "Sven Lindqvist",
    N_("Organizes the cinemas of Gothenburg: a winner is named, the agreement waits"),
    timezone="Europe/Stockholm",
)
YOU = Player("you@example.org", "Sam Taylor", N_("Somebody from the neighbourhood, who has done nothing yet"))
MIRA = Player("mira@example.org", "Mira Okafor", N_("Organizes the tour’s campaign"))
LEA = Player(
    "lea@example.org",
    "Lea Sommer",
    N_("Supporter: pledged for Bella Café, came to Linde Grocery, can file spot checks"),
)
TOM = Player("tom@example.org", "Tom Fischer", N_("Supporter: the same as Lea, in German"), "de")
MEI = Player(
    "mei@example.org", "Mei Tanaka", N_("Crew at Minato Bento, where the door is open now"), timezone="Asia/Tokyo"
)

PLAYERS = (
    YOU, MIRA, LEA, JONAS, ELIF, YUSUF, RUTH, ANKE, TOM, GRETA, BEAT, AILSA, HARUKA, MEI, NADIA,
    TANE, NOOR, DANA, SVEN,
)  # fmt: skip

LINDE = Shop(
    "Linde Grocery",
    "petra@linde.example",
    "Petra Linde",
    N_("Has eleven promises to keep: file proof, reply, ask for more time"),
    "Petra Linde’s sister once helped at the organizers’ stall.",
)
BELLA = Shop("Bella Café", "marta@bella.example", "Marta Keller", N_("Won against three others; people are pledging"))
HIRSCHEN = Shop(
    "Gasthaus Hirschen", "by telephone, 07621 000 111", "Karl Hirsch", N_("Bid a fixed sum and did not win")
)
ROESTRAUM = Shop(
    "Röstraum", "hallo@roestraum.example", "Ayla Roth", N_("Bid a share of its takings, raised it, and came second")
)
LENE = Shop("Marktcafé Lene", "by telephone, 07621 000 222", "Lene Mauch", N_("Bid 50 cents a coffee and did not win"))
MINATO = Shop("Minato Bento", "owner@minato.example", "Ken Minato", N_("Its doors are open now"))
ALPENKORN = Shop(
    "Bäckerei Alpenkorn",
    "info@alpenkorn.example",
    "Urs Graf",
    N_("Has a sealed bid: nobody else sees it until closing"),
)
RHEINBROT = Shop("Rheinbrot", "backstube@rheinbrot.example", "Sina Frei", N_("Has a sealed bid, the first of three"))
SONNECK = Shop(
    "Backhaus Sonneck", "post@sonneck.example", "Paul Sonneck", N_("Has a sealed bid, and can still raise it")
)
THISTLE = Shop("Thistle & Rye", "hello@thistle.example", "Morag Bain", N_("Bids in the open and leads"))
HARBOUR = Shop("Harbour Beans", "crew@harbour.example", "Ewan Tait", N_("Bids in the open and could raise"))
KETTLE = Shop("The Blue Kettle", "by telephone, 0131 496 0000", "Isla Reid", N_("Bids a fixed sum in the open"))
LYKTAN = Shop(
    "Bio Lyktan", "kassa@lyktan.example", "Maja Berg", N_("Was chosen: the agreement waits for its signature")
)
RIALTO = Shop(
    "Kino Rialto", "hej@rialto.example", "Nils Ek", N_("Came second, and follows if the winner does not sign")
)
JASMIN = Shop("Café Jasmin", "salma@jasmin.example", "Salma Trabelsi", N_("Its day takes place in three days"))
KOWHAI = Shop(
    "Kōwhai Books",
    "books@kowhai.example",
    "Aroha Ngata",
    N_("Missed its go-ahead: can say that the day takes place all the same"),
)
KORN = Shop(
    "Glas & Korn Unverpackt",
    "laden@glaskorn.example",
    "Jule Maier",
    N_("Entered its till total; the organizer has still to confirm it"),
    "Keine Verbindungen zum Team.",
)
JUNIPER = Shop(
    "Juniper Street Market",
    "owner@juniper.example",
    "Priya Nair",
    N_("Gave a whole day’s takings, and stocks local producers now"),
)
HARLAN = Shop("Harlan’s Diner", "harlan@diner.example", "Harlan Cole", N_("Its campaign was cancelled"))
SPAETI = Shop("Späti Pappelallee", "kasse@spaeti.example", "Deniz Kaya", N_("The late shop of the tour"))

SHOPS = (
    SPAETI, LINDE, BELLA, HIRSCHEN, ROESTRAUM, LENE, KORN, ALPENKORN, RHEINBROT, SONNECK, THISTLE, HARBOUR, KETTLE,
    MINATO, LYKTAN, RIALTO, JASMIN, KOWHAI, JUNIPER, HARLAN,
)  # fmt: skip

FIRST_NAMES = (
    "Ada", "Ben", "Cem", "Dora", "Emil", "Fay", "Gita", "Hugo", "Ines", "Jan", "Kira", "Luis", "Mina", "Nils", "Olga",
    "Pia", "Quinn", "Rosa", "Sami", "Tara", "Udo", "Vera", "Wim", "Xenia", "Yara", "Zoe",
)  # fmt: skip
"""Of the crowd, who are many and whom nobody needs to be."""
