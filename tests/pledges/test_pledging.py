"""A supporter pledges, confirms, changes, withdraws and leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import event, select, text

from campaigns.values import Pledging, State
from core.clock import FixedClock
from core.db import Database
from core.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn
from core.money import Money
from core.tables import FactRow, MailRow
from pledges import queries, service
from pledges.values import PledgeOffer, PledgeState
from tests.pledges.acts import (
    change,
    confirm,
    kinds,
    mail_token,
    move_to,
    open_campaign,
    page_token,
    pledge,
    pledge_and_confirm,
    stored,
    sums,
    withdraw,
)
from tests.stages import KEYS, euro, make_person


def mails(database: Database) -> list[MailRow]:
    with database.reading() as session:
        return list(session.scalars(select(MailRow)))


def test_a_pledge_gets_a_code_and_a_mail_to_confirm_it(database: Database):
    campaign = open_campaign(database)
    made = pledge(database, campaign, party=2, updates=True, units=3, locale="de")
    assert stored(database, made) == made
    assert (made.state, made.updates, made.units, len(made.code)) == (PledgeState.UNCONFIRMED, True, 3, 6)
    (mail,) = mails(database)
    assert (mail.kind, mail.recipient, mail.locale) == ("confirm_pledge", "lea@example.org", "de")
    assert mail.payload == {"pledge": made.id, "campaign": campaign.id}
    assert kinds(database, campaign) == ["PledgeMade"]


def test_without_an_address_there_is_a_code_and_no_mail(database: Database):
    campaign = open_campaign(database)
    made = pledge(database, campaign, email="")
    assert not made.with_address
    assert mails(database) == []
    assert sums(database, campaign).without_address.people == 1


def test_the_same_form_sent_twice_is_one_pledge_and_one_mail(database: Database):
    campaign = open_campaign(database)
    first = pledge(database, campaign)
    assert pledge(database, campaign, email="LEA@example.org") == first
    assert len(mails(database)) == 1
    assert kinds(database, campaign) == ["PledgeMade"]


def test_another_amount_or_party_is_another_pledge(database: Database):
    campaign = open_campaign(database)
    made = {pledge(database, campaign, *offer).id for offer in [("20",), ("30",)]}
    made.add(pledge(database, campaign, party=2).id)
    assert len(made) == 3


def test_the_same_again_after_confirming_is_a_new_pledge(database: Database):
    campaign = open_campaign(database)
    first = pledge_and_confirm(database, campaign)
    second = pledge(database, campaign)
    assert (second.state, second.id == first.id) == (PledgeState.UNCONFIRMED, False)


def test_without_an_address_the_browsers_own_id_tells_a_repetition(database: Database):
    campaign = open_campaign(database)
    first = pledge(database, campaign, email="", repeat_of="a-uuid")
    assert pledge(database, campaign, email="", repeat_of="a-uuid") == first
    assert pledge(database, campaign, email="") != pledge(database, campaign, email="")


def test_a_code_that_is_taken_is_drawn_again(database: Database, monkeypatch: pytest.MonkeyPatch):
    campaign = open_campaign(database)
    drawn = iter("A" * 12 + "B" * 6)
    monkeypatch.setattr("pledges.service.promises.secrets.choice", lambda _alphabet: next(drawn))
    codes = [pledge(database, campaign, email=f"{n}@example.org").code for n in range(2)]
    assert codes == ["AAAAAA", "BBBBBB"]


def test_confirming_makes_it_count_and_names_the_person(database: Database):
    campaign = open_campaign(database)
    confirmed = pledge_and_confirm(database, campaign, name="Lea", updates=True)
    assert confirmed == stored(database, confirmed)
    assert sums(database, campaign).confirmed.amount == euro("20")
    assert kinds(database, campaign) == ["PledgeMade", "PledgeConfirmed"]
    with database.reading() as session:
        assert [(s.person, s.updates) for s in queries.supporters(session, campaign.id)] == [(confirmed.person, True)]
        assert queries.is_supporter(session, campaign.id, confirmed.person or "")
        assert not queries.is_supporter(session, campaign.id, "somebody")
        assert queries.pledges_of(session, confirmed.person or "") == [confirmed]


def test_confirming_twice_is_confirming_once(database: Database):
    campaign = open_campaign(database)
    made = pledge(database, campaign)
    assert confirm(database, made) == confirm(database, made)
    assert kinds(database, campaign) == ["PledgeMade", "PledgeConfirmed"]


def test_a_newer_pledge_of_the_same_address_replaces_the_earlier_one_when_confirmed(database: Database):
    campaign = open_campaign(database)
    first = pledge_and_confirm(database, campaign, "20")
    second = pledge(database, campaign, "35", party=2)
    assert sums(database, campaign).confirmed.amount == euro("20")
    confirm(database, second)
    assert stored(database, first).state == PledgeState.REPLACED
    assert stored(database, first).replaced_by == second.id
    assert (sums(database, campaign).confirmed.people, sums(database, campaign).pledged.people) == (2, 2)
    with pytest.raises(Conflict, match="replaced by a newer one"):
        confirm(database, first)


def test_a_forgotten_unconfirmed_pledge_goes_with_the_confirmed_one(database: Database, clock: FixedClock):
    campaign = open_campaign(database)
    pledge(database, campaign, "20")
    clock.advance(minutes=5)
    pledge_and_confirm(database, campaign, "30")
    assert sums(database, campaign).pledged.amount == euro("30")


def test_only_the_token_of_the_mail_confirms(database: Database):
    campaign = open_campaign(database)
    made = pledge(database, campaign)
    for token in ("", "x", page_token(made), mail_token(pledge(database, campaign, "30"))):
        with database.writing() as session, pytest.raises(Forbidden):
            service.confirm(session, database.clock, KEYS, made.id, token)
    with database.writing() as session, pytest.raises(NotFound):
        service.confirm(session, database.clock, KEYS, "unknown", "x")


def test_pledging_closes_to_the_instant_without_a_worker(database: Database, clock: FixedClock):
    closes = clock.instant + timedelta(days=1)
    campaign = open_campaign(database, pledging=Pledging(closes_at=closes))
    made = pledge(database, campaign)
    clock.set(closes)
    attempts: list[Callable[[], object]] = [
        lambda: pledge(database, campaign, "30"),
        lambda: confirm(database, made),
        lambda: change(database, made, "30"),
        lambda: withdraw(database, made),
    ]
    for late in attempts:
        with pytest.raises(Conflict, match="Pledging closed on 2027-03-02 10:00 Europe/Berlin"):
            late()
    assert stored(database, made) == made


def test_who_confirmed_in_time_may_press_the_button_again_later(database: Database, clock: FixedClock):
    closes = clock.instant + timedelta(days=1)
    campaign = open_campaign(database, pledging=Pledging(closes_at=closes))
    confirmed = pledge_and_confirm(database, campaign)
    clock.set(closes)
    assert confirm(database, confirmed) == confirmed


def test_a_draft_does_not_exist_for_supporters(database: Database):
    campaign = open_campaign(database, State.DRAFT)
    with pytest.raises(NotFound):
        pledge(database, campaign)


def test_money_of_another_currency_is_refused_by_name(database: Database):
    campaign = open_campaign(database)
    offer = PledgeOffer(Money.parse("20", "USD"))
    with database.writing() as session, pytest.raises(Invalid, match="this campaign counts in EUR"):
        service.pledge(session, database.clock, KEYS, campaign.slug, offer)


def test_a_changed_pledge_counts_as_changed(database: Database):
    campaign = open_campaign(database)
    made = pledge_and_confirm(database, campaign)
    changed = change(database, made, "35", 3)
    assert changed == stored(database, made)
    assert (sums(database, campaign).confirmed.people, sums(database, campaign).confirmed.amount) == (3, euro("35"))
    assert kinds(database, campaign)[-1] == "PledgeChanged"


def test_a_withdrawn_pledge_counts_no_more_and_can_be_made_again(database: Database):
    campaign = open_campaign(database)
    made = pledge(database, campaign)
    assert withdraw(database, made).state == PledgeState.WITHDRAWN
    assert withdraw(database, made).state == PledgeState.WITHDRAWN
    assert sums(database, campaign).pledged.people == 0
    assert pledge(database, campaign).id != made.id
    assert kinds(database, campaign) == ["PledgeMade", "PledgeWithdrawn", "PledgeMade"]


def test_ones_own_pledge_is_reached_by_mail_by_sign_in_and_without_address_by_its_page(database: Database):
    campaign = open_campaign(database)
    written, spoken = pledge(database, campaign), pledge(database, campaign, email="")
    with database.writing() as session:
        lea = make_person(session, database.clock, "lea@example.org")
        tom = make_person(session, database.clock, "tom@example.org")
        for made, token in [
            (written, mail_token(written)),
            (written, page_token(written)),
            (spoken, page_token(spoken)),
        ]:
            assert service.own(session, KEYS, made.id, token) == made
        assert service.own(session, KEYS, written.id, person=lea) == written
        with pytest.raises(NotSignedIn):
            service.own(session, KEYS, written.id)
        with pytest.raises(Forbidden):
            service.own(session, KEYS, written.id, person=tom)
        with pytest.raises(Forbidden):
            service.own(session, KEYS, written.id, "wrong")
        with pytest.raises(Forbidden):
            service.withdraw(session, database.clock, KEYS, written.id, page_token(written))
        assert not service.withdraw(session, database.clock, KEYS, spoken.id, page_token(spoken)).stands


def test_erasure_forgets_the_person_and_keeps_the_sums(database: Database):
    campaign = open_campaign(database)
    made = pledge_and_confirm(database, campaign, name="Lea Sommer", updates=True)
    before = sums(database, campaign)
    with database.writing() as session:
        service.erase_contact(session, person_id=made.person or "", email="lea@example.org")
    assert sums(database, campaign) == before
    with database.reading() as session:
        assert queries.contact(session, made.id) is None
        assert queries.supporters(session, campaign.id) == []
        for table in ("pledge", "pledge_contact", "fact"):
            rows = session.execute(text(f"SELECT * FROM {table}")).all()  # noqa: S608 - three names from this file
            assert "lea" not in str(rows).lower()


def test_an_erased_pledge_can_no_longer_be_confirmed(database: Database):
    campaign = open_campaign(database)
    made = pledge(database, campaign)
    with database.writing() as session:
        service.erase_contact(session, email=" Lea@example.org")
    with pytest.raises(Conflict, match="no address to confirm"):
        confirm(database, made)


def test_a_change_of_terms_asks_again_and_confirming_answers(database: Database):
    campaign = open_campaign(database)
    made = [pledge_and_confirm(database, campaign, email=f"{name}@example.org") for name in ("lea", "tom")]
    move_to(database, campaign, State.PLEDGING, terms_version=2)
    assert confirm(database, made[0]).terms_version == 2
    with database.reading() as session:
        assert queries.asked_again(session, campaign.id, 2) == 1
        assert queries.not_renewed(session, campaign.id, 2) == [made[1]]
    assert kinds(database, campaign)[-1] == "PledgeRenewed"


def test_no_fact_names_a_person_or_a_code(database: Database):
    campaign = open_campaign(database)
    made = pledge_and_confirm(database, campaign, name="Lea Sommer")
    with database.reading() as session:
        bodies = str([row.body for row in session.scalars(select(FactRow))])
    for secret in ("lea", "Lea", made.code, made.person or "?"):
        assert secret not in bodies


def test_the_pledge_transaction_stays_small(database: Database):
    campaign = open_campaign(database)
    seen: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    pledge(database, campaign)
    words = [statement.split()[0] for statement in seen]
    assert words.count("INSERT") == 4  # the pledge, its contact, its fact, its mail
    assert len([w for w in words if w != "BEGIN"]) <= 9, seen


def test_a_list_for_the_organizers_is_one_query(database: Database):
    campaign = open_campaign(database)
    made = [pledge(database, campaign, email=email) for email in ("lea@example.org", "tom@example.org", "")]
    seen: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    with database.reading() as session:
        listed = queries.listing(session, campaign.id)
    assert {line.pledge.id: line.contact and line.contact.email for line in listed} == {
        made[0].id: "lea@example.org",
        made[1].id: "tom@example.org",
        made[2].id: None,
    }
    assert len([s for s in seen if s.startswith("SELECT")]) == 1
