"""The pages of guides and of the programme: for staff, for people who write, and for everyone."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.core.clock import local_day
from schoolgate.core.tenancy import scope
from schoolgate.policy import guides
from schoolgate.policy.adopting import adopt
from schoolgate.policy.models import GuideVersion, Lesson, ParentsPage
from tests.cast import someone
from tests.web.plain import check_page, shown_by
from tests.web.there import There
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
PAGE = f"{reverse('policy')}?as=guides"
PROGRAMME = f"{reverse('training')}?as=programme"
PUBLIC = "/wildground/guides"
TEXT = "Tell a grown-up you trust. You can talk to your teacher."


@world()
def two_languages(at):
    """Wildground in English and Welsh, its policy in force."""
    federation = enter_federation(languages=["en", "cy"])
    with scope(federation.pk):
        sam, tom = someone("Sam Slater", "slt"), someone("Tom Teacher", "staff")
        kim = someone("Kim Second", "slt")
        adopt(by=sam, at=at - timedelta(days=9))
    return SimpleNamespace(pk=federation.pk, people=SimpleNamespace(sam=sam, tom=tom, kim=kim))


@pytest.fixture
def wild(in_world, sign_in):
    """That federation, with a browser for the policy's owner and for a teacher."""
    return There(**vars(in_world(two_languages, NOW)), sign_in=sign_in)


def seen(response, status=200):
    html = response.content.decode()
    assert response.status_code == status, shown_by(html)[:600]
    check_page(html)
    return html


def guide(**given):
    whole = {
        "audience": "ks2", "about": "help", "title": "If something upsets you", "text": TEXT,
        "title_cy": "Os oes rhywbeth yn dy boeni", "text_cy": "Siarada ag oedolyn.", "public": "yes",
        "check_by": (local_day(NOW) + timedelta(days=200)).isoformat(),
    }  # fmt: skip
    return {name: value for name, value in {**whole, **given}.items() if value is not None}


def saved(wild, **given):
    answer = wild.sam.post(f"{PAGE}&guide=new", guide(**given))
    assert answer.status_code == 302
    with scope(wild.pk):
        return answer.url, GuideVersion.objects.order_by("-pk").first().guide_id


def test_a_guide_is_written_read_published_and_withdrawn(wild, client):
    assert "No guides yet" in seen(wild.sam.get(PAGE))
    address, number = saved(wild)
    html = seen(wild.sam.get(address))
    assert "Draft" in html
    assert TEXT in html
    assert wild.tom.get(f"{PAGE}&guide={number}").status_code == 404
    assert "If something upsets you" not in client.get(PUBLIC).content.decode()

    assert 'value="publish"' not in html
    assert wild.sam.post(address, {"do": "publish", "number": "1"}).status_code == 403
    assert wild.sam.post(address, {"do": "ask", "number": "1"}).status_code == 302
    assert "Asked to read it and agree:" in seen(wild.sam.get(address))
    html = seen(wild.kim.get(address))
    assert TEXT in html
    assert "Agree and publish" in html
    assert "Request changes" in html
    assert wild.kim.post(address, {"do": "publish", "number": "1"}).status_code == 302
    assert "If something upsets you" in seen(wild.tom.get(PAGE))
    assert TEXT in seen(wild.tom.get(f"{PAGE}&guide={number}"))
    listed = client.get(PUBLIC)
    assert listed["Cache-Control"] == "no-cache"
    assert "If something upsets you" in seen(listed)
    assert TEXT in seen(client.get(f"{PUBLIC}?guide={number}"))
    assert PUBLIC in seen(client.get("/wildground"))

    assert wild.sam.post(address, {"do": "end"}).status_code == 302
    assert client.get(f"{PUBLIC}?guide={number}").status_code == 404
    assert wild.tom.get(f"{PAGE}&guide={number}").status_code == 404
    assert "Withdrawn" in seen(wild.sam.get(f"{PAGE}&guide={number}"))
    assert PUBLIC not in client.get("/wildground").content.decode()


@pytest.mark.parametrize(
    ("audience", "chosen", "public"),
    [("staff", None, False), ("staff", "", False), ("staff", "yes", True), ("ks2", "", True),
     ("parents", None, True), ("parents", "no", False)],
)  # fmt: skip
def test_a_guide_for_staff_is_public_only_where_somebody_chose_it(wild, audience, chosen, public):
    new = wild.sam.get(f"{PAGE}&guide=new").context["form"]
    assert (new["public"].value(), new["audience"].value()) == ("", None)
    address, _number = saved(wild, audience=audience, public=chosen)
    with scope(wild.pk):
        assert GuideVersion.objects.get().public is public
    again = wild.sam.get(f"{address}&write=1").context["form"]["public"]
    assert (again.value(), len(again.field.choices)) == ("yes" if public else "no", 2)


def test_readers_get_their_language_and_are_told_where_there_is_none(wild, client):
    address, number = saved(wild)
    wild.kim.post(address, {"do": "publish", "number": "1"})
    other, english = saved(wild, title="Only English", title_cy=None, text_cy=None)
    wild.kim.post(other, {"do": "publish", "number": "1"})
    client.cookies["language"] = "cy"
    client.post("/language", {"language": "cy", "next": PUBLIC})
    html = client.get(f"{PUBLIC}?guide={number}").content.decode()
    assert "Siarada ag oedolyn." in html
    assert "Adolygwyd ddiwethaf: " in html
    html = client.get(f"{PUBLIC}?guide={english}").content.decode()
    assert "Saesneg" in html


def test_a_wrong_form_is_shown_again_with_what_was_typed_and_a_teacher_neither_writes_nor_publishes(wild):
    html = seen(wild.sam.post(f"{PAGE}&guide=new", guide(title="", audience="")), status=422)
    assert TEXT in html
    html = seen(wild.sam.post(f"{PAGE}&guide=new", guide(text_cy="")), status=422)
    assert "Enter both title and text in Welsh, or neither" in html

    address, _number = saved(wild)
    assert "Write a guide" not in seen(wild.tom.get(PAGE))
    assert wild.tom.get(f"{PAGE}&guide=new").status_code == 403
    assert wild.tom.post(f"{PAGE}&guide=new", guide()).status_code == 403
    assert wild.tom.post(address, {"do": "publish", "number": "1"}).status_code in (403, 404)
    with scope(wild.pk):
        assert GuideVersion.objects.get().published_at is None


def test_unknown_guides_and_steps_are_not_found_and_text_is_never_read_as_markup(wild, client):
    address, number = saved(wild)
    assert wild.sam.get(f"{PAGE}&guide=99").status_code == 404
    assert wild.sam.get(f"{PAGE}&guide=x").status_code == 404
    assert wild.sam.post(address, {"do": "shred"}).status_code == 404
    assert wild.sam.post(address, {"do": "publish", "number": "x"}).status_code == 404
    assert wild.sam.post(address, {"do": "publish", "number": "7"}).status_code == 409
    for asked in ("x", "99", str(number), ""):
        assert client.get(f"{PUBLIC}?guide={asked}").status_code == 404
    assert client.get("/nowhere/guides").status_code == 404

    address, number = saved(wild, text="<script>alert(1)</script> Tell a teacher.")
    wild.kim.post(address, {"do": "publish", "number": "1"})
    assert "<script>alert" not in client.get(f"{PUBLIC}?guide={number}").content.decode()


def test_a_hard_text_is_told_with_the_way_to_the_clause(wild):
    hard = "Inappropriate communication constitutes unacceptable behaviour necessitating intervention. " * 6
    address, _number = saved(wild, text=hard)
    html = seen(wild.sam.get(address))
    assert "Hard to read" in html
    assert "/decisions/" in html


# --- The programme


def lesson(**given):
    year = str(guides.year_of(local_day(NOW)))
    whole = {"programme": "parent", "group": "", "words": "Parents’ evening", "year": year, "term": "spring"}
    return {**whole, **given}


def test_a_parents_evening_is_planned_recorded_or_taken_off_and_a_teacher_reads_of_it(wild):
    assert "Plan a lesson" not in seen(wild.tom.get(PROGRAMME))
    assert wild.tom.post(PROGRAMME, lesson()).status_code == 403
    assert "Nothing planned." in seen(wild.sam.get(PROGRAMME))
    assert wild.sam.post(PROGRAMME, lesson()).status_code == 302
    with scope(wild.pk):
        row = Lesson.objects.get()
    assert "Planned" in seen(wild.tom.get(PROGRAMME))
    held = {"do": "held", "lesson": row.pk, f"lesson-{row.pk}-on": "", f"lesson-{row.pk}-came": "43"}
    assert "Enter a date" in seen(wild.sam.post(PROGRAMME, held), status=422)
    held[f"lesson-{row.pk}-on"] = local_day(NOW).isoformat()
    assert wild.sam.post(PROGRAMME, held).status_code == 302
    html = seen(wild.tom.get(PROGRAMME))
    assert "Held" in html
    assert "43 people came" in html

    wild.sam.post(PROGRAMME, lesson(words="Another evening"))
    with scope(wild.pk):
        row = Lesson.objects.latest("pk")
    assert wild.sam.post(PROGRAMME, {"do": "off", "lesson": row.pk}).status_code == 302
    assert "Another evening" not in seen(wild.sam.get(PROGRAMME))
    assert wild.sam.post(PROGRAMME, {"do": "off", "lesson": row.pk}).status_code == 409


def test_a_page_for_parents_is_entered_shown_and_taken_off_the_list(wild):
    assert "No page is entered." in seen(wild.sam.get(PROGRAMME))
    wrong = {"do": "page", "school": "", "address": "wildground.example/parents"}
    html = seen(wild.sam.post(PROGRAMME, wrong), status=422)
    assert "It begins with https://" in html
    assert wrong["address"] in html
    page = wrong | {"address": "https://wildground.example/parents"}
    assert wild.tom.post(PROGRAMME, page).status_code == 403
    assert wild.sam.post(PROGRAMME, page).status_code == 302
    html = seen(wild.tom.get(PROGRAMME))
    assert "Not looked at yet" in html
    assert page["address"] in html
    assert "Enter a page for parents" not in html
    with scope(wild.pk):
        off = {"do": "page-off", "page": ParentsPage.objects.get().pk}
    assert wild.tom.post(PROGRAMME, off).status_code == 403
    assert wild.sam.post(PROGRAMME, off).status_code == 302
    assert wild.sam.post(PROGRAMME, off).status_code == 404
    assert "No page is entered." in seen(wild.sam.get(PROGRAMME))


def test_years_that_are_not_shown_are_not_found(wild):
    this = guides.year_of(local_day(NOW))
    assert wild.sam.get(f"{PROGRAMME}&year={this - 1}").status_code == 200
    assert wild.sam.get(f"{PROGRAMME}&year={this + 1}").status_code == 200
    for year in (this - 2, this + 2, "x"):
        assert wild.sam.get(f"{PROGRAMME}&year={year}").status_code == 404
    assert wild.sam.post(PROGRAMME, {"do": "held", "lesson": "99"}).status_code == 404
