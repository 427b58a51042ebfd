"""A long text goes out as a thread only where its author chose that, as it was approved, and as a whole."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.stops import stop
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.networks.fake import FakeNetwork, Fault
from schoolgate.networks.threads import refs_of
from schoolgate.publishing import queries, rules
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.by_hand import say_how_it_stands
from schoolgate.publishing.calendar import repeat_post
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.drafting import TargetText, draft_post, edit_post
from schoolgate.publishing.models import Delivery
from schoolgate.publishing.post_parts import offered, parts_of
from schoolgate.publishing.starting import begin_sending, send_rest
from schoolgate.publishing.taking_down import take_down
from tests.cast import someone
from tests.publishing.conftest import ANSWERS, account_on, led
from tests.worlds import world

LATER = timedelta(minutes=10)
TEXT = "Camp begins on Friday. " * 20 + "\n\n" + "We are back on Sunday. " * 15


@world(led)
def with_mastodon(before, at):
    """The school's account on Mastodon, where the parts go out one after the other."""
    with scope(before.cast.federation.pk):
        before.toots = account_on("mastodon", before.cast.school, at)
    before.begun = []
    return before


@world(with_mastodon)
def thread_begun(before, at):
    """The sending of a thread has begun there."""
    with scope(before.cast.federation.pk):
        before.begun.append(begin_thread(before.cast, at, before.toots).pk)
    return before


@pytest.fixture
def beginning(in_world, request, at):
    """The world that a test begins in: where a thread is being sent, if it's about one."""
    return in_world(thread_begun if "go" in request.fixturenames else with_mastodon, at)


@pytest.fixture
def toots(cast, beginning):
    """The school's account on Mastodon, where the parts go out one after the other."""
    return beginning.toots


@pytest.fixture
def server(server):
    server.network = "mastodon"
    return server


def begin_thread(cast, at, toots, text=TEXT, *, as_thread=True, planned_at=None):
    target = TargetText(toots, text, as_thread=as_thread)
    post = draft_post(
        by=cast.amina, at=at, school=cast.school, answers=ANSWERS, targets=[target], planned_at=planned_at
    )
    post = submit_post(by=cast.amina, at=at, post=post)
    post = approve_post(by=cast.ben, at=at, post=post, seen=queries.seen_now(post, at=at))
    return begin_sending(at=at, post=post)[0]


@pytest.fixture
def thread(cast, at, toots, beginning):
    """`thread()`: the intent of an approved thread; the first that one begins in, if there is one."""

    def make(*text, **given):
        if beginning.begun and not text and not given:
            return queries.delivery(beginning.begun.pop())
        return begin_thread(cast, at, toots, *text, **given)

    return make


@pytest.fixture
def go(advance, server):
    return lambda delivery, **more: advance(delivery, network=FakeNetwork(server, like="mastodon"), **more)


def texts(server):
    return [held.text for held in server.ours.values()]


def test_a_text_that_is_too_long_is_refused_until_a_thread_is_chosen(cast, at, toots, thread):
    with pytest.raises(BadInput) as refused:
        thread(as_thread=False)
    assert "as a thread of 2 posts" in str(refused.value.fields[f"text-{toots.pk}"])

    assert thread().parts == list(offered(toots, TEXT))


def test_a_text_that_fits_goes_out_as_one_post_whatever_was_chosen(go, server, thread):
    delivery = go(thread("Camp begins on Friday."))

    assert (delivery.parts, texts(server)) == ([], ["Camp begins on Friday."])


def test_a_text_that_no_thread_takes_is_refused(cast, at, toots, thread):
    with pytest.raises(BadInput) as refused:
        thread(TEXT * 6)
    assert "allows up to 500 characters" in str(refused.value.fields[f"text-{toots.pk}"])


def test_a_network_without_threads_offers_none(cast, at):
    assert offered(cast.facebook, "word " * 20_000) == ()


def test_the_parts_go_out_are_confirmed_and_kept(go, server, thread):
    delivery = go(thread())

    assert (delivery.state, texts(server)) == ("confirmed", delivery.parts)
    assert [each.id for each in refs_of(delivery.ref)] == list(server.ours)
    assert delivery.live_check.next_at is not None
    assert queries.post(delivery.post_id).state == "published"


def test_another_division_is_another_content_and_needs_approval_again(cast, at, toots, thread):
    post = thread().post
    before = content_digest(queries.post(post.pk))
    toots.told_limits = {"text_max": 300}
    toots.save()

    assert content_digest(queries.post(post.pk)) != before
    assert [len(parts_of(each)) for each in queries.post(post.pk).targets.all()] == [3]


def test_choosing_a_thread_changes_what_is_approved(cast, at, toots):
    given = {"by": cast.amina, "at": at, "answers": ANSWERS}
    post = draft_post(school=cast.school, targets=[TargetText(toots, TEXT)], **given)
    before = content_digest(post)

    post = edit_post(
        post=post, version=post.version, targets=[TargetText(toots, TEXT, as_thread=True)], pictures=[],
        planned_at=None, **given,
    )  # fmt: skip

    assert content_digest(post) != before
    assert rules.problems_of(post, on=at.date()) == {}


def test_a_refusal_at_the_second_part_is_the_authors_to_decide(cast, at, go, server, thread):
    server.faults = [None, Fault.REFUSED]
    delivery = go(thread())

    assert (delivery.state, delivery.because, len(server.ours)) == ("different", "refused", 1)
    assert Duty.objects.get(kind="delivery.look").person == cast.amina
    assert queries.post(delivery.post_id).state == "sending"


def test_the_rest_goes_out_under_the_same_approval_and_nothing_twice(cast, at, go, server, thread):
    server.faults = [None, Fault.REFUSED]
    delivery = go(thread())
    day = at + timedelta(days=1)

    sent = send_rest(by=cast.amina, at=day, delivery=delivery)
    assert (sent.state, Duty.objects.get(kind="delivery.look").state) != ("different", "open")
    delivery = go(sent, now=day)

    assert (delivery.state, texts(server)) == ("confirmed", delivery.parts)
    with pytest.raises(NotNow):
        send_rest(by=cast.amina, at=day, delivery=delivery)


def test_the_rest_is_not_sent_by_others_nor_during_a_stop_nor_where_all_failed(cast, at, go, server, thread):
    server.faults = [None, Fault.REFUSED]
    delivery = go(thread())
    with pytest.raises(NotAllowed):
        send_rest(by=someone("Cara Colleague", "staff"), at=at, delivery=delivery)
    server.faults = [Fault.REFUSED]
    failed = go(thread("Another. " + TEXT))
    assert failed.state == "failed"
    with pytest.raises(NotNow):
        send_rest(by=cast.amina, at=at, delivery=failed)
    stop(by=cast.sam, at=at, reason="Look first")
    with pytest.raises(NotNow, match="stopped"):
        send_rest(by=cast.amina, at=at, delivery=delivery)


def test_a_beginning_that_stays_alone_is_said_by_a_person(cast, at, go, server, thread):
    server.faults = [None, Fault.REFUSED]
    delivery = go(thread())

    say_how_it_stands(by=cast.amina, at=at, delivery=delivery, there=True)

    assert queries.post(delivery.post_id).state == "published"


def test_a_connection_that_is_lost_in_the_middle_is_lost(monkeypatch, go, server, thread):
    lost = []
    monkeypatch.setattr("schoolgate.publishing.sending.lose_connection", lambda **told: lost.append(told))
    server.faults = [None, Fault.SIGN_IN]
    delivery = go(thread())

    assert (delivery.state, delivery.because) == ("different", "sign_in")
    assert [each["account"] for each in lost] == [delivery.account]


@pytest.mark.parametrize("fault", [Fault.REFUSED, Fault.UNREACHABLE, Fault.TIME_OUT_AFTER])
def test_a_take_down_in_the_middle_leaves_no_part(cast, at, go, server, thread, fault):
    server.faults = [None, fault]
    delivery = go(thread())
    take_down(by=cast.amina, at=at, post=queries.post(delivery.post_id), reason="mistake")

    for step in range(1, 4):
        for each in Delivery.objects.filter(post=delivery.post_id):
            go(each, now=at + step * LATER)

    assert (texts(server), queries.post(delivery.post_id).state) == ([], "taken_down")


def test_a_whole_thread_is_taken_down(cast, at, go, server, thread):
    delivery = go(thread())
    take_down(by=cast.amina, at=at, post=queries.post(delivery.post_id), reason="mistake")

    go(Delivery.objects.get(purpose="take_down"))

    assert (texts(server), queries.post(delivery.post_id).state) == ([], "taken_down")


def test_what_waited_too_long_for_its_rest_is_removed_again(at, go, server, thread):
    server.faults = [None, Fault.UNREACHABLE]
    delivery = go(thread())
    days = at + timedelta(days=3)

    assert (go(delivery, now=days).state, go(delivery, now=days).because) == ("failed", "too_slow")
    go(Delivery.objects.get(purpose="take_down"), now=days)

    assert texts(server) == []


def test_a_repetition_is_a_thread_too(cast, at, thread):
    post = thread(planned_at=at + timedelta(minutes=1)).post
    [again] = repeat_post(by=cast.amina, at=at, post=post, days=[at.date() + timedelta(days=7)])

    assert [each.as_thread for each in again.targets.all()] == [True]
