"""A part in an account passes to somebody else, who accepts it by their own sign-in."""

import pytest

from schoolgate.accounts.models import Offer
from schoolgate.accounts.opening import accept_part, decline_part, offer_part, withdraw_offer
from schoolgate.core.errors import BadInput, NotAllowed, Refused
from schoolgate.duties import queries as duties
from tests.accounts.conftest import ready
from tests.accounts.test_looking_in import looked_after  # noqa: F401 - a fixture
from tests.cast import someone
from tests.second_presses import done_already, not_done


@pytest.fixture
def cast(looked_after, at):  # noqa: F811
    cast = looked_after("wildground", "administrator-moderator")
    cast.mari = someone("Mari Lewis", "staff")
    return cast


def leads(account) -> list[str]:
    rows = account.team.filter(part="lead", to_day=None).select_related("person").order_by("id")
    return [row.person.name for row in rows]


def test_nothing_changes_before_they_accept_and_then_one_steps_back(cast, at):
    offer = offer_part(account=cast.account, by=cast.amina, at=at, to=cast.mari, instead_of=cast.amina)
    assert leads(cast.account) == ["Amina Khan", "Bryn Ellis"]
    ready(cast.mari, cast.version, trained_by=cast.owner, at=at)

    accept_part(offer=offer, by=cast.mari, at=at)

    assert leads(cast.account) == ["Bryn Ellis", "Mari Lewis"]
    assert [one.kind for one in duties.mine(cast.mari, at.date())[0]] == []


def test_what_the_policy_asks_of_those_who_run_an_account_is_asked_first(cast, at):
    offer = offer_part(account=cast.account, by=cast.amina, at=at, to=cast.mari)
    assert {"accounts.take_over", "policy.policy_read", "policy.policy_understood"} <= {
        one.kind for one in duties.mine(cast.mari, at.date())[0]
    }

    with pytest.raises(Refused) as refused:
        accept_part(offer=offer, by=cast.mari, at=at)

    assert {"read", "understood", "trained"} <= {
        point for point, found in refused.value.kept.points.items() if found == "hold"
    }
    assert leads(cast.account) == ["Amina Khan", "Bryn Ellis"]


def test_only_who_was_asked_answers(cast, at):
    offer = offer_part(account=cast.account, by=cast.amina, at=at, to=cast.mari)
    for answer in (accept_part, decline_part):
        with pytest.raises(NotAllowed):
            answer(offer=offer, by=cast.bryn, at=at)
    decline_part(offer=offer, by=cast.mari, at=at)
    with done_already():
        decline_part(offer=Offer.objects.get(), by=cast.mari, at=at)
    with not_done():
        accept_part(offer=Offer.objects.get(), by=cast.mari, at=at)


def test_what_nobody_answered_can_be_taken_back(cast, at):
    offer = offer_part(account=cast.account, by=cast.amina, at=at, to=cast.mari)
    assert offer_part(account=cast.account, by=cast.bryn, at=at, to=cast.mari) == offer
    withdraw_offer(offer=offer, by=cast.amina, at=at)
    assert "accounts.take_over" not in [one.kind for one in duties.mine(cast.mari, at.date())[0]]


def test_wrong_offers_are_refused(cast, at):
    gone = someone("Gwen Ash", "staff")
    gone.left_on = at.date()
    gone.save()
    for changes in ({"to": gone}, {"to": cast.bryn}, {"part": "king"}, {"instead_of": cast.mari}):
        with pytest.raises(BadInput):
            offer_part(**{"account": cast.account, "by": cast.amina, "at": at, "to": cast.mari, **changes})
    with pytest.raises(NotAllowed):
        offer_part(account=cast.account, by=cast.mari, at=at, to=cast.mari)
    assert Offer.objects.count() == 0
