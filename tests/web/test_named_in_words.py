"""The page of a concern says whom its words name, and lets a lead say that it isn't about them."""

import pytest

from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.incidents.models import KeptOut, Report
from tests.cast import someone
from tests.web.plain import check_page
from tests.web.test_wrong_public import NORTH, NOW, SENT, ours, under

__all__ = ["ours", "under"]


@pytest.fixture
def told(client, ours, sign_in):
    """A visitor's concern that names the deputy; the lead's browser and the deputy's."""
    with scope(ours.pk):
        carys, tom = someone("Carys Owen", "staff"), someone("Tom Hale", "staff")
        for person, place in ((carys, "lead"), (tom, "deputy")):
            Safeguarder.objects.create(place=place, person_id=person.pk, since=NOW)
    client.post(NORTH, {**SENT, "what": "I told Mr Hale. i want to kill myself"})
    with scope(ours.pk):
        report = Report.objects.latest("pk")
    return report, sign_in(carys), sign_in(tom), tom


def test_a_lead_reads_whom_the_words_name_and_that_they_speak_of_danger(told):
    report, carys, tom, _person = told
    html = carys.get(f"/wrong/reports/{report.pk}").content.decode()
    check_page(html)
    assert "Found in the words" in html
    assert "Tom Hale" in html
    assert "The words suggest it, so we treat it as danger." in html
    assert tom.get(f"/wrong/reports/{report.pk}").status_code == 404


def test_a_lead_says_why_it_is_not_about_them_and_they_read_it(ours, told):
    report, carys, tom, person = told
    at = f"/wrong/reports/{report.pk}/may-know"
    refused = carys.post(at, {"person": person.pk, "words": ""})
    assert refused.status_code == 422
    assert tom.post(at, {"person": person.pk, "words": "It isn’t me."}).status_code == 404
    assert carys.post(at, {"person": person.pk, "words": "He was told of it."}).status_code == 302
    with scope(ours.pk):
        assert not KeptOut.objects.filter(report=report).exists()
    assert tom.get(f"/wrong/reports/{report.pk}").status_code == 200
