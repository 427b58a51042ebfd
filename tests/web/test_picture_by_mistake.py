"""The questions about a picture taken by mistake, on the page of the person's own report."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.incidents.models import Report
from schoolgate.policy.adopting import adopt
from tests import days
from tests.cast import someone
from tests.incidents.conftest import wrong
from tests.web.plain import check_page
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
SENT = {
    "picture": "answers", "compromising": "yes", "could_be_misread": "yes", "copies_left": ["device"],
    "told": ["none"],
}  # fmt: skip


@world()
def picture_reported(at):
    """What Tess of the staff reported with her name; Sam is of the SLT."""
    federation = enter_federation()
    with scope(federation.pk):
        sam, tess = someone("Sam Slater", "slt"), someone("Tess Taker", "staff")
        adopt(by=sam, at=at)
        report = wrong(at, kinds=("picture_by_mistake",), reporter=tess)
    return SimpleNamespace(federation=federation, report=report, sam=sam, tess=tess)


@pytest.fixture
def begun(in_world):
    return in_world(picture_reported, NOW)


@pytest.fixture
def federation(begun):
    return begun.federation


@pytest.fixture
def reported(begun, sign_in):
    """The report, the browser of Tess, and that of Sam."""
    return begun.report, sign_in(begun.tess), sign_in(begun.sam)


def kinds(federation):
    with scope(federation.pk):
        return set(Duty.objects.filter(state="open", kind__contains="picture").values_list("kind", flat=True))


def test_it_is_answered_deleted_and_told_by_page(reported, federation):
    report, tess, _sam = reported
    here = f"/wrong/reported/{report.pk}"
    html = tess.get(here).content.decode()
    check_page(html)
    assert "Where does the picture still exist?" in html
    assert tess.post(here, SENT).status_code == 302
    asked = tess.get(here).content.decode()
    check_page(asked)
    assert "Delete the picture and every copy now." in asked
    assert "Where does the picture still exist?" not in asked
    tess.post(here, {"picture": "deleted"})
    tess.post(here, {"picture": "told"})
    assert "Nothing more to do about the picture" in tess.get(here).content.decode()
    assert kinds(federation) == set()


def test_an_answer_that_is_missing_or_wrong_is_refused_and_nobody_else_sees_the_questions(reported):
    report, tess, sam = reported
    here = f"/wrong/reported/{report.pk}"
    for sent in (
        {"compromising": ""},
        {"copies_left": []},
        {"copies_left": ["device", "none"]},
        {"copies_left": ["under the bed"]},
        {"told": ["SLT", "none"]},
        {"found_at": str(days.today() + timedelta(days=1))},
    ):
        answer = tess.post(here, SENT | sent)
        assert answer.status_code == 422, sent
        check_page(answer.content.decode())
    assert sam.post(here, SENT).status_code == 404


def test_the_person_who_deals_with_it_sees_what_was_answered_and_marks_it_deleted(reported, federation):
    report, tess, sam = reported
    tess.post(f"/wrong/reported/{report.pk}", SENT)
    assert sam.post(f"/wrong/reports/{report.pk}/picture-deleted").status_code == 403
    sam.post(f"/wrong/reports/{report.pk}/take")
    html = sam.get(f"/wrong/reports/{report.pk}").content.decode()
    check_page(html)
    assert "On a phone, camera, tablet or computer" in html
    assert "says that copies still exist" in html
    assert sam.post(f"/wrong/reports/{report.pk}/picture-deleted").status_code == 302
    assert "says that copies still exist" not in sam.get(f"/wrong/reports/{report.pk}").content.decode()
    assert kinds(federation) == set(), "the SLT has read it, and no copy is left"


def test_another_report_has_no_such_questions(reported, federation, sign_in, cast):
    _report, tess, _sam = reported
    una = cast("Una Unsure", "staff")
    with scope(federation.pk):
        other = wrong(NOW, kinds=("unsure",), reporter=una)
    here = f"/wrong/reported/{other.pk}"
    inside = sign_in(una)
    assert "About the picture" not in inside.get(here).content.decode()
    assert inside.post(here, SENT).status_code == 404
    assert tess.get(here).status_code == 404
    with scope(federation.pk):
        assert Report.objects.get(pk=other.pk).answers == {}


def test_where_the_policy_is_silent_the_page_says_so_and_what_the_taker_may_do(
    make_federation, sign_in, home
):
    federation = make_federation("wootton", "wootton")
    with scope(federation.pk):
        tess = someone("Tess Taker", "staff")
        adopt(by=someone("Karen Bright", "principal"), at=NOW)
        report = wrong(NOW, kinds=("picture_by_mistake",), reporter=tess)
    here, inside = f"/wrong/reported/{report.pk}", sign_in(tess)
    html = inside.get(here).content.decode()
    check_page(html)
    assert "Your policy doesn’t say what to do with a picture taken by mistake" in html
    assert "Tell the" not in html
    assert inside.post(here, SENT).status_code == 404
    assert inside.post(here, {"picture": "deleted"}).status_code == 302
    html = inside.get(here).content.decode()
    check_page(html)
    assert "You told us that every copy of the picture is deleted" in html
    assert kinds(federation) == set()
