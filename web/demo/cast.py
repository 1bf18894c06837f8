"""The people and shops of the demo. All are invented; their addresses end in example.org or .example: nobody’s."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Player:
    """Somebody whom a visitor of the demo can be."""

    email: str
    name: str
    locale: str = "en"
    timezone: str = "Europe/Berlin"


@dataclass(frozen=True)
class Shop:
    """An invented business: its private address, who signs for it, and what it declares of itself in public."""

    name: str
    contact: str
    signer: str
    disclosure: str = "No ties to anybody on the team."


JONAS = Player("jonas@example.org", "Jonas Brandt")
ELIF = Player("elif@example.org", "Elif Aydin")
YUSUF = Player("yusuf@example.org", "Yusuf Demir")
RUTH = Player("ruth@example.org", "Ruth Amsler", timezone="Europe/Zurich")
ANKE = Player("anke@example.org", "Anke Vogt", "de")
BEAT = Player("beat@example.org", "Beat Huber", "de", "Europe/Zurich")
GRETA = Player("greta@example.org", "Greta Lindner", "de")
AILSA = Player("ailsa@example.org", "Ailsa Crawford", timezone="Europe/London")
HARUKA = Player("haruka@example.org", "Haruka Mori", timezone="Asia/Tokyo")
NADIA = Player("nadia@example.org", "Nadia Ben Salem", timezone="Africa/Tunis")
TANE = Player("tane@example.org", "Tāne Walker", timezone="Pacific/Auckland")
NOOR = Player("noor@example.org", "Noor Gill", timezone="America/Toronto")
DANA = Player("dana@example.org", "Dana Whitcomb", timezone="America/Los_Angeles")
SVEN = Player("sven@example.org", "Sven Lindqvist", timezone="Europe/Stockholm")
YOU = Player("you@example.org", "Sam Taylor")
MIRA = Player("mira@example.org", "Mira Okafor")
LEA = Player("lea@example.org", "Lea Sommer")
TOM = Player("tom@example.org", "Tom Fischer", "de")
MEI = Player("mei@example.org", "Mei Tanaka", timezone="Asia/Tokyo")

PLAYERS = (
    YOU, MIRA, LEA, JONAS, ELIF, YUSUF, RUTH, ANKE, TOM, GRETA, BEAT, AILSA, HARUKA, MEI, NADIA,
    TANE, NOOR, DANA, SVEN,
)  # fmt: skip

LINDE = Shop(
    "Linde Grocery", "petra@linde.example", "Petra Linde", "Petra Linde’s sister once helped at the organizers’ stall."
)
BELLA = Shop("Bella Café", "marta@bella.example", "Marta Keller")
HIRSCHEN = Shop("Gasthaus Hirschen", "by telephone, 07621 000 111", "Karl Hirsch")
ROESTRAUM = Shop("Röstraum", "hallo@roestraum.example", "Ayla Roth")
LENE = Shop("Marktcafé Lene", "by telephone, 07621 000 222", "Lene Mauch")
MINATO = Shop("Minato Bento", "owner@minato.example", "Ken Minato")
ALPENKORN = Shop("Bäckerei Alpenkorn", "info@alpenkorn.example", "Urs Graf")
RHEINBROT = Shop("Rheinbrot", "backstube@rheinbrot.example", "Sina Frei")
SONNECK = Shop("Backhaus Sonneck", "post@sonneck.example", "Paul Sonneck")
THISTLE = Shop("Thistle & Rye", "hello@thistle.example", "Morag Bain")
HARBOUR = Shop("Harbour Beans", "crew@harbour.example", "Ewan Tait")
KETTLE = Shop("The Blue Kettle", "by telephone, 0131 496 0000", "Isla Reid")
LYKTAN = Shop("Bio Lyktan", "kassa@lyktan.example", "Maja Berg")
RIALTO = Shop("Kino Rialto", "hej@rialto.example", "Nils Ek")
JASMIN = Shop("Café Jasmin", "salma@jasmin.example", "Salma Trabelsi")
KOWHAI = Shop("Kōwhai Books", "books@kowhai.example", "Aroha Ngata")
KORN = Shop("Glas & Korn Unverpackt", "laden@glaskorn.example", "Jule Maier", "Keine Verbindungen zum Team.")
JUNIPER = Shop("Juniper Street Market", "owner@juniper.example", "Priya Nair")
HARLAN = Shop("Harlan’s Diner", "harlan@diner.example", "Harlan Cole")
SPAETI = Shop("Späti Pappelallee", "kasse@spaeti.example", "Deniz Kaya")

SHOPS = (
    SPAETI, LINDE, BELLA, HIRSCHEN, ROESTRAUM, LENE, KORN, ALPENKORN, RHEINBROT, SONNECK, THISTLE, HARBOUR, KETTLE,
    MINATO, LYKTAN, RIALTO, JASMIN, KOWHAI, JUNIPER, HARLAN,
)  # fmt: skip

FIRST_NAMES = (
    "Ada", "Ben", "Cem", "Dora", "Emil", "Fay", "Gita", "Hugo", "Ines", "Jan", "Kira", "Luis", "Mina", "Nils", "Olga",
    "Pia", "Quinn", "Rosa", "Sami", "Tara", "Udo", "Vera", "Wim", "Xenia", "Yara", "Zoe",
)  # fmt: skip
"""Of the crowd, who are many and whom nobody needs to be."""
