"""The auditor's recount: every public figure of a campaign, computed again from its record alone."""

from web.recounting.differences import Differences
from web.recounting.recount import recount

__all__ = ["Differences", "recount"]
