"""Keys of intents, and the types that travel through rows and the vault."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from schoolgate.networks.port import Credential, Ref, intent_key

AT = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
INSTANTS = st.datetimes(
    min_value=datetime(2020, 1, 1), max_value=datetime(2090, 1, 1), timezones=st.just(UTC)
)


def test_the_same_intent_has_the_same_key_and_another_has_another():
    keys = {intent_key(at=AT, about=f"publishing.delivery:{number}") for number in range(200)}

    assert (len(keys), intent_key(at=AT, about="publishing.delivery:7") in keys) == (200, True)


@given(INSTANTS, st.text())
def test_a_key_is_a_valid_tid(at, about):
    key = intent_key(at=at, about=about)

    assert (len(key), key[0] in "234567abcdefghij", set(key) <= set("234567abcdefghijklmnopqrstuvwxyz")) == (
        13,
        True,
        True,
    )


@given(INSTANTS, st.text(), st.text())
def test_a_later_key_sorts_later(at, first, second):
    assert intent_key(at=at, about=first) < intent_key(at=at + timedelta(milliseconds=2), about=second)


def test_a_credential_survives_the_vault_and_never_shows_its_secret():
    credential = Credential("school.test", "app-pass-word", "https://pds.test", "session-string", 3, 4)

    assert Credential.from_text(credential.to_text()) == credential
    assert "app-pass-word" not in repr(credential)
    assert "session-string" not in repr(credential)


def test_a_ref_survives_its_row():
    ref = Ref("bluesky", "at://did:plc:a/app.bsky.feed.post/3k", "https://bsky.app/profile/a/post/3k", "bafy")

    assert Ref.from_json(ref.to_json()) == ref
