"""Every address that stands in a mail: built from the configured base only, tokens derived or minted, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from core.tokens import Keys
from notifications.digest import Item
from notifications.rules import Subscription


@dataclass(frozen=True)
class Links:
    """Addresses of this installation. A link never acts when it is opened: the page behind it has a button."""

    base: str
    keys: Keys

    def page(self, path: str, **query: str) -> str:
        """An absolute address; ``path`` begins with a slash."""
        return f"{self.base.rstrip('/')}{path}" + (f"?{urlencode(query)}" if query else "")

    def campaign(self, slug: str) -> str:
        return self.page(f"/campaigns/{slug}")

    def organize(self, slug: str) -> str:
        return self.page(f"/organize/{slug}")

    def sign_in(self, token: str) -> str:
        return self.page("/sign-in/use", token=token)

    def pledge(self, pledge: str) -> str:
        return self.page(f"/pledges/{pledge}/confirm", token=self.keys.token("pledge", pledge))

    def ticket(self, pledge: str) -> str:
        return self.page(f"/tickets/{pledge}", token=self.keys.token("ticket", pledge))

    def vote(self, vote: str) -> str:
        return self.page(f"/votes/{vote}/confirm", token=self.keys.token("vote", vote))

    def consent(self, consent: str, version: int) -> str:
        return self.page(f"/consents/{consent}", token=self.keys.token("consent", f"{consent}:{version}"))

    def circle(self, circle: str, version: int) -> str:
        """For whoever is named to lead it."""
        return self.page(f"/circles/{circle}", token=self.keys.token("circle", f"{circle}:{version}"))

    def meeting(self, circle: str) -> str:
        """For those whom a circle invites beside its sides."""
        return self.page(f"/circles/{circle}/meeting", token=self.keys.token("meeting", circle))

    def identity(self, confirmation: str) -> str:
        return self.page(f"/identity/{confirmation}", token=self.keys.token("identity", confirmation))

    def ask(self, ask: str) -> str:
        return self.page(f"/asks/{ask}/confirm", token=self.keys.token("ask", ask))

    def late(self, reader: str) -> str:
        return self.page(f"/late/{reader}/confirm", token=self.keys.token("late", reader))

    def invitation(self, invitation: str) -> str:
        return self.page("/invitations/claim", token=self.keys.token("invitation", invitation))

    def promise(self, obligation: str) -> str:
        return self.page(f"/promises/{obligation}")

    def news(self, item: Item) -> str:
        """Where a piece of news can be looked into: the promise's page, or the campaign's."""
        return self.promise(item.told.promise.id) if item.told.promise else self.campaign(item.source.slug)

    def shop(self, business: str, key_version: int, to: str = "") -> str:
        """The shop's way in, by its own key; ``to`` is the path of the page that it is led to then."""
        token = self.keys.token("shop", f"{business}:{key_version}")
        return self.page("/shop/enter", token=token, **({"to": to} if to else {}))

    def unsubscribe(self, who: str, topic: str) -> str:
        """Where a mail program posts to for one click, and where a person finds a page with a button (RFC 8058)."""
        token = self.keys.token("unsubscribe", Subscription(who, topic).subject)
        return self.page("/unsubscribe", who=who, list=topic, token=token)

    def how_often(self) -> str:
        return self.page("/me")
