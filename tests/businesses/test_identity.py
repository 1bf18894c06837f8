"""How it is confirmed that a business is who it says, and what the record and the agreement tell of it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from accounts import service as accounts
from accounts.rules import Person, Role
from businesses import queries, service
from businesses.identity import LINK_TERM, Confirmation
from businesses.service.choosing import Side
from businesses.store import bids as store
from businesses.values import Business
from core.db import Database
from core.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn
from core.tables import MailRow
from tests.factories import CLOSING, make_bidding, share
from tests.scene import KEYS, Scene
from web.recounting import recount

SHOP = "morgenrot"
SITE = "https://www.morgenrot.example/menu"
ENTRY = ("Trade register of Freiburg", "HRB 123")


@pytest.fixture
def scene(database: Database) -> Scene:
    """A bid stands in the open, and two more are on the team."""
    scene = Scene(database)
    scene.open()
    scene.bid(SHOP, share("40"))
    scene.join("crew", Role.CREW)
    return scene


def shop(scene: Scene) -> Business:
    with scene.database.reading() as session:
        return queries.business_by_id(session, scene.shops[SHOP].id)


def named(scene: Scene, name: str) -> Person:
    person = scene.person(name)
    with scene.doing() as session:
        return accounts.update_person(session, person, {"name": name.title()})


def mail(scene: Scene, email: str = "hello@morgenrot.example", site: str = SITE) -> Confirmation:
    owner = scene.person()
    with scene.doing() as session:
        return service.ask_own_domain(session, scene.clock, owner, scene.slug, scene.shops[SHOP].id, site, email)


def answer(scene: Scene, held: Confirmation, token: str = "") -> Confirmation:
    with scene.doing() as session:
        token = token or KEYS.token("identity", held.id)
        return service.confirm_own_domain(session, scene.clock, KEYS, held.id, token)


def register(scene: Scene, *, compared: bool = True) -> Confirmation:
    owner = scene.person()
    with scene.doing() as session:
        about = (scene.slug, scene.shops[SHOP].id, ENTRY)
        return service.confirm_by_register(session, scene.clock, owner, *about, compared=compared)


def visit(scene: Scene, who: Person) -> Confirmation:
    with scene.doing() as session:
        return service.state_visit(session, scene.clock, who, scene.slug, scene.shops[SHOP].id)


def renew(scene: Scene, email: str = "") -> Business:
    owner = scene.person()
    with scene.doing() as session:
        return service.renew_key(session, scene.clock, KEYS, owner, scene.slug, scene.shops[SHOP].id, email)


def sign(scene: Scene) -> str:
    """The business accepts the agreement; gives how it was known then."""
    scene.wait_until(CLOSING)
    bid = scene.bid_of(SHOP).id
    with scene.doing() as session:
        service.accept_agreement(session, scene.clock, scene.slug, bid, Side(business=shop(scene)), "Petra")
    (told,) = scene.record("AgreementAccepted")
    return str(told.body["how"])


def test_a_link_mailed_to_the_own_domain_confirms_once_it_is_answered(scene: Scene):
    held = mail(scene)
    assert (held.place, shop(scene).identity) == ("morgenrot.example", "invitation_link")
    with pytest.raises(NotFound):
        answer(scene, held, "guessed")
    assert answer(scene, held) == answer(scene, held)
    (told,) = scene.record("IdentityConfirmed")
    assert told.body == {
        "business": scene.shops[SHOP].id, "method": "own_domain", "place": "morgenrot.example", "entry": "",
    }  # fmt: skip
    assert sign(scene) == "own_domain"
    assert scene.recounted() == []


def test_the_link_expires_and_another_takes_its_place(scene: Scene):
    first = mail(scene)
    second = mail(scene)
    with pytest.raises(NotFound):
        answer(scene, first)
    scene.clock.set(scene.now + LINK_TERM)
    with pytest.raises(Conflict):
        answer(scene, second)
    assert scene.record("IdentityConfirmed") == []


@pytest.mark.parametrize(
    ("email", "site", "field"),
    [
        ("petra@gmail.com", SITE, "email"),
        ("petra@morgenrot.example.evil.example", SITE, "email"),
        ("petra@notmorgenrot.example", SITE, "email"),
        ("petra@facebook.com", "facebook.com/morgenrot", "site"),
        ("petra@morgenrot.example", "morgenrot", "site"),
        ("", SITE, "email"),
    ],
)
def test_an_address_elsewhere_confirms_nothing(scene: Scene, email: str, site: str, field: str):
    with pytest.raises(Invalid) as refused:
        mail(scene, email, site)
    assert refused.value.field == field


def test_a_register_entry_counts_once_an_organizer_has_compared_it(scene: Scene):
    with pytest.raises(Invalid) as refused:
        register(scene, compared=False)
    assert refused.value.field == "compared"
    register(scene)
    assert sign(scene) == "register"
    assert scene.recounted() == []


def test_a_visit_needs_two_people_with_names(scene: Scene):
    with pytest.raises(Forbidden):
        visit(scene, replace(scene.person(), name=""))
    owner, crew = named(scene, "owner"), named(scene, "crew")
    assert visit(scene, owner).confirmed_at is None
    assert visit(scene, owner).by == (owner.id,)
    assert shop(scene).identity == "invitation_link"
    assert visit(scene, crew).by == (owner.id, crew.id)
    assert shop(scene).identity == "visit"
    (told,) = scene.record("IdentityConfirmed")
    assert not {owner.id, crew.id, owner.name, crew.name} & set(map(str, told.body.values()))
    assert scene.recounted() == []


def test_strangers_confirm_nobody(scene: Scene):
    with pytest.raises(Forbidden):
        visit(scene, named(scene, "eve"))


def test_sealed_bids_stay_sealed(database: Database):
    scene = Scene(database)
    scene.open(bidding=make_bidding(mode="sealed"))
    scene.bid(SHOP, share("40"))
    with pytest.raises(NotFound):
        register(scene)


def test_an_agreement_is_accepted_without_too_and_says_so(scene: Scene):
    assert sign(scene) == "invitation_link"
    assert scene.recounted() == []


def test_what_another_campaign_confirmed_is_told_here_too(scene: Scene):
    register(scene)
    second = Scene(scene.database)
    second.open()
    second.claim(second.invite(SHOP), SHOP, shop(scene))
    second.bid(SHOP, share("30"))
    assert sign(second) == "register"
    assert [fact.body["entry"] for fact in second.record("IdentityConfirmed")] == ["HRB 123"]
    assert second.recounted() == []


def test_a_new_key_is_a_public_fact_and_the_old_one_opens_nothing(scene: Scene):
    old = service.shop_token(KEYS, shop(scene))
    with scene.database.reading() as session:
        assert service.by_key(session, old).id == scene.shops[SHOP].id
    register(scene)
    made = renew(scene)
    with scene.database.reading() as session:
        with pytest.raises(NotSignedIn):
            service.by_key(session, old)
        assert service.by_key(session, service.shop_token(KEYS, made)) == made
        mails = session.scalars(select(MailRow).where(MailRow.kind == "claimed")).all()
    assert [row.payload["key_version"] for row in mails] == [1, 2]
    assert {row.recipient for row in mails} == {shop(scene).contact}
    assert [fact.body["handed"] for fact in scene.record("ShopKeyRenewed")] == [False]
    assert shop(scene).identity == "register"
    assert scene.recounted() == []


def test_a_key_that_the_organizers_hand_over_ends_what_was_confirmed(scene: Scene):
    register(scene)
    with scene.doing() as session:
        store.change_business(session, replace(shop(scene), contact="0761 1234"))
    with pytest.raises(Invalid) as refused:
        renew(scene)
    assert refused.value.field == "email"
    renew(scene, "new@morgenrot.example")
    assert [fact.body["handed"] for fact in scene.record("ShopKeyRenewed")] == [True]
    assert sign(scene) == "invitation_link"
    assert scene.recounted() == []


def test_nobody_signs_by_a_way_of_which_the_record_does_not_tell(scene: Scene):
    register(scene)
    sign(scene)
    told = [json.loads(fact) for fact in scene.lines()]
    for line in told:
        line.pop("seal"), line.pop("number")
    without = [line for line in told if line["kind"] != "IdentityConfirmed"]
    assert recount(map(json.dumps, without)).found > 0
