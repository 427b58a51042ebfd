"""The pages of access requests, where the policy says much and little."""

import pytest
from django.urls import reverse

from schoolgate.accounts.models import Account, Admission, Circle, Proposal, SmallProposal
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from tests.cast import someone
from tests.web.contributors_cast import (
    NOW,
    entered,
    moderated,
    moderated_by_mia,
    page,
    post,
    requests_of,
    small_of,
    wildground,
    wootton,
)
from tests.web.plain import check_page
from tests.web.there import There

__all__ = ["wildground", "wootton"]


@pytest.fixture
def plan(wootton):
    """What the account's form says about consent."""
    with scope(wootton.federation.pk):
        form = Proposal.objects.get()
        Proposal.objects.update(
            answers={**form.answers, "consent_plan": "On the consent form in the office."}
        )


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


def test_a_pupil_writes_once_the_check_says_who_agreed(wootton, plan):
    post(wootton.mia, "account-circle", wootton.account, with_pupils="yes", made_for_pupils="no",
         private_messages="no")  # fmt: skip
    pk = entered(wootton, asked_for="contribute", relation="pupil", who="Sam B.")

    form = page(wootton.mia, "admission-look", pk)
    assert "Has a parent or another responsible adult agreed?" in form
    assert "How it will be moderated: On the consent form in the office." in form
    assert "Not needed: an adult" not in form
    child = FOUND | {"grown_up": "child", "passed": "yes"}
    post(wootton.mia, "admission-look", pk, **child, consent="missing")
    assert "can contribute once someone has consented" in post(
        wootton.mia, "admission-let-in", pk, status=409
    )
    refused = post(wootton.mia, "admission-look", pk, status=422, **child, consent="parent")
    assert "Enter the day they agreed." in refused
    post(wootton.mia, "admission-look", pk, **child, consent="parent", consent_on=NOW.date().isoformat())
    post(wootton.mia, "admission-let-in", pk)
    assert "A parent or carer has agreed" in page(wootton.mia, "admission", pk)


def test_a_person_from_outside_may_be_an_adult_who_decides_and_that_can_be_corrected(wootton):
    pk = entered(wootton, asked_for="contribute", relation="parent", who="Tim Rowe")
    assert "Not needed: an adult who decides for themselves" in page(wootton.vera, "admission-look", pk)
    post(wootton.vera, "admission-look", pk, passed="yes", consent="not_needed", **FOUND)
    assert "Has a parent or another responsible adult agreed?" in page(wootton.vera, "admission-look", pk)


def test_a_friend_is_asked_for_no_consent(wootton):
    assert "responsible adult" not in page(wootton.mia, "admission-look", entered(wootton))


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
    assert "Say how the school knows them" in html


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


def test_the_pages_speak_welsh(in_world, sign_in):
    cast = moderated(in_world, sign_in, "llanidloes")
    with scope(cast.federation.pk):
        cast.people.mia.language = "cy"
        cast.people.mia.save()
    for name in ("small-proposals", "admissions"):
        page(cast.mia, name, language="cy")


def test_the_lists_ask_as_often_for_one_row_as_for_forty(wootton, same_queries):
    def more(first: int, last: int) -> None:
        with scope(wootton.federation.pk):
            account = Account.objects.get()
            mia = wootton.people.mia
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
    assert wootton.mia.get(lists[0]).status_code == 200
    same_queries(lambda: [wootton.mia.get(address) for address in lists], lambda: more(1, 27))

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


def test_another_federations_requests_and_small_proposals_are_not_there(wootton, sign_in):
    wildground = There(**vars(moderated_by_mia.build(NOW, "wildground")), sign_in=sign_in)
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
