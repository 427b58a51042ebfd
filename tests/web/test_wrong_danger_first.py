"""A threat is answered the same way whichever way it came in: as a comment or as a concern."""

from datetime import UTC, datetime

import pytest

from schoolgate.core.tenancy import scope
from schoolgate.inbox.dangers import THREAT
from schoolgate.incidents.models import Report
from tests.web.plain import check_page
from tests.web.test_wrong_who import NORTH, SENT, led

NOW = datetime.now(UTC)


@pytest.fixture
def there(in_world, home):
    return in_world(led, NOW)


@pytest.mark.parametrize(
    ("words", "threatens"),
    [
        ("I'm bringing a knife for the teacher tomorrow", True),
        ("Dw i'n dod â chyllell i'r ysgol yfory", True),
        ("i want to die", False),
        ("Someone is nasty to Tomos.", False),
    ],
)
def test_a_concern_that_tells_of_a_threat_says_first_what_a_comment_would(
    client, there, sign_in, words, threatens
):
    assert client.post(NORTH, {**SENT, "what": words}).status_code == 200
    with scope(there.federation.pk):
        report = Report.objects.get()
    page = sign_in(there.tom).get(f"/wrong/reports/{report.pk}").content.decode()
    check_page(page)
    assert "Call 999 and read the words out." in str(THREAT.first)
    assert (str(THREAT.first) in page) is threatens
