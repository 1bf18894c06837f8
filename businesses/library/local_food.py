"""Food: from nearby, organic, fairly traded. Claims count with a name or a certificate only."""

from __future__ import annotations

from businesses.commitments import Checker
from businesses.library.values import HowTo, Template, Topic
from businesses.words import N_

LOCAL_FOOD = (
    Template(
        id="local-producers",
        topic=Topic.LOCAL_FOOD,
        title=N_("Local producers"),
        verb=N_("stock"),
        metric=N_("local producers"),
        unit=N_("producers"),
        more=True,
        definition=N_(
            "Farms and workshops within 50 km of the shop as the crow flies that make the product themselves, its "
            "main ingredient from the same distance. Their name and place stand on the shelf, and at least one "
            "product of theirs is on sale through its season or 40 weeks a year. Traders and packers do not count."
        ),
        baseline_question=N_("How many local producers are on the shelves today, and who counted?"),
        proof=(
            N_("shelf list"),
            N_("supplier invoices"),
            N_("photos"),
        ),
        checker=Checker.SUPPORTERS,
        due_weeks=24,
        how_to=HowTo(
            steps=(
                N_("Draw the circle on a map, and list who in it makes what you sell."),
                N_("Ask each about amounts, seasons and delivery; agree on a trial of four weeks."),
                N_("Write name and place on the shelf, and keep the list up to date for who checks."),
            ),
            cost=N_("No outlay, but about a day of work for each new producer; small lots cost more each."),
            cost_from=N_("Our estimate of hours and fees; it depends on size and country."),
            advice=(
                N_("the association for regional marketing"),
                N_("the chamber of agriculture or the farmers’ union"),
                N_("Slow Food and community-supported farms"),
            ),
        ),
    ),
    Template(
        id="organic",
        topic=Topic.LOCAL_FOOD,
        title=N_("Organic products"),
        verb=N_("offer"),
        metric=N_("certified organic products"),
        unit=N_("products"),
        more=True,
        definition=N_(
            "Products certified under Regulation (EU) 2018/848 (outside the EU: a national rule that the EU "
            "recognises as equivalent), with the code of the control body on package or shelf. A kitchen that calls "
            "its dishes organic is controlled itself. “Natural”, “from controlled growing” and the shop’s own word do"
            " not count."
        ),
        baseline_question=N_("How many certified organic products are on offer today, and who counted?"),
        proof=(
            N_("shelf list"),
            N_("certificates of the control body"),
        ),
        checker=Checker.SUPPORTERS,
        due_weeks=16,
        how_to=HowTo(
            steps=(
                N_("List the ten products or ingredients that you buy most."),
                N_("Ask suppliers for the organic one with its certificate; change one after the other."),
                N_("Where you cook or pack, make a contract with a control body before you advertise."),
            ),
            cost=N_(
                "About 200 to 600 euros a year for the control of a small kitchen; many ingredients cost a fifth to a"
                " half more."
            ),
            cost_from=N_("Our estimate of hours and fees; it depends on size and country."),
            advice=(
                N_("the organic control bodies"),
                N_("growers’ associations, such as Bioland, Naturland, Demeter or the Soil Association"),
                N_("IFOAM Organics Europe"),
            ),
        ),
    ),
    Template(
        id="fair-trade",
        topic=Topic.LOCAL_FOOD,
        title=N_("Fairly traded products"),
        verb=N_("sell"),
        metric=N_("fairly traded products"),
        unit=N_("products"),
        more=True,
        definition=N_(
            "Products that carry the Fairtrade Mark (standards of Fairtrade International, certified by FLOCERT) or "
            "the Fair for Life label, or come from a member of the guarantee system of the World Fair Trade "
            "Organization. In a mixed product at least the named ingredient. “Direct trade” without an outside check "
            "does not count."
        ),
        baseline_question=N_("How many such products are on sale today, and who counted?"),
        proof=(
            N_("shelf list"),
            N_("photos"),
            N_("supplier invoices"),
        ),
        checker=Checker.SUPPORTERS,
        due_weeks=12,
        how_to=HowTo(
            steps=(
                N_("Begin with coffee, tea, chocolate, bananas and sugar."),
                N_("Order samples, let guests and customers taste, and choose."),
                N_("Name label and origin on the shelf or the menu."),
            ),
            cost=N_(
                "About a tenth to a third more for each product in purchase; no fee for who only sells packed goods."
            ),
            cost_from=N_("Our estimate from prices in European shops; ask for quotes."),
            advice=(
                N_("the national Fairtrade organization"),
                N_("the steering group of the Fairtrade Town"),
                N_("world shops and their importers"),
            ),
        ),
    ),
)
