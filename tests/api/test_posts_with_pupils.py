"""A program chooses pupils, classes and groups for a post, describes its pictures and answers what the text
check found: the same rules as on the pages, told as problems."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.publishing.owners import record_owner_permission
from schoolgate.pupils.answering import record_answer
from schoolgate.pupils.consents import save_group
from schoolgate.pupils.models import Pupil
from tests.api.conftest import LONG_BEFORE
from tests.api.test_posts import start, told

DAY_BEFORE = LONG_BEFORE


@pytest.fixture
def ava(world, home):
    """A pupil of class 4B whose parent said yes to pictures."""
    with scope(world.federation.pk):
        row = Pupil.objects.create(
            school=world.school, key="A1", first_name="Ava", last_name="Thomas", form="4B"
        )
        record_answer(
            by=world.sam, at=DAY_BEFORE, pupil=row, uses=["picture"], answer="given", giver="parent",
            who="Ann Thomas", form="paper",
        )  # fmt: skip
        return row


@pytest.fixture
def tom(world):
    """A pupil of the same class about whom nothing is known."""
    with scope(world.federation.pk):
        return Pupil.objects.create(
            school=world.school, key="T1", first_name="Tom", last_name="Ellis", form="4B"
        )


@pytest.fixture
def picture(world, amina):
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "#3f7d5a").save(file, "JPEG")
    sent = SimpleUploadedFile("a.jpg", file.getvalue(), "image/jpeg")
    answer = amina.client.post("/api/v1/pictures", {"picture": sent, "school": world.school.pk})
    assert answer.status_code == 201, answer.content
    return answer.json()["id"]


def shown(picture):
    said = {"alt": "A child with a ball.", "shows_people": True, "shows_pupils": True}
    return {"pictures": [picture], "described": [{"picture": picture, **said}]}


def test_a_pupil_of_the_list_is_judged_by_what_the_parents_said(world, amina, ava, picture):
    post = start(world, amina, people=[{"pupil": ava.pk, "shown": True}], **shown(picture))
    assert [(each["pupil"], each["relation"], each["named"]) for each in post["people"]] == [
        (ava.pk, "pupil", "no")
    ]
    assert "pupils-chosen" not in amina.get(f"/posts/{post['id']}/verdict").json()["problems"]
    assert amina.get(f"/pictures/{picture}").json()["alt"] == "A child with a ball."


def test_a_pupil_who_may_not_be_shown_stops_it(world, amina, tom, picture):
    answers = {**world.content()["answers"], "fit": True, "dressed": True, "ridicules": False}
    post = start(world, amina, people=[{"pupil": tom.pk}], answers=answers, **shown(picture))
    assert "pupils-chosen" in amina.get(f"/posts/{post['id']}/verdict").json()["problems"]
    found = told(amina.post(f"/posts/{post['id']}/submit"), 422)
    assert "Remove pupils who may not be shown" in str(found)


def test_a_consent_said_by_the_program_counts_for_nothing(world, amina, tom, picture):
    said = {"pupil": tom.pk, "consent": True, "consent_written": True, "consent_by": "parent"}
    post = start(world, amina, people=[said], **shown(picture))
    assert post["people"][0]["consent"] is None


def test_classes_and_groups_add_their_members_once(world, amina, ava, tom):
    with scope(world.federation.pk):
        group = save_group(by=world.sam, at=DAY_BEFORE, name="Choir", pupils=[ava])
    post = start(world, amina, people=[{"pupil": tom.pk}], classes=["4B"], groups=[group.pk])
    assert sorted(each["pupil"] for each in post["people"]) == sorted([ava.pk, tom.pk])


def test_what_can_be_chosen_is_listed_for_those_who_write(world, amina, ava, tom):
    found = amina.get("/posts/choices", school=world.school.pk, form="4B").json()
    assert (found["classes"], [each["id"] for each in found["pupils"]]) == (["4B"], [tom.pk, ava.pk])
    assert amina.get("/posts/choices", school=world.school.pk).json()["pupils"] == []


def test_pupils_and_groups_that_are_not_there_are_told_by_place(world, amina, ava):
    with scope(world.federation.pk):
        other = School.objects.create(name="Other", slug="other")
        stranger = Pupil.objects.create(school=other, key="Z", first_name="Zoe", last_name="Zed")
    wrong = {"people": [{"pupil": stranger.pk}], "groups": [10**9], "permissions": [10**9]}
    found = told(amina.post("/posts", world.content(**wrong)), 422)
    assert {"people.0.pupil", "groups.0", "permissions.0"} <= set(found["fields"])


def test_words_found_are_told_and_answered_with_a_reason(world, amina, ava):
    texts = [{"account": world.board.pk, "text": "Ava Thomas won."}]
    verdict = amina.post("/posts/preview", world.content(targets=texts)).json()
    (hit,) = [each for each in verdict["hits"] if each["kind"] == "pupil"]
    assert (hit["stops"], hit["replies"]) == (True, ["not_pupil"])
    assert (hit["number"], hit["needs_reason"], hit["waits_for_another"]) == (1, True, False)
    told(amina.post("/posts", world.content(targets=texts, hits=[{"hit": hit["hit"], "reply": "ours"}])), 422)
    said = [{"hit": hit["hit"], "reply": "not_pupil", "words": "A grown-up of that name."}]
    post = start(world, amina, targets=texts, hits=said)
    (again,) = [
        each for each in amina.get(f"/posts/{post['id']}/verdict").json()["hits"] if each["kind"] == "pupil"
    ]
    assert (again["reply"], again["stops"]) == ("not_pupil", False)
    assert (again["reason"], again["waits_for_another"]) == ("A grown-up of that name.", True)


def test_an_owners_permission_is_chosen_and_stays_until_another_list_is_given(world, amina):
    with scope(world.federation.pk):
        row = record_owner_permission(
            by=world.amina, at=DAY_BEFORE, school=world.school, what="text", title="Poem", owner="R. Hale",
            form="written", given_on=DAY_BEFORE.date(),
        )  # fmt: skip
    post = start(world, amina, permissions=[row.pk])
    assert post["permissions"] == [row.pk]
    body = {name: said for name, said in world.content().items() if name != "school"}
    post = amina.put(f"/posts/{post['id']}", {**body, "version": post["version"]}).json()
    assert post["permissions"] == [row.pk]
    body |= {"version": post["version"], "permissions": []}
    assert amina.put(f"/posts/{post['id']}", body).json()["permissions"] == []


def test_four_pictures_go_and_a_fifth_is_refused(world, amina, picture):
    told(amina.post("/posts", world.content(pictures=[picture] * 5)), 422)


def test_a_consent_on_paper_is_refused_where_the_schools_pupils_are_here(world, amina, ava, picture):
    said = {"relation": "pupil", "shown": True, "consent": True, "consent_written": True, "number": 8}
    given = world.content(people=[said], **shown(picture))
    found = told(amina.post("/posts", {"school": world.school.pk, **given}), 422)
    assert "from the school’s list" in str(found)
