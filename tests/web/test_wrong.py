"""Something is wrong: from every page, by anybody, to whoever takes it."""

import io
import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from PIL import Image

from schoolgate.core.models import Federation, School, VaultSecret
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.incidents.allegations import WORDS, all_numbers, numbers
from schoolgate.incidents.models import Report
from schoolgate.networks.noticeboard.models import NoticeboardPost
from schoolgate.people.models import Person
from schoolgate.policy.adopting import adopt
from tests.cast import someone
from tests.web.plain import check_page
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
WORDS_SAID = "Tomos is called names below this post."
SENT = {"what": WORDS_SAID, "mark": "the form's own mark", "shows": "no"}


@world()
def policy_in_force(at: datetime) -> SimpleNamespace:
    """Sam, of the SLT, under a policy in force; a post on a school's noticeboard."""
    federation = enter_federation()
    with scope(federation.pk):
        sam = someone("Sam Slater", "slt")
        adopt(by=sam, at=at)
        school = School.objects.create(name="North School", slug="north")
        NoticeboardPost.objects.create(
            school=school, key="3abcdefghijkl", text="Sports day.", published_at=at
        )
    return SimpleNamespace(federation=federation, sam=sam)


@pytest.fixture
def begun(in_world, home) -> SimpleNamespace:
    return in_world(policy_in_force, NOW)


@pytest.fixture
def federation(begun) -> Federation:
    return begun.federation


@pytest.fixture
def sam(begun) -> Person:
    return begun.sam


def picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    out.seek(0)
    out.name = "seen.png"
    return out


def the_report(federation) -> Report:
    with scope(federation.pk):
        return Report.objects.select_related("school", "taken_by", "by").get()


def test_the_button_stands_on_every_kind_of_page_and_takes_the_thing_along(client, sam, sign_in):
    def leads(browser, path):
        html = browser.get(path).content.decode()
        return re.search(r'class="sg-wrong" href="([^"]*)"', html)[1]

    there = "/wildground/schools/north/something-is-wrong"
    board = "/wildground/noticeboard/north/3abcdefghijkl/"
    assert leads(client, board) == f"{there}?on=board-3abcdefghijkl"
    assert leads(client, "/wildground/noticeboard/north/") == f"{there}?on=school-north"
    assert leads(client, "/wildground/schools/north") == there
    assert leads(client, "/wildground/register") == "/wildground/something-is-wrong"
    assert leads(client, "/sign-in") == "/something-is-wrong"
    assert leads(client, "/nothing/here/at/all") == "/something-is-wrong"
    assert leads(sign_in(sam), "/today") == "/wrong"


def test_from_outside_every_federation_it_leads_to_the_only_one_or_asks(
    client, sam, sign_in, make_federation
):
    assert client.get("/something-is-wrong").headers["Location"] == "/wildground/something-is-wrong"
    assert sign_in(sam).get("/something-is-wrong").headers["Location"] == "/wrong"
    make_federation("oakfield", "wildground")
    html = client.get("/something-is-wrong").content.decode()
    check_page(html)
    assert 'href="/oakfield/something-is-wrong"' in html
    assert "999" in html


def test_a_visitor_tells_in_two_sentences_and_asks_by_code(client, sam, federation, sign_in):
    form = client.get("/wildground/something-is-wrong?on=board-3abcdefghijkl")
    html = form.content.decode()
    check_page(html)
    assert form["Cache-Control"] == "no-store"
    assert "You came from a post on the noticeboard" in html
    assert html.index("Ring 999") < html.index("What happened?")
    assert html.index("Don’t copy it") < html.index('name="picture"')

    answer = client.post(
        "/wildground/something-is-wrong", {**SENT, "on": "board-3abcdefghijkl", "picture": picture()}
    )
    said = answer.content.decode()
    check_page(said)
    report = the_report(federation)
    code = re.search(r'id="code" translate="no">([A-Z0-9-]+)<', said)[1]
    assert (answer.status_code, report.reference in said) == (200, True)
    assert (report.by, report.inside, report.school.name) == (None, False, "North School")
    assert report.thing.startswith("networks.noticeboardpost:")
    with scope(federation.pk):
        assert Duty.objects.get(kind="incidents.take").role_key == "slt"

    at = "/wildground/something-is-wrong/answer"
    assert "Not yet." in client.post(at, {"code": code}).content.decode()
    sign_in(sam).post(f"/wrong/reports/{report.pk}/take")
    seen = client.post(at, {"code": code.lower()}).content.decode()
    check_page(seen)
    assert "Yes. It’s being dealt with." in seen
    assert "Tomos" not in seen
    assert "Sam" not in seen
    assert client.post(at, {"code": "AAAAA-AAAAA"}).status_code == 422


def test_what_is_missing_is_said_and_a_form_sent_twice_is_one_report(client, sam, federation):
    at = "/wildground/something-is-wrong"
    assert client.post(at, {"mark": "m"}).status_code == 422
    bad = client.post(at, {**SENT, "picture": io.BytesIO(b"no picture")})
    assert bad.status_code == 422
    assert "JPEG, HEIC, PNG, WebP or AVIF" in bad.content.decode()
    first, second = client.post(at, SENT).content.decode(), client.post(at, SENT).content.decode()
    assert the_report(federation).reference in first
    assert re.findall(r'id="code"[^<]*<', first) == re.findall(r'id="code"[^<]*<', second)


def test_in_danger_the_numbers_come_first_on_the_next_page_and_for_whoever_sends_too_much(
    client, sam, federation, sent_before
):
    """A program in the trap is told the same as everybody, and nothing is kept."""
    at = "/wildground/something-is-wrong"
    said = client.post(at, {**SENT, "leave_this_empty": "x"}).content.decode()
    assert "Thank you for telling us" in said
    with scope(federation.pk):
        assert Report.objects.count() == 0
    said = client.post(at, {**SENT, "danger": "yes"}).content.decode()
    assert said.index("Ring 999") < said.index("<h1>")

    sent_before(300 - 2 - 1)
    assert [client.post(at, {"mark": "m"}).status_code for _ in range(2)] == [422, 429]
    html = client.post(at, {"mark": "m", "text": "My friend is hurt."}).content.decode()
    check_page(html)
    assert "My friend is hurt." in html
    assert "999" in html
    assert "0800 1111" in html


def test_another_federations_thing_is_nothing_here(client, sam, federation, make_federation):
    make_federation("oakfield", "wildground")
    html = client.get("/oakfield/something-is-wrong?on=board-3abcdefghijkl").content.decode()
    assert "You came from" not in html
    for name in ("post-1", "item-1", "picture-1", "nothing", "board-'", "account-999999999999999999999"):
        page = client.get("/wildground/something-is-wrong", {"on": name})
        assert (page.status_code, "You came from" in page.content.decode()) == (200, False)


def test_whoever_is_told_reads_takes_notes_hands_on_and_says_what_becomes_of_it(
    client, sam, federation, sign_in, cast
):
    grace = cast("Grace Obi", "federation-leadership-team")
    client.post(
        "/wildground/something-is-wrong",
        {
            **SENT,
            "on": "board-3abcdefghijkl",
            "picture": picture(),
            "kinds": "hurtful",
            "contact": "07700 900123",
        },
    )
    report, inside = the_report(federation), sign_in(sam)
    at = f"/wrong/reports/{report.pk}"
    assert "Read and respond" in inside.get("/today").content.decode()
    assert f"{at}/stages/assess" not in inside.get(at).content.decode()
    listed = inside.get("/wrong/reports").content.decode()
    check_page(listed)
    assert report.reference in listed
    assert "Tomos" not in listed
    html = inside.get(at).content.decode()
    check_page(html)
    for said in (WORDS_SAID, "Sports day.", "07700 900123", "A visitor", "Nasty or threatening words", "SLT"):
        assert said in html
    with scope(federation.pk):
        first = report.steps.order_by("id")[0]
    shown = inside.get(f"{at}/pictures/{first.pk}")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert shown["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"

    not_ours = {"to": "not_for_us", "words": "It belongs to another school."}
    assert inside.post(f"{at}/close", not_ours).status_code == 403
    inside.post(f"{at}/take")
    assert inside.post(f"{at}/take").status_code == 409
    inside.post(f"{at}/note", {"words": "The comment has been deleted. I have phoned the family."})
    assert inside.post(f"{at}/note", {"words": ""}).status_code == 422
    assert inside.post(f"{at}/hand-on", {"to": ""}).status_code == 422
    assert inside.post(f"{at}/close", {"to": "not_for_us"}).status_code == 422
    assert f"{at}/stages/assess" in inside.get(at).content.decode()
    inside.post(f"{at}/hand-on", {"to": str(grace.pk), "words": "Please go on."})
    hers = sign_in(grace)
    html = hers.get(at).content.decode()
    assert "The comment has been deleted. I have phoned the family." in html
    assert "Please go on." in html
    hers.post(f"{at}/take")
    hers.post(f"{at}/close", not_ours)
    html = hers.get(at).content.decode()
    check_page(html)
    assert "We can’t deal with it" in html


def test_who_was_not_told_finds_nothing_at_any_address_of_a_report(client, sam, browser, federation, sign_in):
    """Whoever was reads it, until the keys of the home are lost; then the page says so."""
    client.post("/wildground/something-is-wrong", {**SENT, "picture": picture()})
    report = the_report(federation)
    at = f"/wrong/reports/{report.pk}"
    with scope(federation.pk):
        first = report.steps.order_by("id")[0]
    shown = f"{at}/pictures/{first.pk}"
    for path in (at, f"{at}/pictures/1", shown):
        assert browser.get(path).status_code == 404, path
    for act in ("take", "note", "hand-on", "end"):
        assert browser.post(f"{at}/{act}").status_code == 404, act
    assert "Nothing here" in browser.get("/wrong/reports?show=all").content.decode()

    inside = sign_in(sam)
    assert inside.get(shown).status_code == 200
    with scope(federation.pk):
        VaultSecret.objects.all().delete()
    assert "This can no longer be opened." in inside.get(at).content.decode()
    assert inside.get(shown).status_code == 404


def test_somebody_inside_sees_who_has_what_they_reported(browser, sam, federation, sign_in):
    """Unless they left their name out."""
    html = browser.get("/wrong").content.decode()
    check_page(html)
    assert "Sam Slater" in html
    said = browser.post("/wrong", {**SENT, "named": "no", "mark": "another form"}).content.decode()
    assert 'id="code"' in said
    nameless = the_report(federation)
    assert nameless.by is None
    mine = "/wrong/reports?show=reported"
    assert "You haven’t reported any concerns under your name" in browser.get(mine).content.decode()

    said = browser.post("/wrong", SENT).content.decode()
    check_page(said)
    with scope(federation.pk):
        report = Report.objects.exclude(pk=nameless.pk).select_related("by").get()
    assert (report.by.name, report.inside, report.code) == ("Cara", True, "")
    assert "No one yet." in browser.get(mine).content.decode()
    sign_in(sam).post(f"/wrong/reports/{report.pk}/take")
    html = browser.get(mine).content.decode()
    check_page(html)
    assert "Sam Slater, SLT" in html
    assert "Tomos" not in html


def test_about_one_of_those_who_would_be_told_somebody_else_is(browser, sam, federation, cast, sign_in):
    grace = cast("Grace Obi", "federation-leadership-team")
    browser.post("/wrong", {**SENT, "about": f"person-{sam.pk}"})
    at = f"/wrong/reports/{the_report(federation).pk}"
    assert sign_in(sam).get(at).status_code == 404
    html = sign_in(grace).get(at).content.decode()
    assert "They haven’t been told." in html
    assert "Sam Slater" in html


def test_in_welsh(client, sam, federation, sign_in):
    headers = {"Accept-Language": "cy"}
    asked = client.get("/wildground/something-is-wrong", headers=headers).content.decode()
    check_page(asked, "cy")
    assert "A ydych yn ddiogel nawr?" in asked
    assert "Ydw, rwy’n ddiogel" in asked
    check_page(client.post("/wildground/something-is-wrong", SENT, headers=headers).content.decode(), "cy")


def test_the_list_asks_as_often_for_many_as_for_one(client, sam, federation, sign_in, same_queries):
    def report(mark: str) -> None:
        client.post("/wildground/something-is-wrong", {**SENT, "mark": mark})

    report("one")
    inside = sign_in(sam)
    inside.get("/wrong/reports")
    same_queries(lambda: inside.get("/wrong/reports"), lambda: [report(f"m{n}") for n in range(2)])


def test_every_number_has_a_source_a_day_and_the_same_words_in_both_languages():
    assert {one.key: one.says for one in all_numbers()} == {key: str(words) for key, words in WORDS.items()}
    assert [
        one for one in all_numbers() if not (one.source and one.read and (one.telephone or one.address))
    ] == []
    assert "meic" in {one.key for one in numbers("help", {"wales"})}
    assert "meic" not in {one.key for one in numbers("help", {"england"})}
    assert [one.key for one in numbers("danger", {"wales"})] == ["emergency", "emergency-text"]
