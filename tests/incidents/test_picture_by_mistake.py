"""A picture taken by mistake: what its taker is asked, the tasks the policy gives them, and the closing."""

from datetime import timedelta

import pytest

from schoolgate.accounts.unofficial import Copy
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Refused
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.incidents import casework, handling, picture
from schoolgate.incidents.casework import case_file
from schoolgate.incidents.models import Content, Report
from schoolgate.incidents.picture import answers_of, asks, is_silent, roles_to_tell
from schoolgate.policy.models import DecisionFacts, DecisionRecord
from tests.cast import give, someone
from tests.incidents.conftest import wrong

HOUR = timedelta(hours=1)
BAD = {"compromising": True, "could_be_misread": True, "copies_left": ["device", "elsewhere"], "told": []}
KINDS = ("picture_by_mistake",)
DELETE, TELL, ANSWER = "incidents.delete_picture", "incidents.tell_picture", "incidents.about_picture"


@pytest.fixture
def wildground(under):
    federation, _school = under("wildground")
    with scope(federation.pk):
        return federation, someone("Sam Slater", "slt"), someone("Tess Taker", "staff")


def _mistake(reporter, at, **given):
    return wrong(at, what="A picture of the changing room door.", kinds=KINDS, reporter=reporter, **given)


def _open_tasks(person):
    return dict(Duty.objects.filter(person=person, state="open").values_list("kind", "due_at"))


def test_the_taker_is_asked_at_once_what_the_rules_read(wildground, at):
    federation, _sam, tess = wildground
    with scope(federation.pk):
        report = _mistake(tess, at)
        assert asks(report, at=at) == (
            "found_at", "compromising", "could_be_misread", "copies_left", "told"
        )  # fmt: skip
        assert _open_tasks(tess) == {ANSWER: at}
        assert not DecisionRecord.objects.filter(situation="image.taken").exists()


def test_deleting_and_telling_become_tasks_with_their_clause(wildground, at):
    federation, _sam, tess = wildground
    with scope(federation.pk):
        report = _mistake(tess, at)
        kept = picture.answer_picture(report=report, reporter=tess, at=at + HOUR, answers=BAD)
        assert set(kept.clauses) == {"wildground-images-10", "wildground-images-11"}
        assert _open_tasks(tess) == {DELETE: at, TELL: None}
        clauses = dict(Duty.objects.filter(person=tess, state="open").values_list("kind", "clauses"))
        assert clauses == {DELETE: ["wildground-images-10"], TELL: ["wildground-images-11"]}


def test_the_tasks_end_when_it_is_done(wildground, at):
    federation, _sam, tess = wildground
    with scope(federation.pk):
        report = _mistake(tess, at)
        picture.answer_picture(report=report, reporter=tess, at=at, answers=BAD)
        picture.picture_deleted(report=report, by=tess, at=at + HOUR)
        assert set(_open_tasks(tess)) == {TELL}
        picture.picture_told(report=report, reporter=tess, at=at + HOUR)
        assert _open_tasks(tess) == {}
        with pytest.raises(NotNow):
            picture.picture_deleted(report=report, by=tess, at=at + HOUR)


def test_the_task_of_telling_ends_when_the_role_reads_the_report(wildground, at):
    federation, sam, tess = wildground
    with scope(federation.pk, sam.pk):
        report = _mistake(tess, at)
        picture.answer_picture(report=report, reporter=tess, at=at, answers=BAD)
        handling.open_report(report=report, by=sam, at=at + HOUR)
        assert set(_open_tasks(tess)) == {DELETE}


def test_no_one_else_answers_for_the_taker(wildground, at):
    federation, sam, tess = wildground
    with scope(federation.pk, sam.pk):
        report = _mistake(tess, at)
        with pytest.raises(NotFound):
            picture.answer_picture(report=report, reporter=sam, at=at, answers=BAD)
        with pytest.raises(NotFound):
            picture.picture_deleted(report=report, by=sam, at=at)
        picture.answer_picture(report=report, reporter=tess, at=at, answers=BAD)
        with pytest.raises(NotFound):
            picture.picture_told(report=report, reporter=sam, at=at)
        with pytest.raises(NotAllowed):
            picture.picture_deleted(report=report, by=sam, at=at)
        with pytest.raises(NotNow):
            picture.answer_picture(report=report, reporter=tess, at=at, answers=BAD)


def test_the_report_stays_open_while_a_copy_is_left(wildground, at):
    federation, sam, tess = wildground
    with scope(federation.pk, sam.pk):
        report = _mistake(tess, at)
        handling.take(report=report, by=sam, at=at)
        picture.answer_picture(report=report, reporter=tess, at=at, answers=BAD)
        assert case_file(report).answers == {}, "its answers are no answers of a stage"
        with pytest.raises(Refused) as refused:
            casework.close(report=report, by=sam, at=at + HOUR, words="It is over.")
        assert "wildground-images-10" in refused.value.kept.clauses
        assert Report.objects.get(pk=report.pk).state == "taken"
        picture.picture_deleted(report=report, by=sam, at=at + HOUR)
        with pytest.raises(Refused) as still:
            casework.close(report=report, by=sam, at=at + HOUR, words="It is over.")
        assert still.value.kept.situation == "incident.conclude", "the picture no longer stops it"


def test_a_picture_that_compromises_no_person_gives_no_task(wildground, at):
    federation, _sam, tess = wildground
    with scope(federation.pk):
        report = _mistake(tess, at)
        kept = picture.answer_picture(
            report=report, reporter=tess, at=at, answers={**BAD, "compromising": False}
        )
        assert kept.outcome == "silent"
        assert _open_tasks(tess) == {}


def test_boroughbridge_asks_less_and_names_the_line_manager(under, at):
    federation, _school = under("boroughbridge")
    with scope(federation.pk):
        tess = someone("Tess Taker", "all-staff")
        give(someone("Lee Manager", "all-staff"), "line-manager", managed=tess)
        report = _mistake(tess, at)
        assert "compromising" not in asks(report, at=at)
        kept = picture.answer_picture(report=report, reporter=tess, at=at, answers=BAD)
        assert set(kept.clauses) == {"boroughbridge-images-10", "boroughbridge-images-11"}
        assert _open_tasks(tess) == {DELETE: at, TELL: None}


@pytest.mark.parametrize(
    ("key", "role", "told"),
    [
        ("wildground", "staff", ("SLT",)),
        ("boroughbridge", "all-staff", ("Line Manager",)),
        ("learn-to-live", "staff", ()),
        ("wootton", "staff", ()),
        ("llanidloes", "staff", ()),
    ],
)
def test_it_goes_to_the_role_that_the_policy_names_and_to_no_other(under, at, key, role, told):
    federation, _school = under(key)
    with scope(federation.pk):
        tess = someone("Tess Taker", role)
        give(someone("Lee Manager", role), "line-manager", managed=tess)
        report = _mistake(tess, at)
        assert roles_to_tell(report) == told
        assert is_silent(report, at=at) is (told == ())
        if told:
            picture.answer_picture(report=report, reporter=tess, at=at, answers=BAD)
        assert (TELL in _open_tasks(tess)) is bool(told)


@pytest.fixture(params=["learn-to-live", "wootton", "llanidloes"])
def silent(under, request, at):
    """A federation whose policy says nothing of such pictures, and what Tess reported there."""
    federation, _school = under(request.param)
    with scope(federation.pk):
        tess = someone("Tess Taker", "staff")
        return federation, tess, _mistake(tess, at)


def test_a_silent_policy_asks_nothing(silent, at):
    federation, tess, report = silent
    with scope(federation.pk):
        assert asks(report, at=at) == ()
        assert {ANSWER, DELETE, TELL}.isdisjoint(_open_tasks(tess))
        for refused in (
            lambda: picture.answer_picture(report=report, reporter=tess, at=at, answers=BAD),
            lambda: picture.picture_told(report=report, reporter=tess, at=at),
        ):
            with pytest.raises(NotFound):
                refused()


def test_under_a_silent_policy_the_taker_may_say_that_it_is_deleted(silent, at):
    federation, tess, report = silent
    with scope(federation.pk):
        kept = picture.picture_deleted(report=report, by=tess, at=at + HOUR)
        assert (kept.situation, kept.outcome, kept.clauses) == ("image.taken", "silent", [])
        assert answers_of(report) == {"copies_left": []}
        assert report.steps.order_by("-id")[0].kind == "added", "those who deal with it can read it"
        assert {DELETE, TELL}.isdisjoint(_open_tasks(tess))
        with pytest.raises(NotNow):
            picture.picture_deleted(report=report, by=tess, at=at + HOUR)


def test_under_a_silent_policy_no_one_else_says_so(silent, at):
    federation, _tess, report = silent
    with scope(federation.pk):
        other = someone("Una Other", "staff")
        with pytest.raises(NotFound):
            picture.picture_deleted(report=report, by=other, at=at)
        assert answers_of(report) is None
        worry = wrong(at, kinds=("unsure",), reporter=other)
        with pytest.raises(NotFound):
            picture.picture_deleted(report=worry, by=other, at=at)


def test_a_report_without_a_name_stays_without_one_under_a_silent_policy(under, at):
    federation, _school = under("wootton")
    with scope(federation.pk):
        report = _mistake(someone("Tess Taker", "staff"), at, named=False)
        assert not is_silent(report, at=at)


def test_nor_is_a_person_asked_who_left_their_name_out(wildground, at):
    federation, _sam, tess = wildground
    with scope(federation.pk):
        report = _mistake(tess, at, named=False)
        assert asks(report, at=at) == ()
        assert _open_tasks(tess) == {}


def test_the_picture_itself_is_never_stored(wildground, at):
    federation, _sam, tess = wildground
    with scope(federation.pk):
        with pytest.raises(BadInput) as bad:
            _mistake(tess, at, copy=Copy(b"jpeg", "image/jpeg"))
        assert "picture" in bad.value.fields
        assert not Report.objects.exists()
        assert not Content.objects.exists()


def test_the_decision_does_not_say_who_took_it(wildground, at):
    federation, _sam, tess = wildground
    with scope(federation.pk):
        report = _mistake(tess, at)
        kept = picture.answer_picture(report=report, reporter=tess, at=at, answers=BAD)
        assert kept.by is None
        facts = DecisionFacts.objects.get(kept=kept).facts
        assert facts["by"]["key"] == "reporter"
        assert "changing room" not in str(facts)
