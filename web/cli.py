"""The command line: carrotmob serve, worker, demo, migrate, import, token, recount, backup, restore, doctor."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from core.errors import DomainError, Invalid
from core.settings import Settings
from web import commands

Command = Callable[[argparse.Namespace, Settings], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    # A beat that finds the last one still at work is skipped: that is how it should be, and no news.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    given = parser().parse_args(arguments)
    run: Command = given.run
    try:
        return run(given, Settings())
    except Invalid as wrong:
        for error in wrong.errors:
            sys.stderr.write(f"{error.field}: {error.message}\n")
    except (DomainError, ValueError, OSError) as wrong:
        sys.stderr.write(f"{wrong}\n")
    return 1


def parser() -> argparse.ArgumentParser:
    """Every command with a help that teaches."""
    top = argparse.ArgumentParser(
        prog="carrotmob",
        description="Run a Carrotmob installation. Without any setting everything runs on SQLite in var/.",
        epilog="Settings are environment variables CARROTMOB_*: docs/operate.md has the table.",
    )
    several = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    serve = _add(
        several, "serve", commands.serve, "Answer people: pages and API. Keeps the deadlines too, unless told not to."
    )
    _address(serve)
    _add(several, "worker", commands.worker, "Keep the deadlines and send the mail. Any number may run beside serve.")
    demo = _add(several, "demo", commands.demo, "Migrate, fill with invented shops where empty, and serve the demo.")
    _address(demo)
    demo.add_argument("--reset", action="store_true", help="begin anew: forget what was done in the demo")
    _add(several, "migrate", commands.migrate, "Bring the database to the newest tables. Safe to repeat.")
    import_ = _add(
        several, "import", commands.import_, "Read real campaigns of the past into the archive from a CSV file."
    )
    import_.add_argument("file", type=Path)
    token = _add(several, "token", commands.token, "Print a bearer token for the person with this address.")
    token.add_argument("email")
    recount = _add(
        several, "recount", commands.recount, "Recompute every public figure from a campaign's record (NDJSON)."
    )
    recount.add_argument("file", type=Path, help="the record as downloaded; - reads standard input")
    backup = _add(
        several, "backup", commands.backup, "Write database, secret and files into one archive, while serving."
    )
    backup.add_argument("file", type=Path)
    restore = _add(several, "restore", commands.restore, "Bring a backup back into an empty home folder or database.")
    restore.add_argument("file", type=Path)
    _add(several, "doctor", commands.doctor, "Check settings, database, migrations, worker and overdue work.")
    return top


def _add(
    several: argparse._SubParsersAction[argparse.ArgumentParser], name: str, run: Command, words: str
) -> argparse.ArgumentParser:
    one = several.add_parser(name, help=words, description=words)
    one.set_defaults(run=run)
    return one


def _address(one: argparse.ArgumentParser) -> None:
    one.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    one.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
