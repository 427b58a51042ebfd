"""Posts, news, pupils, press enquiries and concerns: each is destroyed in time, and nothing else is."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from schoolgate.accounts.models import Account
from schoolgate.breaches.cases import reopen
from schoolgate.core import holds
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotFound, NotNow
from schoolgate.core.models import Destruction, VaultSecret
from schoolgate.core.retention import kinds
from schoolgate.duties.models import Duty
from schoolgate.incidents.casework import reopen as open_concern_again
from schoolgate.listening.models import Find
from schoolgate.press.enquiries import reopen as open_enquiry_again
from schoolgate.publishing.models import (
    Approval,
    Delivery,
    Look,
    Post,
    PostPerson,
    PostWriter,
    UsedPermission,
)
from schoolgate.pupils.models import Consent, Withdrawal
from schoolgate.records import destroying, setting
from schoolgate.records.destroying import due_on
from schoolgate.rights.models import Gathering, Request
from schoolgate.searches.models import CheckCopy, SystemCheck
from tests.records import made, made_of_rooms
from tests.records.conftest import CLOSED, kind
from tests.worlds import tried_alone

MONTHS = {
    "posts": 72, "news": 12, "past": 72, "pupils": 84, "press": 72, "concerns": 900,
    "requests": 72, "breaches": 72, "checks": 72, "vacancies": 12, "proposals": 72, "quick": 72, "fakes": 72,
    "unofficial": 72, "pta": 72, "watches": 12, "messages": 72, "ready": 72, "owners": 72,
    **dict.fromkeys(made_of_rooms.MAKERS, 72),
}  # fmt: skip


@pytest.fixture
def who(cast):
    return SimpleNamespace(by=cast.sam, school=cast.school, account=cast.bluesky, ben=cast.ben)


@pytest.fixture
def thing(who, cast, at):
    """`thing("posts")`: one of a kind, over on the day of these tests."""

    def make(key, when=CLOSED, **more):
        return made.MAKERS[key](who, when, **more)

    return make


@pytest.fixture
def lead(cast, at):
    """Sam is the designated safeguarding lead too, and no one else is: a second would have to agree."""
    from schoolgate.core.models import Safeguarder

    Safeguarder.objects.update(ended_at=at)
    Safeguarder.objects.create(place="lead", person_id=cast.sam.pk, since=at)


@pytest.fixture
def begun(started, lead):
    """`begun("concerns")`: its destruction, started with the suggested period."""
    return started


def due(key):
    return CLOSED.replace(hour=0, minute=5) + (due_on(CLOSED.date(), MONTHS[key]) - CLOSED.date())


def words_left():
    """Tables of this database in which the words of the thing still are, whatever a manager hides."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('schoolgate.copying', 'all', true)")
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND pg_relation_size(oid) > 0", [TABLES]
        )
        filled = [f"SELECT '{name}' WHERE EXISTS {WORDS_IN.format(name)}" for (name,) in cursor.fetchall()]
        cursor.execute(" UNION ALL ".join(filled))
        found = [name for (name,) in cursor.fetchall()]
        cursor.execute("SELECT set_config('schoolgate.copying', '', true)")
    return found


TABLES = [model._meta.db_table for model in apps.get_models()]
WORDS_IN = "(SELECT FROM \"{}\" t WHERE t::text LIKE '%%Osian%%')"


def test_a_ban_or_an_open_task_keeps_it_and_on_its_day_its_words_are_gone(thing, begun, sweep, cast, at):
    """The day before it stays; a ban on one keeps it, and one on the kind keeps all."""
    for key in made.MAKERS:
        with tried_alone():
            one = thing(key)
            begun(key)
            assert kind(key).months == MONTHS[key]
            assert sweep(due(key) - timedelta(minutes=10)) == 0, key
            assert words_left() or VaultSecret.objects.exists()

            hold = destroying.hold_thing(by=cast.sam, at=at, kind=kind(key), pk=one.pk, because="claim")
            assert sweep(due(key)) == 0, key
            destroying.lift_hold(by=cast.sam, at=at, hold=hold)
            whole = destroying.hold_kind(by=cast.sam, at=at, kind=kind(key), because="inquiry")
            assert sweep(due(key)) == 0, key
            destroying.lift_hold(by=cast.sam, at=at, hold=whole)
            task = Duty.objects.create(
                kind="post.approve", subject=f"{one._meta.label_lower}:{one.pk}", person=cast.ben,
                due_kind="instant", due_at=at, due_by=at, state="open", opened_at=at,
                clauses=["wildground-accounts-11"],
            )  # fmt: skip
            assert sweep(due(key)) == 0, key
            Duty.objects.filter(pk=task.pk).update(state="cancelled", ended_at=at, cancelled_because="done")

            assert sweep(due(key)) == 1, key
            assert words_left() == []
            assert VaultSecret.objects.count() == 0
            certificate = Destruction.objects.order_by("-pk")[0]
            assert (certificate.kind, certificate.number, certificate.months) == (key, 1, MONTHS[key])
            assert (certificate.first_day, certificate.last_day) == (CLOSED.date(), CLOSED.date())
            assert sweep(due(key)) == 0
            with pytest.raises(NotFound):
                destroying.hold_thing(by=cast.sam, at=at, kind=kind(key), pk=one.pk, because="claim")


def test_what_is_not_over_stays_and_cant_be_erased(thing, begun, sweep, cast, at):
    for key in made.OPEN:
        with tried_alone():
            one = thing(key, state=made.OPEN[key])
            begun(key)
            assert sweep(due(key) + timedelta(days=9000)) == 0
            with pytest.raises(NotNow):
                destroying.erase_one(
                    by=cast.sam,
                    at=CLOSED,
                    kind=kind(key),
                    pk=one.pk,
                    because="asked",
                    words="Her mother asked.",
                )


def test_one_is_erased_before_its_time_and_again_after_a_restore(thing, lead, cast, at):
    for key in made.MAKERS:
        with tried_alone():
            one = thing(key)
            destroying.erase_one(
                by=cast.sam, at=CLOSED, kind=kind(key), pk=one.pk, because="asked", words="Her mother asked."
            )
            assert words_left() == []
            assert destroying.erased()[0].thing == one.pk
            with pytest.raises(NotFound):
                destroying.erase_again(
                    at=CLOSED, kind=kind(key), pk=one.pk, because="asked", by="people.person:1"
                )


def test_only_a_safeguarding_lead_starts_or_erases_concerns(thing, cast, at):
    one = thing("concerns")
    with pytest.raises(NotAllowed, match="safeguarding lead"):
        setting.start(by=cast.sam, at=at, kind=kind("concerns"), months=900, seen=None)
    with pytest.raises(NotAllowed, match="safeguarding lead"):
        destroying.erase_one(
            by=cast.sam,
            at=CLOSED,
            kind=kind("concerns"),
            pk=one.pk,
            because="asked",
            words="Her mother asked.",
        )


def test_an_open_concern_keeps_the_post_that_it_is_about(thing, begun, sweep, who):
    one = thing("posts")
    about = thing("concerns", state="taken")
    type(about).objects.filter(pk=about.pk).update(thing=f"publishing.post:{one.pk}")
    begun("posts")
    assert sweep(due("posts")) == 0
    type(about).objects.filter(pk=about.pk).update(state="closed")
    assert sweep(due("posts")) == 1


@pytest.mark.parametrize("key", ["posts", "vacancies"])
def test_what_was_found_for_an_open_request_stays_until_that_is_closed(thing, begun, sweep, key):
    one, other = thing(key), thing(key)
    about = thing("requests", state="open", found=one)
    begun(key)
    assert sweep(due(key)) == 1
    assert here(key) == [one.pk]
    Gathering.objects.filter(request=about).update(state="running", ended_at=None)
    third = thing(key)
    assert sweep(due(key)) == 0
    assert here(key) == [one.pk, third.pk]
    Gathering.objects.filter(request=about).update(state="done", ended_at=CLOSED)
    over = {"state": "closed", "outcome": "given", "answered_on": CLOSED.date()}
    Request.objects.filter(pk=about.pk).update(**over)
    assert sweep(due(key)) == 2
    assert other.pk not in here(key)


def here(key):
    """The numbers of the things of a kind that weren't destroyed."""
    return sorted(kind(key).here().values_list("pk", flat=True))


def test_a_check_of_which_a_copy_is_stored_stays(thing, begun, sweep):
    thing("checks", stored=True)
    begun("checks")
    assert sweep(due("checks")) == 0
    CheckCopy.objects.update(content_ref=None, destroyed_at=CLOSED, destroyed_by=SystemCheck.objects.get().by)
    assert sweep(due("checks")) == 1


def test_the_proposal_of_an_account_stays_until_the_account_is_closed(thing, begun, sweep, cast):
    one = thing("proposals", state="approved")
    Account.objects.filter(pk=cast.bluesky.pk).update(proposal=one)
    begun("proposals")
    assert sweep(due("proposals")) == 0
    Account.objects.filter(pk=cast.bluesky.pk).update(state="closed", closed_at=CLOSED)
    assert sweep(due("proposals")) == 1


def test_an_owners_permission_stays_while_a_post_with_it_is_online(thing, begun, sweep):
    permission, post = thing("owners"), thing("posts", state="published")
    UsedPermission.objects.create(post=post, permission=permission)
    begun("owners")
    assert sweep(due("owners")) == 0
    Post.objects.filter(pk=post.pk).update(state="taken_down")
    assert sweep(due("owners")) == 1


def test_a_watch_and_a_permission_count_from_their_last_day_and_go_no_sooner(thing, begun, sweep, cast):
    for key in ("watches", "owners"):
        one = thing(key, state=made.OPEN[key])
        type(one).objects.filter(pk=one.pk).update(until=CLOSED.date())
        with pytest.raises(NotNow):
            destroying.erase_one(
                by=cast.sam, at=CLOSED, kind=kind(key), pk=one.pk, because="asked", words="Her mother asked."
            )
        begun(key)
        assert sweep(due(key) - timedelta(minutes=10)) == 0
        assert sweep(due(key)) == 1


def test_a_ban_on_what_a_watch_found_keeps_the_watch(thing, begun, sweep, cast, at):
    thing("watches")
    holds.place(subject=Find.objects.get(), because="claim", by=cast.sam, at=at)
    begun("watches")
    assert sweep(due("watches")) == 0


def test_a_breach_stays_in_the_log_and_what_was_destroyed_is_not_opened_again(thing, lead, cast):
    them = {key: thing(key) for key in ("breaches", "press", "concerns")}
    for key, one in them.items():
        destroying.erase_one(
            by=cast.sam, at=CLOSED, kind=kind(key), pk=one.pk, because="asked", words="Her mother asked."
        )
        one.refresh_from_db()
    assert (them["breaches"].reference, them["breaches"].risk) == ("B-0", "risk")
    for again in (
        lambda **by: reopen(breach=them["breaches"], words="Once more", **by),
        lambda **by: open_enquiry_again(enquiry=them["press"], **by),
        lambda **by: open_concern_again(report=them["concerns"], words="Once more", **by),
    ):
        with pytest.raises(NotNow, match="was destroyed"):
            again(by=cast.sam, at=CLOSED)


def test_what_never_went_out_goes_and_is_withdrawn(thing, begun, sweep):
    them = [thing("posts", state=state).pk for state in ("draft", "expired", "not_sent")]
    begun("posts")
    assert sweep(due("posts")) == 3
    assert set(Post.objects.filter(pk__in=them).values_list("state", flat=True)) == {"withdrawn"}


def test_a_draft_that_someone_wrote_in_since_stays(thing, begun, sweep, cast):
    one = thing("posts", state="draft")
    writer = PostWriter.objects.create(
        post=one, person=cast.sam, added_at=CLOSED, wrote_at=CLOSED + timedelta(days=1)
    )
    begun("posts")
    assert sweep(due("posts")) == 0
    PostWriter.objects.filter(pk=writer.pk).update(wrote_at=CLOSED)
    assert sweep(due("posts")) == 1


def test_a_post_of_which_a_copy_may_be_online_stays(thing, begun, sweep, cast):
    them = {state: thing("posts", state="not_sent") for state in ("confirmed", "unknown", "failed")}
    for state, one in them.items():
        Delivery.objects.create(
            post=one, account=cast.bluesky, intent_key=state, text=made.WORDS, state=state,
            written_at=CLOSED, state_at=CLOSED,
        )  # fmt: skip
    begun("posts")
    assert sweep(due("posts")) == 1
    gone = Delivery.objects.filter(text="")
    assert [one.post_id for one in gone] == [them["failed"].pk]


def test_a_pupil_who_is_shown_in_a_live_post_stays_until_it_is_taken_down(thing, begun, sweep):
    pupil, post = thing("pupils"), thing("posts", state="published")
    PostPerson.objects.filter(post=post).update(pupil=pupil)
    begun("pupils")
    assert sweep(due("pupils")) == 0
    Post.objects.filter(pk=post.pk).update(state="taken_down")
    assert sweep(due("pupils")) == 1
    assert not Consent.objects.exists()
    assert Withdrawal.objects.get().who == ""


def test_who_approved_a_post_stays_by_number_after_both_are_erased(thing, begun, sweep, cast, who, at):
    one = thing("posts")
    Approval.objects.update(by=cast.ben)
    destroying.erase_one(
        by=cast.sam, at=CLOSED, kind=kind("posts"), pk=one.pk, because="asked", words="Her mother asked."
    )
    type(cast.ben).objects.filter(pk=cast.ben.pk).update(left_on=local_day(CLOSED))
    destroying.erase_one(
        by=cast.sam,
        at=CLOSED,
        kind=kind("people"),
        pk=cast.ben.pk,
        because="asked",
        words="Her mother asked.",
    )
    approval = Approval.objects.get(post=one)
    assert (approval.seen, approval.roles, approval.by.name) == (
        made.DIGEST,
        ["slt"],
        f"Person {cast.ben.pk}",
    )


def test_rows_with_words_are_changed_only_with_a_certificate(thing):
    thing("posts"), thing("press"), thing("pupils")
    from schoolgate.press.models import Statement

    for attempt in (
        Look.objects.all().delete,
        lambda: Statement.objects.update(text=""),
        lambda: Withdrawal.objects.update(who=""),
    ):
        with pytest.raises(IntegrityError, match="destroyed with a certificate"), transaction.atomic():
            attempt()


def test_every_kind_with_words_is_tried_here():
    assert set(made.MAKERS) == {one.key for one in kinds()} - {
        "comments", "photographs", "asked", "pictures", "people",
    }  # fmt: skip
