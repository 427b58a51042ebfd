"""The pages on which an office connects a school to Wonde, and reads, checks and confirms its list."""

import re

import pytest
from django.urls import reverse

from schoolgate.core import vault
from schoolgate.core.outside.client import Client
from schoolgate.core.tenancy import scope
from schoolgate.pupils import wonde
from schoolgate.pupils.models import Consent, Pupil, PupilImport, PupilSource
from tests.web.plain import check_page
from tests.web.test_pupils import begun, federation, office, office_and_ava
from tests.wonde import AVA, KEY, LUKASZ, NOT_ASKED, SCHOOL, Wonde, student

__all__ = ["begun", "federation", "office", "office_and_ava"]


@pytest.fixture
def there(monkeypatch):
    found = Wonde()
    monkeypatch.setattr(wonde, "shared", lambda: Client(transport=found.transport()))
    return found


def shown(client, path, language="en", status=200):
    answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == status
    html = answer.content.decode()
    check_page(html, language)
    return html


def connected(office, federation, key=KEY):
    typed = {"school": str(office["school"].pk), "their_school": f" {SCHOOL.lower()}", "token": f"{key} "}
    answer = office["amina"].post(reverse("pupils-wonde-connect"), typed)
    with scope(federation.pk):
        row = PupilSource.objects.first()
        return answer, row


def begin_reading(office, row):
    return office["amina"].post(reverse("pupils-wonde-read", args=[row.pk])).headers["Location"]


def explained(amina, at, federation):
    """Say what the columns and words of the list are; return the preview."""
    html = shown(amina, at)
    assert '<option value="UPN" selected>' in html
    selects = re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', html, re.DOTALL)
    columns = {
        name: found[1] for name, each in selects if (found := re.search(r'value="([^"]+)" selected', each))
    }
    assert (columns["school"], columns["key"], columns["known_as"]) == ("School", "UPN", "Preferred forename")
    assert "picture" not in columns
    columns |= {"picture": "Photos on social media", "name_of_mapping": "Wonde"}
    look = amina.post(at, columns).headers["Location"]
    html = shown(amina, f"{look}/words")
    said = {}
    for field, word in re.findall(r'for="id_(picture-\w+)"[^>]*>\s*Photos on social media: (\w+)', html):
        said[field] = {"yes": "given", "no": "refused"}[word]
    assert len(said) == 2
    amina.post(f"{look}/words", said)
    return look


def test_an_office_connects_a_school_reads_its_list_and_confirms_it(office, federation, there):
    amina = office["amina"]
    assert reverse("pupils-wonde") in shown(amina, reverse("pupils-import"))
    answer, row = connected(office, federation)
    assert answer.headers["Location"] == reverse("pupils-wonde")
    html = shown(amina, reverse("pupils-wonde"))
    assert "Oakwood Primary School" in html
    assert KEY not in html
    assert "Not yet" in html
    at = begin_reading(office, row)
    look = explained(amina, at, federation)
    html = shown(amina, look)
    assert "<strong>Łukasz" in html or "Luke" in html
    with scope(federation.pk):
        assert not Pupil.objects.filter(key="A820200001002").exists()
    seen = html.split('name="seen" value="')[1].split('"')[0]
    assert amina.post(f"{look}/confirm", {"seen": seen}).headers["Location"] == reverse("pupils")
    with scope(federation.pk):
        found = {
            each.key: [(row.use, row.answer, row.giver) for row in Consent.objects.filter(pupil=each)]
            for each in Pupil.objects.exclude(key="A1")
        }
        assert PupilSource.objects.get().read_at is not None
    assert found == {
        "A820200001001": [("picture", "given", "list")],
        "A820200001002": [("picture", "refused", "list")],
        "A820200001003": [],
    }


def test_the_next_reading_asks_nothing_again_and_a_bad_row_refuses_itself(office, federation, there):
    _answer, row = connected(office, federation)
    amina = office["amina"]
    look = explained(amina, begin_reading(office, row), federation)
    seen = shown(amina, look).split('name="seen" value="')[1].split('"')[0]
    amina.post(f"{look}/confirm", {"seen": seen})
    there.students = [
        {**AVA, "consents": LUKASZ["consents"]}, LUKASZ, NOT_ASKED,
        student("A4", "?ukasz", "Nowak", consents=AVA["consents"]["data"]),
    ]  # fmt: skip
    look = begin_reading(office, row)
    assert "columns" not in look
    html = shown(amina, look)
    assert "damaged" in html
    seen = html.split('name="seen" value="')[1].split('"')[0]
    amina.post(f"{look}/confirm", {"seen": seen})
    with scope(federation.pk):
        last = Consent.objects.filter(pupil__key="A820200001001").order_by("-pk")[0]
        assert (last.answer, Pupil.objects.filter(key="A4").count()) == ("refused", 0)


def test_what_wonde_refuses_is_said_beside_the_form_and_nothing_is_stored(office, federation, there):
    answer, row = connected(office, federation, key="wrongkey")
    html = answer.content.decode()
    assert (answer.status_code, row) == (422, None)
    assert "Wonde refused the key." in html
    assert "wrongkey" not in html


@pytest.mark.parametrize(
    "typed", [{"their_school": "not one"}, {"token": "two words"}, {"token": ""}, {"school": ""}]
)
def test_what_cant_be_right_asks_nobody(office, federation, there, typed):
    given = {"school": str(office["school"].pk), "their_school": SCHOOL, "token": KEY, **typed}
    assert office["amina"].post(reverse("pupils-wonde-connect"), given).status_code == 422
    assert there.calls == []


def test_a_teacher_and_a_lead_connect_read_and_remove_nothing(office, federation, there):
    _answer, row = connected(office, federation)
    there.calls.clear()
    for name in ("cara", "ben"):
        for page in ("pupils-wonde-read", "pupils-wonde-end"):
            assert office[name].post(reverse(page, args=[row.pk])).status_code == 403
        assert office[name].get(reverse("pupils-wonde")).status_code == 403
    assert there.calls == []


def test_a_reading_that_fails_leaves_no_list_and_says_why(office, federation, there):
    _answer, row = connected(office, federation)
    there.students = []
    amina = office["amina"]
    answer = amina.post(reverse("pupils-wonde-read", args=[row.pk]))
    assert answer.status_code == 409
    assert "a row for each pupil" in answer.content.decode()
    with scope(federation.pk):
        assert PupilImport.objects.count() == 0
        assert PupilSource.objects.get().read_at is None


def test_removing_the_connection_forgets_the_key(office, federation, there):
    _answer, row = connected(office, federation)
    office["amina"].post(reverse("pupils-wonde-end", args=[row.pk]))
    with scope(federation.pk):
        assert PupilSource.objects.count() == 0
        with pytest.raises(vault.CannotOpen):
            vault.reveal(row.key_ref)
    assert office["amina"].post(reverse("pupils-wonde-read", args=[row.pk])).status_code == 404
