"""Pages beside the stages that every concern has: a parent, private use, the reporter's own tasks, leave."""

from datetime import timedelta

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.incidents.models import Report
from schoolgate.policy.adopting import adopt
from schoolgate.policy.models import DecisionRecord, PermissionAsked
from tests.cast import someone
from tests.incidents.conftest import wrong
from tests.web.in_force import NOW, concern_taken
from tests.web.plain import check_page

PARENT = {"kinds": ["offensive"], "rank": "highest", "called_for.none_of_these": "on", "subject": "parent"}


@pytest.fixture
def taken(in_world, home, sign_in):
    """A concern that Sam of the SLT deals with: its federation, his browser, and its address."""
    there = in_world(concern_taken, NOW)
    return there.federation, sign_in(there.sam), f"/wrong/reports/{there.report.pk}"


def test_the_stage_about_a_parent_opens_once_it_is_about_one(taken):
    federation, inside, here = taken
    assert inside.get(f"{here}/stages/parent").status_code == 404
    assert "Talking to the parent" not in inside.get(here).content.decode()
    inside.post(f"{here}/stages/assess", PARENT)

    assert "Talking to the parent" in inside.get(here).content.decode()
    html = inside.get(f"{here}/stages/parent").content.decode()
    check_page(html)
    assert "Was the parent invited to talk?" in html
    day = {"_0": NOW.day, "_1": NOW.month, "_2": NOW.year}
    sent = {
        "offensive_or_unfitting": "yes", "on_official_account": "no", "referral_needed": "no",
        "asked.0.outcome": "declined", "invited.0.outcome": "Comes on Monday",
        **{f"asked.0.on{part}": number for part, number in day.items()},
        **{f"invited.0.on{part}": number for part, number in day.items()},
    }  # fmt: skip
    assert inside.post(f"{here}/stages/parent", sent).status_code == 302
    with scope(federation.pk):
        kept = DecisionRecord.objects.filter(situation="parent.approach").latest("pk")
        assert (kept.outcome, kept.points["invited_to_talk"]) == ("permitted", "permitted")
    html = inside.get(here).content.decode()
    check_page(html)
    assert "Comes on Monday" in html


def test_private_use_is_weighed_on_a_page_of_its_own_and_another_federation_sees_none(
    taken, make_federation, sign_in
):
    _federation, inside, here = taken
    inside.post(f"{here}/stages/assess", {**PARENT, "subject": "staff"})
    html = inside.get(f"{here}/stages/overuse").content.decode()
    check_page(html)
    assert "excessive" in html
    assert inside.post(f"{here}/stages/overuse", {"excessive": "no", "place": "in_school"}).status_code == 302

    with scope(make_federation("elsewhere", "wildground").pk):
        stranger = someone("Stan Stranger", "slt")
        adopt(by=stranger, at=NOW)
    assert sign_in(stranger).get(f"{here}/stages/overuse").status_code == 404


def test_a_teacher_tells_an_authority_from_the_page_of_their_own_concern(make_federation, sign_in):
    federation = make_federation("wootton", "wootton")
    with scope(federation.pk):
        adopt(by=someone("Olive Owner", "principal"), at=NOW)
        cara, ann = someone("Cara Cook", "staff"), someone("Ann Other", "staff")
        wrong(NOW, reporter=cara, kinds=["child_treated"], answers={"child": "yes", "bad_light": "yes"})
        mine = f"/wrong/reported/{Report.objects.get().pk}"
    hers = sign_in(cara)
    html = hers.get(mine).content.decode()
    check_page(html)
    assert "Tell the authorities about a child" in html
    assert "Tell your line manager what you saw online" in html
    sent = {"kind": "incidents.own_tell_authorities", "body": "police"}
    assert sign_in(ann).post(f"{mine}/done", sent).status_code == 404
    assert hers.post(f"{mine}/done", {**sent, "body": ""}).status_code >= 400
    assert hers.post(f"{mine}/done", sent).status_code == 302
    html = hers.get(mine).content.decode()
    assert "Tell the authorities about a child" not in html
    assert "Tell your line manager what you saw online" in html


def test_leave_for_a_private_phone_is_asked_for_and_given_by_page(make_federation, sign_in):
    federation = make_federation("learn-to-live", "learn-to-live")
    with scope(federation.pk):
        head = someone("Harri Head", "headteacher")
        adopt(by=head, at=NOW)
        cara = someone("Cara Cook", "staff")
    hers = sign_in(cara)
    kept = hers.post("/may-i/private-phone-for-work/keep?me=staff&way=phone&to_relation=parent")
    answer = kept.headers["Location"]
    html = hers.get(answer).content.decode()
    check_page(html)
    assert "Ask: Headteacher (Harri Head)" in html
    assert hers.post(answer, {"covers": "own_phone", "words": "For the trip."}).status_code == 302
    with scope(federation.pk):
        request = f"/policy/permissions/{PermissionAsked.objects.get().pk}"

    his = sign_in(head)
    html = his.get(request).content.decode()
    check_page(html)
    assert "May I ring or email parents" in html
    last = NOW + timedelta(days=14)
    until = {"until_0": last.day, "until_1": last.month, "until_2": last.year}
    assert his.post(request, {"says": "yes", "words": "", **until}).status_code == 302
    html = hers.get(answer).content.decode()
    check_page(html)
    assert "Ask: Headteacher" not in html
