"""What the platform is measured against: FastAPI and the raw driver, the same rows, one transaction, as durable."""

from __future__ import annotations

import json
import queue
import secrets
import sqlite3
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg
from fastapi import FastAPI
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from sqlalchemy import make_url

from pledges.rules.codes import ALPHABET

Insert = Callable[[list[tuple[str, dict[str, Any]]]], None]


class Amount(BaseModel):
    amount: str
    currency: str


class Pledge(BaseModel):
    amount: Amount
    email: str


def pledging(url: str, campaign: str) -> FastAPI:
    """An endpoint that takes a pledge and does nothing but insert its four rows."""
    app = FastAPI()
    insert = _sqlite(url) if url.startswith("sqlite") else _postgresql(url)

    @app.post("/pledges", status_code=201)
    def pledge(body: Pledge) -> Response:
        rows = _rows(body, campaign)
        insert(rows)
        made = rows[0][1]
        return JSONResponse({"id": made["id"], "code": made["code"], "state": made["state"]}, 201)

    return app


def _rows(body: Pledge, campaign: str) -> list[tuple[str, dict[str, Any]]]:
    now, id_ = datetime.now(UTC).isoformat(), uuid.uuid4().hex
    minor = int(body.amount.amount.replace(".", ""))
    return [
        ("pledge", {
            "id": id_, "campaign_id": campaign, "code": "".join(secrets.choice(ALPHABET) for _ in range(6)),
            "amount_minor": minor,
            "currency": body.amount.currency, "party": 1, "state": "unconfirmed", "joined_late": False,
            "with_address": True, "updates": False, "terms_version": 1, "created_at": now, "repeat_key": id_,
        }),
        ("pledge_contact", {"pledge_id": id_, "email": body.email, "name": "", "locale": "en"}),
        ("outbox", {
            "id": uuid.uuid4().hex, "key": f"confirm_pledge:{id_}", "kind": "confirm_pledge", "recipient": body.email,
            "locale": "en", "payload": json.dumps({"pledge": id_, "campaign": campaign}), "created_at": now,
            "due_at": now, "attempts": 0,
        }),
        ("fact", {
            "campaign_id": campaign, "kind": "PledgeMade", "public": True, "at": now,
            "body": json.dumps({
                "pledge": id_, "amount": body.amount.model_dump(), "party": 1, "with_address": True,
                "joined_late": False,
            }),
        }),
    ]  # fmt: skip


class WalkIn(BaseModel):
    walk_in: bool
    nonce: str


def checking_in(url: str, campaign: str) -> FastAPI:
    """An endpoint that counts somebody in and does nothing but insert the three rows. SQLite only."""
    app = FastAPI()
    insert = _sqlite(url)

    @app.post("/check-ins", status_code=201)
    def check_in(body: WalkIn) -> Response:
        rows = _arrival(body, campaign)
        insert(rows)
        return JSONResponse({"id": rows[0][1]["id"]}, 201)

    return app


def _arrival(body: WalkIn, campaign: str) -> list[tuple[str, dict[str, Any]]]:
    now, id_ = datetime.now(UTC).isoformat(), uuid.uuid4().hex
    came = {"check_in": id_, "pledge": None, "party": 1, "spent": None, "anyway": None, "walk_in": body.walk_in}
    told = {"campaign_id": campaign, "kind": "PersonCheckedIn", "public": True, "at": now, "body": json.dumps(came)}
    row = {"id": id_, "campaign_id": campaign, "nonce": body.nonce, "party": 1, "currency": "EUR", "at": now}
    noted = {"at": now, "actor": "crew", "action": "check_in", "subject": id_}
    return [("check_in", row), ("fact", told), ("audit", noted)]


def _statements(mark: str) -> Callable[[str, dict[str, Any]], str]:
    """An INSERT for a row, written once for each table."""
    known: dict[str, str] = {}

    def statement(table: str, row: dict[str, Any]) -> str:
        if table not in known:
            marks = ", ".join(mark for _ in row)
            names = ", ".join(f'"{name}"' for name in row)
            known[table] = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608 - names from this file
        return known[table]

    return statement


def _sqlite(url: str) -> Insert:
    statement = _statements("?")
    file, local, turn = make_url(url).database or "", threading.local(), threading.Lock()

    def insert(rows: list[tuple[str, dict[str, Any]]]) -> None:
        if not hasattr(local, "connection"):
            local.connection = sqlite3.connect(file, isolation_level=None, timeout=10)
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
                local.connection.execute(f"PRAGMA {pragma}")
        with turn:
            local.connection.execute("BEGIN IMMEDIATE")
            for table, row in rows:
                local.connection.execute(statement(table, row), tuple(row.values()))
            local.connection.execute("COMMIT")

    return insert


def _postgresql(url: str) -> Insert:
    statement = _statements("%s")
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    idle: queue.SimpleQueue[psycopg.Connection] = queue.SimpleQueue()

    @contextmanager
    def connection() -> Iterator[psycopg.Connection]:
        try:
            held = idle.get_nowait()
        except queue.Empty:
            held = psycopg.connect(address)
        yield held
        idle.put(held)

    def insert(rows: list[tuple[str, dict[str, Any]]]) -> None:
        with connection() as held, held.transaction():
            for table, row in rows:
                held.execute(statement(table, row).encode(), tuple(row.values()))

    return insert


def paging(page: bytes, media_type: str) -> FastAPI:
    """An endpoint that answers a page it was given, and knows nothing about it."""
    app = FastAPI()

    @app.get("/page")
    async def read() -> Response:
        return Response(page, media_type=media_type)

    return app
