"""What an operator does to sleep well: back up while serving, restore into an empty home, ask whether all is well."""

from web.backups.archive import read, write
from web.backups.health import doctor

__all__ = ["doctor", "read", "write"]
