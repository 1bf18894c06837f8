"""What each command does. Edges like routes: they open the transactions."""

from __future__ import annotations

import argparse
import shutil
import sys

import uvicorn

from accounts import service as accounts
from campaigns.archive import rows
from campaigns.archive import service as archive
from core import migrate as migrations
from core.settings import Settings
from web import backups, recounting
from web.app import create_app
from web.demo import seed
from web.site import build_site
from web.worker import Worker, beat

GRACE_S = 5
"""How long a stopping server waits for answers on their way; open event streams would keep it for ever."""


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def serve(given: argparse.Namespace, settings: Settings) -> int:
    _demand_migrated(settings)
    site = build_site(settings)
    if settings.worker == "embedded":  # else /readyz waits for a worker of its own
        beat(site.db)
    site.db.dispose()
    uvicorn.run(
        create_app(settings), host=given.host, port=given.port, proxy_headers=True, log_level="warning",
        timeout_graceful_shutdown=GRACE_S,
    )  # fmt: skip
    return 0


def _demand_migrated(settings: Settings) -> None:
    settings.make_home()
    if not migrations.is_current(settings.url):
        raise ValueError("the database is not at the newest migration: run carrotmob migrate first")


def worker(given: argparse.Namespace, settings: Settings) -> int:
    _demand_migrated(settings)
    Worker(build_site(settings)).run()
    return 0


def demo(given: argparse.Namespace, settings: Settings) -> int:
    base_url = settings.base_url
    if "base_url" not in settings.model_fields_set:
        base_url = f"http://127.0.0.1:{given.port}"
    settings = settings.model_copy(update={"demo": True, "base_url": base_url})
    settings.check()
    if given.reset and settings.home.exists():
        shutil.rmtree(settings.home)
    say("Preparing the demo: tables and invented shops ...")
    seed.prepare(settings)
    say(f"The demo is at {base_url}/demo (stop it with Ctrl-C)")
    return serve(given, settings)


def migrate(given: argparse.Namespace, settings: Settings) -> int:
    settings.make_home()
    migrations.upgrade(settings.url)
    say("The database is at the newest migration.")
    return 0


def import_(given: argparse.Namespace, settings: Settings) -> int:
    text = rows.decode(given.file.read_bytes())
    site = build_site(settings)
    migrations.upgrade(settings.url)
    with site.db.writing() as session:
        report = archive.import_file(session, site.clock, text, given.file.name)
    say(f"{len(report.new)} new, {len(report.changed)} changed, {len(report.unchanged)} unchanged")
    for change in report.changed:
        say(f"changed: {change.id} ({', '.join(change.columns)})")
    return 0


def token(given: argparse.Namespace, settings: Settings) -> int:
    _demand_migrated(settings)
    site = build_site(settings)
    with site.db.writing() as session:
        say(accounts.api_token(session, site.clock, given.email))
    return 0


def recount(given: argparse.Namespace, settings: Settings) -> int:
    """Exit code 0 when all agrees, else 1, naming the differences."""
    if str(given.file) == "-":
        differences = recounting.recount(sys.stdin)
    else:
        with given.file.open(encoding="utf-8") as lines:
            differences = recounting.recount(lines)
    for line in differences.lines:
        say(line)
    return 1 if differences.found else 0


def backup(given: argparse.Namespace, settings: Settings) -> int:
    say(backups.write(settings, given.file))
    return 0


def restore(given: argparse.Namespace, settings: Settings) -> int:
    say(backups.read(settings, given.file))
    return 0


def doctor(given: argparse.Namespace, settings: Settings) -> int:
    return backups.doctor(settings, say)
