"""Secrets are sealed for one row, and nothing opens them without the home's keys."""

import pytest
from django.db import DatabaseError, connection, transaction

from schoolgate.core import vault
from schoolgate.core.models import VaultSecret
from schoolgate.core.tenancy import scope

ACCOUNT = "accounts.account:4"


@pytest.fixture(autouse=True)
def own_keys(home):
    """Keys of this test's own."""


def test_what_was_put_in_comes_out(scoped):
    ref = vault.put("network", "s3cret ŵ", about=ACCOUNT)
    assert vault.reveal(ref) == "s3cret ŵ"


def test_the_database_holds_no_word_of_it(scoped):
    vault.put("network", "s3cret", about=ACCOUNT)
    row = VaultSecret.objects.get()
    assert b"s3cret" not in bytes(row.sealed)
    assert (row.purpose, row.about) == ("network", ACCOUNT)


def test_the_keys_are_readable_by_nobody_else(scoped, home):
    vault.put("network", "s3cret", about=ACCOUNT)
    assert (home / "keys" / "vault.keys").stat().st_mode & 0o777 == 0o600


def test_a_sealed_text_opens_nothing_in_another_row(scoped):
    first, second = (vault.put("network", text, about=ACCOUNT) for text in ("one", "two"))
    VaultSecret.objects.filter(pk=second).update(sealed=VaultSecret.objects.get(pk=first).sealed)
    with pytest.raises(vault.CannotOpen):
        vault.reveal(second)
    assert vault.reveal(first) == "one"


def test_a_sealed_text_opens_nothing_for_another_purpose(scoped):
    ref = vault.put("network", "one", about=ACCOUNT)
    VaultSecret.objects.update(purpose="mail")
    with pytest.raises(vault.CannotOpen):
        vault.reveal(ref)


def test_a_sealed_text_opens_nothing_in_another_federation(federation, make_federation):
    with scope(federation.id):
        ref = vault.put("network", "one", about=ACCOUNT)
        sealed = VaultSecret.objects.get().sealed
    with scope(make_federation("wootton", "wootton").id):
        with pytest.raises(vault.CannotOpen):
            vault.reveal(ref)
        planted = VaultSecret.objects.create(purpose="network", about=ACCOUNT, sealed=sealed)
        with pytest.raises(vault.CannotOpen):
            vault.reveal(planted.pk)


@pytest.mark.parametrize("position", [0, 20, -1])
def test_an_altered_text_does_not_open(scoped, position):
    ref = vault.put("network", "one", about=ACCOUNT)
    row = VaultSecret.objects.get()
    altered = bytearray(row.sealed)
    altered[position] = ord("A") if altered[position] != ord("A") else ord("B")
    VaultSecret.objects.update(sealed=bytes(altered))
    with pytest.raises(vault.CannotOpen):
        vault.reveal(ref)


def test_without_its_keys_nothing_opens(scoped, home):
    ref = vault.put("network", "one", about=ACCOUNT)
    (home / "keys" / "vault.keys").unlink()
    with pytest.raises(vault.CannotOpen):
        vault.reveal(ref)


def test_what_was_forgotten_is_gone(scoped):
    ref = vault.put("network", "one", about=ACCOUNT)
    vault.forget(ref)
    vault.forget(ref)
    with pytest.raises(vault.CannotOpen):
        vault.reveal(ref)


def test_a_text_sealed_for_a_row_is_no_text_of_the_installation(scoped):
    vault.put("network", "one", about=ACCOUNT)
    with pytest.raises(vault.CannotOpen):
        vault.unseal(bytes(VaultSecret.objects.get().sealed).decode())
    with pytest.raises(vault.CannotOpen):
        vault.unseal("nonsense ŵ")


def test_a_secret_needs_a_scope_and_a_row_it_belongs_to(federation):
    with pytest.raises(DatabaseError), transaction.atomic():
        vault.put("network", "one", about=ACCOUNT)
    with (
        scope(federation.id),
        pytest.raises(ValueError, match="use a saved row, or text such as"),
    ):
        vault.put("network", "one", about="Facebook")


def test_a_secret_is_never_in_a_statement(scoped, queries):
    with queries() as seen:
        vault.reveal(vault.put("network", "s3cret", about=ACCOUNT))
    assert not [query for query in seen.captured_queries if "s3cret" in query["sql"]]
    assert connection.in_atomic_block
