"""Accessibility: doors, pages, toilets. Measures are those of the standard in its named version."""

from __future__ import annotations

from businesses.commitments import Checker
from businesses.library.values import HowTo, Template, Topic
from businesses.words import N_

ACCESSIBILITY = (
    Template(
        id="step-free",
        topic=Topic.ACCESSIBILITY,
        title=N_("Step-free entrances"),
        verb=N_("open"),
        metric=N_("step-free entrances"),
        unit=N_("entrances"),
        more=True,
        definition=N_(
            "Entrances without a step, or by a ramp of at most 6 percent slope and at least 120 cm width, with a door"
            " at least 90 cm clear and a threshold of at most 2 cm (DIN 18040-1:2010-10; elsewhere EN 17210:2021 or "
            "ISO 21542:2021 with the national values). Usable in opening hours without asking for a key. A portable "
            "ramp in the cellar does not count."
        ),
        baseline_question=N_("How many entrances are step-free today, of how many, and who measured?"),
        proof=(
            N_("photos with a measuring tape"),
            N_("report of a visit by wheelchair users"),
        ),
        checker=Checker.SUPPORTERS,
        due_weeks=30,
        how_to=HowTo(
            steps=(
                N_("Measure step, door and pavement; invite people with wheelchair, walker and pushchair."),
                N_("Ask the landlord, and the town where the ramp stands on the pavement."),
                N_("Build it, and test it with the same people."),
            ),
            cost=N_("About 500 to 5,000 euros for one step; 10,000 and more where walls or lifts are needed."),
            cost_from=N_(
                "Our estimate from what craftsmen and consultants usually quote in western Europe; ask for quotes."
            ),
            advice=(
                N_("organizations of disabled people in the town"),
                N_("advice on accessible building at the chambers of architects"),
                N_("in Germany the Bundesfachstelle Barrierefreiheit"),
            ),
        ),
    ),
    Template(
        id="accessible-pages",
        topic=Topic.ACCESSIBILITY,
        title=N_("An accessible website"),
        verb=N_("offer"),
        metric=N_("accessible pages of our website"),
        unit=N_("pages"),
        more=True,
        definition=N_(
            "Pages and steps of an order that meet all criteria of WCAG 2.1, level AA, as EN 301 549 V3.2.1 (2021-03)"
            " takes them over, tested by a person with keyboard and screen reader and not by a program alone. A menu "
            "or price list as a PDF counts as a page. An overlay that promises accessibility does not count."
        ),
        baseline_question=N_("How many of the pages pass today, of how many, and who tested?"),
        proof=(
            N_("test report"),
            N_("list of the pages"),
        ),
        checker=Checker.MONITOR,
        due_weeks=20,
        how_to=HowTo(
            steps=(
                N_("List the pages that people need: hours, menu, order, contact."),
                N_(
                    "Let somebody who is blind or uses the keyboard only try them, and write down where they are stuck."
                ),
                N_("Mend contrast, labels, headings and order of focus first; test again."),
            ),
            cost=N_("About 500 to 3,000 euros for the test of a small site, and as much again to mend it."),
            cost_from=N_(
                "Our estimate from what craftsmen and consultants usually quote in western Europe; ask for quotes."
            ),
            advice=(
                N_("testers of BIK BITV-Test"),
                N_("associations of blind people, such as RNIB or DBSV"),
                N_("the W3C’s Web Accessibility Initiative"),
            ),
        ),
    ),
    Template(
        id="accessible-toilet",
        topic=Topic.ACCESSIBILITY,
        title=N_("An accessible toilet"),
        verb=N_("provide"),
        metric=N_("accessible toilets for guests"),
        unit=N_("toilets"),
        more=True,
        definition=N_(
            "By DIN 18040-1:2010-10 (elsewhere EN 17210:2021 or ISO 21542:2021 with the national values): 150 × 150 "
            "cm to turn, 90 cm free on both sides of the bowl, folding grab rails, a door that opens outwards with 90"
            " cm clear width, an emergency call. Open to guests in opening hours. A toilet that is also a store room "
            "does not count."
        ),
        baseline_question=N_("How many are there today, and who measured?"),
        proof=(
            N_("photos with a measuring tape"),
            N_("invoices"),
        ),
        checker=Checker.SUPPORTERS,
        due_weeks=40,
        how_to=HowTo(
            steps=(
                N_("Ask a wheelchair user what is in the way today."),
                N_("Have a plan drawn by somebody who knows the standard; ask the landlord."),
                N_("Build it, keep it free, and name it on door and website."),
            ),
            cost=N_(
                "About 5,000 to 30,000 euros, by walls and pipes. Towns and integration offices sometimes add to it."
            ),
            cost_from=N_(
                "Our estimate from what craftsmen and consultants usually quote in western Europe; ask for quotes."
            ),
            advice=(
                N_("advice on accessible building at the chambers of architects"),
                N_("organizations of disabled people in the town"),
                N_("in Germany the Bundesfachstelle Barrierefreiheit"),
            ),
        ),
    ),
)
