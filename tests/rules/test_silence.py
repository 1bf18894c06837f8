"""No agreement may ask for silence: the clauses that do are found, and what protects people is let through."""

from __future__ import annotations

from dataclasses import replace

import pytest

from businesses import silence
from businesses.library import LIBRARY
from businesses.measures import Measure
from core.errors import Invalid
from core.i18n import translator
from tests.factories import action, eur, share

GAGS = (
    "The details are confidential.",
    "Both sides keep the terms confidential for two years.",
    "This agreement includes a non-disparagement clause.",
    "Organizers sign a non-disclosure agreement",
    "Supporters may not publicly criticise the shop.",
    "The organizers will never speak badly of us",
    "you must not complain in public",
    "Neither side may comment on the result.",
    "not to disclose the findings to anybody",
    "The team refrains from any public statement",
    "no bad reviews online",
    "The monitor stays silent until spring",
    "told in strict confidence",
    "Über den Inhalt wird Stillschweigen vereinbart.",
    "Verschwiegenheitspflicht beider Seiten",
    "Die Zahlen werden vertraulich behandelt.",
    "Das Team darf uns nicht öffentlich kritisieren.",
    "Die Organisierenden werden sich nicht öffentlich äußern.",
    "sich nicht öffentlich dazu äußern",
    "keine öffentliche Kritik",
    "keine negativen Bewertungen im Netz",
    "Kritik ist zu unterlassen; Äußerungen zu unterlassen",
    "Die Ergebnisse sind geheim zu halten.",
)
FREE = (
    "a heat pump and quieter fridges",
    "LED lamps for the secret garden",
    "Certified by Bioland; bought-in frozen goods do not count.",
    "Bags may not be given away free of charge.",
    "A confidential complaint channel for workers of suppliers.",
    "Complaints are treated confidentially; names stay protected.",
    "We will not share personal data of guests.",
    "Reports are published and may be criticised by anybody.",
    "stillschweigend gekündigte Verträge zählen nicht",
    "Beschwerden werden vertraulich behandelt.",
    "Eine vertrauliche Beratung für Beschäftigte",
    "Keine Plastiktüten, keine kritischen Stoffe unter 1 Prozent",
    "Gekühlte Ware zählt nicht; berichtet wird öffentlich.",
    "Silent extractor fans",
)


@pytest.mark.parametrize("text", GAGS)
def test_a_clause_that_asks_for_silence_is_found(text: str) -> None:
    assert silence.clause(f"Made within 50 km. {text}")


@pytest.mark.parametrize("text", FREE)
def test_other_words_are_left_alone(text: str) -> None:
    assert silence.clause(text) is None


@pytest.mark.parametrize("locale", ["en", "de"])
def test_the_library_asks_nobody_for_silence(locale: str) -> None:
    for held in LIBRARY:
        silence.demand_none_in(held.said(translator(locale).gettext))


def test_the_refusal_names_every_field_and_the_words() -> None:
    held = (
        share("10", purpose="lamps, and no public criticism", measures=(Measure("NDA by a lawyer", eur("90")),)),
        action(definition="Certified. Terms stay confidential.", proof=("a list, in confidence",)),
    )
    with pytest.raises(Invalid) as refused:
        silence.demand_none(held)
    assert [error.field for error in refused.value.errors] == [
        "commitments.0.purpose", "commitments.0.measures.0.name", "commitments.1.proof", "commitments.1.definition",
    ]  # fmt: skip
    assert "no public criticism" in str(refused.value.errors[0].message)


def test_what_a_bid_said_before_may_stay_when_it_is_raised() -> None:
    held = action(definition="Terms stay confidential.")
    silence.demand_none([replace(held, target=held.target + 1)], [held])
