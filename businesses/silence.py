"""No agreement may ask for silence (DOMAIN.md, 16): clauses that do, found in what people write into promises.

It looks for the usual wordings in English and German and errs on the side of letting things through: whoever accepts
reads the text, too. Protecting somebody who complains is no gag, so there "confidential" may stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from businesses.commitments import Action, Commitment, PerUnit, Share
from businesses.library.values import Template
from businesses.words import N_
from core.errors import FieldError, Invalid, Message

ASKS_FOR_SILENCE = N_("no agreement may ask for silence; take this out: {words}")

_WILL = r"may|must|shall|should|can|will|would|do|does|agrees?|promises?"
_WIRD = r"darf|dürfen|soll|sollen|wird|werden|muss|müssen|verpflichte\w*"
_SPEECH = (
    r"criti[cs]i[sz]|disparag|comment|complain|speak|talk|post about|tell (?:the )?(?:public|press|media|anybody|any)"
)
_TOLD = r"agreement|bid|campaign|finding|result|term|verdict|promise|figure"
_KRITIK = r"kritisier|äußer|äussern|kritik|schlecht(?:es)? (?:reden|sprechen|sagen)|beschwer|berichten über"
_WORTE = r"äußerung|kommentar|bewertung|worte|bericht|beitr|frag"

_GAGS = [
    rf"\b(?:{_WILL})(?: not|n['’]t|not| never)(?: to)?(?: \w+){{0,2}}? (?:{_SPEECH})\w*",
    rf"\bn(?:o|or|ei?ther)\w* [^.;]{{0,40}}\b(?:may|must|shall|will) (?:\w+ )?(?:{_SPEECH})\w*",
    rf"\b(?:not|never)(?: to)? (?:publicly )?(?:disclose|publish|reveal|share)\b[^.;]{{0,30}}\b(?:{_TOLD})\w*",
    rf"\b(?:refrains?|abstains?|desists?) from [^.;]{{0,30}}(?:{_SPEECH}|statement|publish|review)\w*",
    r"\bno (?:public |open )?criticism\b",
    r"\bno (?:bad|negative|critical)(?: \w+)? (?:comments?|reviews?|statements?|posts?|press)",
    r"\bnon[- ]?disparag\w+",
    r"\bnon[- ]?disclosure\b",
    r"\bNDAs?\b",
    r"\bgag(?:s|ged|ging)?(?: order| clause)?\b",
    r"\b(?:keeps?|stays?|remains?|maintains?)(?: \w+)? (?:silent|silence|mum|quiet about|secret)\b",
    r"\bin (?:strict )?confidence\b",
    r"\bconfidentiality (?:agreement|clause|obligation|duty|undertaking)s?\b",
    r"\bStillschweigen\b",
    r"\b(?:Verschwiegenheit|Geheimhaltung|Schweigepflicht|Schweigeklausel|Maulkorb)\w*",
    r"\bgeheim(?: ?zu ?| ?)(?:halten|gehalten|bleib\w*)",
    r"\b(?:schweigt|schweigen)\b[^.;]{0,20}\b(?:über|zu|von)\b",
    rf"\b(?:{_WIRD})\b[^.;]{{0,60}}\b(?:nicht|nie|niemals|kein\w*)\b[^.;]{{0,40}}(?:{_KRITIK})\w*",
    r"\bnicht öffentlich (?:zu )?(?:\w+ )?(?:äußer|äußern|kritisier|sprech|red|gemacht|machen|bericht|sag)\w*",
    r"\bkeine(?:rlei)? (?:öffentliche |negative |schlechte )*kritik\b",
    rf"\bkeine (?:negativen|schlechten|abfälligen|kritischen) (?:{_WORTE})\w*",
    r"\bunterl(?:ass|äss)\w* [^.;]{0,40}(?:kritik|äußerung|kommentar|bewertung)\w*",
    r"\b(?:kritik|äußerungen|kommentare|bewertungen) (?:\w+ )?zu unterlassen\b",
]
_GAG = re.compile("|".join(f"(?:{pattern})" for pattern in _GAGS), re.IGNORECASE)
_SECRET = re.compile(r"\bconfidential(?:ly|ity)?\b|\b(?:streng )?vertraulich\w*", re.IGNORECASE)
_PROTECTS = re.compile(
    r"complain|grievance|whistle|hotline|helpline|counsel|ombud|personal data"
    r"|report(?:s|ed|ing)? (?:line|channel|concern|abuse|misconduct)"
    r"|beschwer|hinweis|meldestelle|meldekanal|vertrauensperson|beratung|personenbezogen",
    re.IGNORECASE,
)


def clause(text: str) -> str | None:
    """The words of ``text`` that ask somebody to be silent, or None."""
    for sentence in re.split(r"(?<=[.;!?])\s+|\n+", text):
        found = _GAG.search(sentence) or (None if _PROTECTS.search(sentence) else _SECRET.search(sentence))
        if found:
            return found[0]
    return None


def demand_none(commitments: Iterable[Commitment], held: Iterable[Commitment] = ()) -> None:
    """Raise Invalid naming every field of a promise that asks for silence. What ``held`` already says may stay."""
    known = {text for one in held for _, text in _written(one)}
    told = ((f"commitments.{n}.{field}", text) for n, one in enumerate(commitments) for field, text in _written(one))
    demand_none_of((field, text) for field, text in told if text not in known)


def demand_none_in(template: Template) -> None:
    """The same for what an organizer's template would bring into a promise."""
    names = ("title", "verb", "metric", "unit", "definition", "affected_group")
    demand_none_of([*((name, getattr(template, name)) for name in names), ("proof", "; ".join(template.proof))])


def demand_none_of(texts: Iterable[tuple[str, str]]) -> None:
    """The same for any texts, each with the name of its field."""
    found = [(field, words) for field, text in texts if (words := clause(text))]
    if found:
        raise Invalid([FieldError(field, Message(ASKS_FOR_SILENCE, {"words": words})) for field, words in found])


def _written(commitment: Commitment) -> Iterator[tuple[str, str]]:
    """What its owner wrote in words of their own, by field."""
    yield "purpose", commitment.purpose
    yield "proof", "; ".join(commitment.proof)
    yield "affected_group", commitment.affected_group or ""
    yield "watch.what", commitment.watch.what if commitment.watch else ""
    yield from ((f"measures.{n}.name", measure.name) for n, measure in enumerate(commitment.measures))
    yield "fallback", commitment.fallback
    yield from ((f"funding.{n}.source", paid.source) for n, paid in enumerate(commitment.funding))
    if commitment.audit:
        yield from (("audit.by", commitment.audit.by), ("audit.paid_by", commitment.audit.paid_by))
    match commitment:
        case Share():
            yield "matched_by", commitment.matched_by
        case PerUnit():
            yield "unit", commitment.unit
        case Action():
            yield from ((name, getattr(commitment, name)) for name in ("verb", "metric", "unit", "definition"))
