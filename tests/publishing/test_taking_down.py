"""Taking posts down: one or several at once, by the program or by hand, and who says that they are gone."""

from datetime import timedelta

import pytest

from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.stops import stop
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import STILL_TO_DO, Duty
from schoolgate.networks.fake import FakeNetwork
from schoolgate.publishing import queries, sending, taking_down
from schoolgate.publishing.by_hand import done_by_hand, look_after_removal, mend_address, say_removed
from schoolgate.publishing.models import AddressMended, RemovalSaid, TakeDown
from schoolgate.publishing.starting import begin_sending
from schoolgate.publishing.taking_down import take_down, take_down_all
from tests.cast import someone
from tests.conftest import recorded
from tests.publishing.conftest import approve_for, draft_of, led
from tests.worlds import world

ADDRESS = "https://www.facebook.com/north/posts/123"
OTHER = "https://www.facebook.com/north/posts/456"


def sent(cast, at, text="Sports day is on Friday.", **changes):
    """The intent of a post that Ben has approved, as its sending begins."""
    return begin_sending(at=at, post=approve_for(cast, at, draft_of(cast, at, text, **changes)))[0]


def advanced(before, at, delivery):
    """The same, as far as it goes on the network in memory."""
    cast = before.cast
    sending.advance(
        cast.federation.pk, delivery.pk, clock=lambda: at, connect=lambda _: FakeNetwork(before.server)
    )
    with scope(cast.federation.pk):
        return queries.delivery(delivery.pk)


@world(led)
def put_out_by_hand(before, at):
    """A post that Amina has put out by hand."""
    cast = before.cast
    with scope(cast.federation.pk):
        delivery = sent(cast, at, accounts=[cast.facebook])
        done_by_hand(by=cast.amina, at=at, delivery=delivery, address=ADDRESS)
        before.out = queries.delivery(delivery.pk)
    return before


@world(put_out_by_hand)
def removal_asked_for(before, at):
    """Its removal, which Ben has asked for."""
    with scope(before.cast.federation.pk):
        post = queries.post(before.out.post_id)
        post = take_down(by=before.cast.ben, at=at, post=post, reason="safety", words="A face.")
        before.removal = queries.delivery(post.deliveries.get(purpose="take_down").pk)
    return before


@world(led)
def three_published(before, at):
    """Three posts stand on the network."""
    cast = before.cast
    with scope(cast.federation.pk):
        deliveries = [sent(cast, at, f"Post {number}") for number in range(3)]
    before.three = [advanced(before, at, each) for each in deliveries]
    return before


FURTHEST = (("removal", removal_asked_for), ("out", put_out_by_hand), ("three", three_published))


@pytest.fixture
def beginning(in_world, request, at):
    """As far on as what the test asks for."""
    asked = request.fixturenames
    return in_world(next((world for name, world in FURTHEST if name in asked), led), at)


@pytest.fixture
def server(beginning):
    return beginning.server


@pytest.fixture
def out(beginning, cast):
    return beginning.out


@pytest.fixture
def removal(beginning, cast):
    return beginning.removal


@pytest.fixture
def three(beginning, cast):
    return beginning.three


def asked(kind):
    """Who is asked for it at this moment: names and roles."""
    rows = Duty.objects.filter(kind=kind, state__in=STILL_TO_DO).select_related("person")
    return {duty.person.name if duty.person else duty.role_key for duty in rows}


# --- Two persons -------------------------------------------------------------------------------------------


def test_the_author_and_those_who_approve_are_asked_to_remove_it(removal):
    assert {"Amina Khan", "lead-staff-member"} <= asked("post.take_down_by_hand")


def test_a_removal_by_hand_counts_once_a_second_person_has_looked(cast, removal, at):
    say_removed(by=cast.amina, at=at, delivery=removal)
    assert (queries.post(removal.post_id).state, asked("post.take_down_by_hand")) == ("taking_down", set())
    assert "lead-staff-member" in asked("post.confirm_gone")

    look_after_removal(by=cast.ben, at=at, delivery=queries.delivery(removal.pk), gone=True)

    assert (queries.post(removal.post_id).state, asked("post.confirm_gone")) == ("taken_down", set())
    assert RemovalSaid.objects.get().looked_by == cast.ben


def test_who_removed_it_is_not_the_one_who_looks_whoever_it_is(cast, removal, at):
    say_removed(by=cast.ben, at=at, delivery=removal)

    with pytest.raises(NotAllowed, match="someone else must check"):
        look_after_removal(by=cast.ben, at=at, delivery=removal, gone=True)
    look_after_removal(by=cast.amina, at=at, delivery=removal, gone=True)

    assert queries.post(removal.post_id).state == "taken_down"


def test_what_is_still_there_is_asked_for_once_more(cast, removal, at):
    say_removed(by=cast.amina, at=at, delivery=removal)
    look_after_removal(by=cast.ben, at=at, delivery=removal, gone=False)

    assert (queries.delivery(removal.pk).state, queries.post(removal.post_id).state) == (
        "written",
        "taking_down",
    )
    assert "Amina Khan" in asked("post.take_down_by_hand")
    say_removed(by=cast.ben, at=at, delivery=queries.delivery(removal.pk))  # and said anew by somebody


def test_it_is_said_once_and_looked_at_only_after_that(cast, removal, at):
    with pytest.raises(NotNow):
        look_after_removal(by=cast.ben, at=at, delivery=removal, gone=True)
    say_removed(by=cast.amina, at=at, delivery=removal)
    with pytest.raises(NotNow):
        say_removed(by=cast.ben, at=at, delivery=removal)


def test_a_colleague_without_the_part_neither_says_nor_confirms(cast, removal, at):
    cara = someone("Cara Colleague", "staff")
    with pytest.raises(NotAllowed):
        say_removed(by=cara, at=at, delivery=removal)
    say_removed(by=cast.amina, at=at, delivery=removal)
    with pytest.raises(NotAllowed):
        look_after_removal(by=cara, at=at, delivery=removal, gone=True)


def test_a_stop_keeps_nobody_from_removing_by_hand(cast, out, at):
    stop(reason="account", by=cast.sam, at=at)
    post = take_down(by=cast.ben, at=at, post=queries.post(out.post_id), reason="safety")
    removal = queries.delivery(post.deliveries.get(purpose="take_down").pk)
    say_removed(by=cast.amina, at=at, delivery=removal)
    look_after_removal(by=cast.ben, at=at, delivery=removal, gone=True)
    assert queries.post(post.pk).state == "taken_down"


# --- By hand, under a stop and afterwards ------------------------------------------------------------------


def test_under_a_stop_only_what_was_out_before_is_noted_and_can_then_be_taken_down(cast, started, at):
    delivery = started(accounts=[cast.facebook])
    stop(reason="harm", by=cast.sam, at=at)
    with pytest.raises(NotNow):
        done_by_hand(by=cast.amina, at=at, delivery=delivery, address=ADDRESS)

    done_by_hand(by=cast.amina, at=at, delivery=delivery, address=ADDRESS, before_stop=True)

    assert take_down(by=cast.ben, at=at, post=queries.post(delivery.post_id), reason="safety").state == (
        "taking_down"
    )


def test_a_pasted_address_is_mended_and_the_old_one_stays(cast, out, at):
    mend_address(by=cast.amina, at=at, delivery=out, address=OTHER)

    kept = AddressMended.objects.get()
    assert (queries.delivery(out.pk).ref.address, kept.before, kept.after) == (OTHER, ADDRESS, OTHER)
    assert recorded()[-1].event == "delivery.address_mended"


def test_what_is_no_address_of_a_post_there_mends_nothing(cast, out, at):
    for address in ("", "javascript:alert(1)", "https://example.org/1", ADDRESS):
        with pytest.raises(BadInput) as refused:
            mend_address(by=cast.amina, at=at, delivery=out, address=address)
        assert set(refused.value.fields) == {"address"}, address
        assert queries.delivery(out.pk).ref.address == ADDRESS


def test_a_mended_address_is_the_one_that_is_to_be_taken_down(cast, out, removal, at):
    mend_address(by=cast.ben, at=at, delivery=queries.delivery(out.pk), address=OTHER)
    assert queries.delivery(removal.pk).ref.address == OTHER


# --- Several at once ---------------------------------------------------------------------------------------


def test_all_of_an_account_go_in_one_act_each_with_its_own_outcome(cast, three, at):
    deliveries = three
    posts = queries.to_take_down(cast.ben, on=at.date(), account=cast.bluesky, limit=10)
    assert [post.pk for post in posts] == [each.post_id for each in reversed(deliveries)]
    take_down(by=cast.sam, at=at, post=queries.post(deliveries[0].post_id), reason="safety")  # quicker

    act = take_down_all(by=cast.ben, at=at, posts=posts, reason="mistake", account=cast.bluesky)

    assert dict(act.posts.values_list("post_id", "asked")) == {
        deliveries[0].post_id: False,
        deliveries[1].post_id: True,
        deliveries[2].post_id: True,
    }
    assert "post.taken_down_together" in {row.event for row in recorded()}


def test_one_that_fails_midway_stays_published_and_the_others_go(cast, three, at, monkeypatch):
    deliveries = three
    fails, take = deliveries[1].post_id, taking_down.take_whole_down

    def midway(post, **given):
        began = take(post, **given)
        if post.pk == fails:
            raise NotNow("Changed in the meantime")
        return began

    monkeypatch.setattr(taking_down, "take_whole_down", midway)
    posts = [queries.post(each.post_id) for each in deliveries]
    act = take_down_all(by=cast.ben, at=at, posts=posts, reason="mistake")

    assert [asked for _post, asked in act.posts.order_by("pk").values_list("post_id", "asked")] == [
        True, False, True,
    ]  # fmt: skip
    assert [queries.post(each.post_id).state for each in deliveries] == [
        "taking_down", "published", "taking_down",
    ]  # fmt: skip
    asked_for = {row.subject for row in recorded() if row.event == "post.take_down_asked"}
    assert asked_for == {subject_of(post) for post in posts if post.pk != fails}


def test_of_a_day_only_what_went_out_on_it_is_chosen(cast, three, at):
    days = [at.date() + timedelta(days=more) for more in (-1, 0, 1)]
    found = [queries.to_take_down(cast.ben, on=at.date(), day=day, limit=10) for day in days]
    assert [[post.pk for post in posts] for posts in found] == [
        [], [each.post_id for each in reversed(three)], [],
    ]  # fmt: skip


def test_one_that_is_not_theirs_to_take_down_keeps_the_whole_act_from_happening(cast, three, at):
    delivery = three[0]
    with pytest.raises(NotAllowed):
        take_down_all(
            by=someone("Cara Colleague", "staff"),
            at=at,
            posts=[queries.post(delivery.post_id)],
            reason="mistake",
        )
    assert (TakeDown.objects.count(), queries.post(delivery.post_id).state) == (0, "published")


def test_what_is_missing_is_said_beside_its_field(cast, three, at):
    posts = [queries.post(three[0].post_id)]
    for given, field in (
        ({"reason": "because"}, "reason"), ({"words": "x" * 1001}, "words"), ({"posts": []}, "posts"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as refused:
            take_down_all(**{"by": cast.ben, "at": at, "posts": posts, "reason": "mistake", **given})
        assert list(refused.value.fields) == [field]


def test_an_approved_post_that_waits_for_its_time_does_not_go_out_any_more(cast, approved, at):
    post = approved(planned_at=at + timedelta(days=1))
    assert take_down(by=cast.sam, at=at, post=post, reason="safety").state == "withdrawn"


def test_own_words_stand_beside_the_record_and_not_in_it(removal):
    assert TakeDown.objects.get().words == "A face."
    assert "A face." not in str([row.stored for row in recorded()])


def test_choosing_costs_the_same_for_few_and_for_many(cast, three, beginning, at, same_queries):
    def choose():
        return queries.to_take_down(cast.ben, on=at.date(), account=cast.bluesky, limit=50)

    def grow():
        for number in (4, 5):
            advanced(beginning, at, sent(cast, at, f"Post {number}"))

    assert len(choose()) == 3
    same_queries(choose, grow)
    assert len(choose()) == 5
