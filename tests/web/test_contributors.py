"""The pages of small proposals and of those who ask to be let in, where the policy says much and little."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.accounts.models import Account, Admission, Circle, Proposal, SmallProposal, TeamMember
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.actions import adopt
from schoolgate.policy.asking import record_decision
from tests.cast import someone
from tests.web.plain import check_page

NOW = datetime.now(UTC)


def page(browser, name, *args, status=200, language="en", **asked) -> str:
    response = browser.get(reverse(name, args=args), asked)
    assert response.status_code == status
    html = response.content.decode()
    check_page(html, language)
    return html


def post(browser, where, *args, status=302, **given) -> str:
    response = browser.post(reverse(where, args=args), given)
    assert response.status_code == status
    return response.content.decode()


def requests_of(account: int) -> str:
    return f"{reverse('admissions')}?account={account}"


def world(make_federation, sign_in, key, **roles) -> SimpleNamespace:
    """A federation with one open account that Mia moderates; a browser for each person."""
    federation = make_federation(key, key)
    with scope(federation.pk):
        people = {name: someone(*given) for name, given in roles.items()}
        school = School.objects.create(name="North", slug="north")
        version = adopt(by=people["head"], at=NOW)
        form = Proposal.objects.create(
            by=people["mia"], school=school, name="Science club", network="facebook", kind="school",
            answers={"vetter": people["vera"].pk} if "vera" in people else {}, started_at=NOW, saved_at=NOW,
        )  # fmt: skip
        Proposal.objects.filter(pk=form.pk).update(
            state="approved", version=version, submitted_at=NOW, decided_at=NOW, decided_by=people["head"],
            decision=record_decision("account.decide", {}, at=NOW, by=people["head"], subject=form),
        )  # fmt: skip
        account = Account.objects.create(
            name="Science club", network="facebook", kind="school", school=school, state="open",
            proposal=form, made_at=NOW, opened_at=NOW, opened_by=people["head"],
        )  # fmt: skip
        TeamMember.objects.create(
            account=account, person=people["mia"], part="moderator", from_day=NOW.date()
        )
    browsers = {name: sign_in(person) for name, person in people.items()}
    return SimpleNamespace(federation=federation, account=account.pk, people=people, **browsers)


@pytest.fixture
def wootton(make_federation, sign_in):
    return world(
        make_federation, sign_in, "wootton",
        head=("Olwen Price", "principal"), mia=("Mia Lowe", "moderator", "staff"),
        vera=("Vera Finch", "vetter-of-external-contributors"), amy=("Amy Reed", "staff"),
    )  # fmt: skip


@pytest.fixture
def wildground(make_federation, sign_in):
    return world(
        make_federation, sign_in, "wildground",
        head=("Sam Slater", "slt"), mia=("Mia Lowe", "administrator-moderator"), amy=("Amy Reed", "staff"),
    )  # fmt: skip


def entered(cast, **changes) -> int:
    given = {
        "who": "D. Frey", "asked_for": "friend", "kind": "person", "relation": "other",
        "known_how": "Helps at the club.", **changes,
    }  # fmt: skip
    assert cast.mia.post(requests_of(cast.account), given).status_code == 302
    with scope(cast.federation.pk):
        return Admission.objects.latest("pk").pk


FOUND = {"how": "met", "how_known": "Helps at the club.", "real_person": "yes", "grown_up": "adult"}


def test_a_friend_comes_in_on_the_pages(wootton):
    assert "No requests yet" in page(wootton.mia, "admissions", account=wootton.account)
    pk = entered(wootton)
    nobody_writes_unseen = {"with_pupils": "no", "made_for_pupils": "no", "private_messages": "no"}
    assert "Are any members pupils?" in page(wootton.mia, "account-circle", wootton.account)
    post(wootton.mia, "account-circle", wootton.account, **nobody_writes_unseen)
    assert "Check an access request" in page(wootton.mia, "today")
    assert "D. Frey" not in page(wootton.mia, "today")

    assert "A.5.7" in page(wootton.mia, "admission", pk)
    assert "A.5.7" in post(wootton.mia, "admission-let-in", pk, status=409)
    page(wootton.mia, "admission-look", pk)
    assert "Fill in this field" in post(wootton.mia, "admission-look", pk, status=422, how="met")
    post(wootton.mia, "admission-look", pk, passed="yes", **FOUND)
    post(wootton.mia, "admission-let-in", pk)

    shown = page(wootton.mia, "admission", pk)
    assert "Now add them on the network" in shown
    assert (
        "Schoolgate can’t do this for you. Do it in the network’s own settings, then confirm here." in shown
    )
    assert "D. Frey" in page(wootton.mia, "admissions")
    post(wootton.mia, "admission-done", pk)
    assert "Added on the network" in page(wootton.mia, "admission", pk)

    page(wootton.mia, "admission-end", pk)
    assert "Say why" in post(wootton.mia, "admission-end", pk, status=422, reason="")
    post(wootton.mia, "admission-end", pk, reason="Advertised.")
    assert "Advertised." in page(wootton.mia, "admission", pk)
    assert (
        "This permanently deletes the name, how the school knows them and the reasons. The request, who"
        in page(wootton.mia, "admission-wipe", pk)
    )
    post(wootton.mia, "admission-wipe", pk)
    wiped = page(wootton.mia, "admission", pk)
    assert "Name deleted" in wiped
    assert "D. Frey" not in wiped
    assert "Name deleted" in page(wootton.mia, "admissions", show="all")


def test_a_contributor_from_outside_waits_for_the_one_whom_the_form_names(wootton):
    pk = entered(wootton, asked_for="contribute", relation="parent", who="Tim Rowe")

    shown = page(wootton.mia, "admission", pk)
    assert "Vera Finch" in shown
    assert "Record what you found" not in shown
    assert wootton.mia.get(reverse("admission-look", args=[pk])).status_code == 403
    assert "Tim Rowe" in page(wootton.vera, "admissions")
    assert "Tim Rowe" not in page(wootton.mia, "admissions")
    post(wootton.vera, "admission-look", pk, how="vouched", passed="no")
    greyed = page(wootton.vera, "admission", pk)
    assert "The person who checked this said the request should be declined." in greyed
    assert "Describe this account’s members and messaging" not in greyed
    post(wootton.vera, "admission-let-in", pk, status=409)
    post(wootton.vera, "admission-turn-away", pk, reason="Nobody here knows them.")
    assert "Nobody here knows them." in page(wootton.mia, "admission", pk)


def test_a_second_request_shows_the_refusal_before_it(wootton):
    first = entered(wootton, who="@TRowe")
    post(wootton.mia, "admission-turn-away", first, reason="Nobody here knows them.")
    second = entered(wootton, who="t rowe")

    shown = page(wootton.mia, "admission", second)

    assert "Declined before" in shown
    assert "Nobody here knows them." in shown


def test_who_has_nothing_to_do_with_the_account_sees_no_request(wootton):
    pk = entered(wootton)
    assert wootton.amy.get(reverse("admission", args=[pk])).status_code == 404
    assert wootton.amy.get(requests_of(wootton.account)).status_code == 403
    assert wootton.amy.post(reverse("admission-let-in", args=[pk])).status_code == 404
    assert "Access requests" not in page(wootton.amy, "account", wootton.account)
    assert "1 request waiting" in page(wootton.mia, "account", wootton.account)
    assert "No requests waiting for you" in page(wootton.amy, "admissions")


def test_a_request_without_a_name_is_sent_back_to_its_form(wootton):
    given = {"who": "", "asked_for": "friend", "kind": "person", "relation": ""}
    answer = wootton.mia.post(requests_of(wootton.account), given)
    html = answer.content.decode()
    check_page(html)
    assert answer.status_code == 422
    assert "Enter their name as it appears on the network." in html
    assert "Say what they are to the school" in html


def test_where_the_policy_asks_for_no_check_the_page_says_so(wildground):
    pk = entered(wildground)

    shown = page(wildground.mia, "admission", pk)

    assert "This policy doesn’t ask for an identity check." in shown
    assert "Record what you found" not in shown
    assert wildground.mia.get(reverse("account-circle", args=[wildground.account])).status_code == 404
    post(wildground.mia, "admission-let-in", pk)


def test_a_parent_is_told_how_to_use_the_platform_before_posting_is_switched_on(wildground):
    assert "Add a person for a learning platform" in page(wildground.mia, "admissions")
    post(wildground.mia, "admissions", who="Mr Doyle", kind="person", relation="parent")
    with scope(wildground.federation.pk):
        pk = Admission.objects.get().pk
    page(wildground.mia, "admission", pk)
    post(wildground.mia, "admission-let-in", pk, status=409)
    post(wildground.mia, "admission-told", pk)
    post(wildground.mia, "admission-let-in", pk)
    assert "Approved, not added on the network yet" in page(wildground.mia, "admission", pk)


def test_who_looks_after_the_platform_of_one_school_enters_people_for_that_school(wildground, sign_in):
    with scope(wildground.federation.pk):
        north = School.objects.get()
        south = School.objects.create(name="South", slug="south")
        lea = sign_in(someone("Lea Fox", "administrator-moderator", school=north))
    given = {"who": "Mr Doyle", "kind": "person", "relation": "parent"}

    html = page(lea, "admissions")

    assert "North" in html
    assert "South" not in html
    assert "The whole federation" not in html
    post(lea, "admissions", status=422, **given)
    post(lea, "admissions", status=422, school=south.pk, **given)
    post(lea, "admissions", school=north.pk, **given)


def test_who_looks_after_no_platform_is_neither_led_nor_let_there(wildground):
    assert "Add a person for a learning platform" not in page(wildground.amy, "admissions")
    given = {"who": "Mr Doyle", "kind": "person", "relation": "parent"}
    post(wildground.amy, "admissions", status=403, **given)
    assert wildground.amy.post(requests_of(wildground.account), given).status_code == 403


def test_where_no_rule_is_about_the_platform_nothing_leads_there(wootton):
    assert "Add a person for a learning platform" not in page(wootton.mia, "admissions")


def take_part(**changes) -> dict[str, object]:
    return {
        "name": "Town museum forum", "address": "https://museum.example/forum", "words": "Our finds.",
        "for_school": "yes", "checked_on": "2026-11-02",
        "open_points": "Nobody moderates at night", **changes,
    }  # fmt: skip


def small_of(cast) -> int:
    with scope(cast.federation.pk):
        return SmallProposal.objects.latest("pk").pk


def decided(cast, pk, answer, reason="") -> None:
    seen = cast.head.get(reverse("small-proposal-decide", args=[pk])).context["seen"]
    post(cast.head, "small-proposal-decide", pk, answer=answer, reason=reason, seen=seen)


def test_taking_part_in_a_site_of_others_is_put_in_and_decided(wootton):
    assert "A.3.3" in page(wootton.amy, "small-proposal-new", "take-part")
    assert "A.2.4" in post(
        wootton.amy,
        "small-proposal-new",
        "take-part",
        status=409,
        **take_part(checked_on=""),
    )
    post(wootton.amy, "small-proposal-new", "take-part", **take_part())
    pk = small_of(wootton)
    shown = page(wootton.amy, "small-proposal", pk)
    assert "Olwen Price" in shown
    assert "no one has this role yet" in shown
    assert "The policy gives no deadline for this." in shown
    assert "Decide on a quick request" in page(wootton.head, "today")
    page(wootton.head, "small-proposal-decide", pk)

    decided(wootton, pk, "yes")

    shown = page(wootton.amy, "small-proposal", pk)
    assert "Needs a ruling" in shown or "needs a ruling" in shown
    post(wootton.amy, "small-proposal-done", pk, status=409)


def test_a_refused_call_gives_its_reason_and_can_be_tried_again(wootton):
    call = {
        "account": wootton.account,
        "name": "Writers",
        "words": "Write with us.",
        "through_social_media": "yes",
    }
    post(wootton.mia, "small-proposal-new", "call", **call)
    pk = small_of(wootton)
    assert wootton.mia.get(reverse("small-proposal-decide", args=[pk])).status_code == 403
    seen = wootton.head.get(reverse("small-proposal-decide", args=[pk])).context["seen"]
    assert "Say why" in post(wootton.head, "small-proposal-decide", pk, status=422, answer="no", seen=seen)
    decided(wootton, pk, "no", "Not before Easter.")

    assert "Not before Easter." in page(wootton.mia, "small-proposal", pk)
    again = wootton.mia.get(reverse("small-proposal-new", args=["call"]) + f"?again={pk}").content.decode()
    assert "Not before Easter." in again
    assert "Write with us." in again
    post(wootton.mia, "small-proposal-new", "call", again_of=pk, **call)
    assert "Resubmission" in page(wootton.mia, "small-proposal", small_of(wootton))
    post(wootton.mia, "small-proposal-withdraw", small_of(wootton))


def test_an_approved_organisation_is_entered_with_its_approval(wootton):
    given = {"account": wootton.account, "name": "Woodland Trust", "words": "They plant trees with us."}
    post(wootton.mia, "small-proposal-new", "organisation", **given)
    pk = small_of(wootton)
    decided(wootton, pk, "yes")
    asked = {"account": wootton.account, "approval": pk}
    assert f"?account={wootton.account}&amp;approval={pk}#add" in page(wootton.mia, "small-proposal", pk)
    assert f'<option value="{pk}" selected>' in page(wootton.mia, "admissions", **asked)

    made = entered(wootton, who="Woodland Trust", kind="organisation", relation="", approval=pk)

    with scope(wootton.federation.pk):
        assert Admission.objects.get(pk=made).approval_id == pk
    assert "Woodland Trust" in page(wootton.mia, "admission", made)


@pytest.mark.parametrize("kind", ["take-part", "call", "organisation"])
def test_where_no_approval_is_asked_the_page_says_so_and_nothing_is_opened(wildground, kind):
    assert page(wildground.mia, "small-proposals").count("No approval needed") == 3
    html = page(wildground.mia, "small-proposal-new", kind)
    assert "This policy doesn’t ask for approval of this." in html
    assert "Send for approval" not in html
    with scope(wildground.federation.pk):
        assert SmallProposal.objects.count() == 0


def test_another_kind_of_small_proposal_is_not_there(wootton):
    assert wootton.mia.get(reverse("small-proposal-new", args=["party"])).status_code == 404


@pytest.mark.parametrize("name", ["small-proposals", "admissions"])
def test_the_pages_speak_welsh(make_federation, sign_in, name):
    cast = world(
        make_federation, sign_in, "llanidloes",
        head=("Olwen Price", "headteacher"), mia=("Mia Lowe", "moderator"),
    )  # fmt: skip
    with scope(cast.federation.pk):
        person = cast.people["mia"]
        person.language = "cy"
        person.save()
    page(cast.mia, name, language="cy")


def test_the_lists_ask_as_often_for_one_row_as_for_forty(wootton, same_queries):
    def more(first: int, last: int) -> None:
        with scope(wootton.federation.pk):
            account = Account.objects.get()
            mia = wootton.people["mia"]
            Admission.objects.bulk_create(
                Admission(
                    account=account, asked_for="friend", kind="person", relation="other", who=f"A {number}",
                    who_key=f"a{number}", asked_on=NOW.date(), entered_by=mia, entered_at=NOW,
                )
                for number in range(first, last)
            )  # fmt: skip
            SmallProposal.objects.bulk_create(
                SmallProposal(
                    kind="call", by=mia, account=account, name=f"S {number}", words="x", submitted_at=NOW
                )
                for number in range(first, last)
            )

    more(0, 1)
    lists = [
        reverse("admissions"), f"{reverse('admissions')}?show=all", requests_of(wootton.account),
        reverse("small-proposals"), reverse("account", args=[wootton.account]),
    ]  # fmt: skip
    for address in lists:
        assert wootton.mia.get(address).status_code == 200
    same_queries(lambda: [wootton.mia.get(address) for address in lists], lambda: more(1, 41))

    first = wootton.mia.get(reverse("admissions")).context["page"]
    second = wootton.mia.get(f"{reverse('admissions')}?{first.older}").context["page"]
    assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}
    assert (len(first.rows), bool(second.newer)) == (25, True)


def test_what_was_said_of_who_is_in_it_stands_on_the_account(wootton):
    said = {"with_pupils": "yes", "made_for_pupils": "", "private_messages": "yes"}
    post(wootton.mia, "account-circle", wootton.account, **said)

    html = page(wootton.mia, "account-circle", wootton.account)
    assert "A.2.2" in html
    with scope(wootton.federation.pk):
        circle = Circle.objects.get()
    assert (circle.with_pupils, circle.made_for_pupils, circle.private_messages) == (True, None, True)
    assert "Can members message each other privately?" in page(wootton.mia, "account", wootton.account)


def test_another_federations_requests_and_small_proposals_are_not_there(wootton, wildground):
    theirs = entered(wootton)
    call = {"account": wootton.account, "name": "W", "words": "Write with us.", "through_social_media": "yes"}
    post(wootton.mia, "small-proposal-new", "call", **call)
    small = small_of(wootton)

    for where in ("admission", "admission-look", "admission-turn-away", "admission-end", "admission-wipe"):
        assert wildground.mia.get(reverse(where, args=[theirs])).status_code == 404
    for where in ("told", "let-in", "done", "withdraw", "wipe"):
        assert wildground.mia.post(reverse(f"admission-{where}", args=[theirs])).status_code == 404
    for where in ("small-proposal", "small-proposal-decide"):
        assert wildground.head.get(reverse(where, args=[small])).status_code == 404
    for where in ("withdraw", "done"):
        assert wildground.mia.post(reverse(f"small-proposal-{where}", args=[small])).status_code == 404
    for where in (requests_of(wootton.account), reverse("account-circle", args=[wootton.account])):
        assert wildground.mia.get(where).status_code == 404
