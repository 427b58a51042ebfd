"""A list of people taken over, and read at other doors."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.people.assignments import give_assignment
from tests.cast import someone
from tests.web.scriptless import bring_session, expect, open_context, wrong_with

NOW = datetime.now(UTC)
LIST = """Name,Email,Type,Post,School
Dan Evans,dan@example.org,Staff,Teacher,Learn Juniors
Gwen Rees,gwen@example.org,Governor,,
Cara Cook,{cara},Staff,Teacher,Learn Juniors
"""


@pytest.fixture
def learn(make_federation, sign_in, home):
    """Learn to Live: a head, for whom a deputy acts, and one of the leadership team."""
    federation = make_federation("learn", "learn-to-live", languages=["en", "cy"])
    with scope(federation.pk):
        School.objects.create(name="Learn Juniors", slug="juniors")
        hana, sol, dee, cara = (
            someone(name, *roles)
            for name, roles in (
                ("Hana Head", ["headteacher"]), ("Sol Slater", ["slt"]), ("Dee Day", []), ("Cara Cooke", []),
            )
        )  # fmt: skip
        give_assignment(
            by=sol, at=NOW, person=dee, role_key="headteacher", from_day=local_day(NOW), acting_for=hana
        )
    return SimpleNamespace(sol=sign_in(sol), hana=sign_in(hana), cara=cara)


def test_a_list_is_brought_on_a_phone_and_read_at_other_doors(learn, tmp_path):
    file = tmp_path / "staff.csv"
    file.write_text(LIST.format(cara=learn.cara.email))
    with open_context() as context:
        bring_session(context, learn.sol)
        page = context.new_page()
        page.goto(reverse("people"))
        page.get_by_role("link", name="Import people").click()
        page.get_by_label("List").set_input_files(file)
        page.get_by_role("button", name="Preview import").click()
        page.get_by_label("Policy role").select_option("Post")
        page.get_by_label("Name for these import settings").fill("Staff list")
        assert wrong_with(page) == []
        page.get_by_role("button", name="Preview changes").click()
        expect(page.get_by_text("Some values aren’t explained, so nothing can be imported")).to_be_visible()
        assert wrong_with(page) == []
        page.get_by_role("link", name="Explain the values", exact=True).click()
        page.get_by_label("Post: Teacher").select_option("staff")
        assert wrong_with(page) == []
        page.get_by_role("button", name="Save meanings").click()
        page.get_by_role("link", name="Changed: 1").click()
        expect(page.get_by_text("Name changes to Cara Cook (was: Cara Cooke).").first).to_be_visible()
        page.get_by_label("Cara Cook", exact=False).check()
        page.get_by_role("button", name="Import this list").click()
        expect(page.get_by_text("This list was imported.")).to_be_visible()
        assert wrong_with(page) == []
    with open_context() as context:
        bring_session(context, learn.hana)
        page = context.new_page()
        page.goto(reverse("people"))
        expect(page.get_by_role("row", name="Dan Evans")).to_be_visible()
        expect(page.get_by_role("row", name="Gwen Rees").get_by_text("Governor")).to_be_visible()
        page.get_by_role("link", name="By role").click()
        expect(page.get_by_role("link", name="Dan Evans")).to_be_visible()
        expect(page.get_by_text("acting for Hana Head")).to_be_visible()
        assert wrong_with(page) == []
