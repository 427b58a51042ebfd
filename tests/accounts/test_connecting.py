"""Keys go into the vault after the network took them, and never into a row, a log or the record."""

from types import SimpleNamespace

import pytest

from schoolgate.accounts.connecting import (
    SignedIn,
    client_for,
    close_account,
    connect_account,
    credential_of,
    keep_session,
    note_read,
    sign_in,
)
from schoolgate.accounts.models import Account
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.models import School, VaultSecret
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.networks.fake.client import FakeNetwork, Fault
from schoolgate.networks.port import Credential, NetworkError, Profile
from tests.cast import someone

SECRET = "abcd-efgh-ijkl-mnop"


@pytest.fixture
def cast(federation, home, at):
    with scope(federation.pk):
        school = School.objects.create(name="North", slug="north")
        yield SimpleNamespace(
            keeper=someone("Mari Lewis", "administrator-moderator"),
            staff=someone("Amina Khan", "staff"),
            account=Account.objects.create(
                school=school, name="Y4", network="bluesky", kind="school", made_at=at
            ),
            board=Account.objects.create(
                school=school, name="Board", network="noticeboard", kind="school", made_at=at
            ),
        )


def taken(handle: str = "y4.example", session: str = "") -> SignedIn:
    profile = Profile(id="did:plc:1", handle=handle, address="https://bsky.app/profile/y4.example")
    return SignedIn(Credential(handle=handle, secret=SECRET, session=session), profile)


def test_keys_are_sealed_and_the_row_holds_a_reference(cast, at):
    connect_account(account=cast.account, by=cast.keeper, at=at, signed_in=taken())

    row = VaultSecret.objects.get()
    assert SECRET.encode() not in bytes(row.sealed)
    assert (cast.account.vault_ref, cast.account.connected_at, cast.account.handle) == (
        row.pk, at, "y4.example",
    )  # fmt: skip
    assert credential_of(cast.account).secret == SECRET
    assert SECRET not in repr(current_scope().pending)
    assert SECRET not in repr(credential_of(cast.account))


def test_staff_who_keep_no_keys_cannot_give_them(cast, at):
    with pytest.raises(NotAllowed):
        connect_account(account=cast.account, by=cast.staff, at=at, signed_in=taken())
    assert VaultSecret.objects.count() == 0


def test_keys_of_another_account_are_refused(cast, at):
    cast.account.handle = "@y4.example"
    with pytest.raises(BadInput):
        connect_account(account=cast.account, by=cast.keeper, at=at, signed_in=taken("y5.example"))


def test_new_keys_take_the_place_of_the_old_ones(cast, at):
    connect_account(account=cast.account, by=cast.keeper, at=at, signed_in=taken())
    connect_account(account=cast.account, by=cast.keeper, at=at, signed_in=taken(session="fresh"))

    assert VaultSecret.objects.count() == 1
    assert credential_of(cast.account).session == "fresh"


def test_without_keys_the_account_has_to_be_connected(cast):
    with pytest.raises(NetworkError) as error:
        credential_of(cast.account)
    assert error.value.what_next == "reconnect"


def test_our_own_noticeboard_needs_no_keys(cast):
    credential = credential_of(cast.board)

    assert (credential.federation_id, credential.school_id) == (
        cast.board.federation_id,
        cast.board.school_id,
    )


def test_closing_destroys_the_keys_and_keeps_the_account(cast, at):
    connect_account(account=cast.account, by=cast.keeper, at=at, signed_in=taken())
    close_account(account=cast.account, by=cast.keeper, at=at)

    assert (VaultSecret.objects.count(), cast.account.state, cast.account.vault_ref) == (0, "closed", None)
    with pytest.raises(NotNow):
        connect_account(account=cast.account, by=cast.keeper, at=at, signed_in=taken())


def test_a_good_read_is_noted(cast, at):
    note_read(account=cast.account, at=at)

    cast.account.refresh_from_db()
    assert cast.account.last_good_read_at == at


def test_no_network_is_talked_to_inside_a_transaction(cast):
    with pytest.raises(RuntimeError, match="inside a transaction"):
        sign_in("bluesky", Credential())
    with pytest.raises(RuntimeError, match="inside a transaction"):
        client_for(cast.board)


def test_keys_are_tried_on_the_network():
    tried = sign_in("bluesky", Credential(secret=SECRET), connect=lambda key, given: FakeNetwork(like=key))

    assert (tried.profile.handle, tried.credential.secret) == ("school.test", SECRET)


def test_keys_that_the_network_refuses_are_not_kept():
    network = FakeNetwork()
    network.server.faults = [Fault.SIGN_IN]
    with pytest.raises(NetworkError) as error:
        sign_in("bluesky", Credential(), connect=lambda key, given: network)
    assert error.value.what_next == "reconnect"


def test_a_session_that_the_network_renewed_goes_back_into_the_vault(federation, home, at):
    with scope(federation.pk):
        account = Account.objects.create(name="Y4", network="bluesky", kind="school", made_at=at)
        keeper = someone("Mari Lewis", "administrator-moderator")
        connect_account(account=account, by=keeper, at=at, signed_in=taken(session="old"))

    keep_session(account, SimpleNamespace(session_to_keep=lambda: "new"))
    keep_session(account, SimpleNamespace(session_to_keep=lambda: None))

    with scope(federation.pk):
        account.refresh_from_db()
        assert credential_of(account) == Credential(handle="y4.example", secret=SECRET, session="new")
        assert VaultSecret.objects.count() == 1
