"""Consent is withdrawn while a copy is being sent, waits for a hand or can't be moved: it goes all the same,
on one network or on all, and delays no other."""

from contextlib import suppress
from datetime import timedelta

import pytest

from schoolgate.core.errors import NotAllowed
from schoolgate.core.models import Safeguarder
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import STILL_TO_DO, Duty
from schoolgate.networks.fake import FakeNetwork, FakeServer, Fault
from schoolgate.networks.handshake import PATIENCE
from schoolgate.publishing import handlers, queries, withdrawn
from schoolgate.publishing.by_hand import done_by_hand, look_after_removal, say_how_it_stands, say_removed
from schoolgate.publishing.models import Delivery, Post, PostPerson
from schoolgate.publishing.queries import may_go_again
from schoolgate.publishing.starting import ask_to_look, begin_sending
from schoolgate.publishing.taking_down import copies_left, remove, take_down
from schoolgate.publishing.withdrawn import Gone, list_withdrawn, pass_on
from schoolgate.pupils import linking
from schoolgate.pupils.keeping_off import keep_off
from schoolgate.pupils.models import Pupil, Withdrawal
from tests.publishing.conftest import approve_for, draft_of, led
from tests.worlds import world

CUE, NEXT = "WEBVTT\n\n00:01.000 --> 00:02.000\n", "\n\n00:02.000 --> 00:03.000\n"
ADDRESS = "https://www.facebook.com/north/posts/123"
LATER = timedelta(minutes=10)
DAY = timedelta(hours=24)
EVERYWHERE_OR_THERE = pytest.mark.parametrize("channel", ["", "bluesky"], ids=["everywhere", "one network"])


@pytest.fixture(autouse=True)
def _home(home):
    """Keys of this test alone."""


@world(led)
def with_link(before, at):
    """Ann Thomas said yes to pictures of Ava on her page."""
    cast = before.cast
    with scope(cast.federation.pk):
        before.ava = Pupil.objects.create(school=cast.school, key="A1", first_name="Ava", last_name="Thomas")
        given = {"giver": "parent", "who": "Ann Thomas", "email": "ann@example.org"}
        before.link = linking.make_link(by=cast.sam, at=at, pupil=before.ava, **given)
        linking.answer_by_link(at=at, link=before.link, uses=["picture"], answer="given")
    return before


def post_with_ava(before, at, accounts):
    """A post with Ava whose sending has begun."""
    with scope(before.cast.federation.pk):
        post = approve_for(before.cast, at, draft_of(before.cast, at, accounts=accounts))
        begin_sending(at=at, post=post)
        PostPerson.objects.create(post=post, place=1, pupil=before.ava, shown=True, named="no")
        before.post = post.pk
    return before


@world(with_link)
def going_out_on_two(before, at):
    """A post with her on its way to Bluesky, and by hand to Facebook."""
    return post_with_ava(before, at, [before.cast.bluesky, before.cast.facebook])


@world(with_link)
def going_out_on_one(before, at):
    """A post with her on its way to Bluesky alone."""
    return post_with_ava(before, at, [before.cast.bluesky])


FURTHEST = (("going_out", going_out_on_two), ("going_alone", going_out_on_one))


@pytest.fixture
def beginning(in_world, request, at):
    """As far on as what the test asks for."""
    asked = request.fixturenames
    return in_world(next((world for name, world in FURTHEST if name in asked), with_link), at)


@pytest.fixture
def server(beginning):
    return beginning.server


@pytest.fixture
def ava(beginning, cast):
    return beginning.ava


@pytest.fixture
def link(beginning, cast):
    return beginning.link


@pytest.fixture
def going_out(beginning, cast):
    """`going_out("facebook")`: the copy of the post on a network, Bluesky's unless said."""
    return lambda network="bluesky": copy_on(network, beginning)


@pytest.fixture
def going_alone(beginning, cast):
    """The copy of a post that goes to Bluesky alone."""
    return lambda: copy_on("bluesky", beginning)


def copy_on(network, beginning):
    return queries.delivery(Delivery.objects.get(post_id=beginning.post, account__network=network).pk)


@pytest.fixture
def says_no(link, at):
    """Ann says no on her page; what is marked is removed, each copy by itself."""

    def said(channel=""):
        linking.answer_by_link(at=at, link=link, uses=["picture"], answer="refused", channel=channel)
        act = list_withdrawn(at=at, withdrawal=Withdrawal.objects.get())
        for each in act.copies.all():
            remove(at=at, copy=queries.delivery(each.delivery_id))
        return act

    return said


def outcome(act, copy, at):
    (found,) = [each for each in withdrawn.outcomes_of(act, at=at) if each.what.pk == copy.pk]
    return found.gone


def open_duties(kind):
    return Duty.objects.filter(kind=kind, state__in=STILL_TO_DO)


def removal_of(copy):
    return queries.delivery(copy.take_downs.get().pk)


# --- What is being sent


@EVERYWHERE_OR_THERE
def test_what_is_about_to_be_sent_is_not_sent(going_out, says_no, advance, server, at, channel):
    copy = going_out()
    act = says_no(channel)
    assert outcome(act, copy, at) == Gone.NEVER
    assert (advance(copy).state, server.ours) == ("cancelled", {})


class Asked(FakeNetwork):
    """Has something done while it publishes."""

    def __init__(self, server, meanwhile):
        super().__init__(server)
        self.meanwhile = meanwhile

    def publish(self, post):
        self.meanwhile()
        return super().publish(post)


@EVERYWHERE_OR_THERE
def test_what_is_being_sent_at_that_moment_goes_as_soon_as_it_has_arrived(
    going_out, says_no, advance, server, at, channel
):
    copy = going_out()
    acts = []
    copy = advance(copy, network=Asked(server, lambda: acts.append(says_no(channel))))
    assert copy.state == "confirmed"
    assert outcome(acts[0], copy, at) == Gone.GOING
    advance(removal_of(copy))
    assert (outcome(acts[0], copy, at), server.ours) == (Gone.REMOVED, {})


IN_WORDS = {
    "the text": {"text": "Well done Ava Thomas!"},
    "two parts of a thread": {"parts": ["Well done Ava", "Thomas, and all others."]},
    "a link card": {"card": {"title": "Sports day", "description": "Ava Thomas wins"}},
    "a description": {"pictures": [{"alt": "Ava Thomas with a cup"}]},
    "two captions": {"pictures": [{"alt": "", "film": {"captions": f"{CUE}Well done Ava{NEXT}Thomas"}}]},
}


@pytest.mark.parametrize("where", IN_WORDS)
@pytest.mark.parametrize("by", ["a parent’s no", "the do-not-publish list"])
def test_a_name_in_any_words_that_are_being_sent_at_that_moment_goes_as_soon_as_it_has_arrived(
    cast, going_out, ava, link, advance, server, at, where, by
):
    """On each network: what was being sent, what had arrived on another, and no one chose her."""
    PostPerson.objects.all().delete()
    Delivery.objects.filter(purpose="publish").update(**{"text": "Hi", **IN_WORDS[where]})
    copy, by_hand = going_out(), going_out("facebook")
    plain = {"parts": [], "card": {}, "pictures": [], "text": "Hi"}
    Delivery.objects.filter(pk=copy.pk).update(**plain)

    def meanwhile():
        Delivery.objects.filter(pk=copy.pk).update(**{"text": "Hi", **IN_WORDS[where]})
        if by == "a parent’s no":
            linking.answer_by_link(at=at, link=link, uses=["name"], answer="refused")
        else:
            Safeguarder.objects.create(place="lead", person_id=cast.sam.pk, since=at)
            keep_off(by=cast.sam, at=at, pupil=ava)
        act = list_withdrawn(at=at, withdrawal=Withdrawal.objects.latest("pk"))
        for each in act.copies.all():
            remove(at=at, copy=queries.delivery(each.delivery_id))
        acts.append(act)
        Delivery.objects.filter(pk=copy.pk).update(**plain)  # the network in memory got no files

    acts = []
    copy = advance(queries.delivery(copy.pk), network=Asked(server, meanwhile))
    assert set(acts[0].copies.values_list("delivery", flat=True)) == {copy.pk, by_hand.pk}
    assert outcome(acts[0], copy, at) == Gone.GOING
    advance(removal_of(copy))
    assert (outcome(acts[0], copy, at), server.ours) == (Gone.REMOVED, {})
    assert outcome(acts[0], by_hand, at) == Gone.LOOKED_FOR


@EVERYWHERE_OR_THERE
@pytest.mark.parametrize("fault", [Fault.TIME_OUT_BEFORE, Fault.TIME_OUT_AFTER])
def test_what_may_have_arrived_is_followed_until_that_is_known(
    going_out, says_no, advance, server, at, channel, fault
):
    server.faults = [fault, *[None] * 9]
    copy = advance(going_out())
    assert copy.state == "unknown"
    act = says_no(channel)
    assert outcome(act, copy, at) == Gone.GOING
    copy = advance(copy, now=at + LATER)
    for each in copy.take_downs.all():
        advance(queries.delivery(each.pk), now=at + LATER)
    assert server.ours == {}
    assert outcome(act, copy, at) in withdrawn.ENDED


@EVERYWHERE_OR_THERE
def test_what_only_a_person_can_look_up_is_a_task_with_a_time(
    cast, going_out, says_no, advance, server, at, channel
):
    server.faults = [Fault.TIME_OUT_AFTER, *[Fault.UNREACHABLE] * 9]
    copy = advance(going_out())
    copy = advance(copy, now=at + PATIENCE)
    assert (copy.state, [each.due_at for each in open_duties("delivery.look")]) == ("asked", [None])
    act = says_no(channel)
    assert {each.due_at for each in open_duties("delivery.look")} == {at + DAY}
    assert outcome(act, copy, at) == Gone.LOOKED_FOR

    address = "https://bsky.app/profile/north.test/post/" + copy.intent_key
    say_how_it_stands(by=cast.amina, at=at, delivery=copy, there=True, address=address)
    assert removal_of(copy).receipt["address"] == address
    assert outcome(act, queries.delivery(copy.pk), at) == Gone.GOING


def test_it_becomes_a_task_with_a_time_too_where_that_shows_only_later(
    going_out, says_no, advance, server, at
):
    server.faults = [Fault.TIME_OUT_AFTER, *[Fault.UNREACHABLE] * 9]
    copy = advance(going_out())
    act = says_no("bluesky")
    copy = advance(copy, now=at + PATIENCE)
    assert (copy.state, outcome(act, copy, at)) == ("asked", Gone.LOOKED_FOR)
    assert {each.due_at for each in open_duties("delivery.look")} == {at + DAY}


@EVERYWHERE_OR_THERE
def test_what_arrived_differently_comes_down_without_a_person(
    going_alone, says_no, advance, server, at, channel
):
    copy = advance(going_alone())
    Delivery.objects.filter(pk=copy.pk).update(state="different")
    Post.objects.filter(pk=copy.post_id).update(state="sending")
    copy = queries.delivery(copy.pk)
    ask_to_look(copy, at=at)
    act = says_no(channel)
    assert not open_duties("delivery.look").exists()
    advance(removal_of(copy))
    assert (outcome(act, queries.delivery(copy.pk), at), server.ours) == (Gone.REMOVED, {})
    assert queries.post(copy.post_id).state in ("taken_down", "not_sent")


def test_the_last_copy_of_a_post_that_goes_by_itself_takes_the_post_with_it(
    going_alone, says_no, advance, server, at
):
    copy = advance(going_alone())
    assert queries.post(copy.post_id).state == "published"
    says_no("bluesky")
    assert queries.post(copy.post_id).state == "published"  # people can still read it
    advance(removal_of(copy))
    assert queries.post(copy.post_id).state == "taken_down"


# --- What waits for a hand


BY_HAND = pytest.mark.parametrize("channel", ["", "facebook"], ids=["everywhere", "one network"])


@BY_HAND
def test_what_waits_for_a_hand_is_not_posted_and_a_person_looks_by_its_time(
    cast, going_out, says_no, at, channel
):
    """Who was asked to post it may have done so without saying it."""
    copy = going_out("facebook")
    act = says_no(channel)
    copy = queries.delivery(copy.pk)
    assert (copy.state, outcome(act, copy, at)) == ("asked", Gone.LOOKED_FOR)
    assert not open_duties("post.by_hand").filter(subject=subject_of(copy)).exists()
    assert {each.due_at for each in open_duties("delivery.look")} == {at + DAY}
    remove(at=at, copy=copy)
    assert open_duties("delivery.look").count() == len(
        set(open_duties("delivery.look").values_list("person", "role_key"))
    )
    say_how_it_stands(by=cast.amina, at=at, delivery=copy, there=False)
    assert (queries.delivery(copy.pk).state, outcome(act, copy, at)) == ("asked", Gone.LOOKED_FOR)
    assert not open_duties("delivery.look").exists()
    assert {each.due_at for each in open_duties("post.confirm_gone")} == {at + DAY}
    with pytest.raises(NotAllowed, match="someone else must check"):
        say_how_it_stands(by=cast.amina, at=at, delivery=queries.delivery(copy.pk), there=False)
    remove(at=at, copy=queries.delivery(copy.pk))
    assert not open_duties("delivery.look").exists()
    say_how_it_stands(by=cast.ben, at=at, delivery=queries.delivery(copy.pk), there=False)
    assert (queries.delivery(copy.pk).state, outcome(act, copy, at)) == ("cancelled", Gone.NEVER)
    assert not may_go_again(queries.delivery(copy.pk))
    assert not (open_duties("delivery.look") | open_duties("post.confirm_gone")).exists()


@BY_HAND
def test_who_finds_what_a_colleague_did_not_find_has_it_taken_down(cast, going_out, says_no, at, channel):
    copy = going_out("facebook")
    act = says_no(channel)
    say_how_it_stands(by=cast.amina, at=at, delivery=queries.delivery(copy.pk), there=False)
    copy = queries.delivery(copy.pk)
    say_how_it_stands(by=cast.ben, at=at, delivery=copy, there=True, address=ADDRESS)
    assert outcome(act, copy, at) == Gone.BY_HAND
    assert not open_duties("post.confirm_gone").exists()


@BY_HAND
def test_what_a_person_finds_there_is_taken_down(cast, going_out, says_no, at, channel):
    copy = going_out("facebook")
    act = says_no(channel)
    copy = queries.delivery(copy.pk)
    say_how_it_stands(by=cast.ben, at=at, delivery=copy, there=True, address=ADDRESS)
    assert outcome(act, copy, at) == Gone.BY_HAND
    assert removal_of(copy).receipt["address"] == ADDRESS
    assert {each.due_at for each in open_duties("post.take_down_by_hand")} == {at + DAY}


@BY_HAND
def test_what_was_posted_all_the_same_is_taken_down_by_its_time(
    cast, going_out, says_no, advance, at, channel
):
    copy = going_out("facebook")
    advance(queries.delivery(copy.post.deliveries.get(account=cast.bluesky).pk))
    act = says_no(channel)
    done_by_hand(by=cast.amina, at=at, delivery=queries.delivery(copy.pk), address=ADDRESS)
    assert outcome(act, copy, at) == Gone.BY_HAND
    assert {each.due_at for each in open_duties("post.take_down_by_hand")} == {at + DAY}
    assert removal_of(copy).receipt["address"] == ADDRESS


def test_a_post_that_was_gone_counts_as_out_again_until_that_copy_is_gone(cast, going_out, says_no, at):
    copy = going_out("facebook")
    says_no()
    for person in (cast.ben, cast.amina):
        say_how_it_stands(by=person, at=at, delivery=queries.delivery(copy.pk), there=False)
    assert queries.post(copy.post_id).state == "taken_down"
    done_by_hand(by=cast.amina, at=at, delivery=queries.delivery(copy.pk), address=ADDRESS)
    assert queries.post(copy.post_id).state == "taking_down"


@BY_HAND
@pytest.mark.parametrize(("hours", "removed"), [(1, True), (25, False)], ids=["in time", "overdue"])
def test_a_parent_who_was_told_that_all_is_gone_is_told_again(
    cast, going_out, says_no, link, at, channel, hours, removed
):
    copy = going_out("facebook")
    act = says_no(channel)
    for each in act.copies.exclude(delivery=copy.pk):
        assert outcome(act, each.delivery, at) == Gone.NEVER
    assert not pass_on(at=at, act=act)
    for person in (cast.ben, cast.amina):
        say_how_it_stands(by=person, at=at, delivery=queries.delivery(copy.pk), there=False)
    assert pass_on(at=at, act=act)
    assert not pass_on(at=at, act=act)
    late = at + timedelta(hours=hours)
    done_by_hand(by=cast.amina, at=late, delivery=queries.delivery(copy.pk), address=ADDRESS)
    copy = queries.delivery(copy.pk)
    if removed:
        assert not pass_on(at=late, act=act)
        say_removed(by=cast.amina, at=late, delivery=removal_of(copy))
        look_after_removal(by=cast.ben, at=late, delivery=removal_of(copy), gone=True)
    assert pass_on(at=late, act=act)
    assert open_duties("pupil.ring").exists() is not removed


def test_a_copy_cancelled_for_another_reason_is_not_reported_as_posted(cast, going_out, at):
    from schoolgate.core.errors import NotNow

    copy = going_out("facebook")
    Delivery.objects.filter(pk=copy.pk).update(state="cancelled")
    with pytest.raises(NotNow):
        done_by_hand(by=cast.amina, at=at, delivery=queries.delivery(copy.pk), address=ADDRESS)


def test_a_task_to_remove_it_that_had_no_time_gets_one(cast, going_out, says_no, at):
    copy = going_out("facebook")
    done_by_hand(by=cast.amina, at=at, delivery=copy, address=ADDRESS)
    take_down(by=cast.ben, at=at, post=queries.post(copy.post_id), reason="mistake")
    assert {each.due_at for each in open_duties("post.take_down_by_hand")} == {None}
    says_no()
    assert {each.due_at for each in open_duties("post.take_down_by_hand")} == {at + DAY}


# --- What a parent reads, and the sweep


def test_being_removed_stands_nowhere_where_nobody_removes_it(going_out, says_no, advance, link, at):
    copy = advance(going_out())
    linking.answer_by_link(at=at, link=link, uses=["picture"], answer="refused", channel="bluesky")
    act = list_withdrawn(at=at, withdrawal=Withdrawal.objects.get())
    assert outcome(act, copy, at) == Gone.NOT_YET
    assert copies_left() == [copy.pk]
    remove(at=at, copy=copy)
    assert (outcome(act, copy, at), copies_left()) == (Gone.GOING, [])


def test_a_removal_that_the_program_gives_up_is_a_persons_by_the_time(going_out, says_no, advance, at):
    copy = advance(going_out())
    act = says_no("bluesky")
    Delivery.objects.filter(pk=removal_of(copy).pk).update(state="sent", attempts=1, sent_at=at)

    class Breaks(FakeNetwork):
        def read_back(self, ref):
            raise ZeroDivisionError

        def take_down(self, ref):
            raise ZeroDivisionError

    with suppress(ZeroDivisionError):
        advance(removal_of(copy), now=at + PATIENCE, network=Breaks(FakeServer()))
    assert outcome(act, copy, at) == Gone.BY_HAND
    assert {each.due_at for each in open_duties("post.take_down_by_hand")} == {at + DAY}


def test_a_name_that_stands_in_the_words_alone_is_found(cast, approved, ava, link, at):
    post = approved(accounts=[cast.facebook])
    (copy,) = begin_sending(at=at, post=post)
    Delivery.objects.filter(pk=copy.pk).update(text="Well done, Ava Thomas!")
    PostPerson.objects.create(post=post, place=1, pupil=ava, shown=False, named="no")
    linking.answer_by_link(at=at, link=link, uses=["name"], answer="refused")
    assert withdrawn.copies_of(Withdrawal.objects.get()) == [copy]


def test_an_approved_post_is_asked_about_again_at_once(cast, approved, ava, link, at):
    post = approved()
    PostPerson.objects.create(post=post, place=1, pupil=ava, shown=True, named="no")
    linking.answer_by_link(at=at, link=link, uses=["picture"], answer="refused")
    (found,) = withdrawn.approved_posts_of(Withdrawal.objects.get())
    handlers.ask_again_about_posts(part=found, at=at)
    assert queries.post(post.pk).state == "submitted"
    handlers.ask_again_about_posts(part=found, at=at)
