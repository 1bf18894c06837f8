"""Settings: environment variables CARROTMOB_*, read once. Without any, everything runs on a laptop."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

_CHECKOUT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """What an operator may set. Each description is the row of the table in docs/operate.md."""

    model_config = SettingsConfigDict(env_prefix="CARROTMOB_", frozen=True)

    home: Path = Field(_CHECKOUT / "var", description="Folder of the SQLite file, the secret key and stored files")
    database_url: str = Field("", description="SQLAlchemy URL; empty: SQLite in the home folder")
    files: str = Field(
        "",
        pattern=r"^(s3://[^/\s]+(/\S*)?)?$",
        description="s3://bucket/prefix keeps stored files in an S3-compatible store; empty: in the home folder",
    )
    files_endpoint: str = Field("", description="Address of that store, like https://s3.example.org; empty: AWS")
    files_region: str = Field("us-east-1", description="Its region")
    files_key_id: str = Field("", description="Its access key; empty: what the machine is given by AWS")
    files_secret: str = Field("", description="The secret of that access key")
    base_url: str = Field("http://127.0.0.1:8000", description="The public address, used in every link and mail")
    secret_key: str = Field(
        "", description="Key from which tokens derive; empty: made once and kept in the home folder"
    )
    environment: Literal["development", "production"] = Field(
        "development", description="In production a secret key, https and SMTP are required and the demo is refused"
    )
    smtp_url: str = Field(
        "", description="smtp://user:password@host:port or smtps://; empty: mail stays in a mailbox page"
    )
    mail_from: str = Field("Carrotmob <carrotmob@localhost>", description="Sender of every mail")
    admins: str = Field("", description="Email addresses of platform admins, separated by commas")
    rate_limit: Literal["on", "off"] = Field("on", description="off lifts rate limits, on loopback only")
    worker: Literal["embedded", "separate"] = Field(
        "embedded", description="embedded: serve keeps the deadlines itself; separate: run carrotmob worker beside it"
    )
    second_organizer: bool = Field(False, description="Require a second organizer before a campaign opens")
    reminder_days: str = Field(
        "30,7,1", description="How many days before its date a business is reminded of a promise, separated by commas"
    )
    operator_name: str = Field("", description="Who runs this installation, shown in the footer and in mails")
    operator_address: str = Field("", description="Postal address of the operator, shown in mails")
    contact_email: str = Field("", description="Where people can write to, shown on the contact page")
    legal_folder: Path | None = Field(
        None, description="Folder with privacy.md, imprint.md, terms.md (also as privacy.de.md ...), shown as pages"
    )
    demo: bool = Field(False, description="Demo mode: invented shops, a movable clock, sign-in with one click")

    @cached_property
    def url(self) -> str:
        """The database's URL."""
        return self.database_url or f"sqlite:///{self.home / 'carrotmob.sqlite'}"

    @cached_property
    def secret(self) -> str:
        """The secret key, made at first use where none is set."""
        return self.secret_key or _kept_secret(self.home / "secret")

    @cached_property
    def admin_emails(self) -> frozenset[str]:
        return frozenset(part.strip().lower() for part in self.admins.split(",") if part.strip())

    @cached_property
    def reminders(self) -> tuple[int, ...]:
        """The days before a date on which a business is reminded. Raises ValueError for what is no list of days."""
        days = tuple(int(part) for part in self.reminder_days.split(",") if part.strip())
        if not all(1 <= day <= 365 for day in days):
            raise ValueError("CARROTMOB_REMINDER_DAYS: days from 1 to 365, separated by commas")
        return days

    def make_home(self) -> None:
        """The home folder, for its owner only: it holds people's addresses and the key."""
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)

    def check(self) -> None:
        """Refuse to start in production with settings that are for laptops. Raises ValueError naming each."""
        if self.environment != "production":
            return
        wrong = [name for name, bad in self._unfit().items() if bad]
        if wrong:
            raise ValueError("not fit for production: " + ", ".join(wrong))

    def _unfit(self) -> dict[str, bool]:
        return {
            "CARROTMOB_DEMO must not be set": self.demo,
            "CARROTMOB_SECRET_KEY is missing": not self.secret_key,
            "CARROTMOB_BASE_URL must be https": not self.base_url.startswith("https://"),
            "CARROTMOB_SMTP_URL is missing": not self.smtp_url,
            "CARROTMOB_LEGAL_FOLDER is missing": self.legal_folder is None,
            "CARROTMOB_FILES_SECRET is missing": bool(self.files_key_id) and not self.files_secret,
        }


def _kept_secret(path: Path) -> str:
    """The secret in ``path``, made at first use: whole before anybody can read it, and of two at once one is kept."""
    if path.exists():
        return path.read_text()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    return path.read_text()
