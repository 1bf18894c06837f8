"""The agreement: generated from campaign and bid, the same text every time, so that its hash can be public."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from businesses import words
from businesses.commitments import Action, Commitment
from businesses.words import N_, Speech
from campaigns.values import Campaign


@dataclass(frozen=True)
class Change:
    """What makes a text a later version: its number, which one it replaces, with its hash, and the public reason."""

    number: int
    replaces: int
    sha256: str
    reason: str


@dataclass(frozen=True)
class Terms:
    """What one agreement is about; ``change`` None: its first version."""

    campaign: Campaign
    business: str
    commitments: tuple[Commitment, ...]
    windows: tuple[str, ...]
    monitors: tuple[str, ...]
    change: Change | None = None


def compose(terms: Terms, speech: Speech) -> str:
    """The text in the campaign's language. No clause asks for silence (DOMAIN.md, 16)."""
    say = speech.say
    c = terms.campaign
    parts = [
        say(N_("Agreement for the campaign: {title}")).format(title=" ".join(c.title.split())),
        say(N_("Between {business} and the organizers of the campaign, in {place}.")).format(
            business=terms.business, place=c.place
        ),
        *_version(terms.change, speech),
        say(N_("The day")) + "\n" + "\n".join(f"- {window}" for window in terms.windows),
        say(N_("What {business} promises")).format(business=terms.business)
        + "\n"
        + "\n".join(_promise(n, held, speech) for n, held in enumerate(terms.commitments, 1)),
        _checking(terms, speech),
        _rules(terms.campaign.rechecks, speech),
    ]
    return "\n\n".join(parts) + "\n"


def _version(change: Change | None, speech: Speech) -> list[str]:
    """A later version says which text it replaces, by its fingerprint, and why."""
    if change is None:
        return []
    text = N_("Version {number}. It replaces version {replaces}, whose SHA-256 is {sha256}. The reason: {reason}")
    reason = " ".join(change.reason.split())
    return [speech.say(text).format(**{**change.__dict__, "reason": reason})]


def sha256(text: str) -> str:
    """The hash that stands in the record: of the text as UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


CHECKERS = {
    "organizer": N_("the organizers"),
    "monitor": N_("the monitor"),
    "supporters": N_("the supporters"),
    "affected": N_("the people whom it affects"),
}


def _promise(n: int, held: Commitment, speech: Speech) -> str:
    return f"{n}. " + "\n   ".join(clause(held, speech))


def clause(held: Commitment, speech: Speech) -> list[str]:
    """A promise with all that makes it precise. What was typed stays on its line: nobody writes in a further clause."""
    say = speech.say
    lines = [words.sentence(held, speech)]
    if isinstance(held, Action):
        if held.definition:
            lines.append(say(N_("What counts: {definition}")).format(definition=held.definition))
        lines += words.ladder(held, speech)
    if held.milestones:
        lines.append(say(N_("On the way: {milestones}")).format(milestones=" ".join(words.milestones(held, speech))))
    if held.proof:
        lines.append(say(N_("Proof: {proof}")).format(proof=", ".join(held.proof)))
    lines.append(say(N_("Checked by {checker}.")).format(checker=say(CHECKERS[held.checker])))
    if held.watch:
        text = say(N_("{what}. A person looks before anybody reads that it does not agree."))
        lines.append(text.format(what=words.watch(held.watch, speech)))
    if held.affected_group:
        lines.append(say(N_("It affects {group}, who agreed before the award.")).format(group=held.affected_group))
    lines += words.works(held.plan, speech)
    return [" ".join(line.split()) for line in lines]


def _checking(terms: Terms, speech: Speech) -> str:
    say = speech.say
    if not terms.monitors:
        return say(N_("No independent monitor has been named."))
    return say(N_("Independent monitor, and who pays: {monitors}")).format(monitors="; ".join(terms.monitors))


def _rules(rechecks: tuple[int, ...], speech: Speech) -> str:
    lines = (
        N_("Money is computed from the till total by the formula shown, and rounded half to even, at the last step."),
        N_("What is promised, what is filed and what is found is public. Everybody stays free to speak about it."),
        N_("A missing proof is late, then unknown. A person confirms the verdict; the business may reply."),
        N_("Dates may be extended on request; the first date stays visible."),
        N_("If the organizers move the day, in public and before it has ended, all this holds for the new day."),
    )
    said = [speech.say(line) for line in lines]
    if rechecks:
        months = ", ".join(str(month) for month in rechecks)
        text = N_("What was kept is looked at again {months} months after the verdict; a lapse is published alike.")
        said.append(speech.say(text).format(months=months))
    return "\n".join(f"- {line}" for line in said)
