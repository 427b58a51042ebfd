"""What the surroundings may change, and what browsers are told."""

import pytest
from django.test import Client
from pydantic import ValidationError

from schoolgate.core.env import Env
from schoolgate.core.home import kept_secret
from schoolgate.core.postgres.for_django import django_database
from schoolgate.core.postgres.server import database_url

EXTERNAL = {
    "DATABASE_URL": "postgresql://app:secret@db.example:6432/school?sslmode=require",
    "DATABASE_OWNER_URL": "postgresql://owner:other@db.example:6432/school",
}


def env_with(monkeypatch: pytest.MonkeyPatch, **told: str) -> Env:
    """The surroundings with a few more words in them."""
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    return Env()


def test_without_any_word_the_program_keeps_to_this_machine():
    env = Env()
    assert (env.listen_on, env.embedded_database, env.deliver_for_real) == ("127.0.0.1", True, False)
    assert env.allowed_hosts == ("localhost", "127.0.0.1", "[::1]")


@pytest.mark.parametrize("port", ["1", "65535"])
def test_the_outermost_ports_are_taken(monkeypatch, port):
    assert env_with(monkeypatch, PORT=port).port == int(port)


@pytest.mark.parametrize("port", ["0", "65536", "http", ""])
def test_what_is_no_port_stops_the_start(monkeypatch, port):
    with pytest.raises(ValidationError, match="port"):
        env_with(monkeypatch, PORT=port)


def test_hosts_are_parted_by_commas(monkeypatch):
    env = env_with(monkeypatch, SCHOOLGATE_ALLOWED_HOSTS="a.example, b.example ,")
    assert env.allowed_hosts == ("a.example", "b.example")


def test_a_named_database_is_used_as_each_role_says(monkeypatch):
    env = env_with(monkeypatch, **EXTERNAL)
    database = django_database(env)
    assert (database["USER"], database["HOST"], database["PORT"], database["NAME"]) == (
        "app", "db.example", "6432", "school",
    )  # fmt: skip
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database_url(env, "owner") == EXTERNAL["DATABASE_OWNER_URL"]


def test_a_named_database_without_an_owner_is_refused_in_words(monkeypatch):
    env = env_with(monkeypatch, DATABASE_URL=EXTERNAL["DATABASE_URL"])
    with pytest.raises(Exception, match="DATABASE_OWNER_URL is not"):
        database_url(env, "owner")


def test_secrets_of_the_environment_are_not_printed(monkeypatch):
    env = env_with(monkeypatch, **EXTERNAL, SCHOOLGATE_SECRET_KEY=f"very secret{'k' * 30}")
    assert "very secret" not in repr(env)
    assert "other" not in repr(env)


def test_a_secret_is_made_once_and_read_by_nobody_else(home):
    first = kept_secret("django")
    assert kept_secret("django") == first
    assert len(first) >= 50
    assert [path.name for path in (home / "keys").iterdir()] == ["django"]
    assert (home / "keys" / "django").stat().st_mode & 0o777 == 0o600
    assert (home / "keys").stat().st_mode & 0o777 == 0o700


def test_two_homes_have_two_secrets(home, tmp_path_factory, monkeypatch):
    first = kept_secret("django")
    monkeypatch.setenv("SCHOOLGATE_HOME", str(tmp_path_factory.mktemp("other")))
    from schoolgate.core.env import env

    env.cache_clear()
    assert kept_secret("django") != first


@pytest.mark.django_db
def test_pages_may_load_from_here_only_and_be_framed_by_nobody():
    answer = Client().get("/healthz")
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_the_program_does_not_answer_to_a_name_that_is_not_its_own():
    assert Client().get("/healthz", headers={"host": "elsewhere.example"}).status_code == 400
