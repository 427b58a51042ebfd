"""Consent is withdrawn: every copy is listed, taken down by its time, and the parent is told."""

from datetime import timedelta

import pytest

from schoolgate.core.models import LedgerRow, Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import STILL_TO_DO, Duty
from schoolgate.networks.fake import FakeNetwork
from schoolgate.notices.models import SignInMail
from schoolgate.policy.choices import choose_withdrawn_within
from schoolgate.publishing import queries, sending, withdrawn
from schoolgate.publishing.by_hand import done_by_hand, look_after_removal, say_removed
from schoolgate.publishing.models import PostPerson, TakeDown
from schoolgate.publishing.starting import begin_sending
from schoolgate.publishing.taking_down import copies_left, remove
from schoolgate.publishing.withdrawn import Gone, list_withdrawn, pass_on, say_rung, to_pass_on
from schoolgate.pupils import answering, keeping_off, linking
from schoolgate.pupils.models import Pupil, Withdrawal
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.trying import book_with_alone
from tests.publishing.conftest import approve_for, draft_of, led
from tests.publishing.test_pictures import FIT, picture  # noqa: F401
from tests.worlds import world

ADDRESS = "https://www.facebook.com/north/posts/123"
DAY = timedelta(hours=24)


@pytest.fixture(autouse=True)
def _home(home):
    """Keys of this test alone."""


@world(led)
def with_link(before, at):
    """Ann Thomas has a page to answer on about Ava."""
    cast = before.cast
    with scope(cast.federation.pk):
        before.ava = Pupil.objects.create(school=cast.school, key="A1", first_name="Ava", last_name="Thomas")
        given = {"giver": "parent", "who": "Ann Thomas", "email": "ann@example.org"}
        before.link = linking.make_link(by=cast.sam, at=at, pupil=before.ava, **given)
    return before


@world(with_link)
def with_post_out(before, at):
    """A post with Ava in the picture, live on Bluesky and, by hand, on Facebook."""
    cast = before.cast
    with scope(cast.federation.pk):
        post = approve_for(cast, at, draft_of(cast, at, accounts=[cast.bluesky, cast.facebook]))
        begun = begin_sending(at=at, post=post)
        there, by_hand = sorted(begun, key=lambda each: each.by_hand)
        done_by_hand(by=cast.amina, at=at, delivery=queries.delivery(by_hand.pk), address=ADDRESS)
    sending.advance(
        cast.federation.pk, there.pk, clock=lambda: at, connect=lambda _: FakeNetwork(before.server)
    )
    with scope(cast.federation.pk):
        PostPerson.objects.create(post=post, place=1, pupil=before.ava, shown=True, named="no")
    before.out = post.pk
    return before


@pytest.fixture
def beginning(in_world, request, at):
    """As far on as what the test asks for."""
    return in_world(with_post_out if "out" in request.fixturenames else with_link, at)


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
def out(beginning, cast):
    """The post that is out."""
    return queries.post(beginning.out)


@pytest.fixture
def refuse(link, at):
    """Ann says no on her page, and what listens to it has run."""

    def said(uses=("picture",), **more):
        linking.answer_by_link(at=at, link=link, uses=uses, answer="refused", **more)
        return went(at)

    return said


def went(at):
    """What follows a withdrawal: its copies are marked, and each is removed by itself."""
    act = list_withdrawn(at=at, withdrawal=Withdrawal.objects.order_by("-id")[0])
    for each in act.copies.order_by("id"):
        remove(at=at, copy=queries.delivery(each.delivery_id))
    return act


def told(at):
    return sum(pass_on(at=at, act=TakeDown.objects.get(pk=pk)) for pk in to_pass_on())


def outcomes(act, at):
    return {each.account.network: each.gone for each in withdrawn.outcomes_of(act, at=at)}


def open_duties(kind):
    return Duty.objects.filter(kind=kind, state__in=STILL_TO_DO)


def by_hand(post):
    return queries.delivery(post.deliveries.get(purpose="take_down", by_hand=True).pk)


def test_a_no_lists_every_copy_and_begins_to_take_each_down(out, refuse, at):
    act = refuse()
    assert outcomes(act, at) == {"bluesky": Gone.GOING, "facebook": Gone.BY_HAND}
    assert queries.post(out.pk).state == "taking_down"
    assert act.due_at == at + DAY
    assert {duty.due_at for duty in open_duties("post.take_down_by_hand")} == {act.due_at}


def test_the_withdrawal_is_recorded_before_anything_is_taken_down(cast, out, link, at):
    linking.answer_by_link(at=at, link=link, uses=["picture"], answer="refused")
    assert queries.post(out.pk).state == "published"
    assert Withdrawal.objects.count() == 1
    assert not TakeDown.objects.exists()


def test_what_died_in_between_is_taken_up_again_and_once(cast, out, refuse, at):
    first = refuse()
    assert went(at) == first
    assert out.deliveries.filter(purpose="take_down").count() == 2
    assert copies_left() == []


def test_a_no_for_one_network_takes_only_that_copy_down(out, refuse, advance, server, at):
    act = refuse(channel="bluesky")
    assert outcomes(act, at) == {"bluesky": Gone.GOING}
    advance(out.deliveries.get(purpose="take_down"))
    assert outcomes(act, at) == {"bluesky": Gone.REMOVED}
    assert queries.post(out.pk).state == "published"
    assert [each.account.network for each in queries.live_copies(out)] == ["facebook"]


@pytest.mark.parametrize(
    ("uses", "found"), [(["name"], 0), (["film"], 2), (["voice"], 2), (["name", "picture"], 2)]
)
def test_only_the_posts_that_the_answer_is_about_go(out, refuse, at, uses, found):
    assert len(outcomes(refuse(uses=uses), at)) == found


def test_a_post_with_another_pupil_stays(cast, out, ava, at):
    tom = Pupil.objects.create(school=cast.school, key="A2", first_name="Tom", last_name="Ellis")
    given = {"giver": "parent", "who": "Eve Ellis"}
    other = linking.make_link(by=cast.sam, at=at, pupil=tom, **given)
    linking.answer_by_link(at=at, link=other, uses=["picture"], answer="refused")
    act = went(at)
    assert (outcomes(act, at), act.told_at, queries.post(out.pk).state) == ({}, at, "published")


def test_the_parent_is_told_once_all_copies_are_gone(cast, out, refuse, advance, at):
    act = refuse()
    advance(out.deliveries.get(purpose="take_down", by_hand=False))
    assert told(at) == 0
    removal = by_hand(out)
    say_removed(by=cast.amina, at=at, delivery=removal)
    look_after_removal(by=cast.ben, at=at, delivery=queries.delivery(removal.pk), gone=True)
    assert set(outcomes(act, at).values()) == {Gone.REMOVED}
    assert (told(at), told(at)) == (1, 0)
    assert SignInMail.objects.get().address == "ann@example.org"
    assert not open_duties("pupil.ring").exists()


def test_what_is_still_there_at_its_time_is_told_and_the_office_rings(cast, out, refuse, ava, at):
    act = refuse()
    assert told(at + DAY - timedelta(seconds=1)) == 0
    assert told(at + DAY) == 1
    assert set(outcomes(act, at + DAY).values()) == {Gone.STUCK}
    assert SignInMail.objects.count() == 1
    assert open_duties("pupil.ring").exists()
    say_rung(by=cast.sam, at=at + DAY, pupil=ava)
    assert not open_duties("pupil.ring").exists()


def test_the_do_not_publish_list_takes_posts_down_and_tells_no_parent(cast, out, link, ava, at):
    Safeguarder.objects.create(place="lead", person_id=cast.ben.pk, since=at)
    keeping_off.keep_off(by=cast.ben, at=at, pupil=ava, why="An order of the court.")
    act = went(at)
    assert set(outcomes(act, at).values()) == {Gone.GOING, Gone.BY_HAND}
    assert withdrawn.withdrawals_by(link) == []
    told(at + DAY)
    assert not SignInMail.objects.exists()


def test_what_had_to_go_is_told_however_many_answers_followed(out, link, refuse, ava, at, monkeypatch):
    """Twenty newer answers for which nothing had to go hid it from the office and the parent."""
    monkeypatch.setattr(withdrawn, "MOST_ACTS", 1)
    networks = ("bluesky", "facebook")
    first, (_nothing, last) = refuse(), (refuse(uses=["name"], channel=each) for each in networks)
    assert withdrawn.acts_about(ava) == [last, first]
    assert [withdrawn.act_of(each) for each in withdrawn.withdrawals_by(link)] == [last, first]


def test_an_answer_that_the_office_enters_counts_alike(cast, out, link, ava, at):
    said = {"uses": ["picture"], "giver": "parent", "who": "Ann Thomas", "form": "paper"}
    answering.record_answer(by=cast.sam, at=at, pupil=ava, answer="refused", **said)
    act = went(at)
    assert [withdrawn.act_of(each) for each in withdrawn.withdrawals_by(link)] == [act]


def test_the_federation_chooses_the_time(cast, out, refuse, at):
    choose_withdrawn_within(by=cast.sam, at=at, hours=4)
    assert refuse().due_at == at + timedelta(hours=4)


def test_the_policys_own_time_counts_where_it_names_one(cast, out, refuse, at, monkeypatch):
    ready = ready_rules()["withdrawn_removed"]
    says = book_with_alone(ready, {**ready.defaults, "unit": "hours", "number": 48})
    monkeypatch.setattr(withdrawn, "book_for", lambda _row: says)
    assert refuse().due_at == at + timedelta(hours=48)


def test_no_name_is_in_the_record(out, refuse):
    refuse()
    assert not any("Thomas" in str(row) or "Ava" in str(row) for row in LedgerRow.objects.values())


@pytest.mark.parametrize(("days", "gone"), [(0, True), (1, False)])
def test_a_childs_no_on_a_day_takes_down_what_is_out_with_a_picture_of_that_day(
    cast,
    started,
    advance,
    ava,
    picture,  # noqa: F811
    at,
    days,
    gone,
):
    delivery = advance(started(pictures=(picture(0),), answers=FIT))
    PostPerson.objects.create(post=delivery.post, place=1, pupil=ava, shown=True, named="no")
    said_at = at + timedelta(days=days)
    answering.record_objection(by=cast.amina, at=said_at, pupil=ava)
    withdrawal = Withdrawal.objects.get()
    act = list_withdrawn(at=said_at, withdrawal=withdrawal)
    assert (withdrawal.cause, [each.what.pk for each in withdrawn.outcomes_of(act, at=said_at)]) == (
        "today",
        [delivery.pk] if gone else [],
    )


@pytest.mark.parametrize("days", [0, 1])
def test_a_childs_no_on_a_day_takes_down_what_went_out_with_their_name_that_day(
    cast, started, advance, ava, at, days
):
    delivery = advance(started(text="Well done to our captain!", answers=FIT))
    PostPerson.objects.create(post=delivery.post, place=1, pupil=ava, shown=False, named="full")
    said_at = at + timedelta(days=days)
    answering.record_objection(by=cast.amina, at=said_at, pupil=ava)
    act = list_withdrawn(at=said_at, withdrawal=Withdrawal.objects.get())
    gone = [each.what.pk for each in withdrawn.outcomes_of(act, at=said_at)]
    assert gone == ([] if days else [delivery.pk])
