"""Use-cases of the notifications' room; each file is one part of the trip from a fact to a mail."""

from notifications.service.follows import (
    Preferences,
    follow,
    forget,
    preferences,
    reschedule,
    set_duties,
    set_frequency,
    unsubscribe,
)
from notifications.service.late import confirm, forget_unconfirmed, subscribe
from notifications.service.links import Links

__all__ = [
    "Links",
    "Preferences",
    "confirm",
    "follow",
    "forget",
    "forget_unconfirmed",
    "preferences",
    "reschedule",
    "set_duties",
    "set_frequency",
    "subscribe",
    "unsubscribe",
]
