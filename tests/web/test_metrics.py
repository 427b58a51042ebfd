"""Figures for a monitor: only with the token, and nothing but numbers."""

from datetime import timedelta

import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from schoolgate.core import heartbeats
from schoolgate.core.clock import now
from schoolgate.core.env import env
from schoolgate.core.models import Backup
from schoolgate.core.surroundings import SurroundingsTrouble
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import open_duty
from schoolgate.duties.models import Due
from schoolgate.reports.running import figures
from schoolgate.web.running.monitoring import HELP
from tests.cast import someone

TOKEN = "a-token-of-at-least-twenty"


@pytest.fixture
def with_token(monkeypatch):
    monkeypatch.setenv("SCHOOLGATE_METRICS_TOKEN", TOKEN)
    env.cache_clear()
    yield
    env.cache_clear()


def read(token: str = TOKEN) -> "object":
    return Client().get("/metrics", headers={"Authorization": f"Bearer {token}"})


def test_without_a_token_in_the_surroundings_there_is_nothing(db):
    assert read().status_code == 404
    assert read("").status_code == 404


@pytest.mark.parametrize("token", ["", "a-token-of-at-least-twent", "ysgol ŵ"])
def test_another_token_finds_nothing(db, with_token, token):
    assert read(token).status_code == 404


def test_a_short_token_stops_the_start(monkeypatch):
    monkeypatch.setenv("SCHOOLGATE_METRICS_TOKEN", "short")
    env.cache_clear()
    with pytest.raises(SurroundingsTrouble, match="SCHOOLGATE_METRICS_TOKEN needs at least 20 characters"):
        env()
    monkeypatch.undo()
    env.cache_clear()


def test_it_is_numbers_and_no_names(federation, with_token):
    at = now()
    with scope(federation.pk):
        ada = someone("Ada Min", "slt")
        open_duty(kind="backup.look", subject=federation, at=at, due=Due.none_promised(), person=ada)
    heartbeats.begin(at=at)
    heartbeats.note("worker", at=at - timedelta(minutes=1))
    Backup.objects.create(number=1, began_at=at, ended_at=at, folder="/b", size=77, digest="a" * 64)
    said = read().content.decode()
    found = {family.name: family.samples for family in text_string_to_metric_families(said)}
    assert set(found) <= {f"schoolgate_{name}" for name in HELP}
    assert 60 <= found["schoolgate_beat_age_seconds"][0].value < 70
    assert found["schoolgate_duties"][0].labels == {"federation": str(federation.pk), "state": "open"}
    assert found["schoolgate_backup_bytes"][0].value == 77
    assert found["schoolgate_database_bytes"][0].value > 0
    for word in (federation.name, federation.slug, federation.policy_key, "Ada", ada.email):
        assert word not in said


def test_more_duties_are_not_more_queries(federation, same_queries, at):
    with scope(federation.pk):
        ada = someone("Ada Min", "slt")

    def grow() -> None:
        with scope(federation.pk):
            for number in range(1, 6):
                subject = f"core.school:{number}"
                open_duty(kind="backup.look", subject=subject, at=at, due=Due.none_promised(), person=ada)

    same_queries(lambda: list(figures(at)), grow)
