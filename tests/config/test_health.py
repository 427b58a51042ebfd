"""The page that says whether the program serves."""

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test import Client

from schoolgate import __version__
from schoolgate.web.running import monitoring


@pytest.mark.django_db
def test_all_is_well():
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (
        200,
        {"status": "ok", "database": "ok", "work": "ok", "version": __version__},
    )
    assert "no-store" in answer["Cache-Control"]


def test_without_a_database_it_says_so(monkeypatch, rf):
    def no_answer() -> None:
        raise OperationalError from psycopg.OperationalError()

    monkeypatch.setattr(connection, "cursor", no_answer)
    answer = monitoring.healthz(rf.get("/healthz"))
    assert answer.status_code == 503
    assert b'"database": "no answer"' in answer.content


@pytest.mark.django_db
def test_it_is_only_to_be_read():
    assert Client().post("/healthz").status_code == 405
