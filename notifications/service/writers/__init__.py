"""Each kind of mail: its one link, the values of its words, and whether what it asks for is still to be done."""

from __future__ import annotations

from notifications.service.desk import Writer
from notifications.service.writers import (
    asked,
    changing,
    choosing,
    circles,
    day,
    late,
    monitoring,
    preparing,
    promises,
    reminding,
    settling,
)

_BEFORE = asked.WRITERS | changing.WRITERS | choosing.WRITERS | preparing.WRITERS
_AFTER = promises.WRITERS | settling.WRITERS | circles.WRITERS | monitoring.WRITERS | late.WRITERS
WRITERS: dict[str, Writer] = _BEFORE | reminding.WRITERS | day.WRITERS | _AFTER
