"""Settings: without any everything runs on a laptop; what is for laptops is refused in production."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.settings import Settings
from tests.at_once import at_once

FIT = {
    "environment": "production",
    "secret_key": "a long one",
    "base_url": "https://mob.example.org",
    "smtp_url": "smtp://mail.example.org",
    "legal_folder": Path("/etc/carrotmob"),
}


@pytest.fixture(autouse=True)
def without_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("CARROTMOB_")]:
        monkeypatch.delenv(name)


def test_without_any_setting_a_laptop_has_a_file_and_a_secret(tmp_path: Path):
    settings = Settings(home=tmp_path / "new")
    settings.check()
    assert settings.url == f"sqlite:///{tmp_path / 'new' / 'carrotmob.sqlite'}"
    assert len(settings.secret) >= 64
    assert Settings(home=tmp_path / "new").secret == settings.secret
    assert (tmp_path / "new" / "secret").stat().st_mode & 0o777 == 0o600


def test_processes_that_start_at_once_share_one_secret(tmp_path: Path):
    secrets = at_once(8, lambda _: Settings(home=tmp_path).secret)
    assert len(set(secrets)) == 1
    assert len(secrets[0]) >= 64
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CARROTMOB_DATABASE_URL", "postgresql+psycopg://db/mob")
    monkeypatch.setenv("CARROTMOB_ADMINS", " Ada@example.org, ,bea@example.org")
    settings = Settings()
    assert settings.url == "postgresql+psycopg://db/mob"
    assert settings.admin_emails == {"ada@example.org", "bea@example.org"}


def test_what_is_fit_for_production_starts():
    Settings.model_validate(FIT).check()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"demo": True}, "CARROTMOB_DEMO"),
        ({"secret_key": ""}, "CARROTMOB_SECRET_KEY"),
        ({"base_url": "http://mob.example.org"}, "CARROTMOB_BASE_URL"),
        ({"smtp_url": ""}, "CARROTMOB_SMTP_URL"),
        ({"legal_folder": None}, "CARROTMOB_LEGAL_FOLDER"),
    ],
)
def test_what_is_for_laptops_is_refused_in_production_by_name(change: dict[str, object], named: str):
    with pytest.raises(ValueError, match=named):
        Settings.model_validate(FIT | change).check()
    Settings.model_validate(FIT | change | {"environment": "development"}).check()


def test_every_setting_is_described():
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
