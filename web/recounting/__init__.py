"""The auditor's recount: every public figure of a campaign, computed again from its record alone."""

from web.recounting.recount import Differences, recount

__all__ = ["Differences", "recount"]
