"""Each kind of mail: its one link, the values of its words, and whether what it asks for is still to be done."""

from __future__ import annotations

from notifications.service.desk import Writer
from notifications.service.writers import asked, choosing, day, preparing, promises

WRITERS: dict[str, Writer] = asked.WRITERS | choosing.WRITERS | day.WRITERS | preparing.WRITERS | promises.WRITERS
