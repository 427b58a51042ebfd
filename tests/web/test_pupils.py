"""The pages of pupils and consents: the office imports and records, a teacher sees yes or no, never why."""

import re
from itertools import product
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from schoolgate.core.clock import now
from schoolgate.core.models import Safeguarder, School
from schoolgate.core.tenancy import scope
from schoolgate.people.models import Person
from schoolgate.policy.choices import choose_withdrawn_within
from schoolgate.pupils.answering import record_answer
from schoolgate.pupils.models import Consent, NotPublished, Pupil, PupilChange, PupilGroup
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.trying import book_with_alone
from schoolgate.web.pupils import pupil as pupils_pages
from schoolgate.web.pupils import pupil as walls
from tests.cast import someone
from tests.pupils.lists import HEAD, line
from tests.web.plain import check_page
from tests.worlds import enter_federation, world


@world()
def office_and_ava(at):
    """Amina keeps consents, Ben leads on safeguarding, Cara teaches; one pupil, Ava."""
    federation = enter_federation()
    with scope(federation.pk):
        school = School.objects.create(name="Wildground Juniors", slug="juniors")
        people = {
            "amina": someone("Amina", "slt"),
            "ben": someone("Ben", "staff"),
            "cara": someone("Cara", "staff"),
        }
        Safeguarder.objects.create(place="lead", person_id=people["ben"].pk, since=at)
        ava = Pupil.objects.create(school=school, key="A1", first_name="Ava", last_name="Thomas", form="4B")
    return SimpleNamespace(federation=federation, school=school, ava=ava, people=people)


@pytest.fixture
def begun(in_world, at, home):
    return in_world(office_and_ava, at)


@pytest.fixture
def federation(begun):
    return begun.federation


@pytest.fixture
def office(begun, sign_in):
    """The school, Ava, and a browser for each of them."""
    browsers = {name: sign_in(one) for name, one in begun.people.items()}
    return {"school": begun.school, "ava": begun.ava, **browsers}


def shown(client, path, status=200, **data):
    answer = client.post(path, data) if data else client.get(path)
    assert answer.status_code == status
    html = answer.content.decode()
    check_page(html, "en")
    return html


def test_the_office_imports_explains_and_confirms(office, federation):
    amina = office["amina"]
    content = "\n".join([HEAD + ",Medical", line("A2", "Tomos", "Ellis", picture="Y", form="4B") + ",asthma"])
    at = amina.post(
        reverse("pupils-import"), {"file": SimpleUploadedFile("pupils.csv", content.encode())}
    ).headers["Location"]
    headings = {
        "key": "UPN", "first_name": "Forename", "last_name": "Surname", "form": "Reg", "picture": "Photos",
        "all_school": str(office["school"].pk), "name_of_mapping": "Pupils",
    }  # fmt: skip
    look = amina.post(at, headings).headers["Location"]
    html = shown(amina, look)
    assert "Some values aren’t explained, so nothing can be imported" in html
    assert "Medical" in html
    words = shown(amina, f"{look}/words".replace("/preview", ""))
    field = words.split('<select name="')[1].split('"')[0]
    amina.post(f"{look}/words", {field: "given"})
    html = shown(amina, look)
    seen = html.split('name="seen" value="')[1].split('"')[0]
    done = amina.post(f"{look}/confirm", {"seen": seen})
    assert done.headers["Location"] == reverse("pupils")
    with scope(federation.pk):
        assert Consent.objects.get().answer == "given"
    assert "Tomos Ellis" in shown(amina, reverse("pupils"))
    other = SimpleUploadedFile("other.csv", b"Number,First name,Last name\nA2,Tomos,Ellis\n")
    at = amina.post(reverse("pupils-import"), {"file": other}).headers["Location"]
    assert 'name="name_of_mapping" value="Pupils 2"' in shown(amina, at)  # *Pupils* is taken


def test_another_name_under_a_number_is_ticked_before_it_is_imported(office, federation):
    amina = office["amina"]
    content = "\n".join([HEAD, line("A1", "Eve", "Nowak")])
    sent = SimpleUploadedFile("pupils.csv", content.encode())
    at = amina.post(reverse("pupils-import"), {"file": sent}).headers["Location"]
    headings = {
        "key": "UPN", "first_name": "Forename", "last_name": "Surname",
        "all_school": str(office["school"].pk), "name_of_mapping": "Pupils",
    }  # fmt: skip
    look = amina.post(at, headings).headers["Location"]
    html = shown(amina, look)
    assert "1 row may be about someone else" in html
    assert "Row 2: Eve Nowak, A1. Is this still Ava Thomas?" in html
    seen = html.split('name="seen" value="')[1].split('"')[0]
    refused = amina.post(f"{look}/confirm", {"seen": seen})
    assert refused.status_code == 409
    assert "Tick each row that is about the same person" in refused.content.decode()
    assert amina.post(f"{look}/confirm", {"seen": seen, "agreed": "2"}).status_code == 302
    with scope(federation.pk):
        assert Pupil.objects.get(key="A1").name == "Eve Nowak"


def test_a_teacher_sees_yes_or_no_and_no_reasons(office):
    """On a pupil's page, and on the list before the match."""
    path = reverse("pupil", args=[office["ava"].pk])
    said = {"do": "answer", "uses": ["picture"], "answer": "refused", "giver": "parent", "who": "Ann Thomas"}
    html = shown(office["amina"], path, 422, do="answer", answer="given")
    assert "Choose what the answer is about." in html
    assert office["amina"].post(path, {**said, "form": "paper"}).status_code == 302
    assert "Consent refused" in shown(office["amina"], path)
    html = shown(office["cara"], path)
    assert "Ava Thomas" in html
    for secret in ("refused", "Ann Thomas", "Record an answer"):
        assert secret not in html
    assert office["cara"].post(path, {**said, "form": "paper"}).status_code == 403

    assert "Choose a class or group" in shown(office["cara"], reverse("pupils") + "?show=list")
    html = shown(office["cara"], reverse("pupils") + "?show=list&class=4B")
    assert "Ava Thomas" in html
    assert html.split("Ava Thomas")[1].count("No\n") or ">No<" in html
    for secret in ("refused", "Ann Thomas", "not-publish"):
        assert secret not in html
    assert office["cara"].get(reverse("pupils") + "?show=list&class=9Z").status_code == 404


def test_only_the_safeguarding_lead_sees_the_list_and_why(office, federation):
    path = reverse("pupil", args=[office["ava"].pk])
    assert office["amina"].post(path, {"do": "keep-off"}).status_code == 403
    assert office["ben"].post(path, {"do": "keep-off", "why": "Court order"}).status_code == 302
    assert "Court order" in shown(office["ben"], path)
    for name in ("amina", "cara"):
        html = shown(office[name], path)
        assert "Court order" not in html
        assert "do-not-publish" not in html.lower().replace("on the do-not-publish list.", "")
    assert office["ben"].post(path, {"do": "end", "end-why": "."}).status_code == 422
    assert office["amina"].post(path, {"do": "end", "end-why": "The order has ended."}).status_code == 403
    assert office["ben"].post(path, {"do": "end", "end-why": "The order has ended."}).status_code == 302
    assert "The order has ended." in shown(office["ben"], path)
    assert "The order has ended." not in shown(office["amina"], path)
    with scope(federation.pk):
        assert NotPublished.objects.get().ended_at


def test_a_change_that_waits_for_a_lead_is_shown_however_old_it_is(office, federation, at, monkeypatch):
    monkeypatch.setattr(walls, "MOST", 1)
    with scope(federation.pk):
        given = {"pupil": office["ava"], "by": Person.objects.get(name="Amina"), "at": at}
        after = {"first_name": "Zinnia", "last_name": "Wmffre", "known_as": ""}
        PupilChange.objects.create(**given, after=after, state="waiting")
        PupilChange.objects.create(**given, state="made")
    assert "Zinnia" in shown(office["ben"], reverse("pupil", args=[office["ava"].pk]))


def test_names_that_are_searched_for_are_in_no_address(office):
    """One class and one network are shown at a time."""
    html = shown(office["cara"], reverse("pupils"), words="av")
    assert "Ava Thomas" in html
    assert "Ava Thomas" not in shown(office["cara"], reverse("pupils"), words="tomos")
    assert "Ava Thomas" in shown(office["cara"], reverse("pupils") + "?class=4B")
    assert office["cara"].get(reverse("pupils") + "?class=9Z").status_code == 404
    assert office["cara"].get(reverse("pupils") + "?on=nowhere").status_code == 404


def test_a_pupil_who_left_is_found_by_name_and_in_no_class(office, federation):
    with scope(federation.pk):
        Pupil.objects.filter(pk=office["ava"].pk).update(left_on="2026-07-20")
    html = shown(office["cara"], reverse("pupils"), words="av")
    assert "Ava Thomas" in html
    assert "Left the school" in html
    assert "Ava Thomas" not in shown(office["cara"], reverse("pupils"))
    assert "Ava Thomas" not in shown(office["cara"], reverse("pupils"), words="tomos")
    assert f'id="tick-{office["ava"].pk}"' not in html


def test_a_governor_sees_no_pupils(office, federation, sign_in):
    with scope(federation.pk):
        grace = sign_in(someone("Grace", "federation_leadership_team"))
    assert grace.get(reverse("pupils")).status_code == 403
    assert grace.get(reverse("pupil", args=[office["ava"].pk])).status_code == 403
    assert "Pupils and consents" not in grace.get(reverse("menu")).content.decode()


def test_the_policys_owner_chooses_the_age(office):
    assert office["cara"].post(reverse("pupils"), {"do": "age", "age": "13"}).status_code == 403
    assert office["amina"].post(reverse("pupils"), {"do": "age", "age": "13"}).status_code == 302
    assert "From 13" in shown(office["amina"], reverse("pupils"))
    assert "from 5 to 18" in shown(office["amina"], reverse("pupils"), 422, do="age", age="4").lower()


def test_a_group_is_made_from_ticks_shown_changed_and_deleted(office, federation):
    cara, ava = office["cara"], office["ava"].pk
    html = shown(cara, reverse("pupils"), 422, do="group", name="", pupil=[ava])
    assert "Enter a name of up to 60 characters." in html
    html = shown(cara, reverse("pupils"), 422, do="group", name="Choir")
    assert "Tick from 1 to 200 pupils." in html
    made = cara.post(reverse("pupils"), {"do": "group", "name": "Choir", "pupil": [ava]})
    address = made.headers["Location"]
    assert "Ava Thomas" in shown(cara, address)
    assert "Ava Thomas" in shown(cara, address.replace("?", "?show=list&"))
    html = shown(cara, reverse("pupils"), 422, do="group", name="Choir", pupil=[ava])
    assert "already a group with this one" in html
    with scope(federation.pk):
        ben = Pupil.objects.create(school=office["school"], key="A2", first_name="Ben", last_name="Usk")
        group = PupilGroup.objects.get()
    cara.post(reverse("pupils"), {"do": "group", "to": group.pk, "name": "", "pupil": [ben.pk]})
    assert "Ben Usk" in shown(cara, address)
    cara.post(address, {"do": "group", "name": "Choir 2", "pupil": [ben.pk]})
    html = shown(cara, address)
    assert "Choir 2" in html
    assert "Ava Thomas" not in html
    assert cara.post(address, {"do": "drop-group"}).status_code == 302
    with scope(federation.pk):
        assert not PupilGroup.objects.exists()
        assert Pupil.objects.count() == 2


def test_a_group_has_pupils_of_one_school_that_the_person_sees(office, federation):
    with scope(federation.pk):
        south = School.objects.create(name="South", slug="south")
        sol = Pupil.objects.create(school=south, key="S", first_name="Sol", last_name="South")
    html = shown(
        office["cara"], reverse("pupils"), 422, do="group", name="Mix", pupil=[office["ava"].pk, sol.pk]
    )
    assert "Choose pupils of one school." in html
    assert (
        office["cara"].post(reverse("pupils"), {"do": "group", "name": "x", "pupil": ["99"]}).status_code
        == 404
    )
    assert office["cara"].get(reverse("pupils") + "?group=99").status_code == 404


def test_a_federations_only_school_is_chosen_for_the_whole_list(office, federation):
    content = "\n".join([HEAD, line("A2", "Tomos", "Ellis", picture="Y", form="4B")])
    sent = SimpleUploadedFile("pupils.csv", content.encode())
    at = office["amina"].post(reverse("pupils-import"), {"file": sent}).headers["Location"]
    assert office["amina"].get(at).context["form"]["all_school"].value() == str(office["school"].pk)
    with scope(federation.pk):
        School.objects.create(name="Seniors", slug="seniors")
    assert office["amina"].get(at).context["form"]["all_school"].value() == ""


def test_the_office_settles_a_yes_that_stands_against_a_no(office, federation, at):
    amina, ava = office["amina"], office["ava"]
    path = reverse("pupil", args=[ava.pk])
    said = {"do": "answer", "uses": ["picture"], "giver": "parent", "form": "paper"}
    shown(amina, path, 302, **said, answer="refused", who="Tom")
    against = "One answer is yes, another is no"
    assert against not in shown(amina, path) + shown(amina, reverse("pupils"))
    with scope(federation.pk):  # whoever entered the only yes doesn't settle it
        record_answer(
            by=someone("Dilys", "slt"), at=now(), pupil=ava, uses=["picture"], answer="given",
            giver="parent", who="Ann", form="paper",
        )  # fmt: skip
    for page in (path, reverse("pupils")):
        assert against in shown(amina, page)
        assert against not in shown(office["cara"], page)
    settled = {"do": "settle", "settle-uses": ["picture"], "settle-answer": "given", "settle-form": "spoken"}
    html = shown(amina, path)
    settled["seen"] = re.search(r'name="seen" value="(\d+)"', html)[1]
    card = html[html.index(against) : html.index("settle-why")]
    assert "<details" not in card
    assert card.index("Ann") < card.index("settle-uses")
    assert card.index("Tom") < card.index("settle-uses")
    shown(amina, path, 409, **{**settled, "seen": "1", "settle-why": "I saw one."})
    html = shown(amina, path, 422, **settled, **{"settle-why": ""})
    assert 'href="#id_settle-why"' in html
    shown(office["cara"], path, 409, **settled, **{"settle-why": "I say so."})
    shown(amina, path, 302, **settled, **{"settle-why": "Both came in, and agree."})
    html = shown(amina, path)
    assert "Resolved by the school" in html
    assert "Both came in, and agree." in html
    assert against not in html + shown(amina, reverse("pupils"))
    answer = amina.post(path, {**settled, "settle-why": "Again."}, follow=True)
    assert "already been resolved" in answer.content.decode()


def test_more_pupils_to_settle_than_a_page_has_follow_on_the_next(office, federation, begun, monkeypatch):
    monkeypatch.setattr("schoolgate.web.pupils.pupil.SIZE", 1)
    with scope(federation.pk):
        ben = Pupil.objects.create(school=office["school"], key="B1", first_name="Ben", last_name="Zebra")
        for pupil, answer in product((office["ava"], ben), ("refused", "given")):
            record_answer(
                by=begun.people["amina"], at=now(), pupil=pupil, uses=["picture"], answer=answer,
                giver="parent", form="paper",
            )  # fmt: skip
    path, further = reverse("pupils"), f"?settle-after={office['ava'].pk}"

    def to_settle(page):
        return shown(office["amina"], page).split("One answer is yes, another is no")[1].split("<nav")[0]

    first, second = to_settle(path), to_settle(path + further)
    assert ("Ava" in first, "Ben" in first, further in first) == (True, False, True)
    assert ("Ava" in second, "Ben" in second, "settle-after" in second) == (False, True, False)
    assert office["amina"].get(f"{path}?settle-after=999").status_code == 404


def test_a_time_that_the_policy_names_for_withdrawn_pictures_is_told_with_its_clause(office, at, monkeypatch):
    path = reverse("pupils")
    silent = shown(office["amina"], path)
    assert "Posts are taken down within 24 hours." in silent
    assert "until you choose a time" in silent
    ready = ready_rules()["withdrawn_removed"]
    says = "Pictures go within 4 hours of withdrawn consent."
    own = SimpleNamespace(book=book_with_alone(ready, {**ready.defaults, "unit": "hours", "number": 4}, says))
    monkeypatch.setattr(pupils_pages, "policy_or_none", lambda _on: own)
    told = shown(office["amina"], path)
    assert says in told
    assert "Posts are taken down within" not in told
    assert "earlier time counts" not in told
    with scope(office["ava"].federation_id):
        choose_withdrawn_within(by=Person.objects.get(name="Amina"), at=now(), hours=3)
    assert "Your federation chose 3 hours. The earlier time counts." in shown(office["amina"], path)
