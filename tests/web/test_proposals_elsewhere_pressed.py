"""A proposal where one person decides, and a notice where nobody does: each as itself."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.accounts.before_opening import save_setup
from schoolgate.accounts.models import Account
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from schoolgate.policy.models import PolicyVersion
from tests.accounts.conftest import OWNER, case, drafted, ready
from tests.accounts.test_other_policies import TEACHING
from tests.cast import someone
from tests.web.scriptless import Page, bring_session, expect, open_context, wrong_with

NOW = datetime.now(UTC)


@pytest.fixture
def at_school(make_federation, sign_in):
    """`at_school("llanidloes", carys=("Carys Huws", "staff"))`: a policy in force, `.page(key)` a browser."""
    opened = []

    def enter(key: str, **people: tuple[str, ...]) -> SimpleNamespace:
        federation = make_federation(key, key)
        with scope(federation.pk):
            country = "wales" if key == "llanidloes" else "england"
            name = "Llanidloes High School" if key == "llanidloes" else "North"
            school = School.objects.create(name=name, slug="north", country=country)
            found = {who: someone(*given) for who, given in people.items()}
            found["owner"] = someone("Olwen Price", OWNER[key])
            adopt(by=found["owner"], at=NOW)
        browsers = {who: sign_in(person) for who, person in found.items()}

        def page(who: str, name: str, *args: object) -> Page:
            context = open_context()
            opened.append(context)
            bring_session(context, browsers[who])
            tab = context.new_page()
            tab.goto(reverse(name, args=args))
            return tab

        return SimpleNamespace(
            federation=federation, school=school, people=SimpleNamespace(**found), page=page
        )

    yield enter
    for context in opened:
        context.close()


@pytest.mark.parametrize(
    ("key", "decider", "answers"),
    [
        (
            "boroughbridge",
            ("Sue Hart", "senior-network-manager-senior-authoriser"),
            {"content_description": "Pictures of displays."},
        ),
        ("llanidloes", ("Rhian Evans", "headteacher"), None),
    ],
    ids=["boroughbridge", "llanidloes"],
)
def test_a_proposal_is_handed_in_and_decided_by_whom_the_policy_names(at_school, key, decider, answers):
    staff = "all-staff" if key == "boroughbridge" else "staff"
    given = ("Amina Khan", staff), ("Tom Reed", staff)
    cast = at_school(key, amina=given[0], tom=given[1], decider=decider)
    with scope(cast.federation.pk):
        people = cast.people
        said = case(people.tom, people.amina, **answers) if answers is not None else {}
        proposal = drafted(people.amina, NOW, school=cast.school, answers=said)
        for person in (people.tom, people.amina) if said else ():
            ready(person, PolicyVersion.objects.get(), trained_by=people.decider, at=NOW)

    amina = cast.page("amina", "proposal-check", proposal.pk)
    amina.get_by_role("button", name="Send for approval").click()
    expect(amina.get_by_text("Proposal sent for approval.")).to_be_visible()

    head = cast.page("decider", "today")
    head.get_by_role("link", name="Read and decide").click()
    head.get_by_role("link", name="Decide", exact=True).click()
    wrong = wrong_with(head)
    head.get_by_role("button", name="Approve").click()
    expect(head.get_by_text("Your decision has been saved.")).to_be_visible()

    amina.goto(amina.url)
    amina.get_by_role("link", name="Go to the account").click()
    wrong += wrong_with(amina)
    assert wrong == []
    with scope(cast.federation.pk):
        proposal.refresh_from_db()
        assert (proposal.state, proposal.decided_by) == ("approved", cast.people.decider)
        clause = next(one for one in proposal.decision.clauses if one.startswith(key))
    # Read at another door: the evidence of the clause by which it was decided.
    evidence = cast.page("owner", "clause-evidence", clause)
    expect(evidence.get_by_text("A proposal for an account was accepted.")).to_be_visible()


def test_where_no_proposal_is_approved_the_address_is_told_before_pupils_come(at_school):
    cast = at_school("learn-to-live", rob=("Rob Keane", "staff"), nia=("Nia Webb", "network-manager"))
    with scope(cast.federation.pk):
        proposal = drafted(cast.people.rob, NOW, school=cast.school, kind="teaching")

    rob = cast.page("rob", "proposal-check", proposal.pk)
    rob.get_by_role("button", name="Send proposal").click()
    expect(
        rob.get_by_text("Proposals need no approval under this policy. You can set up the account now.")
    ).to_be_visible()
    with scope(cast.federation.pk):
        account = Account.objects.get()
        save_setup(account=account, by=cast.people.rob, at=NOW, answers={**TEACHING, "uses_name": False})
    rob.reload()
    rob.get_by_role("button", name="Open this account").click()
    with scope(cast.federation.pk):
        account.refresh_from_db()
        assert account.state == "waiting"

    rob.goto(rob.url.split("/accounts/")[0] + reverse("account", args=[account.pk]))
    rob.get_by_role("link", name="Notify someone").click()
    rob.get_by_label("Person to notify").select_option(label="Nia Webb (Network Manager)")
    rob.get_by_label("Address").fill("https://a.example/y4")
    rob.get_by_label("Account name or handle").fill("@y4")
    rob.get_by_role("button", name="Save notice").click()
    wrong = wrong_with(rob)
    rob.get_by_role("button", name="Open this account").click()
    assert wrong == []
    # Read at another door: what everybody may see.
    rob.goto(rob.url.split("/accounts/")[0] + reverse("register", args=["learn-to-live"]))
    expect(rob.get_by_text("Year 4").first).to_be_visible()
