"""A visitor is asked once more who it is, kindly, where someone who works here is meant and isn’t found."""

import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from schoolgate.core.models import Safeguarder, School
from schoolgate.core.tenancy import scope
from schoolgate.incidents.models import Report
from schoolgate.policy.adopting import adopt
from schoolgate.web.incidents.forms import AboutForm
from tests.cast import someone
from tests.web.plain import check_page
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
NORTH = "/wildground/schools/north/something-is-wrong"
SENT = {"what": "He touches me.", "mark": "the form's own mark", "shows": "no"}
ASKS = "Can you say who it’s about?"


@world()
def led(at: datetime) -> SimpleNamespace:
    """Wildground's policy in force, looked after by Olive Owner; Tom Ellery leads on safeguarding."""
    federation = enter_federation("wildground", "wildground")
    with scope(federation.pk):
        School.objects.create(name="North School", slug="north")
        adopt(by=someone("Olive Owner", "slt"), at=at)
        tom = someone("Tom Ellery", "staff")
        Safeguarder.objects.create(place="lead", person_id=tom.pk, since=at)
    return SimpleNamespace(federation=federation, tom=tom)


@pytest.fixture
def there(in_world, home):
    return in_world(led, NOW)


def test_who_cannot_be_found_is_asked_for_once_more_and_kept_out_once_said(client, there, sign_in):
    answered = client.post(NORTH, {**SENT, "about_who": "sir with the red car"})
    page = answered.content.decode()
    check_page(page)
    assert ASKS in page
    code = re.search(r'name="code" value="([^"]+)"', page)
    assert code is not None
    with scope(there.federation.pk):
        report = Report.objects.get()
        assert report.about_unknown
    tom = sign_in(there.tom)
    shown = tom.get(f"/wrong/reports/{report.pk}").content.decode()
    check_page(shown)
    assert "Who is it about?" in shown
    assert "Olive Owner, Tom Ellery" in shown
    answered = client.post(
        "/wildground/something-is-wrong/answer", {"code": code.group(1), "who": "yes", "words": "tom"}
    )
    assert answered.status_code == 200
    assert tom.get(f"/wrong/reports/{report.pk}").status_code == 404


def test_who_is_found_or_was_not_said_is_not_asked_for_again(client, there):
    for number, (who, what) in enumerate(
        (("Tom", SENT["what"]), ("the headteacher", SENT["what"]), ("", "My stepdad touches me."))
    ):
        sent = {**SENT, "what": what, "mark": f"mark number {number}", "about_who": who}
        assert ASKS not in client.post(NORTH, sent).content.decode(), who


def test_a_child_who_only_says_he_can_say_who_and_keep_him_out(client, there):
    assert ASKS in client.post(NORTH, SENT).content.decode()


def test_the_example_on_the_page_names_the_head_in_the_words_that_are_understood():
    said = str(AboutForm.base_fields["about_who"].help_text)
    assert "the headteacher" in said  # tried under each policy in tests/guarantees/test_named_in_a_concern.py
