"""The vault gets another key while the program runs: nothing stops opening, and a killed change goes on."""

import os
import signal

import psycopg
import pytest
from django.db import connection
from django.utils.module_loading import import_string

from schoolgate.cli.main import main
from schoolgate.core import vault
from schoolgate.core.models import VaultSecret
from schoolgate.core.tenancy import scope
from schoolgate.core.vault import _LOCK, AlreadyChanging, change_key, standing
from tests import databases
from tests.faults.dying import in_another_process

ACCOUNT = "accounts.account:4"


@pytest.fixture(autouse=True)
def own_keys(home):
    """Keys of this test's own."""


@pytest.fixture
def refs(federation, make_federation):
    """Three secrets each of two federations: (federation, reference) -> secret."""
    found = {}
    for one in (federation, make_federation("wootton", "wootton")):
        with scope(one.id):
            for number in range(3):
                said = f"{one.slug} {number}"
                found[one.id, vault.put("network", said, about=ACCOUNT)] = said
    return found


def change(tell=lambda told: None, wait=lambda: None, **more):
    return change_key(tell, wait=wait, **more)


def all_open(refs) -> bool:
    for (federation_id, ref), said in refs.items():
        with scope(federation_id):
            if vault.reveal(ref) != said:
                return False
    return True


def test_everything_is_sealed_with_the_new_key_and_the_old_one_is_gone(refs, home):
    old = vault.known_keys()

    told = change()

    assert (told.total, told.done, told.dropped, told.cannot) == (6, 6, 1, [])
    assert len(vault.known_keys()) == 1
    assert vault.known_keys() != old
    assert all_open(refs)
    assert standing() == (1, 0, False)
    assert (home / "keys" / "vault.keys").stat().st_mode & 0o777 == 0o600


def test_everything_opens_at_every_moment_of_it(refs):
    seen = []

    change(lambda told: seen.append(all_open(refs)), lambda: seen.append(all_open(refs)))

    assert seen
    assert all(seen)


def test_what_is_sealed_with_the_old_key_while_it_goes_on_is_found_before_the_old_one_is_dropped(refs):
    old = vault.known_keys()[0]

    def somebody_had_read_the_old_key():
        federation_id = next(iter(refs))[0]
        with scope(federation_id):
            row = VaultSecret.objects.create(purpose="network", about=ACCOUNT, sealed=b"", sealed_with="")
            vault._seal(row, "late", [old])
            row.save()
            refs[federation_id, row.pk] = "late"

    told = change(wait=somebody_had_read_the_old_key)

    assert told.dropped == 1
    assert all_open(refs)


def test_old_keys_may_be_kept_for_backups(refs):
    assert change(keep_old=True).dropped == 0
    assert len(vault.known_keys()) == 2
    change()
    assert len(vault.known_keys()) == 1
    assert all_open(refs)


def test_where_something_cannot_be_opened_the_old_keys_stay_and_it_is_named(refs):
    (federation_id, ref), _said = next(iter(refs.items()))
    with scope(federation_id):
        VaultSecret.objects.filter(pk=ref).update(sealed=b"damaged")

    told = change()

    assert told.cannot == [f"{federation_id}/{ref}"]
    assert told.dropped == 0
    assert len(vault.known_keys()) == 2


def test_a_change_that_broke_off_goes_on_with_the_same_new_key(refs, monkeypatch):
    monkeypatch.setattr(vault, "AT_ONCE", 2)

    class Killed(BaseException):
        """As if the power had gone."""

    def after_two(told):
        if told.done >= 2:
            raise Killed

    with pytest.raises(Killed):
        change(after_two)
    half = vault.known_keys()
    assert len(half) == 2
    assert standing() == (2, 4, True)
    assert all_open(refs)

    told = change()

    assert (told.total, told.done, told.dropped) == (4, 4, 1)
    assert vault.known_keys() == half[:1]
    assert all_open(refs)


def test_batches_take_every_row_once(refs, monkeypatch):
    monkeypatch.setattr(vault, "AT_ONCE", 1)
    steps = []
    change(lambda told: steps.append(told.done))
    assert [step for step in dict.fromkeys(steps) if step] == [1, 2, 3, 4, 5, 6]


def test_second_steps_of_sign_ins_are_sealed_anew_and_what_no_key_opens_is_named(federation):
    authenticator = import_string("allauth.mfa.models.Authenticator")
    user = import_string("schoolgate.people.models.User").objects.create(email="a@example.org", password="!")
    app = authenticator.objects.create(user=user, type="totp", data={"secret": vault.seal("app")})
    codes = authenticator.objects.create(
        user=user, type="recovery_codes", data={"seed": vault.seal("seed"), "used_mask": 0}
    )

    assert change().dropped == 1

    app.refresh_from_db()
    codes.refresh_from_db()
    assert vault.unseal(app.data["secret"]) == "app"
    assert (vault.unseal(codes.data["seed"]), codes.data["used_mask"]) == ("seed", 0)

    authenticator.objects.filter(pk=app.pk).update(data={"secret": "nonsense"})
    told = change()
    assert (told.cannot, told.dropped) == ([f"second step {app.pk}"], 0)


def test_two_changes_at_once_are_one(refs, own_connection):
    with own_connection() as other:
        other.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        with pytest.raises(AlreadyChanging):
            change()
        other.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    assert change().dropped == 1


@pytest.fixture
def own_connection():
    """A second connection to the database of this test."""
    return lambda: psycopg.connect(databases.url("app", connection.settings_dict["NAME"]), autocommit=True)


@pytest.mark.processes
def test_a_change_that_is_killed_in_the_middle_is_brought_to_its_end_by_the_command(
    own_database, refs, monkeypatch, capsys
):
    """It waits before it drops the old keys: there it is killed, and there the command goes on."""

    def dies() -> None:
        change(wait=lambda: os.kill(os.getpid(), signal.SIGKILL))

    assert in_another_process(dies) == -signal.SIGKILL
    assert len(vault.known_keys()) == 2
    assert all_open(refs)

    monkeypatch.setattr("schoolgate.cli.main.prepare", lambda *_, **__: None)
    assert main(["vault", "rotate", "--wait", "0"]) == 0

    assert "Old keys removed: 1." in capsys.readouterr().out
    assert len(vault.known_keys()) == 1
    assert all_open(refs)
    assert standing() == (1, 0, False)
