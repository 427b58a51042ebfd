"""The public side of reporting a concern: a page for each school, what comes back later, and what people send
who mean no good."""

import io
import re
from datetime import UTC, datetime, time
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from schoolgate.accounts.models import FoundPage
from schoolgate.core.clock import local_day
from schoolgate.core.models import Safeguarder, School
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.incidents import things
from schoolgate.incidents.ladder import whistleblowing
from schoolgate.incidents.models import Report
from schoolgate.media.models import Picture
from schoolgate.media.proving import MOST_BYTES
from schoolgate.policy.adopting import adopt
from schoolgate.rota.setting import add_shifts, make_rota
from schoolgate.rulebook import book, books
from tests.cast import someone
from tests.stories import rolled_back
from tests.web.plain import check_page
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
SENT = {"what": "Tomos is called names.", "mark": "the form's own mark", "shows": "no"}
OWNERS = {"wildground": "slt", "wootton": "principal", "llanidloes": "headteacher"}
PUBLIC = "/wildground/something-is-wrong"
NORTH = "/wildground/schools/north/something-is-wrong"


@world()
def north(at: datetime, key: str) -> SimpleNamespace:
    """That policy in force, with a school called North and its owner Olive."""
    federation = enter_federation(key, key)
    with scope(federation.pk):
        School.objects.create(
            name="North School", slug="north", country="wales" if key == "llanidloes" else "england"
        )
        owner = someone("Olive Owner", OWNERS[key])
        adopt(by=owner, at=at)
    return SimpleNamespace(federation=federation, owner=owner)


@pytest.fixture
def under(in_world, home):
    """`under("wootton")`: that federation, and its owner."""

    def enter(key: str):
        found = in_world(north, NOW, key)
        return found.federation, found.owner

    return enter


@pytest.fixture
def ours(under):
    federation, _owner = under("wildground")
    return federation


def report_of(federation) -> Report:
    with scope(federation.pk):
        return Report.objects.select_related("school").latest("pk")


# A page for each school


def test_a_schools_page_says_who_reads_when_and_what_cannot_stay_secret(client, ours):
    html = client.get(NORTH).content.decode()
    check_page(html)
    for said in (
        "North School", "Who reads it", ">SLT<", "within 60 minutes", "within 15 minutes",
        "Childline 0800 1111", "we have to tell people who can help", "We don’t record who you are",
    ):  # fmt: skip
        assert said in html
    assert "Olive" not in html
    assert "keeps children safe" not in html  # nobody is entered as that
    with scope(ours.pk):
        Safeguarder.objects.create(place="lead", person_id=someone("Dee Lead").pk, since=NOW)
    told = client.get(NORTH).content.decode()
    assert told.index("who keeps children safe (the designated safeguarding lead)") < told.index(">SLT<")
    assert html.index("Ring 999") < html.index("Who reads it") < html.index("What happened?")


def test_what_is_sent_from_a_schools_page_is_that_schools(client, ours, make_federation):
    """The federation's page lists the pages of its schools alone, and no other word leads to one."""
    answer = client.post(NORTH, SENT)
    assert (answer.status_code, report_of(ours).school.slug) == (200, "north")
    assert client.post(NORTH, {"mark": "m"}).status_code == 422

    with scope(make_federation("wootton", "wootton").pk):
        School.objects.create(name="Elsewhere", slug="elsewhere")
    html = client.get(PUBLIC).content.decode()
    assert f'href="{NORTH}"' in html
    assert "elsewhere" not in html
    assert "histleblowing" not in html, "the policy is silent about it"
    answer = client.get("/wildground/schools/nothing/something-is-wrong")
    assert answer.status_code == 404
    assert "something-is-wrong" in answer.content.decode()
    assert client.get("/nothing/schools/north/something-is-wrong").status_code == 404


def test_where_the_lead_is_told_first_the_page_says_so_and_where_nobody_is_it_says_ring(client, under):
    federation, owner = under("llanidloes")
    at = "/llanidloes/schools/north/something-is-wrong"
    with scope(federation.pk):
        lead = someone("Dee Lead", "staff")
        Safeguarder.objects.create(place="lead", person_id=lead.pk, since=NOW)
    html = client.get(at).content.decode()
    check_page(html)
    assert "the designated safeguarding person" in html
    assert "Meic 080880 23456" in html
    assert "Dee" not in html
    with scope(federation.pk):
        Safeguarder.objects.update(ended_at=NOW)
        type(owner).objects.update(left_on=NOW.date())
    assert "No one at this school can be told here today." in client.get(at).content.decode()


def test_a_person_on_duty_is_shown_without_a_name_and_only_if_they_may_know_of_concerns(client, under):
    federation, owner = under("llanidloes")
    today, there = local_day(NOW), "/llanidloes/schools/north/something-is-wrong"
    assert "on duty" not in client.get(there).content.decode()
    with scope(federation.pk):
        rota = make_rota(by=owner, at=NOW, school=None)
    for role, shown in (("staff", False), ("headteacher", True)):
        with rolled_back():
            with scope(federation.pk):
                add_shifts(
                    by=owner, at=NOW, rota=rota, weekdays=list(range(7)), starts=time(0), ends=time(23, 59),
                    nights=0, from_day=today, person=someone("Sam Slater", role),
                )  # fmt: skip
            html = client.get(there).content.decode()
        check_page(html)
        assert ("A member of staff is on duty until:" in html) is shown
        assert ("None of the people who read it is on duty now." in html) is not shown
        assert "Sam" not in html
        assert "people who work with children" not in html


# Whistleblowing


def test_whistleblowing_is_found_in_the_policys_own_words():
    for key in books():
        clauses = [one.id for one in whistleblowing(book(key))]
        assert clauses == (["wootton-reputation-26"] if key == "wootton" else []), key


def test_whistleblowing_is_shown_where_the_policy_names_it_inside_and_outside(client, under, sign_in):
    _federation, owner = under("wootton")
    for html in (
        client.get("/wootton/something-is-wrong").content.decode(),
        client.get("/wootton/schools/north/something-is-wrong").content.decode(),
        sign_in(owner).get("/wrong").content.decode(),
    ):
        check_page(html)
        assert "may follow the" in html
        assert "0800 028 0285" in html


# Questions, and what the policy asks of the reporter


def test_a_visitor_is_asked_none_of_the_policys_questions(client, ours):
    html = client.get(PUBLIC).content.decode()
    assert "Who did it?" not in html
    client.post(PUBLIC, {**SENT, "kinds": "abuse", "done_by": "staff", "part": "saw"})
    assert report_of(ours).answers == {}


def test_each_question_is_a_fold_of_its_own_and_an_answer_reaches_who_is_told(ours, sign_in):
    with scope(ours.pk):
        cara, sam = someone("Cara Teacher", "staff"), someone("Sam Slater", "slt")
    inside = sign_in(cara)
    folds = re.findall(r"<summary>\s*([^<]*?)\s*</summary>", inside.get("/wrong").content.decode())
    assert [one for one in folds if one in ("Who did it?", "Your part in it", "Is a child involved?")] == [
        "Who did it?", "Your part in it", "Is a child involved?",
    ]  # fmt: skip
    inside.post("/wrong", {**SENT, "kinds": "abuse", "done_by": "staff", "part": "saw"})
    report = report_of(ours)
    assert report.answers == {"done_by": "staff", "part": "saw"}
    shown = sign_in(sam).get(f"/wrong/reports/{report.pk}").content.decode()
    check_page(shown)
    assert "A member of staff" in shown
    assert "What the policy says about telling people" in shown


def test_who_does_not_know_says_so_and_an_answer_that_is_none_is_refused(ours, sign_in):
    with scope(ours.pk):
        inside = sign_in(someone("Cara Teacher", "staff"))
    answer = inside.post("/wrong", {**SENT, "done_by": "<script>alert(1)</script>"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "<script>alert" not in html
    with scope(ours.pk):
        assert Report.objects.count() == 0
    inside.post("/wrong", {**SENT, "kinds": "abuse", "done_by": "", "part": ""})
    assert report_of(ours).answers == {}


def test_after_sending_staff_see_what_the_policy_still_asks_of_them_and_visitors_do_not(
    client, under, sign_in
):
    _federation, owner = under("wootton")
    given = {**SENT, "kinds": "child_told", "may_be_illegal": "yes"}
    inside = sign_in(owner).post("/wrong", given).content.decode()
    check_page(inside)
    assert "The policy also asks this of you" in inside
    outside = client.post("/wootton/something-is-wrong", {**given, "mark": "other"}).content.decode()
    check_page(outside)
    assert "The policy also asks this of you" not in outside
    assert "What the policy says" not in outside


# Later


def test_by_code_more_is_added_and_by_name_from_the_list_of_my_reports(client, ours, sign_in):
    said = client.post(PUBLIC, SENT).content.decode()
    code = re.search(r'id="code" translate="no">([A-Z0-9-]+)<', said)[1]
    at = f"{PUBLIC}/answer"
    asked = client.post(at, {"code": code}).content.decode()
    check_page(asked)
    assert "Add to your concern" in asked
    bad = client.post(at, {"code": code, "words": " "})
    assert (bad.status_code, "Fill in this field" in bad.content.decode()) == (422, True)
    added = client.post(at, {"code": code, "words": "It happened <b>again</b>."}).content.decode()
    check_page(added)
    assert "Added." in added
    assert "again" not in added
    assert "You added to it:" in added
    assert client.post(at, {"code": "22222-22222", "words": "More."}).status_code == 422

    with scope(ours.pk):
        sam, cara, ann = someone("Sam", "slt"), someone("Cara", "staff"), someone("Ann", "staff")
    inside = sign_in(sam)
    at = f"/wrong/reports/{report_of(ours).pk}"
    html = inside.get(at).content.decode()
    check_page(html)
    assert "It happened &lt;b&gt;again&lt;/b&gt;." in html
    assert "Added by the person who reported it" in html

    hers = sign_in(cara)
    hers.post("/wrong", {**SENT, "mark": "hers"})
    mine = f"/wrong/reported/{report_of(ours).pk}"
    assert f'href="{mine}"' in hers.get("/wrong/reports?show=reported").content.decode()
    check_page(hers.get(mine).content.decode())
    assert hers.post(mine, {"words": " "}).status_code == 422
    sign_in(sam).post(f"/wrong/reports/{report_of(ours).pk}/take")
    hers.post(mine, {"words": "And again."})
    html = hers.get(mine).content.decode()
    check_page(html)
    assert "Sam" in html
    assert "And again." not in html
    with scope(ours.pk):
        assert Duty.objects.get(kind="incidents.read_added").person == sam
    assert sign_in(ann).get(mine).status_code == 404
    assert sign_in(ann).post(mine, {"words": "x"}).status_code == 404


def test_in_welsh(client, ours):
    headers = {"Accept-Language": "cy"}
    check_page(client.get(NORTH, headers=headers).content.decode(), "cy")
    code = re.search(
        r'id="code" translate="no">([A-Z0-9-]+)<', client.post(NORTH, SENT, headers=headers).content.decode()
    )[1]
    added = client.post(f"{PUBLIC}/answer", {"code": code, "words": "Eto."}, headers=headers).content.decode()
    check_page(added, "cy")


# One tap from where it is seen


def test_a_picture_and_a_found_page_go_along_from_their_own_pages(client, ours, sign_in):
    with scope(ours.pk):
        sam = someone("Sam", "slt")
        found = FoundPage.objects.create(
            network="facebook", address="https://facebook.example/fake", key="facebook.example/fake",
            name="North School Fans", found_by=sam, found_at=NOW,
        )  # fmt: skip
    inside = sign_in(sam)
    html = inside.get(f"/accounts/found/{found.pk}").content.decode()
    assert f'href="/wrong?on=found-{found.pk}"' in html
    form = inside.get(f"/wrong?on=found-{found.pk}").content.decode()
    assert "You came from a page found in our name" in form
    inside.post("/wrong", {**SENT, "on": f"found-{found.pk}"})
    report = report_of(ours)
    assert report.thing == f"accounts.foundpage:{found.pk}"
    shown = inside.get(f"/wrong/reports/{report.pk}").content.decode()
    assert "https://facebook.example/fake" in shown
    assert 'href="https://facebook.example/fake"' not in shown
    assert f'href="/accounts/found/{found.pk}"' in shown
    with scope(ours.pk):
        assert things.by_subject(report.thing).row == found
        assert Picture.objects.count() == 0
    page = client.get(f"{PUBLIC}?on=found-{found.pk}").content.decode()
    assert "You came from" not in page


# What people send who mean no good

SCRIPT = "<script>alert('x')</script><img src=x onerror=alert(1)>"


def test_script_in_every_field_is_only_ever_shown_as_text_and_no_link_is_made_of_it(client, ours, sign_in):
    with scope(ours.pk):
        sam = sign_in(someone("Sam", "slt"))
    answer = client.post(
        NORTH, {"what": SCRIPT, "where": SCRIPT, "contact": SCRIPT, "mark": SCRIPT, "on": SCRIPT}
    )
    assert answer.status_code == 200
    html = sam.get(f"/wrong/reports/{report_of(ours).pk}").content.decode()
    for page in (answer.content.decode(), html):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert "&lt;script&gt;alert" in html
    again = client.post(NORTH, {"what": "", "where": SCRIPT, "contact": SCRIPT, "mark": SCRIPT, "on": SCRIPT})
    assert "<script>alert" not in again.content.decode()

    for link in ("javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "//evil.example"):
        client.post(NORTH, {**SENT, "mark": link, "where": link, "contact": link})
        report = report_of(ours)
        html = sam.get(f"/wrong/reports/{report.pk}").content.decode()
        assert link.partition("<")[0] in html
        assert f'href="{link}' not in html
        assert 'href="javascript:' not in html


def test_a_picture_of_twenty_megabytes_is_refused_and_one_just_small_enough_is_made_small(client, ours):
    big = SimpleUploadedFile("big.png", b"\x89PNG" + b"0" * MOST_BYTES, "image/png")
    answer = client.post(NORTH, {**SENT, "picture": big})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "larger than 20 MB" in html
    assert "Tomos is called names." in html
    with scope(ours.pk):
        assert Report.objects.count() == 0

    upload = SimpleUploadedFile("large.png", large_picture(), "image/png")
    assert client.post(NORTH, {**SENT, "picture": upload}).status_code == 200
    assert report_of(ours).state == "reported"


def large_picture() -> bytes:
    """A picture of more than ten megabytes, and no more than may come."""
    out = io.BytesIO()
    Image.new("RGB", (2000, 1800), "red").save(out, "PNG", compress_level=0)
    assert 10_000_000 < len(out.getvalue()) <= MOST_BYTES
    return out.getvalue()


def test_a_flood_from_one_address_ends_with_the_numbers_on_every_door(client, ours, sent_before):
    assert client.post(NORTH, {"mark": "m"}).status_code == 422
    at = f"{PUBLIC}/answer"
    sent_before(30 - 1)
    codes = [client.post(at, {"code": "22222-22222"}).status_code for _ in range(2)]
    assert codes == [422, 429]
    html = client.post(at, {"code": "22222-22222"}).content.decode()
    check_page(html)
    assert "999" in html

    sent_before(300 - 1 - 1)
    doors = [client.post(door, {"mark": "m"}).status_code for door in (PUBLIC, NORTH)]
    assert doors == [422, 429], "both doors count together"


def test_a_child_is_asked_what_happened_and_whether_they_are_safe_and_nothing_else_first(client, ours):
    html = client.get(NORTH).content.decode()
    order = [
        "What happened?",
        "Are you safe now?",
        "Childline 0800 1111",
        "If you want to say more",
        "Is it about someone",
        ">Give more details<",
        "Where did it happen",
        ">Send<",
    ]
    places = [html.index(words) for words in order]
    assert places == sorted(places)
    form = html[html.index('id="concern"') : html.index("If you want to say more")]
    assert form.count("<legend") == 1
    assert form.count("<textarea") == 1
    assert '<input class="govuk-input' not in form


@pytest.mark.parametrize("who", ["Hale", "Mr Hale", "Tom Hale", "the deputy safeguarding lead"])
def test_a_child_says_in_plain_words_who_of_us_it_is_about_and_they_are_not_told(client, ours, who):
    with scope(ours.pk):
        for name, place in (("Carys Owen", "lead"), ("Tom Hale", "deputy")):
            Safeguarder.objects.create(place=place, person_id=someone(name, "staff").pk, since=NOW)
    assert client.post(NORTH, {**SENT, "about_who": who}).status_code == 200
    report = report_of(ours)
    with scope(ours.pk):
        out = {one.person.name for one in report.kept_out.all() if one.person}
        told = {one.person.name for one in report.steps.filter(kind="told") if one.person}
        assert "Tom Hale" in out
        assert "Tom Hale" not in told
        assert told or "Carys Owen" in out
