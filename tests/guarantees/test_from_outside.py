"""What comes in beside comments and concerns is read as it comes in: whoever of us it may be about finds
nothing of it, a safeguarding lead is told at once, and no one else ends it before a lead has read it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from schoolgate.accounts.models import Account, Fake
from schoolgate.accounts.unofficial import end_fake, report_fake
from schoolgate.breaches.cases import open_breach
from schoolgate.breaches.models import Breach
from schoolgate.breaches.queries import breach_for, breaches
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound, NotNow, SchoolgateError
from schoolgate.core.models import Safeguarder, School
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.inbox.desk import write_note
from schoolgate.inbox.models import Item, ItemNote
from schoolgate.inbox.seeing import notes_for
from schoolgate.incidents.handling import take
from schoolgate.incidents.models import Report, StepKind
from schoolgate.listening import finding
from schoolgate.listening.finding import add_by_hand, leave
from schoolgate.listening.models import Find
from schoolgate.listening.watching import Wanted, start_watch
from schoolgate.people.confined import meant_by, not_meant
from schoolgate.people.models import Person
from schoolgate.people.outside import TAKE_IN
from schoolgate.policy import queries as policies
from schoolgate.policy.models import PermissionAsked, RulingAsked, Suggestion
from schoolgate.policy.permitting import Lacking, Place, ask_permission, refuse_permission, request_for
from schoolgate.policy.reviewing import answer_suggestion, suggest
from schoolgate.policy.rules import question_for
from schoolgate.policy.saying import answer_in_words, put_to_role, rule_on
from schoolgate.press import enquiries
from schoolgate.press.enquiries import close
from schoolgate.press.keeping import Entered, keep_by_hand
from schoolgate.press.models import Enquiry
from schoolgate.publishing import news
from schoolgate.publishing.models import News
from schoolgate.publishing.news import decline_news, send_news
from schoolgate.rota import turns
from schoolgate.rota.models import Shift, Turn
from schoolgate.rota.setting import make_rota
from schoolgate.rota.swapping import forget_notes
from schoolgate.rota.turns import hand_over
from schoolgate.rulebook import book
from schoolgate.rulebook.adviser import ENTRIES
from tests.accounts.watched import open_account_of
from tests.cast import give, someone
from tests.guarantees.test_named_in_a_concern import hear_of
from tests.incidents.conftest import in_force, whom
from tests.stories import rolled_back
from tests.web.conftest import sign_in
from tests.worlds import world

__all__ = ["sign_in"]
ACCUSES = "Tom Ellery touched a child in the car and hit another."
COMPLAINS = "Mr Ellery is rude and useless, a disgrace, I want to complain about him."
CRIES = "i am 9 and my dad beats me and i want to die"
BY_A_JOB = (
    "The caretaker touched a child in the car and hit another.",
    "Y gofalwr wnaeth daro plentyn a chyffwrdd un arall.",
    "He touched a child in the car and hit another.",
)
PRAISES = "Thank you Tom Ellery for a lovely sports day, well done!"
NOW = datetime.now(UTC)
ROLES = [role.key for role in book("wildground").roles]


@world(in_force)
def all_staffed(there: SimpleNamespace, at: datetime, _key: str) -> SimpleNamespace:
    """Tom and Mo have every role at Wildground, Dee is its safeguarding lead, Olive looks after it."""
    with scope(there.federation.pk):
        there.dee = someone("Dee Marlow")
        Safeguarder.objects.create(place="lead", person_id=there.dee.pk, since=at)
        there.tom, there.mo = someone("Tom Ellery"), someone("Mo Hale")
        for person in (there.tom, there.mo):
            for role in ROLES:
                give(person, role)
        there.olive = Person.objects.get(name="Olive Owner")
    return there


@pytest.fixture
def at() -> datetime:
    """Now: the pages are asked for today."""
    return NOW


@pytest.fixture
def staffed(in_world, at, home) -> SimpleNamespace:
    """That world."""
    return in_world(all_staffed, at, "wildground")


def _find(there: Any, at: Any, words: str, author: str = "") -> Find:
    watch = start_watch(
        by=there.tom, at=at,
        wanted=Wanted(
            name="In public", phrases=["North School"], school=School.objects.get(), accounts=[],
            purpose="To answer what people ask.", until=(at + timedelta(days=30)).date(),
            feeds=["https://news.example/feed"],
        ),
    )  # fmt: skip
    return add_by_hand(by=there.mo, at=at, watch=watch, text=words, author=author, public=True)


def _enquiry(there: Any, at: Any, words: str, author: str = "") -> Enquiry:
    entered = Entered(how="telephone", wants=words, journalist=author, school=School.objects.get())
    return keep_by_hand(by=there.mo, at=at, entered=entered)


def _fake(_there: Any, at: Any, words: str, author: str = "") -> Fake:
    return report_fake(
        at=at, address="facebook.com/not-ours", words=f"{words} {author}", where=lambda _: "",
        school=School.objects.get(),
    )  # fmt: skip


def _news(there: Any, at: Any, words: str, author: str = "") -> News:
    return send_news(
        by=there.mo, at=at, school=School.objects.get(), kind="news", text=words, made_by="me", by_line=author
    )


def _suggestion(there: Any, at: Any, words: str, author: str = "") -> Suggestion:
    return suggest(by=there.olive, at=at, words=f"{words} {author}")


def _question(there: Any, at: Any, words: str, author: str = "") -> RulingAsked:
    entry, answers = ENTRIES["pupil-picture-website"], {"me": ["staff"]}
    return put_to_role(by=there.olive, at=at, entry=entry, answers=answers, words=f"{words} {author}")


def _handover(there: Any, at: Any, words: str, author: str = "") -> Turn:
    """Olive is on duty all day, and leaves a note."""
    day = local_day(at)
    shift = Shift.objects.create(
        rota=make_rota(by=there.mo, at=at, school=None), weekday=day.weekday(), starts=time(0), nights=1,
        ends=time(0), person=there.olive, from_day=day, set_by=there.mo, at=at,
    )  # fmt: skip
    return hand_over(by=there.olive, at=at, shift=shift, day=day, note=f"{words} {author}")


def _item(there: Any, at: Any) -> Item:
    account = Account.objects.first() or open_account_of(
        School.objects.get(), there.mo, opened_at=at - timedelta(days=9)
    )
    return Item.objects.create(
        account=account, school=account.school, network_id=str(Item.objects.count()), ref={}, version="1",
        received_at=at, first_seen_at=at, state_at=at, due_words="none",
    )  # fmt: skip


def _note(there: Any, at: Any, words: str, author: str = "") -> ItemNote:
    return write_note(by=there.mo, at=at, item=_item(there, at), text=f"{words} {author}")


def _permission(there: Any, at: Any, words: str, author: str = "") -> PermissionAsked:
    item, role = _item(there, at), book("wildground").pack.roles_with("own_policy")[0].key
    lacks = Lacking("sample", "sample", (), (role,), named=True)
    return ask_permission(
        by=there.olive, at=at, about=item, place=Place(item.school), lacks=lacks, digest="1", text="Hello.",
        words=f"{words} {author}", decision=_question(there, at, "May I?").decision,
    )  # fmt: skip


def _requests(person: Person) -> list[Any]:
    return list(PermissionAsked.objects.filter(not_meant("policy.permissionasked", person)))


def _questions(person: Person) -> list[Any]:
    return list(RulingAsked.objects.filter(not_meant("policy.rulingasked", person)))


def _item_notes(person: Person) -> list[Any]:
    return [note for item in Item.objects.all() for note in notes_for(person, item)]


def _notes(person: Person) -> list[Any]:
    return [row for row in Turn.objects.all() if turns.note_for(person, row)]


def _listed_fakes(person: Person, on: Any) -> list[Any]:
    return list(Fake.objects.filter(not_meant("accounts.fake", person)))


def _breach(there: Any, at: Any, words: str, author: str = "") -> Breach:
    return open_breach(by=there.mo, at=at, aware_at=at, what=f"{words} {author}", school=School.objects.get())


Way = tuple[Callable[..., Any], Callable[..., list[Any]], Callable[..., Any], Callable[..., Any] | None, str]
WAYS: dict[str, Way] = {
    "breaches.breach": (
        _breach,
        lambda person, on: list(breaches(person, on=on)),
        lambda person, row, on: breach_for(person, row.pk, on=on),
        None,
        "/breaches/{pk}",
    ),
    "listening.find": (
        _find,
        lambda person, on: finding.finds_for(person, on=on, state="")[0],
        lambda person, row, on: finding.find_for(person, row.pk, on=on),
        lambda by, row, at: leave(by=by, at=at, find=row, because="opinion"),
        "/inbox?as=listening&find={pk}",
    ),
    "press.enquiry": (
        _enquiry,
        lambda person, on: enquiries.enquiries_for(person, on=on, show="all")[0],
        lambda person, row, on: enquiries.enquiry_for(person, row.pk, on=on),
        lambda by, row, at: close(by=by, at=at, enquiry=row, outcome="dropped"),
        "/inbox?as=press&enquiry={pk}",
    ),
    "accounts.fake": (
        _fake,
        _listed_fakes,
        lambda person, row, on: _listed_fakes(person, on)[0],
        lambda by, row, at: end_fake(fake=row, by=by, at=at, to="gone"),
        "/accounts/fakes/{pk}",
    ),
    "publishing.news": (
        _news,
        lambda person, on: list(news.news_waiting(news.schools_decided_for(person, on=on), person)),
        lambda person, row, on: news.news_for(person, row.pk, on=on),
        lambda by, row, at: decline_news(by=by, at=at, news=row, reason="Not for us."),
        "",
    ),
    "policy.suggestion": (
        _suggestion,
        lambda person, on: list(policies.suggestions(person, sees_all=True)),
        lambda person, row, on: policies.suggestion_for(person, row.pk, sees_all=True),
        lambda by, row, at: answer_suggestion(by=by, at=at, suggestion=row, take=False, answer="No."),
        "/policy/suggestions/{pk}",
    ),
    "policy.rulingasked": (
        _question,
        lambda person, on: _questions(person),
        lambda person, row, on: question_for(person, row.pk, on=on),
        lambda by, row, at: answer_in_words(by=by, at=at, asked=row, words="No.", decline=True),
        "/may-i/asked/{pk}",
    ),
    "policy.permissionasked": (
        _permission,
        lambda person, on: _requests(person),
        lambda person, row, on: request_for(person, row.pk, on=on),
        lambda by, row, at: refuse_permission(by=by, at=at, asked=row, words="No."),
        "/policy/permissions/{pk}",
    ),
    "inbox.itemnote": (
        _note,
        lambda person, on: _item_notes(person),
        lambda person, row, on: _item_notes(person)[0],
        None,
        "",
    ),
    "rota.turn": (
        _handover,
        lambda person, on: _notes(person),
        lambda person, row, on: _notes(person)[0],
        None,
        "",
    ),
}  # fmt: skip
"""How each kind comes in, is listed, opened, ended (a note isn't), and its page."""
EACH = pytest.mark.parametrize("kind", sorted(TAKE_IN))
COMPLAINED = pytest.mark.parametrize("kind", sorted(kind for kind, one in TAKE_IN.items() if not one.of_work))
ENDED = pytest.mark.parametrize("kind", sorted(kind for kind, way in WAYS.items() if way[3]))


def test_each_kind_that_takes_words_in_is_tried_here():
    assert set(WAYS) == set(TAKE_IN)


def kept_and_told(staffed, kind, row, on):
    """It names Tom and is kept from him; Dee, who leads, is told; Mo finds it. Returns the concern."""
    _bring, listed, opened, _end, _page = WAYS[kind]
    assert row not in listed(staffed.tom, on)
    with pytest.raises((NotFound, IndexError)):
        opened(staffed.tom, row, on)
    report = Report.objects.get()
    assert report.thing == f"{kind}:{row.pk}"
    assert "Dee Marlow" in whom(report)
    assert staffed.tom.pk in meant_by([report.thing])[report.thing]
    assert Duty.objects.filter(kind__startswith="incidents.", person=staffed.dee).exists()
    assert row in listed(staffed.mo, on)
    return report


@COMPLAINED
def test_a_complaint_is_kept_from_whom_it_names_and_told_to_a_lead(staffed, at, kind):
    with scope(staffed.federation.pk):
        kept_and_told(staffed, kind, WAYS[kind][0](staffed, at, COMPLAINS), at.date())


@ENDED
def test_an_accusation_is_kept_too_and_no_one_ends_it_before_a_lead_has_read_it(staffed, at, kind):
    """A person who a lead lets in gets it back."""
    bring, listed, _opened, end, _page = WAYS[kind]
    with scope(staffed.federation.pk):
        row = bring(staffed, at, ACCUSES)
        report = kept_and_told(staffed, kind, row, at.date())
        with pytest.raises(SchoolgateError) as refused:
            end(staffed.mo, row, at)
        assert isinstance(refused.value, NotNow)
        with pytest.raises(NotFound):
            end(staffed.tom, row, at)
        with rolled_back():
            kept = report.kept_out.filter(person=staffed.tom)
            kept.update(let_in_at=at, let_in_by=staffed.dee)
            assert row in listed(staffed.tom, at.date())
        take(by=staffed.dee, at=at, report=report)
        end(staffed.mo, row, at)


@EACH
def test_the_name_of_who_wrote_it_is_read_as_well(staffed, at, kind):
    bring, listed, _opened, _end, _page = WAYS[kind]
    with scope(staffed.federation.pk):
        row = bring(staffed, at, "See the North School page.", "Tom Ellery touches kids")
        assert row not in listed(staffed.tom, at.date())
        assert "Dee Marlow" in whom(Report.objects.get())


@EACH
def test_an_accusation_is_kept_from_whom_it_names_and_told_to_a_lead(staffed, at, kind):
    with scope(staffed.federation.pk):
        kept_and_told(staffed, kind, WAYS[kind][0](staffed, at, ACCUSES), at.date())


@EACH
@pytest.mark.parametrize("words", BY_A_JOB)
def test_an_accusation_by_a_job_or_by_looks_is_known_to_the_leads_alone(staffed, at, kind, words):
    with scope(staffed.federation.pk):
        deputy = someone("Lou Tan")
        Safeguarder.objects.create(place="deputy", person_id=deputy.pk, since=at)
        WAYS[kind][0](staffed, at, words)
        report = Report.objects.get()
        assert report.about_unknown
        assert hear_of(report) == {"Dee Marlow", "Lou Tan"}


@EACH
def test_a_child_s_cry_reaches_a_lead(staffed, at, kind):
    with scope(staffed.federation.pk):
        WAYS[kind][0](staffed, at, CRIES)
        report = Report.objects.get()
        assert report.danger == "yes"
        assert "Dee Marlow" in whom(report)


@EACH
def test_praise_keeps_no_one_out_and_tells_no_one(staffed, at, kind):
    bring, listed, opened, end, _page = WAYS[kind]
    with scope(staffed.federation.pk):
        row, on = bring(staffed, at, PRAISES), at.date()
        assert row in listed(staffed.tom, on)
        assert opened(staffed.tom, row, on) == row
        assert not Report.objects.exists()
        if end:
            end(staffed.mo, row, at)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("Dee Marlow sends pupils pictures of herself in her underwear.", {"Tom Ellery", "Mo Hale"}),
        (CRIES, {"Tom Ellery", "Mo Hale", "Dee Marlow"}),
        ("Mr Ellery sent the list to all parents.", {"Tom Ellery", "Mo Hale", "Dee Marlow"}),
    ],
)
def test_the_task_of_a_breach_goes_to_no_one_it_accuses(staffed, at, words, asked):
    with scope(staffed.federation.pk):
        row = _breach(staffed, at, words)
        tasks = Duty.objects.filter(subject=f"breaches.breach:{row.pk}", state="open")
        people = {duty.person.name for duty in tasks.select_related("person") if duty.person}
        assert people & {"Tom Ellery", "Mo Hale", "Dee Marlow"} == asked
        assert Report.objects.exists() is (words != "Mr Ellery sent the list to all parents.")


def test_a_note_written_anew_is_read_anew(staffed, at):
    with scope(staffed.federation.pk):
        row = _handover(staffed, at, "The snow post is live.")
        assert not Report.objects.exists()
        for words in (ACCUSES, "Mo Hale hit a child.", "The snow post is live."):
            hand_over(by=staffed.olive, at=at, shift=row.shift, day=row.day, note=words)
        assert Report.objects.get().steps.filter(kind=StepKind.ADDED).count() == 1
        assert meant_by([f"rota.turn:{row.pk}"])[f"rota.turn:{row.pk}"] == {staffed.tom.pk, staffed.mo.pk}


def test_a_note_that_replaces_one_a_lead_was_told_of_leaves_it_readable_and_says_no_more_than_is_true(
    staffed, at, sign_in
):
    with scope(staffed.federation.pk):
        row = _handover(staffed, at, "The snow post is live.")
        address = f"/rota/shifts/{row.shift_id}/{row.day}"
    olive, told = sign_in(staffed.olive), "A safeguarding lead has been told"
    for words, alarms in (("Quiet so far.", False), (CRIES, True), ("All quiet.", False), (ACCUSES, True)):
        olive.post(f"{address}/note", {"note": words})
        assert (told in olive.get(address).content.decode()) is alarms, words
    with scope(staffed.federation.pk):
        assert Report.objects.get().steps.filter(kind=StepKind.ADDED).count() == 1
        row.refresh_from_db()
        assert (row.note, row.earlier) == (ACCUSES, CRIES)
    shown = olive.get(address).content.decode()
    assert CRIES in shown
    assert "Quiet so far." not in shown
    olive.post(f"{address}/note", {"note": ""})
    shown = olive.get(address).content.decode()
    assert CRIES in shown
    assert ACCUSES in shown
    hidden = sign_in(staffed.tom).get(address).content.decode()
    assert ACCUSES not in hidden
    assert CRIES not in hidden
    with scope(staffed.federation.pk):
        forget_notes(at=at + timedelta(days=29))
        row.refresh_from_db()
        assert (row.note, row.earlier) == ("", "")


def test_a_ruling_on_the_like_answers_none_that_a_lead_reads_first(staffed, at):
    with scope(staffed.federation.pk):
        calm, other = _question(staffed, at, "May I?"), _question(staffed, at, ACCUSES)
        assert calm.tension == other.tension
        rule_on(by=staffed.mo, at=at, asked=calm, allows=True, words="Yes, for everyone here.")
        assert [row.state for row in RulingAsked.objects.order_by("pk")] == ["ruled", "open"]


def test_who_asked_reads_what_became_of_it_and_who_helps(staffed, at, sign_in):
    with scope(staffed.federation.pk):
        row = _question(staffed, at, ACCUSES)
    shown = sign_in(staffed.olive).get(f"/may-i/asked/{row.pk}").content.decode()
    for words in ("A safeguarding lead reads this first", "999", "/wrong"):
        assert words in shown


def test_no_task_and_no_page_about_it_reaches_whom_it_names(staffed, at, sign_in):
    with scope(staffed.federation.pk):
        rows = {kind: way[0](staffed, at, ACCUSES) for kind, way in WAYS.items()}
        assert not Duty.objects.filter(kind="listening.finds", person=staffed.tom).exists()
    browser = sign_in(staffed.tom)
    for kind, (*_doors, page) in WAYS.items():
        if page:
            assert browser.get(page.format(pk=rows[kind].pk)).status_code == 404, kind
    for path in (
        "/today",
        "/inbox?as=listening",
        "/inbox?as=press",
        "/news",
        "/policy/suggestions",
        "/accounts/unofficial?show=fakes",
    ):
        shown = browser.get(path).content.decode()
        assert "touched a child" not in shown, path
        assert rows["accounts.fake"].reference not in shown, path
