"""A published post is read back: what was changed on the network itself is noticed, our own acts are not."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from schoolgate.accounts.models import TeamMember
from schoolgate.core import vault
from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.leaving import Said, WordsHeld, answering
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import STILL_TO_DO, Duty
from schoolgate.networks.fake import FakeNetwork
from schoolgate.networks.fake.client import Fault
from schoolgate.networks.normal import NormalCard, NormalFilm, digest_of_captions
from schoolgate.networks.port import NetworkError, Reactions
from schoolgate.networks.threads import refs_of
from schoolgate.publishing import queries, sending
from schoolgate.publishing.approving import approve_post, submit_post
from schoolgate.publishing.by_hand import say_how_it_stands
from schoolgate.publishing.drafting import TargetText, draft_post
from schoolgate.publishing.live import SOON, next_look, settle_change
from schoolgate.publishing.models import LiveChange, LiveCheck, LiveEnd, PostReactions
from schoolgate.publishing.named_in_public import copies_naming, pupils_named
from schoolgate.publishing.starting import begin_sending
from schoolgate.publishing.taking_down import take_down
from schoolgate.pupils.models import Pupil
from tests.conftest import recorded
from tests.publishing.conftest import ANSWERS, approve_for, draft_of, led
from tests.second_presses import done_already, not_done
from tests.worlds import world

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _home(home):
    """Keys of this test alone."""


@world(led)
def post_live(before, at):
    """A post of Amina's, live on Bluesky; Ben leads the account."""
    cast = before.cast
    with scope(cast.federation.pk):
        TeamMember.objects.create(
            account=cast.bluesky, person=cast.ben, part="lead", from_day=at.date() - DAY
        )
        post = draft_of(cast, at, "Sports day is on Friday.")
        (delivery,) = begin_sending(at=at, post=approve_for(cast, at, post))
    sending.advance(
        cast.federation.pk, delivery.pk, clock=lambda: at, connect=lambda _: FakeNetwork(before.server)
    )
    before.published = delivery.pk
    return before


@pytest.fixture
def beginning(in_world, request, at):
    """The world in which the test begins: with a post that is live, where it asks for one."""
    return in_world(post_live if "out" in request.fixturenames else led, at)


@pytest.fixture
def server(beginning):
    """The far side of the network in memory, with what is on it."""
    return beginning.server


@pytest.fixture
def out(beginning, scoped):
    """A post of Amina's, live on Bluesky; Ben leads the account."""
    return queries.delivery(beginning.published)


@pytest.fixture
def look(cast, server):
    """Read the account's posts that are due at an instant."""

    def now(at, network=None):
        client = network or FakeNetwork(server)
        sending.read_back(cast.federation.pk, cast.bluesky.pk, clock=lambda: at, connect=lambda _: client)

    return now


def open_tasks():
    return list(Duty.objects.filter(kind="delivery.changed", state__in=STILL_TO_DO))


def events():
    named = ("delivery.changed", "delivery.gone", "delivery.as_approved_again", "delivery.change_settled")
    return [row.event for row in recorded() if row.event in named]


def test_a_post_as_approved_is_read_at_five_minutes_an_hour_a_day_and_raises_nothing(look, out, at, server):
    for step in (5 * MINUTE, HOUR, DAY):
        assert LiveCheck.objects.get().next_at == at + step
        look(at + step - MINUTE)
        assert LiveCheck.objects.get().next_at == at + step
        look(at + step)

    assert (LiveChange.objects.count(), open_tasks(), events()) == (0, [], [])
    assert LiveCheck.objects.get().next_at == at + 2 * DAY


@pytest.mark.parametrize(
    ("age", "later"),
    [(14 * DAY - MINUTE, DAY), (14 * DAY, 7 * DAY), (365 * DAY - MINUTE, 7 * DAY), (365 * DAY, 28 * DAY)],
)
def test_the_older_a_post_the_rarer_it_is_read(at, age, later):
    assert next_look(at, at + age) - (at + age) == later


def test_an_edit_on_the_network_is_recorded_sealed_and_given_to_the_lead_with_the_clause(
    cast, look, out, at, server
):
    server.change_ours(out.ref, "Sports day: ask Ava Thomas.")
    look(at + 5 * MINUTE)

    change = LiveChange.objects.get()
    (task,) = open_tasks()
    (row,) = [each for each in recorded() if each.event == "delivery.changed"]
    assert (change.gone, change.parts, change.ended_at) == (False, ["text"], None)
    assert vault.opened(change.words_ref)["text"] == "Sports day: ask Ava Thomas."
    assert (task.person, task.clauses) == (cast.ben, ["wildground-roles-25"])
    assert row.clauses == ["wildground-roles-25"]
    assert "Ava" not in str(row.__dict__) + str(change.decision.__dict__)


def test_the_same_edit_is_raised_once_and_another_one_again(look, out, at, server):
    server.change_ours(out.ref, "Changed.")
    look(at + 5 * MINUTE)
    look(at + HOUR)
    assert LiveChange.objects.count() == 1

    server.change_ours(out.ref, "Changed twice.")
    look(at + DAY)

    first, second = LiveChange.objects.order_by("id")
    assert (first.how, first.words_ref, second.how) == (LiveEnd.CHANGED, None, "")
    assert len(open_tasks()) == 1


def test_a_picture_or_description_that_is_gone_counts_too(cast, look, out, at, server):
    held = server.ours[out.ref.id]
    held.normal = type(held.normal).of(held.text, ("en",), (("ab" * 32, "A hall."),))
    look(at + 5 * MINUTE)

    assert LiveChange.objects.get().parts == ["pictures"]


def test_a_post_removed_on_the_network_is_told_as_gone(look, out, at, server):
    del server.ours[out.ref.id]
    look(at + 5 * MINUTE)

    assert (LiveChange.objects.get().gone, events(), len(open_tasks())) == (True, ["delivery.gone"], 1)


def test_a_network_without_proof_of_absence_is_asked_twice_before_a_post_counts_as_gone(
    look, out, at, server, monkeypatch
):
    network = FakeNetwork(server)
    unproven = network.capabilities.model_copy(update={"proves_absence": False})
    monkeypatch.setattr(sending, "all_capabilities", lambda: {"bluesky": unproven})
    del server.ours[out.ref.id]
    look(at + 5 * MINUTE, network)
    assert LiveChange.objects.count() == 0

    look(at + 20 * MINUTE, network)

    assert LiveChange.objects.get().gone


@pytest.mark.parametrize("fault", [Fault.UNREACHABLE, Fault.TROUBLE_BEFORE, Fault.SIGN_IN, Fault.TOO_FAST])
def test_a_network_that_cannot_be_read_says_nothing_about_the_post(look, out, at, server, fault):
    server.faults = [fault]
    look(at + 5 * MINUTE)

    check = LiveCheck.objects.get()
    assert (LiveChange.objects.count(), check.looked_at) == (0, None)
    assert (check.unread_since, check.next_at) == (at + 5 * MINUTE, at + 20 * MINUTE)

    look(at + 20 * MINUTE)
    assert LiveCheck.objects.get().unread_since is None


def test_one_post_that_cannot_be_read_keeps_no_other_from_being_read(look, out, started, advance, at, server):
    advance(started("Another."))
    server.calls.clear()
    server.faults = [Fault.REFUSED]
    look(at + 5 * MINUTE)

    assert server.calls == ["read_back", "read_back", "reactions"]
    assert sorted(check.unread_since is None for check in LiveCheck.objects.all()) == [False, True]


def test_our_own_take_down_is_not_raised_and_ends_the_checks_and_the_task(cast, look, out, at, server):
    server.change_ours(out.ref, "Ask Ava.")
    look(at + 5 * MINUTE)
    take_down(by=cast.ben, at=at + 6 * MINUTE, post=queries.post(out.post_id), reason="mistake")

    change = LiveChange.objects.get()
    assert (change.how, change.words_ref, open_tasks()) == (LiveEnd.TAKEN_DOWN, None, [])
    assert LiveCheck.objects.get().next_at is None
    del server.ours[out.ref.id]
    look(at + DAY)
    assert LiveChange.objects.count() == 1


def test_a_take_down_that_begins_while_the_network_is_read_is_ours(cast, look, out, at, server):
    class Slow(FakeNetwork):
        def read_back(self, ref):
            server.ours.pop(ref.id, None)
            with scope(cast.federation.pk):
                take_down(by=cast.ben, at=at, post=queries.post(out.post_id), reason="mistake")

    look(at + 5 * MINUTE, Slow(server))

    assert LiveChange.objects.count() == 0


def test_a_post_that_is_changed_back_ends_the_task_by_itself(look, out, at, server):
    server.change_ours(out.ref, "Changed.")
    look(at + 5 * MINUTE)
    server.change_ours(out.ref, "Sports day is on Friday.")
    look(at + HOUR)

    assert (LiveChange.objects.get().how, open_tasks()) == (LiveEnd.AS_APPROVED, [])
    assert events() == ["delivery.changed", "delivery.as_approved_again"]


def test_an_approver_accepts_a_change_once_and_its_author_never(cast, look, out, at, server):
    server.change_ours(out.ref, "Changed.")
    look(at + 5 * MINUTE)
    change = LiveChange.objects.get()
    with pytest.raises(NotAllowed):
        settle_change(by=cast.amina, at=at + HOUR, change=change)
    settle_change(by=cast.ben, at=at + HOUR, change=change)
    with done_already():
        settle_change(by=cast.ben, at=at + HOUR, change=change)
    LiveChange.objects.update(how=LiveEnd.TAKEN_DOWN)
    with not_done("dealt with"):
        settle_change(by=cast.ben, at=at + HOUR, change=change)
    LiveChange.objects.update(how=LiveEnd.STAYS)
    look(at + HOUR)

    assert (LiveChange.objects.get().how, open_tasks()) == (LiveEnd.STAYS, [])


def test_words_that_others_put_there_are_read_before_they_are_accepted(cast, look, out, at, server):
    """`Door.CHANGE`: they are public under our name."""
    Pupil.objects.create(school=cast.school, key="O1", first_name="Osian", last_name="Prydderch")
    server.change_ours(out.ref, "Well done Osian Prydderch.")
    look(at + 5 * MINUTE)
    change = LiveChange.objects.get()
    with pytest.raises(WordsHeld) as held:
        settle_change(by=cast.ben, at=at + HOUR, change=change)
    with answering({held.value.held[0].key: Said("not_pupil", "The poet of that name.")}):
        settle_change(by=cast.ben, at=at + HOUR, change=change)


NAMES = "Well done Osian Prydderch."


def put_there(server, out, **changes):
    """Someone with the network's password changes what is there."""
    held = server.ours[out.ref.id]
    held.normal = replace(held.normal, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"film": NormalFilm("ab" * 32, NAMES)},
        {"link_card": NormalCard("https://x.example", "Sports day", NAMES)},
        {"pictures": (("ab" * 32, NAMES),)},
        {"text": NAMES},
    ],
    ids=["a film’s description", "a link card", "a picture’s description", "the text"],
)
def test_every_text_that_others_put_there_is_read_before_it_is_accepted_and_found_by_a_withdrawal(
    cast, look, out, at, server, changes
):
    osian = Pupil.objects.create(school=cast.school, key="O1", first_name="Osian", last_name="Prydderch")
    assert copies_naming(osian) == set()
    put_there(server, out, **changes)
    look(at + 5 * MINUTE)
    change = LiveChange.objects.get()
    with pytest.raises(WordsHeld) as held:
        settle_change(by=cast.ben, at=at + HOUR, change=change)
    assert copies_naming(osian) == {out.pk}, "it's public, though someone else put it there"
    with (
        answering({held.value.held[0].key: Said("may_name", "As agreed with their parents.")}),
        suppress(WordsHeld),
    ):
        settle_change(by=cast.ben, at=at + HOUR, change=change)
    assert (copies_naming(osian), pupils_named([osian.pk])) == ({out.pk}, {osian.pk})
    put_there(server, out, text="Sports day is on Friday.", film=None, link_card=None, pictures=())
    look(at + 2 * HOUR)
    assert (copies_naming(osian), pupils_named([osian.pk])) == (set(), set())


def test_captions_that_others_put_there_are_not_accepted_because_no_one_here_can_read_them(
    cast, look, out, at, server
):
    """A network tells their digest alone. That a film has none any more can be accepted."""
    put_there(server, out, film=NormalFilm("ab" * 32, "Sports day.", digest_of_captions("WEBVTT\n\n...")))
    look(at + 5 * MINUTE)
    change = LiveChange.objects.get()
    with pytest.raises(NotNow, match="can’t read the words that are there now"):
        settle_change(by=cast.ben, at=at + HOUR, change=change)
    change.refresh_from_db()
    assert (change.parts, change.how) == (["film"], "")
    put_there(server, out, film=NormalFilm("ab" * 32, "Sports day."))
    look(at + HOUR)
    settle_change(by=cast.ben, at=at + 2 * HOUR, change=LiveChange.objects.get(ended_at=None))
    put_there(server, out, film=NormalFilm("ab" * 32, "Sports day.", digest_of_captions("WEBVTT\n\n..")))
    look(at + DAY)
    assert LiveChange.objects.filter(ended_at=None).exists(), "another change, not the one that was accepted"


def test_that_a_post_is_gone_may_be_noted_by_its_author(cast, look, out, at, server):
    del server.ours[out.ref.id]
    look(at + 5 * MINUTE)
    settle_change(by=cast.amina, at=at + HOUR, change=LiveChange.objects.get())
    look(at + HOUR)

    assert [each.how for each in LiveChange.objects.all()] == [LiveEnd.NOTED]


def test_a_difference_that_a_person_let_stay_when_it_went_out_is_not_raised_again(
    cast, look, started, advance, at, server
):
    class Tidying(FakeNetwork):
        def publish(self, out):
            receipt = super().publish(out)
            server.change_ours(receipt.ref, "Tidied by the network.")
            return receipt

    delivery = advance(started(), network=Tidying(server))
    say_how_it_stands(by=cast.ben, at=at, delivery=queries.delivery(delivery.pk), there=True)
    look(at + 5 * MINUTE)
    assert (open_tasks(), LiveChange.objects.get().how) == ([], LiveEnd.STAYS)

    server.change_ours(delivery.ref, "Changed since.")
    look(at + HOUR)

    assert len(open_tasks()) == 1


def test_a_worker_killed_after_reading_leaves_the_check_for_the_next(look, out, at, server, monkeypatch):
    class Killed(BaseException):
        pass

    def dies(**_given):
        raise Killed

    server.change_ours(out.ref, "Changed.")
    with monkeypatch.context() as patch:
        patch.setattr(sending, "note_look", dies)
        with pytest.raises(Killed):
            look(at + 5 * MINUTE)
    assert LiveChange.objects.count() == 0
    look(at + 6 * MINUTE)

    assert LiveChange.objects.count() == 1


def test_two_workers_that_read_at_once_raise_one_change(cast, look, out, at, server):
    class Twice(FakeNetwork):
        def read_back(self, ref):
            look(at + 5 * MINUTE)
            return super().read_back(ref)

    server.change_ours(out.ref, "Changed.")
    look(at + 5 * MINUTE, Twice(server))

    assert (LiveChange.objects.count(), len(open_tasks())) == (1, 1)


def test_reactions_are_kept_once_a_day_and_only_where_they_changed(look, out, at, server):
    look(at + 5 * MINUTE)
    server.reactions[out.ref.id] = Reactions(3, 1, 0, None)
    look(at + HOUR)
    look(at + DAY)
    server.reactions[out.ref.id] = Reactions(4, 1, 0, None)
    look(at + 2 * DAY)

    told = PostReactions.objects.order_by("day").values_list("day", "likes", "shares", "quotes")
    assert list(told) == [(at.date(), 3, 1, None), ((at + 2 * DAY).date(), 4, 1, None)]


def test_what_a_network_counts_beyond_any_number_is_cut(look, out, at, server):
    server.reactions[out.ref.id] = Reactions(2_000_000_000, None, 1, None, 3_000_000_000)
    look(at + 5 * MINUTE)

    row = PostReactions.objects.get()
    assert (row.likes, row.shares, row.views, row.total) == (
        2_000_000_000,
        None,
        2_000_000_000,
        2_000_000_001,
    )


def test_the_reactions_to_a_thread_are_those_of_all_its_parts_and_kept_for_each(
    cast, at, advance, server, look
):
    TeamMember.objects.create(account=cast.bluesky, person=cast.ben, part="lead", from_day=at.date() - DAY)
    text = "Camp begins on Friday. " * 20
    targets = [TargetText(cast.bluesky, text, as_thread=True)]
    post = draft_post(by=cast.amina, at=at, school=cast.school, answers=ANSWERS, targets=targets)
    post = submit_post(by=cast.amina, at=at, post=post)
    post = approve_post(by=cast.ben, at=at, post=post, seen=queries.seen_now(post, at=at))
    out = advance(begin_sending(at=at, post=post)[0])
    first, second = refs_of(out.ref)
    server.reactions |= {first.id: Reactions(3, 1, 1, 0), second.id: Reactions(2, 0, 4, None)}
    look(at + 5 * MINUTE)

    row = PostReactions.objects.get()
    assert (row.likes, row.shares, row.replies, row.quotes, row.views) == (5, 1, 4, 0, None)
    assert [each["replies"] for each in row.parts] == [0, 4]
    assert server.calls.count("reactions") == 1

    del server.ours[second.id]
    look(at + DAY + HOUR)

    assert [each and each["likes"] for each in PostReactions.objects.get(day=at.date() + DAY).parts] == [
        3,
        None,
    ]


def test_reactions_that_cannot_be_read_leave_the_post_read(look, out, at, server):
    server.faults = [None, Fault.TROUBLE_BEFORE]
    look(at + 5 * MINUTE)

    assert (PostReactions.objects.count(), LiveCheck.objects.get().looked_at) == (0, at + 5 * MINUTE)


def test_a_post_made_by_hand_is_not_read(cast, started, at):
    delivery = started(accounts=[cast.facebook])

    assert (delivery.by_hand, LiveCheck.objects.count(), sending.accounts_to_look_at(at + DAY)) == (
        True,
        0,
        [],
    )


def test_only_accounts_with_something_due_are_read_in_one_query(cast, out, at, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert sending.accounts_to_look_at(at + SOON[0]) == [(cast.bluesky.pk, False)]
    assert sending.accounts_to_look_at(at + SOON[0] - MINUTE) == []


def test_a_closed_account_is_left_alone(cast, out, at, look, server):
    type(cast.bluesky).objects.filter(pk=cast.bluesky.pk).update(state="closed", closed_at=at)
    server.calls.clear()
    look(at + DAY)

    assert (server.calls, sending.accounts_to_look_at(at + DAY)) == ([], [])


def test_keys_that_no_longer_count_are_no_removal(look, out, at, server):
    class NoKeys(FakeNetwork):
        def read_back(self, ref):
            raise NetworkError("sign_in", what_next="reconnect")

    look(at + 5 * MINUTE, NoKeys(server))

    assert (LiveChange.objects.count(), LiveCheck.objects.get().unread_since) == (0, at + 5 * MINUTE)
