"""My messages, and what an administrator does about an address that fails."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.notices.kinds import Reason
from schoolgate.notices.models import BadAddress, CaughtMail, Mail, Wish
from schoolgate.notices.sending import note_bad_address
from tests.cast import someone
from tests.web.scriptless import bring_session, expect, open_context, wrong_with

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def house(make_federation):
    """Cara, whose address fails, and Ada, who administers; a federation with mails to show."""
    federation = make_federation(languages=["en", "cy"], is_example=True)
    with scope(federation.pk):
        cara, ada = someone("Cara Cook", "staff"), someone("Ada Hall", "slt")
        note_bad_address(person=cara, because=Reason.BAD_ADDRESS, at=NOW)
        for n, (state, reason) in enumerate([("sent", ""), ("failed", "bad_address"), ("unknown", "")]):
            Mail.objects.create(
                person=cara, urgency="at_once", made_at=NOW - n * HOUR, next_try_at=NOW, state=state,
                message_id=f"<{n}@x>", ended_at=NOW, reason=reason, lists=[["posts.approve", "soon", 1]],
            )  # fmt: skip
        CaughtMail.objects.create(
            to_name="Cara Cook", to_address="cara@school.example", subject="Wildground: hello",
            body="In Schoolgate there is something for you.\n\nhttp://localhost:8000/today\n",
            caught_at=NOW, message_id="<1@x>",
        )  # fmt: skip
    return federation, cara, ada


def test_choosing_on_a_phone_and_an_address_that_is_mended(house, sign_in):
    federation, cara, ada = house
    wrong: list[str] = []
    context = open_context()
    bring_session(context, sign_in(cara))
    page = context.new_page()
    page.goto(reverse("me"))
    page.get_by_role("link", name="My messages").click()
    wrong += wrong_with(page)
    page.get_by_text("Posts and comments").click()
    wrong += wrong_with(page)
    page.get_by_label("Comments and messages to deal with").select_option("at_once")
    page.get_by_role("button", name="Save choices").click()
    expect(page.get_by_text("Choice saved.")).to_have_count(1)
    expect(page.get_by_text("Posts and comments Mixed")).to_have_count(1)
    page.goto(reverse("messages") + "?of=demo")
    wrong += wrong_with(page)
    with scope(federation.pk):
        assert Wish.objects.get(person=cara).urgency == "at_once"
    context.close()

    context = open_context()
    bring_session(context, sign_in(ada))
    page = context.new_page()
    page.goto(reverse("messages"))
    page.get_by_role("link", name="Email settings").click()
    wrong += wrong_with(page)
    page.get_by_role("link", name="Cara Cook").click()
    wrong += wrong_with(page)
    page.get_by_label("Email address").fill("cara@new.example")
    page.get_by_role("button", name="Save contact details").click()
    wrong += wrong_with(page)
    with scope(federation.pk):
        assert not BadAddress.objects.exists()
    context.close()
    assert wrong == []
