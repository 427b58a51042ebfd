"""G6: whatever may show danger, by whichever door it comes and of whatever kind, is told to the safeguarding
leads, and until one has read it no one closes, deletes, shows or answers it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from types import SimpleNamespace

import pytest

from schoolgate.core.errors import NotNow, SchoolgateError
from schoolgate.core.models import Safeguarder
from schoolgate.core.outside.mails import Mail
from schoolgate.duties.models import Duty
from schoolgate.inbox import first_read, seeing
from schoolgate.inbox.first_read import who_looks_after
from schoolgate.inbox.forwarding import file_mail
from schoolgate.inbox.importing import Read, _write
from schoolgate.inbox.listing import note_words_of_earlier
from schoolgate.inbox.models import ORDINARY, Item, ItemKind, Moderation
from schoolgate.inbox.moderating import moderate
from schoolgate.inbox.pasting import as_given, paste_in
from schoolgate.inbox.replying import close_item, write_answer
from schoolgate.inbox.telling import (
    OLD,
    OLD_WAITS,
    pass_danger_on,
    pass_quiet_on,
    settle_danger,
    tell_of_danger,
    tell_what_was_missed,
)
from schoolgate.triage import URGENT, kinds
from schoolgate.triage.lanes import BY_MORNING
from tests.cast import someone
from tests.inbox.conftest import beginning, cast, federation, poll, published, school, server
from tests.stories import rolled_back

__all__ = ["beginning", "cast", "federation", "poll", "published", "school", "server"]
TELLS, CALM = "i only eat at school", "What should they wear?"
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def there(cast, published, server, poll, at):
    """A published post, and Dee, who leads on safeguarding."""
    dee = someone("Dee Lead")
    Safeguarder.objects.create(place="lead", person_id=dee.pk, since=at)
    return SimpleNamespace(cast=cast, published=published, server=server, poll=poll, dee=dee, at=at)


def _polled(there, text, when):
    there.server.comment(there.published.ref, text, at=there.at)
    there.poll(now=when)


def _by_hand(there, text, when, **more):
    paste_in(
        by=there.cast.ben, at=when, account=there.cast.bluesky, text=text, author="Jo",
        appeared_at=more.pop("appeared_at", there.at), private=more.pop("private", False), **more,
    )  # fmt: skip


def _listed(there, text, when, *, dealt_with=False, appeared_at=None, others=()):
    account = there.cast.bluesky
    given = [
        as_given(account, text=one, author=f"Jo {number}", appeared_at=appeared_at or there.at, private=False)
        for number, one in enumerate([*others, text])
    ]
    plan = SimpleNamespace(comments=[Read(account, one, ItemKind.COMMENT) for one in given])
    _write(plan, None, by=there.cast.ben, at=when, dealt_with=dealt_with)


def _mailed(there, text, when):
    file_mail(
        by=there.cast.ben, at=when, account=there.cast.bluesky,
        mail=Mail(sender="jo@example.org", at=there.at, text=text),
    )  # fmt: skip


def _edited(there, text, when):
    ref = there.server.comment(there.published.ref, CALM, at=there.at)
    there.poll(now=when)
    there.server.edit(ref, text)
    there.poll(now=when + A_SECOND)


def _ranked_later(there, text, when):
    _by_hand(there, text, when)
    Item.every.update(lane="other", goes_first=ORDINARY, why=[], worded=False, waits_for_lead_since=None)
    Duty.objects.update(subject="inbox.item:0")
    note_words_of_earlier(at=when)
    tell_what_was_missed(at=when)


DOORS: dict[str, Callable] = {
    "poll of a network": _polled,
    "entered by hand, or by the API": _by_hand,
    "a private message": lambda there, text, when: _by_hand(there, text, when, private=True),
    "an imported list": _listed,
    "a list of what was dealt with elsewhere": lambda *given: _listed(*given, dealt_with=True),
    "forwarded mail": _mailed,
    "an edit": _edited,
    "ranked later": _ranked_later,
}


def _acts(there, item, when):
    """What ends an item, shows it or answers it."""
    ben = there.cast.ben
    given = {"by": ben, "at": when, "item": item}
    yield "closed", lambda: close_item(**given, reason="no_answer_needed")
    yield "deleted", lambda: moderate(**given, how="removed", because="rules", version=item.version)
    yield "shown", lambda: moderate(**given, how="released", version=item.version)
    yield "answered", lambda: write_answer(**given, text="Thank you.", version=item.version)
    yield "settled and closed", lambda: [
        settle_danger(**given, words="Only a game."), close_item(**given, reason="no_answer_needed")
    ]  # fmt: skip


def _asked(kind="item.danger") -> set[str]:
    rows = Duty.objects.filter(kind=kind, state="open").select_related("person")
    return {row.person.name for row in rows if row.person and not row.subject.endswith(":0")}


@pytest.mark.parametrize("door", DOORS)
def test_by_every_door_a_lead_is_told_and_no_one_ends_it_before(there, door):
    when = there.at + timedelta(hours=1)
    DOORS[door](there, TELLS, when)
    item = Item.every.select_related("account__federation", "account__school").get()
    assert "Dee Lead" in _asked()
    assert item.waits_for_lead_since is not None
    assert item.state == "open"
    for name, act in _acts(there, item, when + A_SECOND):
        with rolled_back():
            with pytest.raises(SchoolgateError) as refused:
                act()
            assert isinstance(refused.value, NotNow), name
            left = Item.every.get(pk=item.pk)
            assert (left.state, left.waits_for_lead_since is None) == ("open", False), name
            assert not Moderation.objects.exclude(how="hidden").exists(), name
    first_read.note(by=there.dee, at=when + A_SECOND, item=item)
    close_item(by=there.cast.ben, at=when + A_SECOND, item=item, reason="no_answer_needed")


@pytest.mark.parametrize("door", DOORS)
def test_an_ordinary_question_waits_for_no_one(there, door):
    DOORS[door](there, CALM, there.at + timedelta(hours=1))
    assert _asked() | _asked("item.read_first") == set()
    assert Item.every.get().waits_for_lead_since is None


KINDS = sorted(
    {(str(lane), kind) for lane in URGENT for kind in kinds()[lane]}
    | {("danger", kind) for kind in ("accuses", "colleague", "learned", "names_walled", "of_oneself")}
    | {("danger", kind) for kind in ("our_name", "poses")}
)


def test_every_kind_of_danger_is_told_and_locked_or_says_why_it_wakes_no_one(there):
    when, account = there.at + timedelta(hours=1), there.cast.bluesky
    _listed(there, CALM, when, others=[f"{CALM} {number}" for number in range(1, len(KINDS))])
    rows = list(Item.every.select_related("account__federation", "account__school", "school").order_by("pk"))
    for row, (lane, kind) in zip(rows, KINDS, strict=True):
        row.lane, row.goes_first, row.why = lane, 0, [[lane, kind, 0, 0]]
    tell_of_danger(rows, who_looks_after(account, at=when), at=when)
    dees = Duty.objects.filter(person=there.dee, state="open")
    told = set(dees.filter(kind="item.danger").values_list("subject", flat=True))
    for row, (lane, kind) in zip(rows, KINDS, strict=True):
        assert Item.every.get(pk=row.pk).waits_for_lead_since == when, kind
        quiet = lane == "danger" and kind in BY_MORNING
        assert (f"inbox.item:{row.pk}" in told) is not quiet, kind
        assert row.waits_quietly is quiet, kind
        assert (row.locked_at is not None) is (kind in ("accuses", "colleague", "learned")), kind
    assert dees.filter(kind="item.read_first", subject=f"accounts.account:{account.pk}").count() == 1
    assert {kind for _lane, kind in KINDS} >= set(BY_MORNING)
    assert all(BY_MORNING.values())


@pytest.mark.parametrize(("lane", "kept"), [("question", True), ("abuse", False), ("names_pupil", False)])
def test_what_the_model_alone_finds_is_found_by_the_leads_alone_unless_moderators_have_to_act(
    there, lane, kept
):
    when, account = there.at + timedelta(hours=1), there.cast.bluesky
    _listed(there, CALM, when)
    row = Item.every.select_related("account__federation", "account__school", "school").get()
    row.lane, row.goes_first, row.why = "danger", 0, [["danger", "learned", 0, 0], [lane, "own", 0, 0]]
    tell_of_danger([row], who_looks_after(account, at=when), at=when)
    assert row.waits_quietly
    assert (row.locked_at is not None) is row.locked_until_read is kept


# --- What is old is read, and wakes no one ------------------------------------------------------------------


@pytest.mark.parametrize("dealt_with", [False, True])
def test_a_list_of_old_comments_is_one_task_and_what_shows_no_danger_is_closed(there, dealt_with):
    when = there.at + timedelta(hours=1)
    old = when - OLD - A_SECOND
    others = ["i want to kill myself", CALM, "mum leaves us on our own all night"]
    _listed(there, TELLS, when, dealt_with=dealt_with, appeared_at=old, others=others)
    dees = Duty.objects.filter(person=there.dee, state="open")
    assert [(one.kind, one.urgency) for one in dees] == [("item.read_first", 2)]
    waiting = seeing.to_read_first(there.dee, on=when.date())
    assert len(waiting) == 3
    assert Item.every.filter(state="closed").count() == (1 if dealt_with else 0)
    assert not seeing.to_read_first(there.cast.ben, on=when.date())
    for number, item in enumerate(waiting, start=1):
        with suppress(NotNow):
            close_item(by=there.cast.ben, at=when, item=item, reason="answered_elsewhere")
        assert Item.every.get(pk=item.pk).state == "open"
        first_read.note(by=there.dee, at=when, item=item)
        assert dees.all().exists() is (number < len(waiting))
    assert Item.every.filter(waits_quietly=True).count() == 0


def test_what_is_a_week_old_still_wakes_them(there):
    when = there.at + timedelta(hours=1)
    _listed(there, TELLS, when, appeared_at=when - OLD)
    assert "Dee Lead" in _asked()
    assert _asked("item.read_first") == set()


def test_an_edit_of_an_old_one_is_new(there):
    when = there.at + OLD + timedelta(hours=1)
    _edited(there, TELLS, when)
    assert "Dee Lead" in _asked()


def test_what_waits_quietly_goes_on_to_the_next_people_after_two_days_and_not_in_minutes(there):
    when = there.at + timedelta(hours=1)
    _by_hand(there, TELLS, when, appeared_at=there.at - OLD)
    pass_danger_on(at=when + timedelta(hours=5))
    pass_quiet_on(at=when + OLD_WAITS - A_SECOND)
    assert _asked() | _asked("item.read_first") == {"Dee Lead"}
    pass_quiet_on(at=when + OLD_WAITS)
    (next_one,) = _asked("item.read_first") - {"Dee Lead"}
    pass_quiet_on(at=when + OLD_WAITS + timedelta(hours=1))
    assert _asked("item.read_first") == {"Dee Lead", next_one}
    assert next_one == "Sam Slater"
    (item,) = seeing.to_read_first(there.cast.sam, on=when.date())
    first_read.note(by=there.cast.sam, at=when + OLD_WAITS, item=item)
    assert Item.every.get().waits_for_lead_since is not None  # a lead is here, and still has to


# --- What no door told --------------------------------------------------------------------------------------


def test_what_a_door_forgot_is_told_once_within_the_minute(there):
    when = there.at + timedelta(hours=1)
    _by_hand(there, CALM, when)
    Item.every.update(lane="danger", goes_first=0, why=[["danger", "neglect", 0, 4]])
    tell_what_was_missed(at=when)
    assert "Dee Lead" in _asked()
    told = list(Duty.objects.order_by("pk"))
    tell_what_was_missed(at=when)
    first_read.note(by=there.dee, at=when, item=Item.every.select_related("account").get())
    tell_what_was_missed(at=when)
    assert list(Duty.objects.order_by("pk")) == told
