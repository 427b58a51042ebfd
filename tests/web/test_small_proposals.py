"""The pages of small proposals, where the policy says much and little."""

import pytest
from django.urls import reverse

from schoolgate.accounts.models import Admission, SmallProposal
from schoolgate.core.tenancy import scope
from tests.web.contributors_cast import entered, page, post, small_of, wildground, wootton

__all__ = ["wildground", "wootton"]


def take_part(**changes) -> dict[str, object]:
    return {
        "name": "Town museum forum", "address": "https://museum.example/forum", "words": "Our finds.",
        "for_school": "yes", "checked_on": "2026-11-02",
        "open_points": "Nobody moderates at night", **changes,
    }  # fmt: skip


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
