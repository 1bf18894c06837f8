"""Complaint channels: eight criteria to meet, and answers within known terms."""

from __future__ import annotations

from businesses.commitments import Checker
from businesses.library.values import HowTo, Template, Topic
from businesses.words import N_

COMPLAINTS = (
    Template(
        id="complaint-channel",
        topic=Topic.COMPLAINTS,
        title=N_("A complaint channel that deserves trust"),
        verb=N_("run"),
        metric=N_("complaint channels that meet all eight criteria"),
        unit=N_("channels"),
        more=True,
        definition=N_(
            "Open to employees, workers of suppliers, customers and neighbours, and meeting the criteria of principle"
            " 31 of the UN Guiding Principles on Business and Human Rights (2011): legitimate, accessible, "
            "predictable, equitable, transparent, compatible with rights, a source of learning, based on dialogue. "
            "Names stay protected. A mailbox that is read only by the person complained about does not count."
        ),
        baseline_question=N_(
            "How many channels are there today, how many of the criteria does each meet, and who judged?"
        ),
        proof=(
            N_("published rules of procedure"),
            N_("the eight criteria answered one by one"),
            N_("a test complaint by the monitor"),
        ),
        checker=Checker.MONITOR,
        due_weeks=26,
        how_to=HowTo(
            steps=(
                N_("Ask those who would use it what holds them back today."),
                N_(
                    "Name two people who receive complaints, one of them outside the firm; write down steps and terms"
                    " on one page."
                ),
                N_("Hang it up in every language spoken there, and report once a year how many came and what changed."),
            ),
            cost=N_("Some days of work; about 500 to 3,000 euros a year for an ombudsperson or a shared channel."),
            cost_from=N_("Our estimate of hours and fees; it depends on size and country."),
            advice=(
                N_("the national human rights institution"),
                N_("in Germany the Helpdesk on Business and Human Rights"),
                N_("trade unions and the ILO Helpdesk for Business"),
            ),
        ),
    ),
    Template(
        id="answers-in-time",
        topic=Topic.COMPLAINTS,
        title=N_("Complaints answered in time"),
        verb=N_("answer"),
        metric=N_("of 100 complaints in time"),
        unit=N_("of 100 complaints"),
        more=True,
        definition=N_(
            "Receipt confirmed within 7 days and an answer on the matter within 3 months (the terms of article 9 of "
            "Directive (EU) 2019/1937; handled as in ISO 10002:2018), counted over twelve months in a row, by "
            "telephone and in person as well. Automatic replies are no answers. Complaints whose sender cannot be "
            "reached are stated apart."
        ),
        baseline_question=N_(
            "How many of the last year’s complaints were answered in time, of how many, and who counted?"
        ),
        proof=(
            N_("list of complaints without names"),
            N_("sample seen by the monitor"),
        ),
        checker=Checker.MONITOR,
        due_weeks=52,
        how_to=HowTo(
            steps=(
                N_("Keep one list for all ways by which complaints come."),
                N_("Say on receipt who deals with it and by when."),
                N_("Look at the list every month, and pass what is stuck to somebody else."),
            ),
            cost=N_("An hour or two a week; a table is enough."),
            cost_from=N_("Our estimate of hours and fees; it depends on size and country."),
            advice=(
                N_("ombudspersons and arbitration boards of the trade"),
                N_("consumer advice centres (in Germany the Verbraucherzentrale)"),
                N_("the chamber of commerce"),
            ),
        ),
    ),
)
