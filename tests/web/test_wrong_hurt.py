"""The form asks whether one of us was hurt; a lead says who it was, and they see who helps."""

from datetime import UTC, datetime

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.incidents.models import Report
from schoolgate.incidents.report_facts import ASKED
from schoolgate.web.incidents.forms import AboutForm, ContactForm, MoreForm, NameForm, PictureForm, WrongForm
from tests.cast import someone
from tests.web.plain import check_page
from tests.web.test_wrong_who import led

NOW = datetime.now(UTC)


@pytest.fixture
def there(in_world, home):
    return in_world(led, NOW)


def test_no_two_fields_of_a_report_have_one_name():
    """They're sent together, so one would be read as the answer to the other."""
    forms = (WrongForm, AboutForm, MoreForm, PictureForm, ContactForm, NameForm)
    names = [*(name for form in forms for name in form.base_fields), *ASKED]
    assert sorted(names) == sorted(set(names))


def test_a_lead_tells_who_was_hurt_who_helps_and_nothing_of_the_concern(client, there, sign_in):
    with scope(there.federation.pk):
        evans = someone("Huw Evans", "staff")
    words = "A parent said he will wait for Mr Evans."
    sent = {"what": words, "mark": "a mark of the form", "shows": "no", "did": "no", "hurt_who": "Mr Evans"}
    assert client.post("/wildground/schools/north/something-is-wrong", sent).status_code == 200
    with scope(there.federation.pk):
        report = Report.objects.get()
    tom = sign_in(there.tom)
    page = tom.get(f"/wrong/reports/{report.pk}").content.decode()
    check_page(page)
    assert "can’t see it" in page
    assert "LADO" not in page
    say = {"person": evans.pk, "words": "I rang the parent."}
    assert tom.post(f"/wrong/reports/{report.pk}/harmed", {**say, "words": ""}).status_code == 422
    assert tom.post(f"/wrong/reports/{report.pk}/harmed", say).status_code == 302
    huw = sign_in(evans)
    page = huw.get("/wrong/hurt").content.decode()
    check_page(page)
    assert "Tom Ellery" in page
    assert report.reference not in page
    assert huw.get(f"/wrong/reports/{report.pk}").status_code == 404
    assert huw.post("/wrong/hurt").status_code == 302
    assert huw.post("/wrong/hurt").status_code == 409
