"""A picture that a network fetches is there while it's handed over, and at no other time."""

from datetime import timedelta

import pytest

from schoolgate.core.clock import now
from schoolgate.core.env import env
from schoolgate.core.files import lay_bytes, passing
from schoolgate.networks import handing
from schoolgate.networks.handing import LASTS, clear, handed_over, new_token, picture_at
from tests.networks.meta_world import jpeg


@pytest.fixture
def public(home, monkeypatch):
    monkeypatch.setenv("SCHOOLGATE_PUBLIC_ADDRESS", "https://social.north.test")
    env.cache_clear()
    yield
    monkeypatch.undo()
    env.cache_clear()


def token_of(address):
    assert address.startswith("https://social.north.test/handed-over/")
    return address.rpartition("/")[2].removesuffix(".jpg")


def test_each_picture_lies_at_an_address_of_its_own_and_is_gone_afterwards(public, client):
    pictures = [jpeg("One"), jpeg("Two")]
    with handed_over(pictures) as addresses:
        tokens = [token_of(address) for address in addresses]
        found = [picture_at(token, at=now()) for token in tokens]
        served = client.get(f"/handed-over/{tokens[0]}.jpg")
        names = [laid.place.name for laid in passing().laid()]

    assert found == [each.data for each in pictures]
    assert (served.content, served["Content-Type"], "no-store" in served["Cache-Control"]) == (
        pictures[0].data, "image/jpeg", True,
    )  # fmt: skip
    assert not set(tokens) & set(names)
    assert [picture_at(token, at=now()) for token in tokens] == [None, None]
    assert client.get(f"/handed-over/{tokens[0]}.jpg").status_code == 404


def test_it_is_closed_where_the_hand_over_fails(public):
    with pytest.raises(RuntimeError), handed_over([jpeg()]) as addresses:
        raise RuntimeError

    assert picture_at(token_of(addresses[0]), at=now()) is None


def test_what_a_dead_worker_left_is_closed_after_minutes_and_cleared(public, systems_clock):
    written = now()
    token = new_token(at=written)
    lay_bytes(passing(), handing._place(token), jpeg().data)

    soon = picture_at(token, at=written + LASTS - timedelta(seconds=2))
    late = picture_at(token, at=written + LASTS + timedelta(seconds=2))
    kept, cleared = clear(at=written), clear(at=written + LASTS + timedelta(seconds=9))

    assert (soon is not None, late, kept, cleared) == (True, None, 0, 1)


def test_an_address_cannot_be_made_to_last_longer(public):
    with handed_over([jpeg()]) as addresses:
        token, _dash, until = token_of(addresses[0]).rpartition("-")
        assert picture_at(f"{token}-{until}", at=now()) is not None
        assert picture_at(f"{token}-{int(until) + 600}", at=now()) is None


@pytest.mark.parametrize("token", ["", "x", "..", "a/b"])
def test_what_is_not_handed_over_is_not_there(home, db, client, token):
    assert picture_at(token, at=now()) is None
    assert client.get(f"/handed-over/{token}.jpg").status_code == 404
