"""The link pasted as proof that a post was posted by hand."""

import pytest

from schoolgate.core.errors import BadInput
from schoolgate.publishing.by_hand import done_by_hand, mend_address
from schoolgate.publishing.starting import begin_sending

OURS = "https://www.facebook.com/north/posts/123"
ANOTHER = "https://www.facebook.com/another-school/posts/123"
SHARED = "https://www.facebook.com/share/p/1a2b3c/"


@pytest.fixture
def by_hand(cast, approved, at):
    def make():
        return begin_sending(at=at, post=approved(accounts=[cast.facebook]))[0]

    return make


def done(cast, delivery, at, address, **more):
    return done_by_hand(by=cast.amina, at=at, delivery=delivery, address=address, **more)


def test_a_link_to_the_accounts_own_page_is_proof_by_itself(cast, by_hand, at):
    assert done(cast, by_hand(), at, OURS).proof == "link"


@pytest.mark.parametrize("looked", [False, True])
def test_a_link_to_another_page_is_no_proof_whatever_the_person_says(cast, by_hand, at, looked):
    delivery = by_hand()
    with pytest.raises(BadInput) as refused:
        done(cast, delivery, at, ANOTHER, looked=looked)
    assert list(refused.value.fields) == ["address"]
    delivery.refresh_from_db()
    assert (delivery.state, delivery.proof) == ("written", "")


def test_a_link_that_does_not_show_its_page_counts_once_the_person_looked_and_that_is_recorded(
    cast, by_hand, at
):
    delivery = by_hand()
    with pytest.raises(BadInput) as refused:
        done(cast, delivery, at, SHARED)
    assert list(refused.value.fields) == ["looked"]
    assert done(cast, delivery, at, SHARED, looked=True).proof == "person"


def test_one_link_is_the_proof_of_one_post(cast, by_hand, at):
    first, second = by_hand(), by_hand()
    done(cast, first, at, OURS)
    with pytest.raises(BadInput) as refused:
        done(cast, second, at, f"{OURS}/?fbclid=abc")
    assert list(refused.value.fields) == ["address"]
    assert done(cast, second, at, OURS.replace("123", "124")).proof == "link"


def test_a_corrected_link_is_held_to_the_same(cast, by_hand, at):
    delivery = done(cast, by_hand(), at, OURS)
    with pytest.raises(BadInput):
        mend_address(by=cast.amina, at=at, delivery=delivery, address=ANOTHER)
    better = OURS.replace("123", "125")
    assert mend_address(by=cast.amina, at=at, delivery=delivery, address=better).ref.address == better
