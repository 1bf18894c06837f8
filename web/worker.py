"""The worker: APScheduler is the heartbeat, the database says what is due (DESIGN.md, rule 4)."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from accounts import service as accounts
from businesses import jobs as business_jobs
from businesses import queries as business_queries
from businesses import service as businesses
from campaigns import queries as campaigns
from core import health, idempotency, limits, outbox, record
from core.db import Database
from core.due import DueWork
from notifications import jobs as mail_jobs
from notifications import service as notifications
from pledges import jobs as pledge_jobs
from pledges import service as pledges
from web.site import Site
from web.trips import clockwork
from web.trips.sweeping import sweep

log = logging.getLogger(__name__)
logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a beat that is left out is no news: the next one catches up

LISTS_LIVE_ON = timedelta(days=90)
"""How long the organizers' private list of shops, asks, and photos of sheets and receipts are kept after the end."""
Loop = tuple[str, float, Callable[[], object]]


def due_work(site: Site) -> list[DueWork]:
    """Everything that falls due, in the order in which it is looked at."""
    reader = business_jobs.Reader(site.settings.base_url)
    pages = DueWork("pages", business_queries.next_page_due, lambda db: business_jobs.look_at_pages(db, reader))
    return [*clockwork.DUE, pages, *mail_jobs.due_work(site.db, site.keys, site.settings)]


def publish(site: Site) -> None:
    """Give new facts their positions and hand them to the subscribers."""
    record.publish(site.db)
    while mail_jobs.deliver_subscriptions(site.db, site.settings.reminders):
        pass


class Worker:
    """Separate loops, so that a backlog of one delays no other."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._scheduler = BackgroundScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )

    def start(self) -> None:
        for name, seconds, work in self._loops():
            self._scheduler.add_job(_safely(name, work), "interval", seconds=seconds, id=name)
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=True)

    def run(self) -> None:
        """Work until the process is told to stop."""
        self.start()
        try:
            threading.Event().wait()
        finally:
            self.stop()

    def _loops(self) -> list[Loop]:
        here = self._site
        due = [(work.name, 1.0, lambda work=work: work.run(here.db)) for work in due_work(here)]
        return [
            ("record", 0.25, lambda: publish(here)),
            ("rollup", 0.25, lambda: pledge_jobs.roll_up_changed(here.db)),
            *due,
            ("heartbeat", 5.0, lambda: beat(here.db)),
            ("cleaning", 3600.0, lambda: clean(here.db)),
            ("sweeping", 3600.0, lambda: sweep(here.db, here.files)),
        ]


def _safely(name: str, work: Callable[[], object]) -> Callable[[], None]:
    """A loop that fails says so and goes on: the rows are still there at the next beat."""

    def run() -> None:
        try:
            work()
        except Exception:
            log.exception("the loop %s failed; it is tried again", name)

    return run


def beat(db: Database) -> None:
    """Leave a sign of life for /readyz."""
    with db.writing() as session:
        health.beat(session, "worker", db.clock.now(session))


def clean(db: Database) -> None:
    """Forget what has served its time: old answers and counts, spent links, to whom mail went, lists, asks, photos."""
    with db.writing() as session:
        now = db.clock.now(session)
        idempotency.forget_old(session, now)
        limits.forget_old(session, now)
        accounts.forget_old(session, now)
        outbox.forget_sent(session, now)
        notifications.forget_unconfirmed(session, now)
        over = campaigns.over_before(session, now - LISTS_LIVE_ON)
        businesses.forget_prospects(session, over)
        businesses.forget_papers(session, over)
        businesses.forget_originals(session, now)
        pledges.forget_receipts(session, over)
        businesses.forget_prepared(session, over)
        businesses.forget_asks(session, over, now)
