"""What a network refused is told by the post itself, in the network's words, until a person decides."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.tenancy import NoScope, scope
from schoolgate.duties.models import STILL_TO_DO, Duty
from schoolgate.networks.fake import FakeNetwork, Fault
from schoolgate.networks.port import NetworkError
from schoolgate.publishing import queries
from schoolgate.publishing.by_hand import done_by_hand
from schoolgate.publishing.drafting import withdraw_post
from schoolgate.publishing.models import Delivery
from schoolgate.publishing.starting import begin_sending, leave_unsent, send_again
from schoolgate.publishing.taking_down import take_down
from tests.cast import someone
from tests.publishing.conftest import account_on, draft_of

LINK = "https://www.facebook.com/north/posts/1234567890"


@pytest.fixture
def two(cast, approved, advance, server, at):
    """A post on Bluesky, which refuses it, and on Facebook by hand: the two intents, in that order."""
    rows = begin_sending(at=at, post=approved(accounts=[cast.bluesky, cast.facebook]))
    server.faults = [Fault.REFUSED]
    refused, by_hand = sorted(rows, key=lambda each: each.by_hand)
    return advance(refused), by_hand


def stuck(cast, at):
    found, _older = queries.posts_page(states=("not_sent",), stuck=True, seen_by=cast.amina, on=at.date())
    return [each.pk for each in found]


def to_decide():
    return Duty.objects.filter(kind="delivery.failed", state__in=STILL_TO_DO).count()


def test_a_post_that_one_network_refused_needs_action_while_another_waits_for_a_hand(cast, two, at):
    refused, _by_hand = two
    post = queries.post(refused.post_id)

    assert (post.state, post.get_state_display()) == ("sending", "Not sent everywhere")
    assert (stuck(cast, at), refused.said) == ([post.pk], "fake: refused")


def test_a_post_that_is_out_on_one_account_alone_is_partly_published(cast, two, at):
    refused, by_hand = two
    done_by_hand(by=cast.amina, at=at, delivery=by_hand, address=LINK)
    post = queries.post(refused.post_id)

    assert (post.state, post.get_state_display()) == ("published", "Partly published")
    assert stuck(cast, at) == [post.pk]


def test_it_needs_no_more_action_once_it_was_sent_again(cast, two, advance, at):
    refused, by_hand = two
    again = advance(send_again(by=cast.amina, at=at, delivery=refused))
    done_by_hand(by=cast.amina, at=at, delivery=by_hand, address=LINK)

    assert (again.said, stuck(cast, at), to_decide()) == ("", [], 0)
    assert queries.post(refused.post_id).get_state_display() == "Published"


def test_a_person_may_leave_the_account_out_that_refused_it(cast, two, at):
    refused, by_hand = two
    done_by_hand(by=cast.amina, at=at, delivery=by_hand, address=LINK)
    with pytest.raises(NotAllowed):
        leave_unsent(by=someone("Cara Colleague", "staff"), at=at, delivery=refused)

    leave_unsent(by=cast.ben, at=at, delivery=refused)

    assert (stuck(cast, at), to_decide(), queries.post(refused.post_id).state) == ([], 0, "published")
    with pytest.raises(NotNow, match="nothing left to decide"):
        leave_unsent(by=cast.amina, at=at, delivery=queries.delivery(refused.pk))
    with pytest.raises(NotNow, match="nothing to send again"):
        send_again(by=cast.amina, at=at, delivery=queries.delivery(refused.pk))


def test_what_is_out_nowhere_is_not_left_but_changed_or_withdrawn(cast, started, advance, server, at):
    server.faults = [Fault.REFUSED]
    refused = advance(started())
    with pytest.raises(NotNow, match="nothing left to decide"):
        leave_unsent(by=cast.amina, at=at, delivery=refused)
    assert (stuck(cast, at), to_decide()) == ([refused.post_id], 1)

    withdraw_post(by=cast.amina, at=at, post=queries.post(refused.post_id))
    assert (stuck(cast, at), to_decide()) == ([], 0)


def test_a_post_that_a_person_has_to_look_for_needs_action_too(cast, started, at):
    delivery = started()
    for state in ("asked", "different"):
        Delivery.objects.filter(pk=delivery.pk).update(state=state)
        assert stuck(cast, at) == [delivery.post_id]


def test_one_post_finds_out_whether_it_needs_action_when_that_is_read_and_once(cast, started, at):
    delivery = started()
    Delivery.objects.filter(pk=delivery.pk).update(state="asked")
    with CaptureQueriesContext(connection) as seen:
        post = queries.post(delivery.post_id)
        assert not any("removalsaid" in one["sql"] for one in seen.captured_queries)
        assert (post.stuck, post.stuck) == (True, True)
    assert sum("removalsaid" in one["sql"] for one in seen.captured_queries) == 1


def test_outside_the_scope_a_post_says_nothing_of_whether_it_needs_action(beginning, at):
    with scope(beginning.cast.federation.pk):
        made = draft_of(beginning.cast, at)
        post = queries.post(made.pk)
    with pytest.raises(NoScope):
        _ = post.stuck


def test_a_copy_that_the_network_would_not_remove_is_not_called_being_taken_down(
    cast, started, advance, server, at
):
    delivery = advance(started())
    take_down(by=cast.ben, at=at, post=queries.post(delivery.post_id), reason="mistake")
    server.faults = [Fault.REFUSED]
    removal = advance(Delivery.objects.get(purpose="take_down"))
    post = queries.post(delivery.post_id)

    assert (removal.state, removal.said) == ("failed", "fake: refused")
    assert (post.get_state_display(), stuck(cast, at)) == ("Not taken down yet", [post.pk])


def test_a_post_that_is_to_go_is_no_longer_asked_about(cast, two, at):
    refused, _by_hand = two
    take_down(by=cast.ben, at=at, post=queries.post(refused.post_id), reason="mistake")
    assert (stuck(cast, at), to_decide()) == ([], 0)


def test_another_school_does_not_see_it_under_needs_action(cast, two, at):
    from schoolgate.core.models import School

    other = School.objects.create(name="Elsewhere", slug="elsewhere")
    stranger = someone("Ola Other", "staff", school=other)
    found, _older = queries.posts_page(stuck=True, seen_by=stranger, on=at.date())
    assert found == []


@pytest.mark.parametrize(
    ("detail", "status", "kept"),
    [
        ("Text\nis too\u202elong\0 now", 400, "Text is too long now"),
        ("y" * 500, 422, "y" * 300),
        ("no such host", None, ""),
    ],
)
def test_only_the_networks_own_words_are_kept_on_one_line_and_bounded(detail, status, kept):
    assert NetworkError("refused", what_next="give_up", detail=detail, status=status).words == kept


def test_an_account_on_another_network_is_its_own_answer(cast, approved, advance, server, at):
    mastodon = account_on("mastodon", cast.school, at)
    rows = begin_sending(at=at, post=approved(accounts=[cast.bluesky, mastodon]))
    server.faults = [Fault.REFUSED]
    first = advance(rows[0])
    advance(rows[1], network=FakeNetwork(server, like="mastodon"))

    assert queries.post(first.post_id).get_state_display() == "Partly published"
    assert stuck(cast, at) == [first.post_id]
