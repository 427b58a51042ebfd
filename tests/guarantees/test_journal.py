"""What was refused, taken down, ended or locked after a backup is so again in the home restored from it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps

from schoolgate.core import retention
from schoolgate.core.backups import journal
from schoolgate.core.backups.journal import Entry
from schoolgate.core.clock import local_day
from schoolgate.core.models import Restoration, Safeguarder
from schoolgate.core.retention import Columns, Happened
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.inbox.models import Answer, Item, ReplyRemoval
from schoolgate.inbox.taking_off import write_removal
from schoolgate.incidents.handling import open_report
from schoolgate.incidents.models import KeptOut, Reader, Report
from schoolgate.incidents.queries import by_code, code_of, new_mark, steps_of
from schoolgate.incidents.reporting import ReportContent, report_wrong
from schoolgate.networks.noticeboard.models import NoticeboardComment, NoticeboardPost
from schoolgate.people.leaving import record_departure
from schoolgate.people.models import Membership, Permission, RoleAssignment
from schoolgate.policy.models import Asking, DecisionRecord, Guide, PolicyVersion, ReadingLink
from schoolgate.publishing.models import Delivery, Post
from schoolgate.publishing.taking_down import take_down, write_take_down
from schoolgate.pupils.answering import record_answer
from schoolgate.pupils.keeping_off import end_keeping_off, keep_off
from schoolgate.pupils.models import Consent, NotPublished, ParentLink, Pupil
from schoolgate.records.journal import left_to_people, newer_than, note
from schoolgate.reports.after_restore import release
from tests.cast import let_go, someone
from tests.conftest import recorded
from tests.restored import restore_here
from tests.stories import rolled_back
from tests.web.everything import everything
from tests.web.things import NOW
from tests.worlds import world

HOUR = timedelta(hours=1)
LATER = NOW + HOUR
ENDS = re.compile(r"^(ended|left|revoked|locked|restricted|taken_down|withdrawn|hidden|removed)_(at|on)$")


@world(everything)
def a_school(made: SimpleNamespace, _at) -> SimpleNamespace:
    """One of everything, and a pupil whom a lead may keep off."""
    there = made.everything
    with scope(there.federation.pk):
        lead = someone("Lena Lead", "staff")
        Safeguarder.objects.create(place="lead", school=there.school, person_id=lead.pk, since=NOW - HOUR)
        pupil = Pupil.objects.get(pk=there.value("pupil"))
        link = ParentLink.objects.create(
            pupil=pupil, giver="parent", who="Mother", digest="d" * 64, by=there.sam, at=NOW - HOUR,
            expires_at=NOW + HOUR * 1000,
        )  # fmt: skip
        Reader.objects.create(report=there.report, person=there.amina, since=NOW - HOUR)
        comment = NoticeboardComment.objects.filter(ours=False).first()
        assert comment is not None
        NoticeboardComment.objects.filter(pk=comment.pk).update(state="released")
        Answer.objects.filter(pk=there.value("answer")).update(state="confirmed")
        permission = Permission.objects.create(
            role_key="slt", given_by=there.sam, written=True, at=NOW - HOUR, from_day=local_day(NOW),
            covers="x", subject="x:1",
        )  # fmt: skip
        guide = Guide.objects.create(audience="parents", about="use", by=there.sam, at=NOW - HOUR)
        version = PolicyVersion.objects.earliest("pk")
        asking = Asking.objects.create(
            person=there.amina,
            version=version,
            at=NOW - HOUR,
            by_mail=True,
            decision=DecisionRecord.objects.earliest("pk"),
        )
        reading = ReadingLink.objects.create(
            asking=asking, token_hash="e" * 64, made_at=NOW - HOUR, expires_at=NOW + HOUR
        )
    return SimpleNamespace(
        there=there, lead=lead, pupil=pupil, link=link, comment=comment, permission=permission, guide=guide,
        reading=reading,
    )  # fmt: skip


@pytest.fixture
def here(in_world, home):
    return in_world(a_school, NOW)


def fresh(row):
    return type(row)._base_manager.get(pk=row.pk)


# Each act: what a person does after the backup, and how it's seen that it was done.


def _answered(here, **its) -> None:
    record_answer(
        by=here.there.sam, at=LATER, pupil=here.pupil, uses=["picture"], answer="refused", form="spoken",
        **{"giver": "parent", "who": "Their mother"} | its,
    )  # fmt: skip


def _report(here) -> None:
    said = ReportContent(
        what="Their mother hit Ava at court.", mark=new_mark(), danger="no", about_people=[here.there.amina]
    )
    report_wrong(at=LATER, said_here=said)


def _kept_off(here) -> None:
    keep_off(by=here.lead, at=LATER, pupil=here.pupil, why="A family court order.")


def _ended_lead(here) -> None:
    Safeguarder.objects.filter(person_id=here.lead.pk).update(ended_at=LATER)


def _ended_role(here) -> None:
    RoleAssignment.objects.filter(pk=here.there.value("assignment")).update(ended_on=local_day(LATER))


def _left(here) -> None:
    let_go(here.there.amina, LATER)
    record_departure(by=here.there.sam, at=LATER, person=here.there.amina, left_on=local_day(LATER))


def _board_post(here) -> None:
    NoticeboardPost.objects.filter(pk=here.comment.post_id).update(taken_down_at=LATER)


def _board_comment(here) -> None:
    NoticeboardComment.objects.filter(pk=here.comment.pk).update(state="hidden", state_at=LATER)


def _post(here) -> None:
    take_down(
        by=here.there.sam, at=LATER, post=Post.objects.get(pk=here.there.value("post")), reason="safety"
    )


def _copy(here) -> None:
    write_take_down(Delivery.objects.get(pk=here.there.delivery.pk), at=LATER)


def _reply(here) -> None:
    row = Answer.objects.select_related("item__account", "by").get(pk=here.there.value("answer"))
    write_removal(row, at=LATER)


def _restrict(here) -> None:
    Report.objects.filter(pk=here.there.report.pk).update(restricted_at=LATER)


def _keep_out(here) -> None:
    from schoolgate.core.events import record

    KeptOut.objects.create(report=here.there.report, person=here.there.amina)
    record("report.kept_out", subject=here.there.report, at=LATER, actor=here.there.sam, number=1)
    recorded()


def _stop_reading(here) -> None:
    Reader.objects.filter(report=here.there.report, person=here.there.amina).update(ended_at=LATER)


def _may_be_shown(here) -> bool:
    return Consent.objects.filter(pupil=here.pupil).exclude(answer="given").exists()


DONE: dict[str, tuple[Callable[..., None], Callable[..., bool]]] = {
    "people.lead_ended": (
        _ended_lead,
        lambda h: not Safeguarder.objects.filter(person_id=h.lead.pk, ended_at=None).exists(),
    ),
    "people.role_ended": (
        _ended_role,
        lambda h: RoleAssignment.objects.get(pk=h.there.value("assignment")).ended_on is not None,
    ),
    "people.left": (
        _left,
        lambda h: (
            fresh(h.there.amina).left_on is not None
            and Membership.objects.get(person_id=h.there.amina.pk).ends_on is not None
        ),
    ),
    "people.permission_ended": (
        lambda h: Permission.objects.filter(pk=h.permission.pk).update(ended_at=LATER),
        lambda h: fresh(h.permission).ended_at is not None,
    ),
    "policy.guide_withdrawn": (
        lambda h: Guide.objects.filter(pk=h.guide.pk).update(ended_at=LATER),
        lambda h: fresh(h.guide).ended_at is not None,
    ),
    "policy.link_ended": (
        lambda h: ReadingLink.objects.filter(pk=h.reading.pk).update(ended_at=LATER),
        lambda h: fresh(h.reading).ended_at is not None,
    ),
    "pupils.left": (
        lambda h: Pupil.objects.filter(pk=h.pupil.pk).update(left_on=local_day(LATER)),
        lambda h: fresh(h.pupil).left_on is not None,
    ),
    "pupils.no": (_answered, _may_be_shown),
    "pupils.kept_off": (_kept_off, lambda h: NotPublished.objects.filter(ended_at=None).exists()),
    "pupils.link_revoked": (
        lambda h: ParentLink.objects.filter(pk=h.link.pk).update(revoked_at=LATER),
        lambda h: fresh(h.link).revoked_at is not None,
    ),
    "board.post_down": (
        _board_post,
        lambda h: NoticeboardPost.objects.get(pk=h.comment.post_id).taken_down_at is not None,
    ),
    "board.comment_down": (_board_comment, lambda h: fresh(h.comment).state == "hidden"),
    "publishing.post_gone": (
        _post,
        lambda h: Post.objects.get(pk=h.there.value("post")).state in ("taking_down", "taken_down"),
    ),
    "publishing.copy_gone": (_copy, lambda h: Delivery.objects.filter(of=h.there.delivery.pk).exists()),
    "inbox.reply_gone": (
        _reply,
        lambda h: ReplyRemoval.objects.filter(answer=h.there.value("answer")).exists(),
    ),
    "inbox.locked": (
        lambda h: Item.every.filter(pk=h.there.item.pk).update(locked_at=LATER),
        lambda h: Item.every.get(pk=h.there.item.pk).locked_at is not None,
    ),
    "incidents.restricted": (_restrict, lambda h: fresh(h.there.report).restricted_at is not None),
    "incidents.reported": (
        _report,
        lambda h: Report.objects.filter(reported_at__gte=LATER, kept_out__person=h.there.amina).exists(),
    ),
    "incidents.kept_out": (
        _keep_out,
        lambda h: KeptOut.objects.filter(report=h.there.report, person=h.there.amina).exists(),
    ),
    "incidents.reading_ended": (
        _stop_reading,
        lambda h: not Reader.objects.filter(person=h.there.amina, ended_at=None).exists(),
    ),
}
ELSEWHERE = {
    "erased": "tests/records/test_erasing.py",
    "pupils.off_the_list": "below: it's left to a lead",
}


def test_each_act_that_a_room_registers_is_tried_here():
    assert {one.key for one in retention.acts()} == set(DONE) | set(ELSEWHERE)


@pytest.mark.parametrize("key", sorted(DONE))
def test_what_happened_after_the_backup_is_done_again(here, key):
    do, done = DONE[key]
    act = retention.act_of(key)
    with rolled_back(), scope(here.there.federation.pk):
        assert not done(here)
        do(here)
        assert done(here)
        happened = list(act.since(NOW))
    assert happened, "the journal hears of it"
    assert {one.at > NOW for one in happened} == {True}, "later than a backup of that hour"
    with scope(here.there.federation.pk):
        assert not done(here), "as in the backup"
        for _twice in range(2):
            for one in happened:
                given = json.loads(json.dumps(dict(one.given)))
                assert act.again(one.number, given, at=LATER + HOUR) is True
        assert done(here)
        assert_no_names(happened, here)


def assert_no_names(happened: list[Happened], here) -> None:
    text = json.dumps([dict(one.given) for one in happened])
    for word in ("mother", "Ava", "Example", "Amina", "Lena", "court"):
        assert word.casefold() not in text.casefold(), f"a name or a reason in the journal: {word}"


def test_what_is_about_nothing_here_is_passed_over(here):
    with scope(here.there.federation.pk):
        for key in DONE:
            with rolled_back():
                DONE[key][0](here)
                given = dict(next(iter(retention.act_of(key).since(NOW))).given)
            given |= {"pupil": 9_000_000_001} if "pupil" in given else {}
            assert retention.act_of(key).again(9_000_000_001, given, at=LATER) is True, key


def test_each_column_that_says_that_something_ended_is_journalled_or_says_why_not():
    journalled = {(one.model._meta.label, one.when) for one in retention.acts() if isinstance(one, Columns)}
    journalled.add(("pupils.NotPublished", "ended_at"))
    found = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        if model._meta.app_label in {app.label for app in apps.get_app_configs() if "schoolgate" in app.name}
        for field in model._meta.concrete_fields
        if ENDS.match(field.name)
    }
    assert found - journalled == set(LEFT_OUT)
    assert journalled - found == {("networks.NoticeboardComment", "state_at")}


OUTSIDE = "says how a piece of the program's own work ended"
ASKS = "ends something that is asked or being worked on: it's open again, and people see it"
OPENS = "what it ended comes back as work of a person's, and opens nothing that only some may read"
LEFT_OUT: dict[tuple[str, str], str] = {
    ("inbox.WithdrawnWords", "hidden_at"): "the comment on the noticeboard tells of it",
    ("core.Backup", "ended_at"): OUTSIDE, ("core.BackupRehearsal", "ended_at"): OUTSIDE,
    ("notices.Mail", "ended_at"): OUTSIDE, ("notices.SignInMail", "ended_at"): OUTSIDE,
    ("notices.Push", "ended_at"): OUTSIDE, ("rights.Gathering", "ended_at"): OUTSIDE,
    ("people.PeopleImport", "ended_at"): OUTSIDE, ("pupils.PupilImport", "ended_at"): OUTSIDE,
    ("accounts.AccountImport", "ended_at"): OUTSIDE, ("inbox.CommentImport", "ended_at"): OUTSIDE,
    ("people.ApiToken", "ended_at"): "the restore ends them all",
    ("people.Departure", "left_on"): "`Person.left_on` is what counts",
    ("people.Directory", "ended_at"): "the person who runs the server enters it, for the installation",
    ("people.FactorReset", "ended_at"): ASKS, ("people.Absence", "ended_at"): OPENS,
    ("duties.Duty", "ended_at"): ASKS, ("rota.Rota", "ended_at"): OPENS,
    ("policy.ParentsPage", "ended_at"): OPENS, ("policy.Practice", "ended_on"): OPENS,
    ("accounts.Condition", "ended_at"): OPENS, ("accounts.TrainingWanted", "ended_at"): ASKS,
    ("accounts.Admission", "ended_at"): ASKS, ("accounts.Fake", "ended_at"): ASKS,
    ("accounts.AssociatedPage", "ended_at"): OPENS, ("accounts.FoundPage", "ended_at"): ASKS,
    ("accounts.Handover", "left_on"): ASKS, ("accounts.Handover", "ended_at"): ASKS,
    ("accounts.AccountKey", "ended_at"): "the page Backups says that keys are the old ones",
    ("accounts.PaperKey", "ended_at"): "the page Backups says that keys are the old ones",
    ("publishing.OwnDetail", "ended_at"): OPENS, ("publishing.LiveChange", "ended_at"): ASKS,
    ("publishing.OwnerPermission", "ended_at"): OPENS, ("publishing.PostWriter", "ended_at"): OPENS,
    ("inbox.MailAddress", "ended_at"): OPENS, ("inbox.Removal", "ended_at"): OPENS,
    ("inbox.OwnPhrase", "ended_at"): OPENS, ("press.Expectation", "ended_at"): OPENS,
    ("listening.Watch", "ended_at"): OPENS,
}  # fmt: skip
"""Columns that a restore may forget, and why. Think before adding to it: what a child's safety, consent or
privacy hangs on, a room registers with `core.retention`."""


@pytest.mark.parametrize("how", ["by its page", "in a list"])
def test_a_no_counts_again_whoever_took_it_in(here, how):
    with rolled_back(), scope(here.there.federation.pk):
        if how == "by its page":
            Consent.objects.create(
                pupil=here.pupil, use="picture", answer="refused", giver="parent", who="Mother", form="here",
                from_day=local_day(LATER), link=here.link, at=LATER,
            )  # fmt: skip
        else:
            from schoolgate.pupils.models import PupilImport

            listed = PupilImport.objects.order_by("pk").first()
            Consent.objects.create(
                pupil=here.pupil, use="picture", answer="refused", giver="list", form="list",
                from_day=local_day(LATER), by=here.there.sam, listed_in=listed, at=LATER,
            )  # fmt: skip
        (told,) = retention.act_of("pupils.no").since(NOW)
    given = dict(told.given)
    if how == "in a list":
        given["listed_in"] = 9_000_000_001
    with scope(here.there.federation.pk):
        assert retention.act_of("pupils.no").again(told.number, given, at=LATER) is True
        row = Consent.objects.get(pupil=here.pupil)
        assert (row.answer, row.who) == ("refused", "Mother" if how == "by its page" else "")


def test_a_no_that_nobody_here_took_is_left_to_people(here):
    given = {
        "pupil": here.pupil.pk, "people_know": here.pupil.pk, "use": "name", "channel": "",
        "answer": "refused", "giver": "parent", "form": "here", "by": None, "link": 9_000_000_001,
        "listed_in": None, "from_day": "2026-11-20", "until": None, "at": LATER.isoformat(),
    }  # fmt: skip
    with scope(here.there.federation.pk):
        assert retention.act_of("pupils.no").again(1, given, at=LATER) is False


def test_the_wall_is_opened_by_a_lead_alone(here):
    """Taken off the list after the backup: on it again, and a line for the person who releases."""
    with scope(here.there.federation.pk):
        keep_off(by=here.lead, at=NOW - HOUR, pupil=here.pupil)
    with rolled_back(), scope(here.there.federation.pk):
        end_keeping_off(by=here.lead, at=LATER, pupil=here.pupil, why="The order has ended.")
        (told,) = retention.act_of("pupils.off_the_list").since(NOW)
    with scope(here.there.federation.pk):
        assert retention.act_of("pupils.off_the_list").again(told.number, told.given, at=LATER) is False
        assert NotPublished.objects.filter(ended_at=None).exists()


# --- From the journal to the restored home


def test_the_journal_is_kept_each_minute_and_read_back_by_the_restore(own_database, in_world, home):
    here = in_world(a_school, NOW)
    federation = here.there.federation
    at, off = LATER.isoformat(), {"pupil": here.pupil.pk, "people_know": 77}
    down = {"state_at": at, "state": "removed"}
    entries = [
        Entry(federation.slug, "board.comment_down", here.comment.pk, at, down),
        Entry(federation.slug, "pupils.off_the_list", 1, at, off),
        Entry("another", "board.post_down", here.comment.post_id, at, {"taken_down_at": at}),
    ]
    with scope(federation.pk):
        keep_off(by=here.lead, at=NOW - HOUR, pupil=here.pupil)
    journal.add(entries)
    journal.add(entries)
    told = [json.loads(one)["what"] for one in journal.own().read_text().splitlines()]
    ours = [what for what in told if what != "incidents.reported"]  # those tell themselves, also in a world
    assert ours == [one.what for one in entries], "the same entry twice is one"
    restoration = restore_here(backup_at=NOW, at=LATER + HOUR)
    with scope(federation.pk):
        assert fresh(here.comment).state == "removed", "before anyone looks"
        assert fresh(here.comment.post).taken_down_at is None, "another federation's numbers"
    restoration.refresh_from_db()
    (line,) = left_to_people(federation, restoration)
    assert "Pupil 77 was taken off the do-not-publish list" in line
    release(by=None, at=LATER + HOUR, without_looking=True)


def test_the_minute_writes_what_happened_lately(own_database, in_world, home):
    here = in_world(a_school, NOW)
    with scope(here.there.federation.pk):
        _board_post(here)
        _answered(here)
    for _twice in range(2):
        note(here.there.federation.pk, at=LATER + timedelta(minutes=1))
    lines = [json.loads(one) for one in journal.own().read_text().splitlines()]
    told = [one["what"] for one in lines]
    assert (told.count("board.post_down"), told.count("pupils.no")) == (1, 1)
    restoration = Restoration(backup_at=NOW, number=1, restored_at=LATER)
    assert {"board.post_down", "pupils.no"} <= {one.what for one in newer_than(restoration)}
    after = {one.what for one in newer_than(Restoration(backup_at=LATER, number=2, restored_at=LATER))}
    assert not after & {"board.post_down", "pupils.no"}


def test_a_line_that_was_cut_off_is_said_and_the_others_count(home, tmp_path):
    path = tmp_path / journal.NAME
    whole = Entry("a", "board.post_down", 1, LATER.isoformat(), {"taken_down_at": LATER.isoformat()})
    path.write_text(whole.line + "\n" + whole.line[:40])
    found = journal.newer_than(path, NOW)
    assert (found.entries, found.torn) == ((whole,), True)
    journal.take_over(path, backup_at=NOW, at=LATER)
    again_read = journal.newer_than(journal.own(), NOW)
    assert (again_read.entries, again_read.torn) == ((whole,), False)


def test_a_line_that_was_cut_off_is_taken_off_before_the_next_so_that_all_of_it_is_read(home, caplog):
    whole = Entry("a", "board.post_down", 1, LATER.isoformat())
    journal.own().write_text("{")
    journal.add([whole])
    assert journal.own().read_text().splitlines() == [whole.line]
    assert journal.newer_than(journal.own(), NOW).entries == (whole,)
    assert "the last line of journal.jsonl was cut off" in caplog.text


def test_a_list_of_erasures_from_before_is_read(home):
    old = {
        "federation": "a",
        "kind": "comments",
        "number": 3,
        "because": "asked",
        "by": "p:1",
        "at": LATER.isoformat(),
    }
    (journal.own().parent / journal.BEFORE).write_text(json.dumps(old) + "\n")
    (found,) = journal.newer_than(journal.own(), NOW).entries
    assert (found.what, found.given["kind"]) == (journal.ERASED, "comments")


def test_a_concern_that_came_in_after_the_backup_is_known_to_be_lost_and_its_code_still_opens_it(here):
    mark = new_mark()
    with rolled_back(), scope(here.there.federation.pk):
        report_wrong(at=LATER, said_here=ReportContent(what="My uncle hit me.", mark=mark))
        (happened,) = retention.act_of("incidents.reported").since(NOW)
    act, told = retention.act_of("incidents.reported"), LATER + 30 * HOUR
    with scope(here.there.federation.pk, here.lead.pk):
        assert act.at_release, "a person has to have released the home before anyone is told"
        assert act.again(happened.number, json.loads(json.dumps(dict(happened.given))), at=told) is True
        report = by_code(code_of(mark))
        assert (report.reference, report.words_lost) == (happened.given["reference"], True)
        open_report(by=here.lead, at=told, report=report)
        words = steps_of(report)[0].words["what"]
        assert "what was written in it is lost" in words
        assert "uncle" not in words
        tasks = Duty.objects.filter(subject=subject_of(report), person=here.lead)
        assert tasks.exists(), "the lead is asked to find out who it was"
