"""A worker in a process of its own: sends what is due and ends. Arguments: database, mail server."""

from __future__ import annotations

import sys

from core.clock import DatabaseClock
from core.db import Database
from notifications.jobs import deliver_due
from tests.notifications.senders import make_mailer

if __name__ == "__main__":
    deliver_due(Database(sys.argv[1], DatabaseClock()), make_mailer(sys.argv[2]))
