"""The pages for who looks after the policy: how many know it, papers, links, engagements, and training."""

# ruff: noqa: F811 - fixtures stand in knowing_cast

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from schoolgate.policy.models import (
    PaperAnswer,
    PolicyVersion,
    TrainingRecord,
)
from schoolgate.policy.saying import attest
from schoolgate.policy.training import plan_session, record_training
from tests import days
from tests.cast import give, someone
from tests.web.knowing_cast import (  # noqa: F401 - fixtures
    DAY,
    NOW,
    amina,
    hers,
    in_force,
    owner,
    shown,
    sian,
    text,
    words_of,
)
from tests.web.plain import check_page
from tests.web.test_policy_versions import PDF


def test_who_looks_after_the_policy_sees_how_many_know_it_by_school(
    owner, sian, amina, federation, school_of
):
    with scope(federation.pk):
        give(amina, "staff", school=school_of)
        version = PolicyVersion.objects.get()
        attest(kind="policy_read", about=version, by=amina, at=NOW, seen={})
        someone("Pat Parent", relation="parent")

    html = shown(owner, reverse("known"))
    assert "1 of 2 have confirmed that they have read it." in html
    schools = html[html.index('id="schools"') :]
    row = text(schools[schools.index("North") : schools.index("No single school")])
    assert re.findall(r"\d+", row) == ["1", "1", "0", "0"]
    assert "The policy doesn’t apply to them" in html
    assert "by signing in themselves" in html
    for answer, names in (("yes", ["Amina Khan"]), ("declined", []), ("waiting", [])):
        listed = shown(owner, f"{reverse('known')}?show={answer}")
        assert [name for name in ("Amina Khan", "Pat Parent") if name in listed] == names
    assert owner.get(f"{reverse('known')}?show=maybe").status_code == 404


@pytest.fixture
def school_of(federation):
    with scope(federation.pk):
        return School.objects.create(name="North", slug="north")


def test_governors_who_oversee_look_and_staff_do_not(sian, cast, sign_in, hers, amina):
    overseer = sign_in(cast("Gwen Chair", "federation-leadership-team", relation="governor"))
    shown(overseer, reverse("known"))
    page = shown(overseer, reverse("known-person", args=[amina.pk]))

    assert "Record a paper declaration" not in page
    assert overseer.get(reverse("known-paper", args=[amina.pk])).status_code == 403
    for name, args in (("known", []), ("known-person", [amina.pk])):
        assert hers.get(reverse(name, args=args)).status_code == 403


def test_the_list_pages_by_name_with_the_same_number_of_queries(owner, federation, queries):
    def count():
        with queries() as seen:
            shown(owner, reverse("known"))
        return len(seen)

    with scope(federation.pk):
        someone("Bea First")
    count()
    before = count()
    with scope(federation.pk):
        for number in range(30):
            someone(f"Teacher {number:02}")
    assert count() == before
    following = re.search(r'href="\?(show=&amp;after=\d+)"', shown(owner, reverse("known")))[1]
    assert "Teacher 29" in shown(owner, f"{reverse('known')}?{following.replace('&amp;', '&')}")
    assert owner.get(f"{reverse('known')}?after=x").status_code == 404


def test_a_paper_is_entered_with_its_day_and_scan(owner, amina, federation):
    address = reverse("known-paper", args=[amina.pk])
    today = {"dated": f"{days.today()}"}
    sent = {"answer": "yes", **today, "scan": SimpleUploadedFile("paper.pdf", PDF)}
    assert owner.get(address)["Location"] == reverse("known-person", args=[amina.pk])
    late = owner.post(address, {**sent, "dated": "2099-01-01", "scan": SimpleUploadedFile("paper.pdf", PDF)})
    wrong = owner.post(address, {**sent, "scan": SimpleUploadedFile("paper.exe", b"MZ")})
    assert (late.status_code, wrong.status_code) == (422, 422)

    assert owner.post(address, {**sent, "scan": SimpleUploadedFile("paper.pdf", PDF)}).status_code == 302

    assert words_of(federation) == [("Amina Khan", "policy_read", True, True)]
    html = shown(owner, reverse("known-person", args=[amina.pk]))
    assert "on paper, recorded by: Sian Parry" in html
    with scope(federation.pk):
        paper = PaperAnswer.objects.get()
    assert b"".join(owner.get(reverse("known-scan", args=[paper.pk])).streaming_content) == PDF


def test_what_somebody_is_engaged_as_decides_whether_they_are_bound(make_federation, sign_in):
    with scope(make_federation("wootton", "wootton").pk):
        head, clerk = someone("Olwen Price", "principal"), someone("Una Clerk", relation="governor")
        adopt(by=head, at=NOW - DAY)
    browser = sign_in(head)
    page = reverse("known-person", args=[clerk.pk])
    assert "Not known whether the policy applies to them" in shown(browser, page)
    assert "Before giving them a part in social media" in shown(browser, page)
    assert "What is their employment status?" in shown(browser, page)

    browser.post(reverse("known-engagement", args=[clerk.pk]), {"works_as": ["consultant"]})

    assert "The policy applies to them" in shown(browser, page)


def test_a_manager_says_that_they_have_told_somebody_and_others_do_not(make_federation, sign_in):
    with scope(make_federation("wootton", "wootton").pk):
        head, lead, tom = someone("Olwen Price", "principal"), someone("Lead Lowe"), someone("Tom Teacher")
        give(lead, "line-manager", managed=tom)
        adopt(by=head, at=NOW - DAY)
    address = reverse("known-team", args=[tom.pk])

    hers = sign_in(lead)
    html = shown(hers, address)
    assert "Managers must make sure that all staff know what conduct is expected of them." in html
    assert hers.post(address, {"did": "", "on": ""}).status_code == 422
    today = days.today().isoformat()
    assert hers.post(address, {"did": "spoken", "on": today}).status_code == 302
    html = shown(hers, address)
    assert "I spoke to them about conduct below the standard" in html
    assert "Only their line manager sees this list." in html
    assert sign_in(tom).post(address, {"did": "told", "on": today}).status_code == 404
    assert sign_in(head).get(address).status_code == 404
    assert sign_in(tom).post(reverse("known-talked", args=[tom.pk])).status_code == 403


def test_a_session_is_planned_filled_and_listed(owner, amina, hers, federation):
    today = {"on": f"{days.today()}"}
    assert "Add to calendar" in shown(owner, reverse("training"))
    assert owner.post(reverse("training-plan"), {**today, "topics": ""}).status_code == 422
    made = owner.post(reverse("training-plan"), {**today, "topics": "Comments, pictures", "place": "Hall"})
    address = made["Location"]
    shown(owner, f"{address}/places")
    owner.post(f"{address}/places", {"person": [amina.pk]})
    assert "Attend the training you have a place on" in shown(hers, reverse("today"))
    assert "Comments, pictures, Hall" in text(shown(hers, reverse("training")))
    assert "Who was there?" in shown(owner, address)

    owner.post(address, {"present": [amina.pk]})

    assert "Present" in shown(owner, address)
    assert "Attendance recorded" in shown(owner, reverse("training"))
    with scope(federation.pk):
        row = TrainingRecord.objects.get()
        assert (row.person, row.topics, row.version.number) == (amina, ["Comments", "pictures"], 1)
    assert "Plan a session" not in shown(hers, reverse("training"))
    assert hers.post(reverse("training-plan"), {**today, "topics": "Pictures"}).status_code == 403


def test_a_list_is_shown_before_it_is_taken_over(owner, amina, federation):
    address = reverse("training-list")
    lines = f"Name;Day;Topic\n{amina.email};1/9/2025;Comments\nNobody Known;1/9/2025;x\nAmina Khan;soon;x\n"
    lines += "£ukasz Nowak;1/9/2025;x\nAmina Khan;9/13/2025;x\nAmina Khan;45901;x\n"
    assert owner.get(address)["Location"] == reverse("training")
    preview = owner.post(address, {"file": SimpleUploadedFile("list.csv", lines.encode())})
    html = preview.content.decode()
    check_page(html)
    with scope(federation.pk):
        assert not TrainingRecord.objects.exists()
    assert "1 record can be imported" in html
    assert "Line 3 (Nobody Known): No one here has this name or address." in text(html)
    assert "The second column must be a date such as 1/9/2026." in html
    assert "Line 5 (£ukasz Nowak): Name: letters in “£ukasz Nowak” are damaged." in text(html)
    assert "“9/13/2025” has the month first." in text(html)
    assert "“45901” is how a spreadsheet counts 01/09/2025." in text(html)

    rows = re.search(r'name="rows" value="([^"]+)"', html)[1]
    assert owner.post(address, {"rows": rows}).status_code == 302
    assert owner.post(address, {"rows": "made-up"}).status_code == 422

    with scope(federation.pk):
        row = TrainingRecord.objects.get()
        assert (row.person, row.imported, row.on.isoformat(), row.version) == (
            amina,
            True,
            "2025-09-01",
            None,
        )
    assert "Imported from a list" in shown(owner, reverse("known-person", args=[amina.pk]))


def test_a_file_that_is_no_list_is_refused_beside_its_field(owner):
    for content in (b"\x00\x01", b"", b"\n" * 5, b"x;" * 600_000):
        answer = owner.post(reverse("training-list"), {"file": SimpleUploadedFile("list.csv", content)})

        assert answer.status_code == 422, content[:5]
        check_page(answer.content.decode())


def test_the_sessions_page_costs_the_same_for_one_and_for_many(owner, sian, federation, queries):
    def count():
        with queries() as seen:
            shown(owner, reverse("training"))
        return len(seen)

    def plan(number):
        with scope(federation.pk):
            for day in range(number):
                plan_session(by=sian, at=NOW, on=(NOW + day * DAY).date(), topics=["Comments"])
                record_training(person=sian, by=sian, at=NOW)

    plan(1)
    count()
    before = count()
    plan(5)
    assert count() == before
