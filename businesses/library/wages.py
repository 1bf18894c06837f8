"""Wages: pay, secure hours, and a say. Standards are named with their version."""

from __future__ import annotations

from businesses.commitments import Checker
from businesses.library.values import HowTo, Template, Topic
from businesses.words import N_

WAGES = (
    Template(
        id="living-wage",
        topic=Topic.WAGES,
        title=N_("A living wage"),
        verb=N_("pay"),
        metric=N_("employees at least a living wage"),
        unit=N_("people"),
        more=True,
        definition=N_(
            "Gross pay by the hour, without tips, bonuses and overtime, at or above the living wage for place and "
            "year: the real Living Wage of the Living Wage Foundation (UK), an Anker benchmark of the Global Living "
            "Wage Coalition, or, where there is neither, 60 percent of the national gross median wage (reference "
            "value in Directive (EU) 2022/2041). Owners and relatives do not count."
        ),
        baseline_question=N_("How many employees are paid that much today, of how many, and who has seen the payroll?"),
        proof=(
            N_("payroll without names seen by the monitor"),
            N_("letter of the tax adviser"),
        ),
        checker=Checker.MONITOR,
        due_weeks=26,
        how_to=HowTo(
            steps=(
                N_("Write down the reference, its year and the gap for each hour worked."),
                N_("Reckon the yearly sum, and decide what prices, hours and profit bear of it."),
                N_("Change the contracts in writing, and look again whenever the reference rises."),
            ),
            cost=N_("The gap times the hours, and in Germany about a fifth on top for the employer’s contributions."),
            cost_from=N_("Reckon it from your own payroll; the share on top is our estimate for Germany."),
            advice=(
                N_("trade unions (in Germany NGG and ver.di)"),
                N_("the Living Wage Foundation, WageIndicator"),
                N_("the tax adviser"),
            ),
        ),
    ),
    Template(
        id="secure-hours",
        topic=Topic.WAGES,
        title=N_("Secure contracts"),
        verb=N_("employ"),
        metric=N_("people on permanent contracts with fixed hours"),
        unit=N_("people"),
        more=True,
        definition=N_(
            "Written contracts without an end date and with guaranteed weekly hours, the rota known 14 days ahead: "
            "more than Directive (EU) 2019/1152 on transparent and predictable working conditions demands. Work on "
            "call, zero hours, agency work and people still on probation do not count."
        ),
        baseline_question=N_("How many have such a contract today, of how many, and who has seen the contracts?"),
        proof=(
            N_("contracts seen by the monitor"),
            N_("rotas with their dates"),
        ),
        checker=Checker.MONITOR,
        due_weeks=20,
        how_to=HowTo(
            steps=(
                N_("List all contracts: end date, guaranteed hours, hours really worked."),
                N_("Ask each person which hours they want; some want fewer."),
                N_("Offer the new contracts, and hang the rota up two weeks ahead."),
            ),
            cost=N_("A few hours of advice; guaranteed hours that find no work are the real cost."),
            cost_from=N_("Our estimate of hours and fees; it depends on size and country."),
            advice=(
                N_("trade unions"),
                N_("the employers’ association or the chamber of commerce"),
                N_("a lawyer for labour law"),
            ),
        ),
    ),
    Template(
        id="collective-agreement",
        topic=Topic.WAGES,
        title=N_("A collective agreement"),
        verb=N_("cover"),
        metric=N_("employees by a collective agreement"),
        unit=N_("people"),
        more=True,
        definition=N_(
            "Employees whose pay and hours follow a collective agreement with a trade union that they were free to "
            "join or not (ILO Conventions 87 and 98, two of the ILO’s fundamental conventions), applied in writing. "
            "House rules, and agreements with a body that the employer has set up or pays, do not count."
        ),
        baseline_question=N_("How many employees are covered today, of how many, and by which agreement?"),
        proof=(
            N_("copy of the agreement"),
            N_("letter of the trade union"),
        ),
        checker=Checker.MONITOR,
        due_weeks=40,
        how_to=HowTo(
            steps=(
                N_("Tell the staff that they are free to organize, and leave the room when they talk."),
                N_("Ask union and employers’ association which agreement fits, or negotiate one of your own."),
                N_("Write it into the contracts, and hang a copy up."),
            ),
            cost=N_("Some days of talks and about 1,000 to 5,000 euros of advice; then what the agreement gives."),
            cost_from=N_("Our estimate of hours and fees; it depends on size and country."),
            advice=(
                N_("the trade union of the trade"),
                N_("the employers’ association"),
                N_("the ILO Helpdesk for Business"),
            ),
        ),
    ),
)
