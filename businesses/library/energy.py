"""Energy: light, cold and the meter. Classes are those of the EU label since 2021."""

from __future__ import annotations

from businesses.commitments import Checker
from businesses.library.values import HowTo, Template, Topic
from businesses.words import N_

ENERGY = (
    Template(
        id="led-lamps",
        topic=Topic.ENERGY,
        title=N_("LED lamps"),
        verb=N_("fit"),
        metric=N_("LED lamps of class E or better"),
        unit=N_("lamps"),
        more=True,
        definition=N_(
            "LED lamps or luminaires of energy class E or better on the EU label (Regulation (EU) 2019/2015), so at "
            "least 110 lm/W, with a colour rendering index (CRI) of 80 or more, lit in opening hours. Spare lamps in "
            "a drawer do not count."
        ),
        baseline_question=N_("How many LED lamps of this class are lit today, and who counted?"),
        proof=(
            N_("invoices"),
            N_("photos"),
            N_("a list of all lamps with watts"),
        ),
        checker=Checker.MONITOR,
        due_weeks=12,
        how_to=HowTo(
            steps=(
                N_("Walk round with a list: every lamp, its watts, its socket."),
                N_(
                    "Ask an electrician which luminaires need a new driver. Buy by lumens and colour rendering, not "
                    "by watts."
                ),
                N_("Change them, hand the old ones in as electrical waste, and note the meter."),
            ),
            cost=N_("About 5 to 20 euros for a lamp, 50 to 200 for a new luminaire, and an electrician’s hours."),
            cost_from=N_("Our estimate from prices in European shops; ask for quotes."),
            advice=(
                N_("the energy agency of the region"),
                N_("consumer advice centres (in Germany the Verbraucherzentrale)"),
                N_("EPREL, the EU’s database of labelled products"),
            ),
        ),
    ),
    Template(
        id="fridge-doors",
        topic=Topic.ENERGY,
        title=N_("Doors on refrigerated shelves"),
        verb=N_("close"),
        metric=N_("metres of refrigerated shelving with doors"),
        unit=N_("metres"),
        more=True,
        definition=N_(
            "Metres of front of refrigerated display cabinets with doors or lids that close by themselves, measured "
            "along the floor. A cabinet bought new is of class D or better on the EU label for refrigerating "
            "appliances with a direct sales function (Regulation (EU) 2019/2018). Night blinds and strip curtains do "
            "not count."
        ),
        baseline_question=N_("How many metres are behind doors today, and who measured?"),
        proof=(
            N_("invoices"),
            N_("photos"),
        ),
        checker=Checker.MONITOR,
        due_weeks=26,
        how_to=HowTo(
            steps=(
                N_("Measure every open front, and read the meter for two ordinary weeks."),
                N_("Ask the maker of the cabinets whether doors can be added, and get two quotes."),
                N_("Fit them in a quiet week, and read the meter again for as long."),
            ),
            cost=N_(
                "About 500 to 1,500 euros a metre for doors on existing cabinets; several thousand for a new cabinet."
            ),
            cost_from=N_(
                "Our estimate from what craftsmen and consultants usually quote in western Europe; ask for quotes."
            ),
            advice=(
                N_("refrigeration firms certified under the F-gas Regulation (EU) 2024/573"),
                N_("the energy agency of the region"),
                N_("the chamber of commerce"),
            ),
        ),
    ),
    Template(
        id="electricity",
        topic=Topic.ENERGY,
        title=N_("Less electricity"),
        verb=N_("use"),
        metric=N_("kilowatt-hours of electricity a year"),
        unit=N_("kilowatt-hours a year"),
        more=False,
        definition=N_(
            "Electricity from the grid for the same rooms and the same opening hours, by meter or yearly bill, over "
            "twelve months in a row. Own solar power that replaces it is stated beside the figure and does not count "
            "as saved, nor do months in which the shop was closed."
        ),
        baseline_question=N_("How many kilowatt-hours did the last twelve months take, and by which bill?"),
        proof=(
            N_("yearly bills"),
            N_("photos of the meter"),
        ),
        checker=Checker.MONITOR,
        due_weeks=60,
        how_to=HowTo(
            steps=(
                N_("Take the last yearly bill, and read the meter every Monday for a month."),
                N_(
                    "Ask for an energy audit by EN 16247-1:2022, and take its measures in the order in which they pay"
                    " back."
                ),
                N_("Carry them out, then compare twelve months with twelve months."),
            ),
            cost=N_(
                "About 500 to 2,000 euros for the audit of a small shop, before subsidies. The first measures (times,"
                " temperatures, seals) cost next to nothing."
            ),
            cost_from=N_(
                "Our estimate from what craftsmen and consultants usually quote in western Europe; ask for quotes."
            ),
            advice=(
                N_("energy advisers on the list of experts of the German Energy Agency (dena)"),
                N_("ADEME in France, the Energy Saving Trust in the United Kingdom"),
                N_("volunteers who advise on energy, supervised by somebody trained"),
            ),
        ),
    ),
)
