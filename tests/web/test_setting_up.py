"""Setting up, signed in: the list, schools and their days, administrators, safeguarding, policy, mail."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from schoolgate.core.clock import now
from schoolgate.core.models import CalendarDay, Safeguarder, School, Term
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.notices.models import MailServer
from schoolgate.people.models import Invitation, LeadChange, Person, RoleAssignment
from schoolgate.people.setting_up import change_school
from schoolgate.policy.models import PolicyVersion
from tests.cast import someone
from tests.days import today
from tests.web.plain import check_page

AHEAD = timedelta(days=40)
MAIL = {
    "host": "smtp.example.org", "port": "587", "security": "starttls", "user": "office",
    "password": "s3cret!", "sender": "office@example.org",
}  # fmt: skip


def written(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


@pytest.fixture
def helen(cast, sign_in):
    """Looks after people and the policy."""
    return sign_in(cast("Helen Marsh", "slt"))


@pytest.fixture
def juniors(federation) -> School:
    with scope(federation.pk):
        return School.objects.create(name="Wildground Juniors", slug="juniors")


PAGES = (
    "/set-up",
    "/set-up/schools",
    "/set-up/second",
    "/set-up/safeguarding",
    "/set-up/policy",
    "/set-up/mail",
)


def test_every_page_of_it_is_plain_and_shut_to_a_teacher(helen, browser, juniors):
    """The list says what is open and who can clear it; of a safeguarding lead, what they may read."""
    pages = {}
    for path in PAGES:
        page = helen.get(path)
        assert page.status_code == 200, path
        pages[path] = page.content.decode()
        check_page(pages[path])
        shut = browser.get(path)
        if path == "/set-up/policy":  # everybody may read which policy it is
            assert "Record its adoption" not in shut.content.decode()
            assert browser.post(path, {"adopted_on": "2026-10-01"}).status_code == 403
        else:
            assert shut.status_code == 403, path
            assert browser.post(path).status_code in (403, 405), path
    assert "Two administrators" in pages["/set-up"]
    assert "Helen Marsh" in pages["/set-up"]
    assert "The policy’s adoption date has been recorded." not in pages["/set-up"]
    assert "Which of the policy’s schools is it?" not in pages["/set-up/schools"]
    leads = pages["/set-up/safeguarding"]
    assert '<option value="" selected>Choose</option>' in leads, "nobody is chosen beforehand"
    assert "They can then read what is restricted to safeguarding leads" in leads
    assert "no permissions" not in leads


def test_a_school_is_entered_once_and_put_right(helen, federation):
    said = {"name": "Wildground Infants", "slug": "infants", "country": "england", "languages": ["en"]}
    assert helen.post("/set-up/schools", said).status_code == 302
    twice = helen.post("/set-up/schools", said)
    assert (twice.status_code, "already has this web address" in twice.content.decode()) == (422, True)
    with scope(federation.pk):
        school = School.objects.get()
    helen.post(f"/set-up/schools/{school.pk}", {"name": "Infants", "country": "wales", "languages": ["en"]})
    with scope(federation.pk):
        assert School.objects.values_list("name", "slug", "country").get() == ("Infants", "infants", "wales")


@pytest.fixture
def llanidloes(make_federation, sign_in):
    """A federation whose policy has rules for single schools, and who looks after its people."""
    federation = make_federation("llanidloes", "llanidloes")
    with scope(federation.pk):
        school = School.objects.create(name="Llanidloes High School", slug="high")
        browser = sign_in(someone("Helen Marsh", "headteacher"))
    return federation, school, browser


def test_a_school_stays_the_one_of_the_policy_when_it_gets_another_name(llanidloes):
    federation, school, browser = llanidloes
    with scope(federation.pk):
        change_school(
            by=Person.objects.get(), at=now(), school=school, name="High", country="wales", languages=["en"]
        )
    page = browser.get(f"/set-up/schools/{school.pk}").content.decode()
    check_page(page)
    assert chosen(page, "in_policy") == "Llanidloes High School"


def test_a_school_that_nobody_placed_in_the_policy_is_open_on_the_list_until_somebody_does(llanidloes):
    federation, school, browser = llanidloes
    assert "Which of the policy’s schools is it?" in browser.get("/set-up/schools").content.decode()
    with scope(federation.pk):
        School.objects.update(name="High")
    assert "Say which of the policy’s schools this is: High" in browser.get("/set-up").content.decode()
    fields = {"name": "High", "country": "wales", "languages": ["en"]}
    assert browser.post(f"/set-up/schools/{school.pk}", fields).status_code == 422
    wrong = browser.post(f"/set-up/schools/{school.pk}", fields | {"in_policy": "Eton"})
    assert wrong.status_code == 422
    assert browser.post(f"/set-up/schools/{school.pk}", fields | {"in_policy": "other"}).status_code == 302
    assert (
        "Rules for single schools can’t apply yet. Say which of the policy’s schools this is:"
        not in browser.get("/set-up").content.decode()
    )


def chosen(page: str, name: str) -> str:
    """The value of the radio that is checked."""
    (tag,) = re.findall(rf'<input[^>]*name="{name}"[^>]*checked[^>]*>', page)
    return re.search(r'value="([^"]*)"', tag).group(1)


def test_a_file_of_term_dates_is_shown_first_and_kept_when_it_is_confirmed(helen, federation, juniors):
    path = f"/set-up/schools/{juniors.pk}"
    inset = written(today() - timedelta(1))
    rows = [
        "What,From,To",
        f"Spring term,{written(today())},{written(today() + AHEAD)}",
        f"INSET,{inset},",
        f"Trip,{inset},",
    ]
    text = "\n".join(rows)
    shown = helen.post(path, {"read": "yes", "file": SimpleUploadedFile("dates.csv", text.encode())})
    page = shown.content.decode()
    check_page(page)
    assert f"Spring term; {written(today())}; {written(today() + AHEAD)}" in page
    assert "Trip" in page
    assert "Every school day, once you save" in page
    with scope(federation.pk):
        assert not Term.objects.exists()
    said = {
        "terms": f"Spring term; {written(today())}; {written(today() + AHEAD)}",
        "inset": written(today() - timedelta(1)),
    }
    assert helen.post(path, said).headers["Location"] == "/set-up/schools"
    again = helen.post(path, said, follow=True).content.decode()
    assert "Nothing has changed" in again
    with scope(federation.pk):
        assert Term.objects.values_list("name", "last_day").get() == ("Spring term", today() + AHEAD)
        assert CalendarDay.objects.get().kind == "inset"
    moved = text.replace(f"INSET,{inset}", f"INSET,{written(today() + timedelta(2))}").replace(
        f"term,{written(today())}", f"term,{written(today() - timedelta(1))}"
    )
    shown = helen.post(path, {"read": "yes", "file": SimpleUploadedFile("dates.csv", moved.encode())})
    page = shown.content.decode()
    check_page(page)
    assert f"INSET days that aren’t in this file, so left out: {inset}." in page
    assert re.search(
        rf"<textarea[^>]*name=\"inset\"[^>]*>\s*{written(today() + timedelta(2))}\s*</textarea>", page
    )


def test_a_file_or_dates_by_hand_that_cannot_be_are_refused_and_what_was_kept_stays(helen, juniors):
    """Dates by hand are named by their line."""
    path = f"/set-up/schools/{juniors.pk}"
    for content, says in [
        (b"", "empty"),
        (b"Autumn term,1/9/2020,18/12/2020", "These dates have passed. The last day is"),
        (b"\x00\x01", "not a CSV or Excel file"),
    ]:
        answer = helen.post(path, {"read": "yes", "file": SimpleUploadedFile("dates.csv", content)})
        assert (answer.status_code, says in answer.content.decode()) == (422, True), content
    for terms, says in [
        ("Spring", "Line 1: enter the name"), ("A; 1/9/2026; 31/13/2026", "Line 1: enter the name"),
        ("A; 5/1/2027; 4/1/2027", "end on or after its first day"),
        ("A; 1/9/2026; 9/9/2026\nB; 9/9/2026; 12/9/2026", "Two terms overlap"),
    ]:  # fmt: skip
        answer = helen.post(path, {"terms": terms, "inset": ""})
        assert (answer.status_code, says in answer.content.decode()) == (422, True), terms


def test_a_second_administrator_is_invited_with_the_role_or_acting(helen, federation):
    said = {"name": "Dora Deputy", "email": "dora@example.org", "role_key": "slt", "language": "en"}
    assert helen.post("/set-up/second", said).status_code == 302
    office = said | {"name": "Olu Office", "email": "olu@example.org", "acting": "on"}
    assert helen.post("/set-up/second", office).status_code == 302
    with scope(federation.pk):
        held = {h.person.name: h.acting_for_id for h in RoleAssignment.objects.select_related("person")}
        helen_pk = Person.objects.get(name="Helen Marsh").pk
    assert held == {"Helen Marsh": None, "Dora Deputy": None, "Olu Office": helen_pk}
    assert Invitation.objects.filter(used_at=None).count() == 2
    twice = helen.post("/set-up/second", said)
    assert twice.status_code == 422


def test_the_adoption_is_put_on_record_with_day_and_minute_and_only_once(helen, federation):
    said = {
        "adopted_on": "2026-10-12",
        "minute_reference": "Governors, 7",
    }
    assert helen.post("/set-up/policy", said).headers["Location"] == "/policy"
    with scope(federation.pk):
        version = PolicyVersion.objects.get()
        assert (version.state, version.adopted_on, version.minute_reference) == (
            "in_force", date(2026, 10, 12), "Governors, 7",
        )  # fmt: skip
    assert helen.post("/set-up/policy", said).status_code == 409
    assert "A policy is in force" in helen.get("/set-up/policy").content.decode()


def test_a_day_to_come_and_a_text_that_is_none_adopt_nothing(helen, federation):
    day = today() + AHEAD
    said = {
        "adopted_on": f"{day:%Y-%m-%d}",
        "minute_reference": "",
    }
    assert helen.post("/set-up/policy", said).status_code == 422
    said |= {"adopted_on": "2026-01-01"}
    bad = helen.post("/set-up/policy", said | {"text": SimpleUploadedFile("own.yaml", b"policy: [")})
    assert bad.status_code == 422
    with scope(federation.pk):
        assert not PolicyVersion.objects.exists()


def test_a_lead_is_somebody_and_not_who_names_them(helen, federation):
    """Nobody opens what is locked to the leads for themselves."""
    nobody = {"person": "", "place": "lead", "school": ""}
    assert helen.post("/set-up/safeguarding", nobody).status_code == 422
    with scope(federation.pk):
        herself = Person.objects.get(name="Helen Marsh")
    for place in ("lead", "deputy"):
        answer = helen.post("/set-up/safeguarding", {"person": herself.pk, "place": place, "school": ""})
        assert answer.status_code == 422, place
        assert "You can’t name yourself." in answer.content.decode()
    with scope(federation.pk):
        assert not Safeguarder.objects.exists()


def test_the_first_lead_is_named_at_once_and_each_later_one_by_two_people(helen, federation, cast, sign_in):
    dev, tom, cara = cast("Dev"), cast("Tom"), cast("Cara")

    def name(person, place):
        said = {"person": person.pk, "place": place, "school": ""}
        assert helen.post("/set-up/safeguarding", said).status_code == 302
        return helen.get("/set-up/safeguarding").content.decode()

    def standing():
        with scope(federation.pk):
            rows = Safeguarder.objects.filter(ended_at=None).order_by("pk")
            return list(rows.values_list("person_id", "place"))

    page = name(dev, "lead")
    assert standing() == [(dev.pk, "lead")], "nobody is there yet who could agree"
    assert "This policy doesn’t say who leads on safeguarding." in page
    page = name(tom, "deputy")
    assert "Needs a second person: the head, the chair or a governor, or a safeguarding lead." in page
    assert standing() == [(dev.pk, "lead")]
    with scope(federation.pk):
        asked = LeadChange.objects.get(state="asked")
    address = f"/set-up/leads/{asked.pk}"
    assert sign_in(cara).get(address).status_code == 404
    assert helen.get(address).status_code == 200
    agreed = {"agree": "yes", "why": "Tom has done the training."}
    assert helen.post(address, agreed).status_code == 403, "who asked"
    lead = sign_in(dev)
    shown = lead.get(address).content.decode()
    assert "They may read earlier concerns and restricted comments too" in shown
    check_page(shown, "en")
    assert lead.post(address, agreed).status_code == 302
    assert standing() == [(dev.pk, "lead"), (tom.pk, "deputy")]
    assert lead.post(address, {"decline": "yes"}).status_code == 409
    name(cara, "lead")
    with scope(federation.pk):
        asked = LeadChange.objects.get(state="asked")
    assert sign_in(tom).post(f"/set-up/leads/{asked.pk}", agreed).status_code == 302
    assert standing() == [(tom.pk, "deputy"), (cara.pk, "lead")], (
        "a new lead takes the place of the one before"
    )
    with scope(federation.pk):
        deputy, there = Safeguarder.objects.filter(ended_at=None).order_by("pk")
    end = f"/set-up/safeguarding/{deputy.pk}/end"
    for _again in range(2):
        assert helen.post(end).status_code == 302
        assert standing() == [(tom.pk, "deputy"), (cara.pk, "lead")], "no one goes by one person's word"
    with scope(federation.pk):
        goes = LeadChange.objects.get(state="asked")
    assert (goes.person_id, goes.place) == (tom.pk, "goes")
    its = f"/set-up/leads/{goes.pk}"
    why = {"agree": "yes", "why": "Tom starts at another school."}
    assert helen.post(its, why).status_code == 403, "who asked"
    assert sign_in(cara).post(its, why).status_code == 302
    assert helen.post(end).status_code == 302
    assert helen.post(end).status_code == 409
    assert helen.post(f"/set-up/safeguarding/{there.pk}/end").status_code == 409, "no one else leads"
    assert standing() == [(cara.pk, "lead")]
    told = sign_in(cara).get("/today").content.decode()
    assert "See who leads on safeguarding or is told of concerns now" in told
    with scope(federation.pk):
        ended = LeadChange.objects.get(state="ended")
    assert sign_in(cara).post(f"/set-up/leads/{ended.pk}", {"seen": "yes"}).status_code == 302
    with scope(federation.pk):
        assert not Duty.objects.filter(kind="policy.look_at_lead", person=cara.pk, ended_at=None).exists()


def test_removing_a_lead_says_first_that_two_agree_and_of_the_last_what_stops_working(
    helen, federation, cast, sign_in
):
    """Each page says before the press what the press does. The last lead's has nothing to press."""
    with scope(federation.pk):
        School.objects.create(name="Wildground Nursery", slug="nursery")
    dev, tom = cast("Dev"), cast("Tom")
    with scope(federation.pk):
        lead = Safeguarder.objects.create(place="lead", person_id=dev.pk, since=now())
        deputy = Safeguarder.objects.create(place="deputy", person_id=tom.pk, since=now())
    asked = f'href="/set-up/safeguarding/{deputy.pk}/end"'
    assert asked in helen.get("/set-up/safeguarding").content.decode()

    end, end_last = (f"/set-up/safeguarding/{one.pk}/end" for one in (deputy, lead))
    of_two = helen.get(end).content.decode()
    asked = helen.post(end, follow=True).content.decode()
    with scope(federation.pk):
        assert list(Safeguarder.objects.filter(ended_at=None).order_by("pk")) == [lead, deputy]
        goes = LeadChange.objects.get(state="asked")
    agreed = {"agree": "yes", "why": "Tom starts at another school."}
    assert sign_in(dev).post(f"/set-up/leads/{goes.pk}", agreed).status_code == 302
    of_agreed = helen.get(end).content.decode()
    helen.post(end)
    of_one = helen.get(end_last).content.decode()

    for shown in (of_two, asked, of_agreed, of_one):
        check_page(shown, "en")
    two = "Nothing changes until a second person agrees"
    assert [two in one for one in (of_two, of_agreed, of_one)] == [True, False, False]
    assert "They lead until that person agrees" in asked
    says = "Report and lock stops working"
    assert (says in of_two, says in of_one, "Wildground Nursery" in of_one) == (False, True, True)
    presses = [
        f'action="{address}"' in one for address, one in ((end, of_two), (end, of_agreed), (end_last, of_one))
    ]
    assert presses == [True, True, False]
    assert helen.post(end_last).status_code == 409
    with scope(federation.pk):
        assert list(Safeguarder.objects.filter(ended_at=None)) == [lead]


def test_each_other_page_that_takes_a_lead_out_says_first_that_two_agree(make_federation, sign_in):
    """It asks then and changes nothing. Of someone who leads nowhere it says nothing."""
    federation = make_federation("learn-to-live", "learn-to-live")
    with scope(federation.pk):
        School.objects.create(name="North", slug="north")
        admin, officer, other = (
            someone("Ada Admin", "network-manager"),
            someone("Olu Officer"),
            someone("Nan Other", "headteacher"),
        )
        Safeguarder.objects.create(place="lead", person_id=someone("Lena Lead").pk, since=now())
        held = RoleAssignment.objects.create(
            person=officer, role_key="designated-safeguarding-officer", scope_kind="federation",
            from_day=today(), leads_since=now(),
        )  # fmt: skip
    browser = sign_in(admin)
    two = "Nothing changes until a second person agrees"
    for way in ("away?for=leave", "away?for=leaving", "roles"):
        shown = browser.get(f"/people/{officer.pk}/{way}").content.decode()
        check_page(shown, "en")
        assert two in shown, way
        assert two not in browser.get(f"/people/{other.pk}/{way}").content.decode(), way
    asked = browser.post(f"/people/{officer.pk}/roles/{held.pk}/end")
    with scope(federation.pk):
        goes = LeadChange.objects.get(state="asked", person=officer)
        assert RoleAssignment.objects.get(pk=held.pk).ended_on is None
    assert asked.url == f"/set-up/leads/{goes.pk}"


def test_the_mail_server_is_kept_sealed_and_its_password_is_never_shown(helen):
    """It is kept for the same server only. Before a server is entered no test mail goes; a wrong code
    proves nothing."""
    answer = helen.post("/set-up/mail/test", {"to": "olu@example.org"})
    assert (answer.status_code, "No email server has been set up." in answer.content.decode()) == (422, True)
    assert helen.post("/set-up/mail/test", {"to": "nobody"}).status_code == 422

    assert helen.post("/set-up/mail", MAIL).status_code == 302
    row = MailServer.objects.get()
    assert (row.host, "s3cret!" in row.sealed_password) == ("smtp.example.org", False)
    assert "s3cret!" not in helen.get("/set-up/mail").content.decode()
    assert helen.post("/set-up/mail", MAIL | {"port": "0", "password": "other!"}).status_code == 422
    answer = helen.post("/set-up/mail/code", {"code": "000000"})
    assert (answer.status_code, "Send a test email first" in answer.content.decode()) == (422, True)

    sealed = MailServer.objects.get().sealed_password
    assert sealed == row.sealed_password
    helen.post("/set-up/mail", MAIL | {"password": "", "sender": "head@example.org"})
    assert MailServer.objects.get().sealed_password == sealed
    helen.post("/set-up/mail", MAIL | {"password": "", "host": "smtp.elsewhere.example"})
    assert MailServer.objects.get().sealed_password == ""


def test_the_mail_server_of_a_home_with_several_federations_is_not_set_on_a_page(helen, make_federation):
    make_federation("wootton", "wootton")
    assert helen.get("/set-up/mail").status_code == 403
    assert helen.post("/set-up/mail", MAIL).status_code == 403
    assert helen.post("/set-up/mail/test", {"to": "olu@example.org"}).status_code == 403
    assert not MailServer.objects.exclude(host="").exists()


def test_an_example_home_takes_no_mail_server(make_federation, sign_in):
    federation = make_federation("wildground", is_example=True)
    with scope(federation.pk):
        person = someone("Helen Marsh", "slt")
    assert sign_in(person).post("/set-up/mail", MAIL).status_code == 403
