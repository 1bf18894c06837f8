"""Work that calls outside: claim mail, commit, write it, send it, record the outcome. Safe to run in many processes.

A mail goes out at least once: rarely twice (where a sender was killed after the server had taken it), never lost.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.orm import Session

from accounts import service as accounts
from businesses.followthrough import REMINDERS
from core import outbox, subscriptions
from core.db import Database
from core.due import DueWork
from core.facts import Recorded
from core.outbox import Mail
from core.settings import Settings
from core.tokens import Keys
from notifications import store
from notifications.gateway import Later, MailboxTransport, Post, Refused, SmtpTransport, Transport, Unreachable
from notifications.rendering import Letter, NoAddress, compose
from notifications.rules import GIVE_UP_AFTER, KINDS, Nature, pause_before
from notifications.service import digests, notices
from notifications.service.desk import Desk, NotYet, Unwanted
from notifications.service.letters import letter
from notifications.service.links import Links

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=15)
"""How long a claimed batch is left to its claimer: longer than a slow server can hold one up."""
BATCH = 20

_turn = threading.Lock()
"""One delivery at a time in a process: whoever asks for what is outstanding waits until it has arrived."""


@dataclass(frozen=True)
class Mailer:
    """What mail is written and sent with."""

    settings: Settings
    keys: Keys
    transport: Transport

    @property
    def links(self) -> Links:
        return Links(self.settings.base_url, self.keys)


def mailer(db: Database, keys: Keys, settings: Settings) -> Mailer:
    """Over SMTP where a server is set, else into the mailbox."""
    transport = SmtpTransport(settings.smtp_url) if settings.smtp_url else MailboxTransport(db)
    return Mailer(settings, keys, transport)


def due_work(db: Database, keys: Keys, settings: Settings) -> list[DueWork]:
    """Digests that fall due, then the mail that waits."""
    deliver = partial(deliver_due, mailer=mailer(db, keys, settings))
    return [
        DueWork("digests", store.next_digest, gather_digests),
        DueWork("mail", outbox.next_due, deliver),
    ]


def deliver_subscriptions(db: Database, reminder_days: Sequence[int] = REMINDERS) -> int:
    """Turn the next facts of the record into notices. Returns how many facts there were."""

    def handle(session: Session, fact: Recorded) -> None:
        notices.note(session, db.clock, fact, reminder_days)

    return subscriptions.deliver(db, "notices", handle)


def gather_digests(db: Database) -> list[str]:
    """Ask for every digest that is due, a hundred readers in each transaction."""
    done: list[str] = []
    while True:
        with db.writing() as session:
            lines = digests.gather(session, db.clock)
        if lines is None:
            return done
        done += lines


def deliver_due(db: Database, mailer: Mailer) -> list[str]:
    """Send all mail that is due; gives a line for each. Stops early where the server cannot be reached."""
    done: list[str] = []
    with _turn:
        while batch := _claim(db):
            lines, reached = _deliver(db, mailer, batch)
            done += lines
            if not reached:
                break
    return done


def _claim(db: Database) -> list[Mail]:
    with db.reading() as session:
        due = outbox.next_due(session)
        if due is None or due > db.clock.now(session):
            return []
    with db.writing() as session:
        return outbox.claim(session, db.clock.now(session), LEASE, BATCH)


def _deliver(db: Database, mailer: Mailer, batch: list[Mail]) -> tuple[list[str], bool]:
    """Send a batch over one connection; what an unreachable server leaves is tried later, all of it."""
    done: list[str] = []
    with mailer.transport.session() as post:
        for n, mail in enumerate(batch):
            try:
                done.append(f"mail {mail.kind}: {_send(db, mailer, mail, post)}")
            except Unreachable as error:
                log.warning("mail cannot be sent: %s", error)
                for left in batch[n:]:
                    _postpone(db, left, str(error))
                return done, False
    return done, True


def _send(db: Database, mailer: Mailer, mail: Mail, post: Post) -> str:
    """Send one mail and record what became of it. Raises Unreachable."""
    try:
        post(compose(*_write(db, mailer, mail)))
    except Unwanted as reason:
        return _finish(db, mail, f"not sent: {reason}")
    except NotYet as early:
        return _postpone(db, mail, str(early), early.at)
    except (Refused, NoAddress) as answer:
        return _refused(db, mail, str(answer))
    except Later as answer:
        return _later(db, mail, str(answer))
    except Unreachable:
        raise
    except Exception as error:  # one mail that cannot be written must not hold up the others
        log.exception("a mail of kind %s cannot be written", mail.kind)
        return _postpone(db, mail, f"not written: {error!r}")
    return _sent(db, mail)


def _write(db: Database, mailer: Mailer, mail: Mail) -> tuple[Letter, Settings, datetime]:
    """Write the letter; a sign-in link is minted at this moment and its digest is stored before it is sent."""
    minted = ""
    if mail.kind == "sign_in":
        with db.writing() as session:
            minted = accounts.mint_link(session, db.clock, mail.to, mail.payload["next_path"])
    with db.reading() as session:
        now = db.clock.now(session)
        desk = Desk(session, mailer.links, mail, now, minted)
        return letter(desk, mailer.settings.mail_from), mailer.settings, now


def _sent(db: Database, mail: Mail) -> str:
    """Noted as sent; an address that was refused before and takes an answer now is written to again."""
    with db.writing() as session:
        if KINDS[mail.kind] == Nature.ANSWER:
            store.lift(session, mail.to)
        outbox.finish(session, mail, "sent", db.clock.now(session))
    return "sent"


def _finish(db: Database, mail: Mail, outcome: str) -> str:
    with db.writing() as session:
        outbox.finish(session, mail, outcome, db.clock.now(session))
    return outcome


def _refused(db: Database, mail: Mail, answer: str) -> str:
    """The address takes no mail: nothing more is sent there but answers."""
    with db.writing() as session:
        now = db.clock.now(session)
        store.suppress(session, mail.to, answer, now)
        outbox.finish(session, mail, f"refused: {answer}", now)
    return f"refused: {answer}"


def _later(db: Database, mail: Mail, answer: str) -> str:
    with db.reading() as session:
        waited = db.clock.now(session) - mail.created_at
    if waited > GIVE_UP_AFTER:
        return _finish(db, mail, f"given up: {answer}")
    return _postpone(db, mail, answer)


def _postpone(db: Database, mail: Mail, reason: str, at: datetime | None = None) -> str:
    with db.writing() as session:
        outbox.postpone(session, mail, at or db.clock.now(session) + pause_before(mail.attempts), reason)
    return f"later: {reason}"
