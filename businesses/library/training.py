"""Training: for those who decide, and for everybody against violence and harassment."""

from __future__ import annotations

from businesses.commitments import Checker
from businesses.library.values import HowTo, Template, Topic
from businesses.words import N_

TRAINING = (
    Template(
        id="managers-trained",
        topic=Topic.TRAINING,
        title=N_("Managers trained in human rights"),
        verb=N_("train"),
        metric=N_("managers in human rights due diligence"),
        unit=N_("people"),
        more=True,
        definition=N_(
            "People who lead, buy or hire and have completed at least 8 hours with a trainer from outside on the UN "
            "Guiding Principles (2011) and the six steps of the OECD Due Diligence Guidance for Responsible Business "
            "Conduct (2018), with an exercise on the firm’s own suppliers and a test. A film without a test does not "
            "count, nor does a course older than two years."
        ),
        baseline_question=N_("How many have completed it today, of how many, and who has seen the certificates?"),
        proof=(
            N_("certificates of the trainer"),
            N_("programme of the course"),
        ),
        checker=Checker.MONITOR,
        due_weeks=40,
        how_to=HowTo(
            steps=(
                N_("List who decides on buying, hiring and rotas."),
                N_("Choose a course, or share a trainer with other shops of the street."),
                N_("Let each name one thing to change in the own work, and ask again after half a year."),
            ),
            cost=N_("About 200 to 800 euros a person, less in a group or with a public helpdesk."),
            cost_from=N_("Our estimate of hours and fees; it depends on size and country."),
            advice=(
                N_("in Germany the Helpdesk on Business and Human Rights"),
                N_("the UN Global Compact network of the country"),
                N_("the chamber of commerce"),
            ),
        ),
    ),
    Template(
        id="harassment",
        topic=Topic.TRAINING,
        title=N_("Training against harassment"),
        verb=N_("train"),
        metric=N_("employees against violence and harassment"),
        unit=N_("people"),
        more=True,
        definition=N_(
            "Employees, temporary ones too, with at least 4 hours in paid working time on violence and harassment as "
            "ILO Convention 190 (2019) defines them, in a language they understand, with a trainer from outside and "
            "with the way to complain. Signing a leaflet does not count, nor does a course older than two years."
        ),
        baseline_question=N_("How many were trained in the last two years, of how many, and who has the list?"),
        proof=(
            N_("attendance list seen by the monitor"),
            N_("programme of the course"),
        ),
        checker=Checker.MONITOR,
        due_weeks=26,
        how_to=HowTo(
            steps=(
                N_("Ask the staff without their superiors what happens, and where."),
                N_("Book a trainer who knows the trade; count the hours as work."),
                N_("Name somebody to turn to inside and outside, and repeat it every two years."),
            ),
            cost=N_("About 500 to 2,000 euros for a half day with a group, and the paid hours."),
            cost_from=N_("Our estimate of hours and fees; it depends on size and country."),
            advice=(
                N_("advice centres against discrimination and violence"),
                N_("in Germany the Antidiskriminierungsstelle des Bundes"),
                N_("the employers’ liability insurance association"),
            ),
        ),
    ),
)
