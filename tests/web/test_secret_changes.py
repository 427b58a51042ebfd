"""The program's secret can change: people stay signed in, and what was printed or stored still holds."""

import pytest
from django.contrib.auth import HASH_SESSION_KEY
from django.test import Client

from schoolgate.cli.main import main
from schoolgate.core import lasting
from schoolgate.core.home import kept_secret, keys
from schoolgate.inbox.retention import destroyed_id
from schoolgate.incidents.queries import code_of, digest_of_code
from schoolgate.pupils.linking import digest_of
from schoolgate.reports.governors_measures import _key
from tests.web.signing import with_password


@pytest.fixture(autouse=True)
def own_secret(home, settings):
    """A home whose secret is the one that the program runs with."""
    (keys() / lasting.SECRET).write_text(settings.SECRET_KEY)


@pytest.fixture
def started_anew(settings):
    """`started_anew()`: the program after a restart."""

    def start() -> None:
        settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS = lasting.secrets_of_home()

    return start


def stored() -> list[str]:
    return [
        digest_of("ABCD-EFGH-JKMN"), code_of("a mark"), digest_of_code("ABCD"), _key(3, 4),
        destroyed_id("c1"),
    ]  # fmt: skip


def test_what_is_stored_or_printed_is_the_same_before_and_after(settings, started_anew):
    before, secret = stored(), settings.SECRET_KEY
    for _ in range(2):
        assert main(["vault", "secret"]) == 0
        started_anew()
        assert stored() == before
    assert main(["vault", "secret", "--drop-old"]) == 0
    started_anew()
    assert stored() == before
    assert secret != settings.SECRET_KEY
    assert settings.SECRET_KEY_FALLBACKS == []
    assert (keys() / lasting.FILE).read_text() == secret


def test_also_where_the_secret_changes_in_the_surroundings_after_an_upgrade(settings):
    lasting.lasting_key()
    before = stored()
    settings.SECRET_KEY = "another" * 9
    assert stored() == before


def test_people_stay_signed_in_until_the_old_secret_is_dropped(cast, started_anew):
    stays, away, cara = Client(), Client(), with_password(cast("Cara", "staff"))
    for browser in (stays, away):
        browser.force_login(cara.user)
        assert browser.get("/today").status_code == 200
    marked = stays.session[HASH_SESSION_KEY]
    main(["vault", "secret"])
    started_anew()
    assert stays.get("/today").status_code == 200
    assert stays.session[HASH_SESSION_KEY] != marked
    main(["vault", "secret", "--drop-old"])
    started_anew()
    assert stays.get("/today").status_code == 200
    assert away.get("/today").status_code == 302


def test_the_file_is_whole_and_for_its_owner_alone_and_others_of_the_home_stay(home):
    vault = kept_secret("vault.keys", lambda: b"x")
    main(["vault", "secret"])
    assert len(lasting.secrets_of_home()) == 2
    assert (keys() / lasting.SECRET).stat().st_mode & 0o777 == 0o600
    assert kept_secret("vault.keys") == vault
    assert {path.name for path in keys().iterdir()} == {"django", "lasting", "vault.keys"}


def test_a_secret_of_the_surroundings_is_changed_there(monkeypatch, capsys):
    from schoolgate.core.env import env

    monkeypatch.setenv("SCHOOLGATE_SECRET_KEY", "k" * 40)
    env.cache_clear()
    assert main(["vault", "secret"]) == 1
    assert "SCHOOLGATE_SECRET_KEY" in capsys.readouterr().err
    assert len(lasting.secrets_of_home()) == 1
