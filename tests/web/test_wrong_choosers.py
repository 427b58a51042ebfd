"""No form of a concern offers a person whom it may be about, to be told, asked, entrusted or helped."""

import re
from datetime import UTC, datetime

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.incidents import handling
from schoolgate.incidents.casework import stages_here
from schoolgate.incidents.models import Report
from schoolgate.people.queries import book_of
from tests.cast import someone
from tests.web.test_wrong_who import NORTH, SENT, led

NOW = datetime.now(UTC)
CHOICES = re.compile(r'<(?:option|input)[^>]*value="(\d+)"')
IS_NOT_ABOUT = re.compile(r'<form[^>]*action="[^"]*/may-know".*?</form>', re.DOTALL)


@pytest.fixture
def there(in_world, home):
    return in_world(led, NOW)


def test_no_form_of_a_concern_offers_a_person_whom_it_may_be_about(client, there, sign_in):
    with scope(there.federation.pk):
        gethin, ann = someone("Gethin Lloyd", "slt"), someone("Ann Pryce", "slt")
    assert client.post(NORTH, {**SENT, "about_who": "Gethin Lloyd"}).status_code == 200
    with scope(there.federation.pk, there.tom.pk):
        report = Report.objects.get()
        handling.take(report=report, by=there.tom, at=NOW)
        stages = [one.key for one in stages_here(book_of(there.federation), None)]
    tom, one = sign_in(there.tom), f"/wrong/reports/{report.pk}"
    pages = {where: tom.get(where) for where in (one, *(f"{one}/stages/{each}" for each in stages))}
    choices = {
        where: CHOICES.findall(IS_NOT_ABOUT.sub("", answered.content.decode()))
        for where, answered in pages.items()
    }
    assert {answered.status_code for answered in pages.values()} == {200}
    assert sum(str(ann.pk) in found for found in choices.values()) > 1, "others are offered"
    assert [where for where, found in choices.items() if str(gethin.pk) in found] == []
    said = {"person": gethin.pk, "words": "I rang the parent."}
    assert tom.post(f"{one}/harmed", said).status_code == 422
    gethin = sign_in(gethin)
    assert "hurt or threatened" not in gethin.get("/").content.decode()
