"""Waste: what is handed out, thrown away, or never wrapped."""

from __future__ import annotations

from businesses.commitments import Checker
from businesses.library.values import HowTo, Template, Topic
from businesses.words import N_

WASTE = (
    Template(
        id="single-use",
        topic=Topic.WASTE,
        title=N_("Fewer single-use cups and boxes"),
        verb=N_("hand out"),
        metric=N_("single-use cups and boxes a week"),
        unit=N_("pieces a week"),
        more=False,
        definition=N_(
            "Cups, lids, boxes and cutlery that are used once, counted over four ordinary weeks by purchases less "
            "stock. Bioplastic and coated paper count as single-use, too (as in Directive (EU) 2019/904), and so does"
            " uncoated paper. Pieces of a deposit system that are taken back and washed do not count."
        ),
        baseline_question=N_("How many are handed out in an ordinary week, and who counted?"),
        proof=(
            N_("purchase invoices"),
            N_("counts of the stock"),
        ),
        checker=Checker.MONITOR,
        due_weeks=12,
        how_to=HowTo(
            steps=(
                N_("Count four ordinary weeks from invoices and stock."),
                N_("Join a deposit system that shops nearby take back, or buy and wash your own."),
                N_("Put the reusable one first on the menu; give the single-use one on request only."),
            ),
            cost=N_(
                "About 1 to 5 euros for each reusable piece, or a monthly fee in the tens of euros for a deposit "
                "system. Purchases of single-use ware fall."
            ),
            cost_from=N_("Our estimate from prices in European shops; ask for quotes."),
            advice=(
                N_("the waste department of the town"),
                N_("deposit systems of the region"),
                N_("Zero Waste Europe, in Germany Deutsche Umwelthilfe"),
            ),
        ),
    ),
    Template(
        id="food-waste",
        topic=Topic.WASTE,
        title=N_("Less food thrown away"),
        verb=N_("throw away"),
        metric=N_("kilograms of food a week"),
        unit=N_("kilograms a week"),
        more=False,
        definition=N_(
            "Food and drink meant to be eaten that leaves as waste, weighed every day over four weeks, as in the Food"
            " Loss and Waste Accounting and Reporting Standard, version 1.0 (2016). Peel, bones and coffee grounds "
            "are weighed apart and do not count. What is given to people to eat is no waste."
        ),
        baseline_question=N_("How many kilograms are thrown away in an ordinary week, and who weighed?"),
        proof=(
            N_("list of weights"),
            N_("photos of the scale"),
        ),
        checker=Checker.MONITOR,
        due_weeks=16,
        how_to=HowTo(
            steps=(
                N_("Put a scale beside the bin, and write every weight down for four weeks."),
                N_(
                    "Look where most arises: ordering, storing, portions, the full shelf before closing. Change the "
                    "biggest."
                ),
                N_("Agree with a food bank on what is left over, and weigh again."),
            ),
            cost=N_("About 50 to 200 euros for a scale, and ten minutes a day. Most kitchens save more than that."),
            cost_from=N_("Our estimate from prices in European shops; ask for quotes."),
            advice=(
                N_("United Against Waste (Germany, Austria, Switzerland)"),
                N_("WRAP and its Guardians of Grub (United Kingdom)"),
                N_("food banks, such as Tafel or foodsharing"),
            ),
        ),
    ),
    Template(
        id="unpackaged",
        topic=Topic.WASTE,
        title=N_("Products without packaging"),
        verb=N_("sell"),
        metric=N_("products without single-use packaging"),
        unit=N_("products"),
        more=True,
        definition=N_(
            "Articles that customers fill into their own or a returnable container, all year or through their season,"
            " each with name and price on the shelf. Fruit and vegetables that were sold loose before do not count, "
            "nor do goods that reach the shop in wrappings for single portions."
        ),
        baseline_question=N_("How many products can be bought so today, and who counted?"),
        proof=(
            N_("shelf list"),
            N_("photos"),
        ),
        checker=Checker.SUPPORTERS,
        due_weeks=20,
        how_to=HowTo(
            steps=(
                N_("List what sells most and comes in sacks or canisters."),
                N_(
                    "Ask suppliers for bulk or returnable packaging, and the food inspection which hygiene rules apply."
                ),
                N_("Set up scale, containers and labels with best-before date and allergens."),
            ),
            cost=N_("About 50 to 300 euros for each dispenser, and a scale that is approved for trade."),
            cost_from=N_("Our estimate from prices in European shops; ask for quotes."),
            advice=(
                N_("the association of packaging-free shops (in Germany Unverpackt-Verband)"),
                N_("the local food inspection"),
                N_("wholesalers of organic food"),
            ),
        ),
    ),
)
