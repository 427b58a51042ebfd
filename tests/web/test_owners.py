"""The register of owners' permissions on its page, and a permission chosen while writing."""

import re
from html import escape

from schoolgate.accounts.models import Account
from schoolgate.core.tenancy import scope
from schoolgate.publishing.models import OwnerPermission, OwnerPermissionPlace
from tests.web.plain import check_page

GIVEN = {
    "what": "text", "title": "The Pool at Dusk", "owner": "R. Hale", "form": "written",
    "given_on": "2026-11-01",
    "by_line": "Poem: R. Hale",
}  # fmt: skip


def kept(stage) -> OwnerPermission:
    with scope(stage.federation.pk):
        return OwnerPermission.objects.get()


def test_a_permission_is_recorded_listed_and_ended(stage):
    amina = stage.browser("amina")
    page = amina.post("/posts/permissions/add", GIVEN, follow=True).content.decode()
    check_page(page, "en")
    assert "The Pool at Dusk" in page
    assert "May be used" in page
    answer = amina.post(f"/posts/permissions/{kept(stage).pk}/end", follow=True)
    assert "Permission ended." in answer.content.decode()
    assert kept(stage).ended_by_id == stage.people["amina"].pk


def test_what_is_missing_is_told_beside_its_field_and_nothing_typed_is_lost(stage):
    answer = stage.browser("amina").post("/posts/permissions/add", {**GIVEN, "owner": ""})
    page = answer.content.decode()
    assert (answer.status_code, "Enter who gave the permission." in page) == (422, True)
    assert "The Pool at Dusk" in page
    with scope(stage.federation.pk):
        assert not OwnerPermission.objects.exists()


def test_a_permission_can_be_for_some_of_the_accounts(stage):
    amina = stage.browser("amina")
    with scope(stage.federation.pk):
        two = list(Account.objects.filter(school=stage.school, state="open").order_by("pk")[:2])
    where = {"accounts": [str(each.pk) for each in two]}
    page = amina.post("/posts/permissions/add", {**GIVEN, **where}, follow=True).content.decode()
    check_page(page, "en")
    assert [escape(each.name) for each in two] == re.findall(
        r"<span translate=\"no\">(.*?)</span>", page.partition("Only on:")[2]
    )[:2]
    with scope(stage.federation.pk):
        assert [each.account for each in kept_places()] == two


def test_what_was_ticked_stays_ticked_when_it_is_refused(stage):
    with scope(stage.federation.pk):
        first = Account.objects.filter(school=stage.school, state="open").order_by("pk")[0]
    sent = {**GIVEN, "owner": "", "accounts": [str(first.pk)]}
    page = stage.browser("amina").post("/posts/permissions/add", sent).content.decode()
    assert re.search(rf'name="accounts" value="{first.pk}" checked', page)


def kept_places() -> list[OwnerPermissionPlace]:
    return list(OwnerPermissionPlace.objects.select_related("account"))
