"""Four accounts that were there before: taken in, one let go on by the role
that decides, read by everybody, and posted on, while another account's post waits."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.accounts.models import Account
from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from schoolgate.publishing.drafting import TargetText, draft_post
from tests.cast import someone, someone_leads
from tests.publishing.conftest import ANSWERS
from tests.web.scriptless import bring_session, expect, open_context, wrong_with

NOW = datetime.now(UTC)
HEAD = "Network,Address,School,Since,Who runs it,Pupils,Kind"
PAGES = [f"page{number:02}" for number in range(1, 5)]


@pytest.fixture
def juniors(make_federation, sign_in, home):
    """Wildground: an administrator brings the list, the SLT decides, Amina writes and Ben approves."""
    federation = make_federation("wildground", "wildground", languages=["en", "cy"])
    with scope(federation.pk):
        sam, mari, amina, ben = (
            someone(name, role)
            for name, role in (
                ("Sam Slater", "slt"), ("Mari Lewis", "administrator-moderator"),
                ("Amina Khan", "staff"), ("Ben Carter", "lead-staff-member"),
            )
        )  # fmt: skip
        adopt(by=sam, at=NOW - timedelta(days=1))
        someone_leads()
        school = School.objects.create(name="Juniors", slug="juniors")
    return SimpleNamespace(
        federation=federation, school=school, amina=amina,
        sam=sign_in(sam), mari=sign_in(mari), writer=sign_in(amina), approver=sign_in(ben),
    )  # fmt: skip


def open_as(who):
    context = open_context()
    bring_session(context, who)
    return context.new_page()


def hand_in(juniors, tab, account, text):
    """A draft of Amina's on this account, handed in on its page."""
    with scope(juniors.federation.pk):
        post = draft_post(
            by=juniors.amina, at=NOW, school=juniors.school, answers=ANSWERS,
            targets=[TargetText(account, text)],
        )  # fmt: skip
    tab.goto(reverse("post", args=[post.pk]))
    return post


def test_four_accounts_are_taken_in_and_one_of_them_goes_on(juniors, tmp_path):
    file = tmp_path / "accounts.csv"
    lines = [f"FB,https://www.facebook.com/{page},Juniors,9/2016,Amina Khan,no,school" for page in PAGES]
    file.write_text("\n".join([HEAD, *lines]))

    tab = open_as(juniors.mari)
    tab.goto(reverse("accounts"))
    tab.get_by_role("link", name="Import existing accounts").click()
    tab.get_by_label("List").set_input_files(file)
    assert wrong_with(tab) == []
    tab.get_by_role("button", name="Preview import").click()
    tab.get_by_label("Name for these import settings").fill("Our accounts")
    assert wrong_with(tab) == []
    tab.get_by_role("button", name="Preview changes").click()
    expect(tab.get_by_text("Accounts added to the register")).to_be_visible()
    assert wrong_with(tab) == []
    tab.get_by_role("button", name="Add to register").click()
    expect(tab.get_by_text("4 accounts are now on the register.")).to_be_visible()
    assert wrong_with(tab) == []

    tab = open_as(juniors.sam)
    tab.goto(reverse("accounts") + "?show=there")
    tab.get_by_role("link", name="Juniors: Facebook Page @page01").click()
    expect(tab.get_by_text("This account can’t post yet")).to_be_visible()
    assert wrong_with(tab) == []
    tab.get_by_role("link", name="Give permission to continue").click()
    until = local_day(NOW) + timedelta(days=30)
    tab.get_by_label("Until").fill(until.isoformat())
    tab.get_by_label("Why may it continue meanwhile?").fill(
        "The form is with us, and families read this page."
    )
    assert wrong_with(tab) == []
    tab.get_by_role("button", name="Give permission").click()
    expect(tab.get_by_text("Permission to continue until")).to_be_visible()

    public = open_context().new_page()
    public.goto("/wildground/register")
    expect(public.get_by_text("Existed before Schoolgate, since September 2016.")).to_have_count(len(PAGES))
    assert wrong_with(public) == []

    with scope(juniors.federation.pk):
        first, second = Account.objects.order_by("pk")[:2]
    tab = open_as(juniors.writer)
    waits = hand_in(juniors, tab, second, "Not yet.")
    waits_for = tab.get_by_text("can’t post yet: it was there before Schoolgate and doesn’t meet the policy.")
    expect(waits_for.first).to_be_visible()
    post = hand_in(juniors, tab, first, "Sports day is on Friday.")
    tab.get_by_role("button", name="Send for approval").first.click()
    approver = open_as(juniors.approver)
    approver.goto(reverse("post", args=[post.pk]))
    approver.get_by_role("button", name="Approve").first.click()
    expect(approver.get_by_text("Approved").first).to_be_visible()
    approver.goto(reverse("post", args=[waits.pk]))
    expect(approver.get_by_role("button", name="Approve")).to_have_count(0)
