"""Pupils and consents that Wonde gives: a list like any other, of what is stored and nothing else."""

import json

import httpx
import pytest

from schoolgate.core import vault
from schoolgate.core.errors import NotAllowed
from schoolgate.core.models import VaultSecret
from schoolgate.core.outside.client import Client
from schoolgate.pupils import wonde
from schoolgate.pupils.list_lines import one_pupil_a_line
from schoolgate.pupils.wonde import connect_source, end_source, fields_in, sheet_of, sources
from tests.wonde import AVA, KEY, LUKASZ, NOT_ASKED, SCHOOL, Wonde, student


@pytest.fixture
def served(monkeypatch):
    """Let a Wonde answer."""

    def serve(there):
        monkeypatch.setattr(wonde, "shared", lambda: Client(transport=there.transport()))
        return there

    return serve


def cells(*students):
    sheet = one_pupil_a_line(sheet_of(students, school="Oakwood"))
    heads, *rows = (line.cells for line in sheet.lines)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_all_pages_are_read_and_each_pupil_is_one_row_with_a_column_a_consent(served):
    there = served(Wonde())
    found = cells(*wonde.students(KEY, SCHOOL))
    assert len(there.calls) == 2
    assert found[0] == {
        "School": "Oakwood", "UPN": "A820200001001", "Admission number": "004504", "Legal forename": "Ava",
        "Preferred forename": "", "Surname": "Thomas", "Legal surname": "Thomas",
        "Date of birth": "2016-09-01", "Year group": "Year 4", "Registration group": "4B",
        "Photos on social media": "yes", "Trips": "yes",
    }  # fmt: skip
    assert [(each["Legal forename"], each["Preferred forename"]) for each in found[1:]] == [
        ("Łukasz", "Luke"), ("Noor", ""),
    ]  # fmt: skip
    assert [each["Photos on social media"] for each in found] == ["yes", "no", ""]


def test_nothing_of_health_gender_or_a_group_is_in_the_list():
    told = json.dumps(cells(AVA, LUKASZ, NOT_ASKED))
    assert [word for word in ("FEMALE", "sen_status", 'K"', "Choir", "e5f6") if word in told] == []


@pytest.mark.parametrize(
    ("consents", "said"),
    [
        ({"photo": True, "film": False, "web": None}, {"photo": "yes", "film": "no", "web": ""}),
        ([{"type": {"data": {"name": "Film"}}, "status": "GRANTED"}], {"Film": "GRANTED"}),
        ([{"name": "Film", "value": 1}], {"Film": "1"}),
        ([{"name": "Film", "when": "2026-09-01"}], {"Film": "?"}),
        ([{"name": "Film", "consent": ["yes"]}], {"Film": "?"}),
        ([{"name": "Film", "consent": True}, {"name": "Film", "consent": False}], {"Film": "yes; no"}),
        (["Film"], {}),
    ],
)
def test_a_consent_keeps_its_name_and_its_words_and_what_is_not_understood_is_asked_about(consents, said):
    [found] = cells(student("A1", "Ava", "Thomas", consents=consents))
    assert {name: value for name, value in found.items() if name in said} == said


def test_a_school_whose_records_give_no_consents_is_a_list_without_such_columns():
    assert "Consent type" not in cells(student("A1", "Ava", "Thomas"), student("A2", "Tom", "Ellis"))[0]


def answers(status=200, **told):
    return lambda _request: httpx.Response(status, json=told)


@pytest.mark.parametrize(
    ("instead", "code"),
    [
        (answers(401), "key"),
        (answers(403), "school"),
        (answers(404), "school"),
        (answers(429), "too_fast"),
        (answers(500), "away"),
        (answers(302), "away"),
        (answers(data={"id": "x"}), "strange"),
        (answers(data=["x"]), "strange"),
        (lambda _request: httpx.Response(200, content=b"<html>"), "strange"),
        (lambda _request: httpx.Response(200, content=b"[1]"), "strange"),
        (answers(data=[], meta={"pagination": {"next": 7}}), "strange"),
        (answers(data=[], meta={"pagination": {"next": "https://evil.example/v1.0/schools"}}), "strange"),
        (answers(data=[], meta={"pagination": {"next": "https://api.wonde.com.evil.example/"}}), "strange"),
    ],
)
def test_what_is_no_list_is_told_in_words_and_leads_nowhere_else(served, instead, code):
    there = served(Wonde(instead=instead))
    with pytest.raises(wonde.WondeTrouble) as trouble:
        wonde.students(KEY, SCHOOL)
    assert trouble.value.code == code
    assert str(trouble.value.next_step)
    assert len(there.calls) == 1


def test_pages_without_end_are_refused(served):
    def another(request):
        number = int(request.url.params.get("page", 1))
        following = str(request.url.copy_set_param("page", number + 1))
        return httpx.Response(200, json={"data": [AVA], "meta": {"pagination": {"next": following}}})

    there = served(Wonde(instead=another))
    with pytest.raises(wonde.WondeTrouble, match="more pupils"):
        wonde.students(KEY, SCHOOL)
    assert len(there.calls) == wonde.MOST_PAGES


@pytest.mark.parametrize("number", ["../A1", "A1?x=", "", "A" * 21])
def test_a_school_number_that_is_none_asks_nobody(served, number):
    there = served(Wonde())
    with pytest.raises(wonde.WondeTrouble):
        wonde.school_name(KEY, number)
    assert there.calls == []


def test_the_name_that_wonde_has_shows_whose_data_the_key_opens(served):
    served(Wonde())
    assert wonde.school_name(KEY, SCHOOL) == "Oakwood Primary School"
    with pytest.raises(wonde.WondeTrouble) as wrong:
        wonde.school_name("another", SCHOOL)
    assert wrong.value.code == "key"


def test_a_key_lies_in_the_vault_and_goes_with_the_connection_and_with_a_new_one(
    amina, cara, at, school, home
):
    said = {"school": school, "their_school": SCHOOL, "their_name": "Oakwood", "at": at}
    with pytest.raises(NotAllowed):
        connect_source(by=cara, key="first", **said)
    connect_source(by=amina, key="first", **said)
    connect_source(by=amina, key="second", **said)
    [there] = sources()
    assert vault.reveal(there.key_ref) == "second"
    assert VaultSecret.objects.count() == 1
    with pytest.raises(NotAllowed):
        end_source(by=cara, at=at, source=there)
    end_source(by=amina, at=at, source=there)
    assert (sources(), VaultSecret.objects.count()) == ([], 0)


def test_an_example_reads_no_real_pupils(amina, at, school, home):
    amina.federation.is_example = True
    with pytest.raises(NotAllowed, match="Demo sites"):
        connect_source(by=amina, at=at, school=school, their_school=SCHOOL, their_name="Oakwood", key="key")


def test_whoever_checks_a_key_is_told_names_of_fields_and_no_value():
    told = list(fields_in(AVA))
    assert "education_details.upn: str" in told
    assert "consents.consent: bool" in told
    assert [one for one in told if "Ava" in one or "2016" in one] == []
