"""Consent of those affected: free, prior and informed, by their own representatives."""

from __future__ import annotations

from businesses.commitments import Checker
from businesses.library.values import HowTo, Template, Topic
from businesses.words import N_

CONSENT = (
    Template(
        id="consented-suppliers",
        topic=Topic.CONSENT,
        title=N_("Suppliers with the communities’ consent"),
        verb=N_("buy from"),
        metric=N_("suppliers with the consent of the communities on their land"),
        unit=N_("suppliers"),
        more=True,
        definition=N_(
            "Suppliers on land of indigenous or local communities who agreed freely, beforehand and informed (UN "
            "Declaration on the Rights of Indigenous Peoples, article 32; ILO Convention 169): by their own "
            "representatives, in their language, before work began, recorded, and free to say no or to withdraw. A "
            "permit of the state or a signature that the supplier alone collected does not count."
        ),
        baseline_question=N_("For how many suppliers is such consent on record today, and who has seen it?"),
        proof=(
            N_("record of the consent published as the community wishes"),
            N_("confirmation by the community’s representatives"),
        ),
        checker=Checker.AFFECTED,
        affected_group=N_("The communities on whose land it is produced"),
        due_weeks=52,
        how_to=HowTo(
            steps=(
                N_("Find out for each source whose land it is, and who speaks for them by their own rules."),
                N_(
                    "Have them informed in their language, with time to confer among themselves and with advisers of "
                    "their choice."
                ),
                N_(
                    "Record a yes with its conditions and how it can be withdrawn. Take a no as a no, and look for "
                    "another source."
                ),
            ),
            cost=N_(
                "From nothing, where it exists already, to some thousand euros a source for journeys, interpreters "
                "and independent advice."
            ),
            cost_from=N_("Our estimate of hours and fees; it depends on size and country."),
            advice=(
                N_("FAO’s manual on free, prior and informed consent (2016)"),
                N_("the Forest Peoples Programme"),
                N_("the International Work Group for Indigenous Affairs (IWGIA)"),
            ),
        ),
    ),
    Template(
        id="hearings",
        topic=Topic.CONSENT,
        title=N_("Hearings before decisions"),
        verb=N_("hold"),
        metric=N_("hearings with the people affected a year"),
        unit=N_("hearings a year"),
        more=True,
        definition=N_(
            "Meetings before a decision on land, noise, building or suppliers, announced 14 days ahead in the "
            "language of those affected, led by somebody whom both sides accept, with minutes that they may correct "
            "and a written answer to each demand (UN Declaration on the Rights of Indigenous Peoples, articles 18 and"
            " 19; OECD Due Diligence Guidance, 2018). Information after the decision does not count."
        ),
        baseline_question=N_("How many were held in the last twelve months, and where are the minutes?"),
        proof=(
            N_("minutes agreed by both sides"),
            N_("written answers to the demands"),
        ),
        checker=Checker.AFFECTED,
        affected_group=N_("The neighbours or communities whom the decision concerns"),
        due_weeks=30,
        how_to=HowTo(
            steps=(
                N_("List the coming decisions, and whom each of them concerns."),
                N_("Agree with them on place, time, language and who leads; pay for interpreters and child care."),
                N_("Decide after the hearing only, and answer each demand in writing within a month."),
            ),
            cost=N_("About 200 to 2,000 euros for each hearing: room, interpreters, somebody neutral to lead it."),
            cost_from=N_("Our estimate of hours and fees; it depends on size and country."),
            advice=(
                N_("mediators and community organizers"),
                N_("the OECD National Contact Point of the country"),
                N_("the national human rights institution"),
            ),
        ),
    ),
)
