"""The pages of the evidence in a real browser: readable by everybody, in both languages."""

import pytest

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.inbox.actions import ingest
from schoolgate.networks.port import Author, IncomingItem, Ref
from schoolgate.policy.actions import adopt
from tests.browsing import bring_session, open_context, wrong_with
from tests.cast import someone
from tests.publishing.conftest import account_on
from tests.web.test_evidence import CLAUSE, NOW

pytestmark = pytest.mark.browser
PATHS = ("/evidence", f"/evidence/clauses/{CLAUSE}")


@pytest.fixture
def gwen(served, make_federation, sign_in):
    """The browser of somebody who oversees, where a comment has come in."""
    federation = make_federation(languages=["en", "cy"])
    with scope(federation.pk):
        adopt(by=someone("Sam Slater", "slt"), at=NOW)
        account = account_on("bluesky", School.objects.create(name="North", slug="north"), NOW)
        each = IncomingItem(
            "bluesky",
            Ref("bluesky", "c1"),
            Author("did:1"),
            "Hello",
            NOW,
            attachments=(),
            visibility="public",
        )
        ingest(at=NOW, account=account, items=[each])
        person = someone("Gwen Governor", "federation-leadership-team")
    return sign_in(person)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_page_of_the_evidence_is_readable_by_everybody(gwen, served, chromium, language):
    context = open_context(chromium)
    bring_session(context, gwen, served)
    context.add_cookies([{"name": "django_language", "value": language, "url": served}])
    for path in PATHS:
        page = context.new_page()
        page.goto(f"{served}{path}")
        assert wrong_with(page, language) == []
        page.close()
