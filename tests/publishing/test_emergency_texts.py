"""Emergency texts: approved beforehand word for word, and sent at once by the people named."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest

from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.models import School
from schoolgate.core.subjects import person_key
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import sweep
from schoolgate.duties.models import Duty
from schoolgate.notices.models import Notice
from schoolgate.people.models import RoleAssignment
from schoolgate.policy.models import DecisionRecord
from schoolgate.publishing import queries, ready
from schoolgate.publishing.drafting import edit_post
from schoolgate.publishing.emergency import SentAlready, approve_text, ask_for_text, send_emergency
from schoolgate.publishing.facts import facts_of
from schoolgate.publishing.handlers import emergency_letter
from schoolgate.publishing.models import Post, ReadyText
from schoolgate.publishing.ready import change_text, keep_in_use, keep_text, retire_text
from schoolgate.publishing.rules import stop_everything
from tests.cast import someone
from tests.conftest import hear, recorded
from tests.publishing.conftest import ANSWERS, account_on, led
from tests.worlds import InWorld, world

WORDS = "{school} is closed on {date} because of snow. Please don’t travel."


@world(led)
def text_begun(before: SimpleNamespace, at: datetime) -> SimpleNamespace:
    """Olga writes posts for the school and may send; the text is Amina's, for two accounts, and ends in half
    a year."""
    cast = before.cast
    with scope(cast.federation.pk):
        olga = someone("Olga Office", "staff")
    before.parts = SimpleNamespace(
        olga=olga,
        content={
            "title": "Closed: snow",
            "english": WORDS,
            "accounts": [cast.bluesky, cast.facebook],
            "senders": [olga, cast.amina],
            "until": local_day(at) + timedelta(days=180),
        },
    )
    return before


@world(text_begun)
def text_waiting(before: SimpleNamespace, at: datetime) -> SimpleNamespace:
    """The text, sent for approval."""
    cast = before.cast
    with scope(cast.federation.pk):
        text = keep_text(by=cast.amina, at=at, school=cast.school, emergency=True, **before.parts.content)
        ask_for_text(by=cast.amina, at=at, text=text, answers=ANSWERS)
    before.text = text.pk
    return before


@world(text_waiting)
def text_approved(before: SimpleNamespace, at: datetime) -> SimpleNamespace:
    """The text, approved by Ben."""
    with scope(before.cast.federation.pk):
        approve(before.cast, at, ready.read_text(before.text))
    return before


FURTHEST = (("text", text_approved), ("waiting", text_waiting), ("parts", text_begun))


@pytest.fixture
def beginning(in_world: InWorld, request: pytest.FixtureRequest, at: datetime) -> SimpleNamespace:
    """The world in which the test begins: as far on as what it asks for."""
    asked = request.fixturenames
    return in_world(next((world for name, world in FURTHEST if name in asked), led), at)


@pytest.fixture
def parts(beginning, scoped) -> SimpleNamespace:
    """Olga, and what the text is made of."""
    return beginning.parts


@pytest.fixture
def waiting(beginning, scoped) -> ReadyText:
    """The text, sent for approval."""
    return ready.read_text(beginning.text)


def approve(cast, at, text: ReadyText) -> ReadyText:
    approve_text(by=cast.ben, at=at, text=text, seen=ready.seen_of(ready.newest(text)))
    return ready.read_text(text.pk)


@pytest.fixture
def text(beginning, scoped) -> ReadyText:
    """The text, approved by Ben."""
    return ready.read_text(beginning.text)


def send(cast, parts, at, text: ReadyText, **changes: object) -> Post:
    given = {
        "by": parts.olga, "at": at, "text": text, "school": cast.school,
        "accounts": [cast.bluesky, cast.facebook], "values": {"date": local_day(at)},
    }  # fmt: skip
    return send_emergency(**{**given, **changes})


def test_a_text_approved_beforehand_goes_out_at_once_on_all_its_accounts(cast, parts, text, at):
    later = at + timedelta(days=100)

    post = send(cast, parts, later, text)

    assert post.state == "sending"
    assert {each.account_id for each in post.deliveries.all()} == {cast.bluesky.pk, cast.facebook.pk}
    assert post.author == parts.olga
    assert post.emergency_text == ready.sendable(text)
    said = f"{local_day(later):%A} {local_day(later).day} {local_day(later):%B}"
    assert post.text == WORDS.format(school=cast.school.name, date=said)
    assert [each.by for each in post.approvals.all()] == [cast.ben]


def test_the_record_says_who_sent_it_and_by_which_clause_it_was_approved(cast, parts, text, at):
    post = send(cast, parts, at, text)

    said = next(each for each in recorded() if each.event == "post.emergency")
    kept = DecisionRecord.objects.get(pk=said.decision)
    assert (said.actor, said.subject) == (f"people.person:{parts.olga.pk}", f"publishing.post:{post.pk}")
    assert "house-1" in said.clauses
    assert kept.outcome == "permitted"
    approved = next(each for each in recorded() if each.event == "readyversion.approved")
    assert approved.decision == post.approvals.get().decision


def test_the_policy_is_told_that_it_was_approved_beforehand_and_who_wrote_it(cast, parts, text, at, draft):
    post = send(cast, parts, at, text)

    for _target, facts in facts_of(post, at=at):
        assert facts.approved_beforehand is True
        assert facts.author.key == person_key(cast.amina.pk)
    for _target, facts in facts_of(queries.post(draft().pk), at=at):
        assert facts.approved_beforehand is False


def test_the_approver_and_those_who_can_stop_everything_are_told_at_once(cast, parts, text, at):
    post = send(cast, parts, at, text)
    hear("post.emergency", subject_id=post.pk, event_id=1, at=at)
    hear("post.emergency", subject_id=post.pk, event_id=1, at=at)

    told = Notice.objects.filter(kind="posts.emergency", subject=f"publishing.post:{post.pk}")
    assert sorted(each.person.name for each in told) == ["Ben Carter", "Sam Slater"]
    assert {each.urgency for each in told} == {"at_once"}
    assert f"/posts/{post.pk}" in emergency_letter(post.pk, at).link


@pytest.mark.parametrize("days", [0, 14])
def test_the_date_is_today_or_in_the_next_two_weeks(cast, parts, text, at, days):
    assert send(cast, parts, at, text, values={"date": local_day(at) + timedelta(days=days)})


@pytest.mark.parametrize("value", [-1, 15, "tomorrow <b>", None])
def test_any_other_date_is_refused(cast, parts, text, at, value):
    given = local_day(at) + timedelta(days=value) if isinstance(value, int) else value

    with pytest.raises(BadInput) as refused:
        send(cast, parts, at, text, values={"date": given})

    assert set(refused.value.fields) == {"blank-date"}
    assert not Post.objects.exists()


def test_what_fills_a_blank_that_the_text_does_not_have_goes_nowhere(cast, parts, text, at):
    post = send(cast, parts, at, text, values={"date": local_day(at), "event": "Buy pills", "time": time(9)})

    assert "pills" not in post.text


def test_a_blank_for_typed_words_is_no_part_of_an_emergency_text(cast, parts, at):
    for words in ("Closed: {event}", "Closed {school} {", "Closed {schol}"):
        with pytest.raises(BadInput) as refused:
            keep_text(
                by=cast.amina, at=at, school=cast.school, emergency=True,
                **{**parts.content, "english": words},
            )  # fmt: skip
        assert set(refused.value.fields) == {"english"}


def test_a_person_who_is_not_named_cannot_send_it(cast, parts, text, at):
    with pytest.raises(NotAllowed, match="one of the people"):
        send(cast, parts, at, text, by=someone("Rob Reader", "staff"))


def test_a_person_named_who_no_longer_writes_posts_here_cannot_send_it(cast, parts, text, at):
    RoleAssignment.objects.filter(person=parts.olga).update(to_day=local_day(at) + timedelta(days=1))

    with pytest.raises(NotAllowed):
        send(cast, parts, at + timedelta(days=10), text)


def test_a_text_that_waits_for_approval_cannot_be_sent(cast, parts, waiting, at):
    with pytest.raises(NotNow, match="not been approved"):
        send(cast, parts, at, waiting)


def test_it_can_be_sent_on_its_last_day_and_not_after(cast, parts, text, at):
    last = at + timedelta(days=180)
    assert local_day(last) == ready.newest(text).until

    with pytest.raises(NotNow, match="approval of this text has ended"):
        send(cast, parts, last + timedelta(days=1), text)
    assert send(cast, parts, last, text)


@pytest.mark.parametrize("days", [0, 366])
def test_an_approval_ends_within_a_year(cast, parts, at, days):
    content = {**parts.content, "until": local_day(at) + timedelta(days=days)}

    with pytest.raises(BadInput) as refused:
        keep_text(by=cast.amina, at=at, school=cast.school, emergency=True, **content)

    assert set(refused.value.fields) == {"until"}


def test_what_two_people_made_is_retired_by_two_and_can_be_sent_until_then(cast, parts, text, at):
    asked = retire_text(by=cast.amina, at=at, text=text)

    assert (asked.retired_at, asked.retire_asked_by) == (None, cast.amina)
    assert [each.person for each in Duty.objects.filter(kind="readytext.retire", state="open")] == [cast.ben]
    with pytest.raises(NotNow, match="second person must agree"):
        retire_text(by=cast.amina, at=at, text=text)
    assert send(cast, parts, at, ready.read_text(text.pk)).state == "sending"
    assert retire_text(by=cast.ben, at=at, text=text).retired_at == at
    assert not Duty.objects.filter(kind="readytext.retire", state="open").exists()


def test_the_approver_asks_and_its_writer_agrees_but_two_who_only_write_do_not_retire_it(cast, text, at):
    other = someone("Wyn Writer", "staff")
    retire_text(by=cast.amina, at=at, text=text)
    with pytest.raises(NotNow, match="approves posts"):
        retire_text(by=other, at=at, text=text)
    keep_in_use(by=other, at=at, text=text)
    assert not Duty.objects.filter(kind="readytext.retire", state="open").exists()
    with pytest.raises(NotNow, match="No one is asking"):
        keep_in_use(by=other, at=at, text=text)
    assert retire_text(by=cast.ben, at=at, text=text).retired_at is None
    assert retire_text(by=cast.amina, at=at, text=text).retired_at == at


def test_one_person_retires_a_text_that_no_one_approved(cast, waiting, at):
    assert retire_text(by=cast.amina, at=at, text=waiting).retired_at == at
    assert not Duty.objects.filter(kind="readytext.approve", state="open").exists()


def test_its_half_by_hand_is_due_in_ten_minutes_and_then_its_approvers(cast, parts, text, at):
    send(cast, parts, at, text)

    task = Duty.objects.get(kind="post.by_hand", state="open")
    assert (task.person, task.due_at) == (parts.olga, at + timedelta(minutes=10))
    assert (task.then_person, task.then_basis) == (cast.ben, "house")
    sweep(at=at + timedelta(minutes=10))
    assert Duty.objects.get(pk=task.pk).state == "open"
    sweep(at=at + timedelta(minutes=10, seconds=1))
    assert Duty.objects.get(pk=task.pk).state == "overdue"


def test_a_retired_text_cannot_be_sent(cast, parts, text, at):
    retire_text(by=cast.amina, at=at, text=text)
    retire_text(by=cast.ben, at=at, text=text)

    with pytest.raises(NotNow, match="retired"):
        send(cast, parts, at, text)
    assert ready.to_send(parts.olga, on=local_day(at)) == []


def test_an_account_that_is_not_open_is_named_and_the_others_can_still_have_it(cast, parts, text, at):
    cast.facebook.state, cast.facebook.closed_at = "closed", at
    cast.facebook.save(update_fields=["state", "closed_at"])

    with pytest.raises(NotNow, match=cast.facebook.name):
        send(cast, parts, at, text)
    assert send(cast, parts, at, text, accounts=[cast.bluesky]).state == "sending"


def test_an_account_that_the_approver_did_not_see_is_refused(cast, parts, text, at):
    other = account_on("x", cast.school, at)

    for accounts in ([other], [cast.bluesky, other], []):
        with pytest.raises(BadInput) as refused:
            send(cast, parts, at, text, accounts=accounts)
        assert set(refused.value.fields) == {"accounts"}


def test_nothing_goes_out_while_posting_is_stopped(cast, parts, text, at):
    stop_everything(by=cast.sam, at=at, school=cast.school, reason="A wrong post went out.")

    with pytest.raises(NotNow, match="stopped"):
        send(cast, parts, at, text)
    assert not Post.objects.exists()


def test_a_changed_word_needs_approval_anew_and_until_then_the_approved_words_go_out(cast, parts, text, at):
    changed = change_text(
        by=cast.amina, at=at, text=text, version=1, **{**parts.content, "english": "{school} is shut {date}."}
    )

    assert ready.newest(changed).state == "draft"
    assert "because of snow" in send(cast, parts, at, changed).text
    ask_for_text(by=cast.amina, at=at, text=changed, answers=ANSWERS)
    approve(cast, at, ready.read_text(text.pk))
    assert "is shut" in send(cast, parts, at, text).text


def test_two_people_who_change_it_at_once_do_not_overwrite_each_other(cast, parts, text, at):
    change_text(by=cast.amina, at=at, text=text, version=1, **parts.content)

    with pytest.raises(NotNow, match="changed a moment ago"):
        change_text(by=parts.olga, at=at, text=ready.read_text(text.pk), version=1, **parts.content)


def test_a_school_with_another_name_makes_the_approval_void(cast, parts, text, at):
    cast.school.name = "North. Call 0900 123 now"
    cast.school.save(update_fields=["name"])

    with pytest.raises(NotNow, match="changed since it was approved"):
        send(cast, parts, at, text)


def test_the_second_person_to_send_the_same_is_asked_first(cast, parts, text, at):
    first = send(cast, parts, at, text)

    with pytest.raises(SentAlready, match="Olga Office has already sent this") as refused:
        send(cast, parts, at, text, by=cast.amina)
    assert refused.value.post == first
    assert Post.objects.count() == 1

    second = send(cast, parts, at, text, by=cast.amina, again_after=first.pk)
    assert second.state == "sending"
    with pytest.raises(SentAlready):  # meanwhile there is a newer one than the person knows of
        send(cast, parts, at, text, again_after=first.pk)


def test_another_day_or_a_day_later_is_not_the_same(cast, parts, text, at):
    send(cast, parts, at, text)

    assert send(cast, parts, at, text, values={"date": local_day(at) + timedelta(days=1)})
    assert send(
        cast, parts, at + timedelta(hours=25), text, values={"date": local_day(at) + timedelta(days=2)}
    )


def test_the_approver_may_send_it_too_because_others_wrote_the_words(cast, parts, at):
    content = {**parts.content, "senders": [cast.ben]}
    text = keep_text(by=cast.amina, at=at, school=cast.school, emergency=True, **content)
    ask_for_text(by=cast.amina, at=at, text=text, answers=ANSWERS)

    assert send(cast, parts, at, approve(cast, at, ready.read_text(text.pk)), by=cast.ben).state == "sending"


def test_a_sent_text_that_failed_and_is_changed_is_an_ordinary_post_again(cast, parts, text, at):
    post = send(cast, parts, at, text)
    Post.objects.filter(pk=post.pk).update(state="not_sent")
    post = queries.post(post.pk)

    now = edit_post(
        by=parts.olga, at=at, post=post, version=post.version, targets=[], pictures=[], planned_at=None,
        answers={}, text="Other words",
    )  # fmt: skip

    assert now.emergency_text is None
    assert queries.standing_approval(now) is None


def test_a_text_of_the_whole_federation_is_sent_for_one_school_to_its_accounts(cast, parts, at):
    south = School.objects.create(name="South School", slug="south", languages=["cy", "en"])
    theirs = account_on("instagram", south, at)
    head = someone("Fay Federation", "staff", school=None)
    content = {
        **parts.content, "accounts": [cast.bluesky, theirs], "senders": [head],
        "welsh": "Mae {school} ar gau {date} oherwydd eira.",
    }  # fmt: skip
    text = keep_text(by=head, at=at, school=None, emergency=True, **content)
    version = ready.newest(text)

    assert ready.accounts_of(version, south) == [theirs]
    words = ready.words_of(version, south, {"school": south, "date": date(2026, 1, 5)})
    assert words.startswith("Mae South School ar gau dydd Llun 5 Ionawr oherwydd eira.\n\nSouth School is")


# --- Who has it to send


def offered(person, on):
    return [each.pk for each in ready.to_send(person, on=on)]


def test_it_is_offered_to_its_senders_until_its_last_day(cast, parts, text, at):
    last = parts.content["until"]

    assert offered(parts.olga, local_day(at)) == offered(parts.olga, last) == [text.pk]
    assert offered(parts.olga, last + timedelta(days=1)) == []
    assert offered(cast.ben, local_day(at)) == []


def test_who_was_taken_out_of_a_newer_approved_version_is_not_offered_the_old_one(cast, parts, text, at):
    content = {**parts.content, "senders": [cast.amina]}
    changed = change_text(by=cast.amina, at=at, text=text, version=1, **content)
    ask_for_text(by=cast.amina, at=at, text=changed, answers=ANSWERS)
    assert offered(parts.olga, local_day(at)) == [text.pk]

    approve(cast, at, ready.read_text(text.pk))

    assert offered(parts.olga, local_day(at)) == []
    assert offered(cast.amina, local_day(at)) == [text.pk]


def test_for_those_named_in_no_text_it_is_one_query(cast, text, at, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert ready.to_send(cast.ben, on=local_day(at)) == []
