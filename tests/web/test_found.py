"""Found pages, pages of Friends, the register from the inside, the marks of an account, on their pages."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache

from schoolgate.accounts.models import (
    Account,
    AccountMark,
    AssociatedPage,
    Fake,
    FoundPage,
    Proposal,
    TeamMember,
)
from schoolgate.accounts.unofficial import note_found
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.policy.adopting import adopt
from schoolgate.policy.models import DecisionRecord
from tests.cast import give, someone
from tests.web.in_force import NOW, sam, wildground_in_force
from tests.web.plain import check_page
from tests.worlds import world

__all__ = ["sam"]
PAGE = "https://www.facebook.com/wildground-leavers"


@world(wildground_in_force)
def page_found(there, at):
    """Cara, a teacher, noted a page; Sam administers."""
    with scope(there.federation.pk):
        give(there.sam, "staff")
        there.cara = someone("Cara", "staff")
        there.found = note_found(
            by=there.cara, at=at, address=PAGE, name="Leavers", in_our_name=True, made_by="somebody else",
            whose="Of Jac?", where=lambda _: "",
        )  # fmt: skip
    return there


@pytest.fixture
def in_force(in_world):
    there = in_world(page_found, NOW)
    cache.clear()
    return there


@pytest.fixture
def found(in_force) -> FoundPage:
    return in_force.found


@pytest.fixture
def browser(in_force, sign_in):
    return sign_in(in_force.cara)


def test_anybody_notes_a_page_and_whoever_administers_is_asked_to_settle_it(found, browser, federation):
    sent = {
        "address": "https://www.facebook.com/wildground-others", "name": "Others", "in_our_name": "yes",
        "made_by": "somebody else", "whose": "Of Jac?",
    }  # fmt: skip
    assert browser.post("/accounts/unofficial", sent).status_code == 302
    with scope(federation.pk):
        noted = FoundPage.objects.get(name="Others")
    html = browser.get(f"/accounts/found/{noted.pk}").content.decode()
    check_page(html)
    assert "Of Jac?" in html
    with scope(federation.pk):
        assert {duty.role_key for duty in Duty.objects.filter(kind="accounts.found")} == {"slt"}
        assert Duty.objects.filter(kind="accounts.found").count() == 2
        asked = DecisionRecord.objects.values_list("situation", flat=True)
        assert set(asked) == {"account.looked_up", "personal.watch"}
    check_page(browser.get("/accounts/unofficial").content.decode())

    for address in ("", PAGE, "not an address"):
        assert browser.post("/accounts/unofficial", {"address": address}).status_code == 422, address
    for act, sent in (("asked", {}), ("fake", {"words": "x"}), ("end", {"to": "left"})):
        assert browser.post(f"/accounts/found/{found.pk}/{act}", sent).status_code == 403, (
            "who settles nothing"
        )


def test_a_page_that_neither_names_nor_affects_the_school_is_left_alone(browser, federation):
    sent = {"address": "https://www.facebook.com/private", "in_our_name": "no", "touches_school": "no"}
    refused = browser.post("/accounts/unofficial", sent)
    assert refused.status_code == 409
    assert "leaves it alone" in refused.content.decode()
    with scope(federation.pk):
        assert FoundPage.objects.count() == 1
        assert "wildground-personal-4" in DecisionRecord.objects.latest("pk").clauses

    assert browser.post("/accounts/unofficial", {**sent, "touches_school": ""}).status_code == 302
    with scope(federation.pk):
        assert FoundPage.objects.latest("pk").touches_school is None


def test_the_form_asks_what_the_policy_wants_to_know_and_no_more(browser, make_federation, sign_in):
    assert (
        "Is its network similar to one of these?" not in browser.get("/accounts/unofficial").content.decode()
    )
    with scope(make_federation("llanidloes", "llanidloes").pk):
        head = someone("Hana Head", "headteacher")
        adopt(by=head, at=NOW)
    there = sign_in(head)
    assert "Twitter" in there.get("/accounts/unofficial").content.decode()
    sent = {"address": "https://bsky.app/profile/llani", "comparable_to": "Twitter", "in_our_name": "yes"}
    assert there.post("/accounts/unofficial", sent).status_code == 302
    with scope(head.federation_id):
        assert FoundPage.objects.get().comparable_to == ["Twitter"]


def test_it_is_adopted_by_a_proposal_that_is_filled_in(found, sam, sign_in, federation):
    answer = sign_in(sam).post(f"/accounts/found/{found.pk}/adopt")
    with scope(federation.pk):
        proposal = Proposal.objects.get()

        assert answer["Location"] == f"/accounts/proposals/{proposal.pk}"
        assert (proposal.name, proposal.network, proposal.kind) == ("Leavers", "facebook", "school")
        assert FoundPage.objects.get().state == "adopting"
        assert Duty.objects.get(kind="accounts.found").state == "discharged"


def test_whoever_runs_it_is_asked_to_close_it_and_the_reminder_comes_on_the_chosen_day(
    found, sam, sign_in, federation
):
    browser = sign_in(sam)
    html = browser.get(f"/accounts/found/{found.pk}").content.decode()
    assert PAGE in html
    gone = browser.post(f"/accounts/found/{found.pk}/asked", {"remind_on": "2020-01-01"})
    assert gone.status_code == 422
    assert "in the future" in gone.content.decode()
    day = date.today() + timedelta(days=9)
    typed = {"remind_on": f"{day:%Y-%m-%d}"}
    assert browser.post(f"/accounts/found/{found.pk}/asked", typed).status_code == 302
    with scope(federation.pk):
        duty = Duty.objects.get(kind="accounts.found_remind")
        assert (duty.person_id, duty.due_day) == (sam.pk, day)
    assert browser.post(f"/accounts/found/{found.pk}/end", {"to": "closed"}).status_code == 302
    with scope(federation.pk):
        assert Duty.objects.get(kind="accounts.found_remind").state == "cancelled"
    check_page(browser.get(f"/accounts/found/{found.pk}").content.decode())


def test_it_is_handed_on_as_a_fake_with_its_evidence(found, sam, sign_in, federation):
    answer = sign_in(sam).post(f"/accounts/found/{found.pk}/fake", {"words": "It sells hoodies."})
    with scope(federation.pk):
        fake = Fake.objects.get()
        assert answer["Location"] == f"/accounts/fakes/{fake.pk}"
        assert FoundPage.objects.get().fake_id == fake.pk


def test_pages_of_friends_are_entered_shown_and_taken_off(sam, sign_in, browser, federation, client):
    inside = sign_in(sam)
    sent = {"name": "Friends", "address": "https://www.facebook.com/wgfriends", "contact": "The chair"}
    assert "Add a page" not in browser.get("/accounts/unofficial?show=pta").content.decode()
    assert browser.post("/accounts/unofficial?show=pta", sent).status_code == 403
    wrong = {"name": "", "address": "http://x.example"}
    assert inside.post("/accounts/unofficial?show=pta", wrong).status_code == 422
    assert inside.post("/accounts/unofficial?show=pta", sent).status_code == 302
    for one in (inside, browser):
        check_page(one.get("/accounts/unofficial?show=pta").content.decode())
    assert "The chair" in client.get("/wildground/register").content.decode()
    with scope(federation.pk):
        page = AssociatedPage.objects.get()
    assert browser.post(f"/accounts/beside/{page.pk}/end").status_code == 403
    assert inside.post(f"/accounts/beside/{page.pk}/end").status_code == 302
    assert "The chair" not in client.get("/wildground/register").content.decode()


def test_written_leave_is_given_by_the_role_of_the_policy_alone(make_federation, sign_in, client):
    with scope(make_federation("learn-to-live", "learn-to-live").pk):
        head, manager = someone("Hana Head", "headteacher"), someone("Nell Net", "network-manager")
        adopt(by=head, at=NOW)
        page = AssociatedPage.objects.create(
            name="Friends", address="https://www.facebook.com/f", uses_name=True, uses_logo=False,
            entered_at=NOW, entered_by=head,
        )  # fmt: skip
    at = f"/accounts/beside/{page.pk}/leave"
    assert sign_in(manager).post(at, {"asset": "name"}).status_code == 404
    html = sign_in(head).get("/accounts/unofficial?show=pta").content.decode()
    check_page(html)
    assert "Not shown" in html
    assert sign_in(head).post(at, {"asset": "name"}).status_code == 302
    assert "Friends" in client.get("/learn-to-live/register").content.decode()


# --- The register from the inside and the marks -------------------------------------------------------------


@pytest.fixture
def account(sam, federation) -> Account:
    """Open on Facebook, led by Sam."""
    with scope(federation.pk):
        one = Account.objects.create(
            name="Juniors", network="facebook", kind="school", made_at=NOW, state="open", opened_at=NOW,
            opened_by=sam, address="https://www.facebook.com/juniors",
        )  # fmt: skip
        TeamMember.objects.create(account=one, person=sam, part="lead", from_day=date(2020, 1, 1))
        return one


def test_the_register_from_the_inside_names_who_leads_and_what_is_at_risk(account, browser, sam, federation):
    html = browser.get("/accounts?show=health").content.decode()
    check_page(html)
    assert "Sam Slater" in html
    assert "Nothing known" in html
    assert "Juniors" not in browser.get("/accounts?show=risk").content.decode()

    with scope(federation.pk):
        AccountMark.objects.create(
            account=account, mark="text", seen="missing", looked_at=NOW, tried_at=NOW, there_at=NOW
        )
        Account.objects.filter(pk=account.pk).update(keys_run_out_at=NOW - timedelta(days=1))
        TeamMember.objects.all().delete()
    html = browser.get("/accounts?show=risk").content.decode()
    check_page(html)
    for risk in (
        "No current account lead",
        "The account’s connection has ended",
        "Proof that it’s genuine is missing",
    ):
        assert risk in html


def test_the_inside_asks_as_often_for_many_as_for_one(account, browser, sam, federation, same_queries):
    def grow():
        with scope(federation.pk):
            for n in range(3):
                one = Account.objects.create(
                    name=f"A{n}", network="facebook", kind="school", made_at=NOW, state="open", opened_at=NOW,
                    opened_by=sam, address=f"https://www.facebook.com/a{n}",
                )  # fmt: skip
                TeamMember.objects.create(account=one, person=sam, part="lead", from_day=date(2020, 1, 1))

    browser.get("/accounts?show=health")
    same_queries(lambda: browser.get("/accounts?show=health"), grow)
    same_queries(lambda: browser.get("/accounts?show=risk"), lambda: None)


def test_a_lead_takes_the_code_and_says_what_they_saw(account, sam, sign_in, federation, client):
    browser, at = sign_in(sam), f"/accounts/{account.pk}"
    check_page(browser.get(at).content.decode())
    assert browser.post(f"{at}/code").status_code == 302
    html = browser.get(at).content.decode()
    check_page(html)
    assert "sg-" in html
    assert browser.post(f"{at}/vouch", {"mark": "text", "there": "yes"}).status_code == 302
    assert "Our code is in its profile (checked on" in client.get("/wildground/register").content.decode()
    assert browser.post(f"{at}/vouch", {"mark": "text"}).status_code == 422
    assert browser.post(f"{at}/look-now").status_code == 409


def test_who_has_no_part_in_it_sees_no_code_and_vouches_for_nothing(account, browser):
    at = f"/accounts/{account.pk}"
    assert "How to tell it’s genuine" not in browser.get(at).content.decode()
    for act in ("code", "vouch", "look-now"):
        assert browser.post(f"{at}/{act}", {"mark": "text", "there": "yes"}).status_code == 403
    assert browser.get(f"{at}/move").status_code == 403


def test_an_account_moves_to_its_new_address(account, cast, sign_in, client):
    browser = sign_in(cast("Adam Admin", "administrator-moderator"))
    at = f"/accounts/{account.pk}/move"
    check_page(browser.get(at).content.decode())
    assert browser.post(at, {"address": "http://x.example/"}).status_code == 422
    assert browser.post(at, {"address": "https://www.facebook.com/juniors-new"}).status_code == 302
    assert "juniors-new" in client.get("/wildground/register").content.decode()


def test_all_of_it_in_welsh(found, account, cast, sign_in):
    browser = sign_in(cast("Nia", "slt", language="cy"))
    for path in (
        "/accounts/unofficial", f"/accounts/found/{found.pk}", "/accounts/unofficial?show=pta",
        "/accounts?show=health", f"/accounts/{account.pk}",
    ):  # fmt: skip
        check_page(browser.get(path).content.decode(), "cy")
