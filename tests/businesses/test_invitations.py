"""A business is asked by a link; using it claims it, once; from then on the shop has its own key."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from accounts.rules import Role
from businesses import queries, service
from businesses.service.inviting import invitation
from campaigns.values import State
from core.db import Database
from core.errors import Conflict, Forbidden, Invalid, NotFound, NotSignedIn
from core.tables import MailRow
from tests.at_once import outcomes
from tests.factories import CLOSING
from tests.scene import KEYS, Scene


@pytest.fixture
def scene(database: Database) -> Scene:
    scene = Scene(database)
    scene.open()
    return scene


def mails(scene: Scene) -> list[tuple[str, str]]:
    with scene.database.reading() as session:
        return [
            (m.kind, m.recipient) for m in session.scalars(select(MailRow).order_by(MailRow.created_at, MailRow.key))
        ]


def test_an_invitation_says_what_it_is_for_and_is_mailed_where_there_is_an_address(scene: Scene):
    token = scene.invite("Cafe Morgenrot", "Cafe@Example.org")
    scene.invite("Cafe Abendrot")
    with scene.database.reading() as session:
        made, campaign = invitation(session, token)
        assert (made.business_name, made.email, made.claimed_at) == ("Cafe Morgenrot", "cafe@example.org", None)
        assert campaign.slug == scene.slug
        assert len(queries.invitations(session, campaign.id)) == 2
    assert mails(scene) == [("invitation", "cafe@example.org")]


def test_claiming_gives_the_shop_its_profile_and_its_own_key(scene: Scene):
    token = scene.invite("Morgenrot", "morgenrot@shops.example")
    with scene.doing() as session:
        shop, key = service.claim(session, scene.clock, KEYS, token, "Cafe Morgenrot", "morgenrot@shops.example")
    assert (shop.slug, shop.identity) == ("cafe-morgenrot", "invited_address")
    with scene.database.reading() as session:
        assert service.by_key(session, key) == shop
        assert queries.business(session, "cafe-morgenrot") == shop
        assert queries.campaigns_of(session, shop.id) == [scene.campaign.id]
    assert ("claimed", "morgenrot@shops.example") in mails(scene)


def test_whose_address_was_not_invited_is_known_by_the_link_only(scene: Scene):
    assert scene.claim(scene.invite("Morgenrot", "old@example.org"), "morgenrot").identity == "invitation_link"


def test_a_shop_without_mail_can_be_reached_otherwise(scene: Scene):
    token = scene.invite("Morgenrot")
    with scene.doing() as session:
        shop, _ = service.claim(session, scene.clock, KEYS, token, "Morgenrot", "0151 234567")
    assert shop.contact == "0151 234567"


def test_a_used_invitation_is_dead(scene: Scene):
    token = scene.invite("Morgenrot")
    scene.claim(token, "morgenrot")
    with pytest.raises(Conflict, match="taken up already"):
        scene.claim(token, "thief")


def test_of_two_who_claim_an_invitation_at_once_one_wins(scene: Scene):
    token = scene.invite("Morgenrot")
    done, refused = outcomes(6, lambda n: scene.claim(token, f"shop-{n}"))
    assert (len(done), [type(r) for r in refused]) == (1, [Conflict] * 5)
    with scene.database.reading() as session:
        assert invitation(session, token)[0].business == done[0].id
        assert queries.campaigns_of(session, done[0].id) == [scene.campaign.id]


def test_a_token_nobody_was_given_is_unknown(scene: Scene):
    with pytest.raises(NotFound):
        scene.claim("guessed", "thief")
    with scene.database.reading() as session:
        with pytest.raises(NotFound):
            invitation(session, "guessed")
        with pytest.raises(NotSignedIn):
            service.by_key(session, "guessed")


def test_the_invitation_is_no_key_and_the_key_no_invitation(scene: Scene):
    token = scene.invite("Morgenrot")
    shop = scene.claim(token, "morgenrot")
    with pytest.raises(NotSignedIn), scene.database.reading() as session:
        service.by_key(session, token)
    with pytest.raises(NotFound):
        scene.claim(service.shop_token(KEYS, shop), "morgenrot")


def test_who_was_asked_is_on_no_public_record_until_they_take_part(scene: Scene):
    scene.invite("Cafe Morgenrot", "cafe@example.org")
    assert "Morgenrot" not in str(scene.record())
    scene.shop("morgenrot")
    facts = str(scene.record())
    assert "Morgenrot" not in facts
    assert "shops.example" not in facts


def test_a_shop_that_has_a_key_takes_up_its_next_invitation_with_it(scene: Scene):
    shop = scene.shop("morgenrot")
    scene.open(title="Tea")
    again = scene.claim(scene.invite("Morgenrot"), "morgenrot", existing=shop)
    assert again == shop
    with scene.database.reading() as session:
        assert len(queries.campaigns_of(session, shop.id)) == 2


def test_shops_of_one_name_have_addresses_of_their_own(scene: Scene):
    slugs = []
    for _ in range(3):
        token = scene.invite("Morgenrot")
        with scene.doing() as session:
            slugs.append(service.claim(session, scene.clock, KEYS, token, "Café Röt", "0151")[0].slug)
    assert slugs == ["cafe-rot", "cafe-rot-2", "cafe-rot-3"]


@pytest.mark.parametrize(
    ("name", "contact", "field"), [("", "0151", "name"), ("Cafe", "", "contact"), ("Cafe", "a@", "contact")]
)
def test_what_a_claim_lacks_is_named_and_the_invitation_lives(scene: Scene, name: str, contact: str, field: str):
    token = scene.invite("Morgenrot")
    with pytest.raises(Invalid) as wrong, scene.doing() as session:
        service.claim(session, scene.clock, KEYS, token, name, contact)
    assert wrong.value.field == field
    scene.claim(token, "morgenrot")


def test_only_organizers_invite_and_only_until_the_choice_is_made(scene: Scene):
    crew = scene.join("ida", Role.CREW)
    with pytest.raises(Forbidden), scene.doing() as session:
        service.invite(session, scene.clock, KEYS, crew, scene.slug, "Morgenrot")
    scene.bid("morgenrot")
    scene.agreed()
    assert scene.state == State.PLEDGING
    assert scene.now == CLOSING
    with pytest.raises(Conflict, match="until the choice is made"):
        scene.invite("Abendrot")
