"""The pages of a proposal: saved as one goes, signed, changed with its signatures told, tried again."""

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.accounts.models import Account, Proposal, Signature
from schoolgate.accounts.proposing import submit_proposal
from schoolgate.core.tenancy import scope
from schoolgate.people.models import RoleAssignment
from schoolgate.policy.models import PolicyVersion
from schoolgate.rulebook.packs import own_policies_in
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.filling import filled
from tests.accounts.conftest import case, drafted
from tests.accounts.test_waiting import days_chosen
from tests.cast import give
from tests.pdf_ua import check_pdf
from tests.web.plain import check_page, shown_by
from tests.web.proposals_cast import (
    NOW,
    at_school,
    begun,
    draft,
    form_of,
    page,
    sent,
    sign,
    signed,
    wootton_as,
)

__all__ = ["at_school", "draft", "sent", "signed", "wootton_as"]
OWN_POLICIES = Path(__file__).parents[1] / "own_policies"


def test_the_form_stands_in_the_order_of_appendix_b_with_its_clauses(draft):
    shown = shown_by(page(draft.ann, "proposal", draft.pk))
    headings = ["Who applies", "Who the site is for", "How the site is run"]
    places = [shown.index(heading) for heading in headings]
    assert places == sorted(places)
    html = page(draft.ann, "proposal-part", draft.pk, "1")
    assert "Appendix B - Team details: The site author must name the department on the form." in html


def test_a_detail_is_there_only_once_its_choice_is_made(draft):
    there = reverse("proposal-part", args=[draft.pk, "3"])
    before = draft.ann.get(there).context["sections"]
    assert hidden(before, "point-host.name")
    assert "point-vetter" not in names(before), "that depends on another page"
    draft.ann.post(there, {"point-host": "school", "go": "list"})
    draft.ann.post(reverse("proposal-part", args=[draft.pk, "2"]), {"point-contributors": ["public"]})
    after = draft.ann.get(there).context["sections"]
    assert not hidden(after, "point-host.name")
    assert "point-vetter" in names(after)


def names(sections) -> dict[str, bool]:
    return {part.field.name: part.hidden for section in sections for part in section.parts}


def hidden(sections, name: str) -> bool:
    return names(sections)[name]


def test_what_was_typed_is_saved_after_a_pause_and_a_wrong_entry_loses_nothing(draft):
    response = draft.ann.post(
        reverse("proposal-save", args=[draft.pk, "1"]), {"point-department": "Art and design"}
    )
    assert "Saved:" in shown_by(response.content.decode())
    assert draft.ann.post(reverse("proposal-save", args=[draft.pk, "99"])).status_code == 404
    with scope(draft.federation.pk):
        assert Proposal.objects.get().answers == {"department": "Art and design"}

    typed = {"name": "Art", "point-hours_per_week": "many", "point-department": "Art"}
    response = draft.ann.post(reverse("proposal-edit", args=[draft.pk]), typed)
    assert response.status_code == 422
    assert response.context["page"].key == "4", "the page with the wrong entry is shown"
    assert 'value="many"' in response.content.decode()
    with scope(draft.federation.pk):
        saved = Proposal.objects.get()
    assert (saved.name, saved.answers) == ("Art", {"department": "Art"})


def test_a_change_tells_which_signatures_fall_before_it_is_saved_and_who_signs_again_what_changed(signed):
    typed = form_of(signed, **{"point-aim": "To sell tickets."})
    asked = signed.ann.post(reverse("proposal-change", args=[signed.pk]), typed)
    html = asked.content.decode()
    check_page(html)
    shown = shown_by(html)
    assert "Lou Grant" in shown
    assert "Pat Moor" in shown
    assert "signature must cover approval of the site's aims." in html.replace("&#x27;", "'")
    with scope(signed.federation.pk):
        assert Signature.objects.filter(voided=None).count() == 2

    sure = {**typed, "sure": "yes", "falling": [row.pk for row in asked.context["falling"]]}
    assert signed.ann.post(reverse("proposal-change", args=[signed.pk]), sure).status_code == 302
    with scope(signed.federation.pk):
        assert Signature.objects.filter(voided=None).count() == 0
    assert "your signature no longer counts" in page(signed.lou, "today")
    assert "No longer valid" in page(signed.pat, "proposal", signed.pk)

    again = signed.lou.get(reverse("proposal-sign", args=[signed.pk]))
    check_page(again.content.decode())
    assert [(row.before, row.after) for row in again.context["changed"]] == [
        ("As we agreed.", "To sell tickets.")
    ]
    sign(signed.lou, signed.pk)
    sign(signed.pat, signed.pk)
    assert "Decide on an account proposal" in page(signed.owner, "today")


def test_a_change_that_the_policy_refuses_keeps_what_was_typed(signed):
    typed = form_of(signed, **{"point-administrators": [signed.people.di.pk], "point-aim": "Tickets."})
    asked = signed.ann.post(reverse("proposal-change", args=[signed.pk]), typed)
    falling = [row.pk for row in asked.context["falling"]]
    response = signed.ann.post(
        reverse("proposal-change", args=[signed.pk]), {**typed, "sure": "yes", "falling": falling}
    )
    assert response.status_code == 409
    html = response.content.decode()
    check_page(html)
    assert "Tickets." in html
    assert "Changes not saved" in html


def test_leaving_out_the_aims_is_refused_with_its_clause(sent):
    seen = sent.lou.get(reverse("proposal-sign", args=[sent.pk])).context["seen"]
    refused = sent.lou.post(reverse("proposal-sign", args=[sent.pk]), {"seen": seen, "leaves_out": ["aims"]})
    assert refused.status_code == 409
    assert "must cover approval of the site" in refused.content.decode()


def test_it_is_sent_back_with_words_that_the_author_reads(sent):
    assert sent.lou.post(reverse("proposal-send-back", args=[sent.pk]), {"words": ""}).status_code == 422
    sent.lou.post(reverse("proposal-send-back", args=[sent.pk]), {"words": "Say who reads it."})
    assert "Changes requested to your proposal" in page(sent.ann, "today")
    assert "Say who reads it." in page(sent.ann, "proposal", sent.pk)


def test_the_paper_form_has_every_line_and_is_a_tagged_pdf_in_both_languages(signed):
    for language, words in (("en", "Who applies"), ("cy", "Pwy sy’n gwneud cais")):
        response = signed.pat.get(reverse("proposal-paper", args=[signed.pk]), {"language": language})
        html = response.content.decode().replace("&#x27;", "'")
        check_page(html, language)
        assert "Social Media Site Creation Approval Form" in html
        assert words in html
        assert "I approve the aims and content of the proposed site." in html
        if language == "en":
            assert "Staff of Wootton Upper" in html
            assert html.count("Given in Schoolgate using their own sign-in") == 2
        response = signed.pat.get(reverse("proposal-paper-pdf", args=[signed.pk]), {"language": language})
        sheet = response.content
        assert (response["Content-Type"], sheet[:5]) == ("application/pdf", b"%PDF-")
        check_pdf(sheet, language=language)


def test_the_pdf_of_somebody_elses_draft_is_not_there(draft):
    assert draft.pat.get(reverse("proposal-paper-pdf", args=[draft.pk])).status_code == 404


def test_too_few_people_are_told_before_it_is_handed_in(draft):
    draft.ann.post(reverse("proposal-edit", args=[draft.pk]), form_of(draft))
    assert "Not enough people" not in page(draft.ann, "proposal", draft.pk)
    with scope(draft.federation.pk):
        RoleAssignment.objects.filter(person=draft.people.pat).delete()
        give(draft.people.lou, "other-senior-manager")
    assert "Not enough people" in page(draft.ann, "proposal", draft.pk)


def test_the_only_one_who_decides_does_not_propose(at_school):
    cast = at_school("llanidloes", "headteacher")
    with scope(cast.federation.pk):
        give(cast.people.owner, "staff")
    pk = begun(cast, cast.owner)
    shown = page(cast.owner, "proposal", pk)
    assert "Not enough people" in shown
    assert "only Olwen Price, who can’t decide on this proposal" in shown


def test_who_hands_in_reads_who_decides_only_where_nobody_is_left_to(at_school):
    cast = at_school("wildground", "slt", amina=("Amina Khan", "staff"), tom=("Tom Reed", "staff"))
    with scope(cast.federation.pk):
        answers = case(cast.people.tom, cast.people.amina)
        pk = drafted(cast.people.amina, NOW, school=cast.school, answers=answers).pk
    cast.amina.post(reverse("proposal-submit", args=[pk]))
    shown = shown_by(page(cast.amina, "proposal", pk))
    assert "If approved:" in shown
    assert "who decides" not in shown
    assert "that the person deciding has opened the proposal" not in shown
    with scope(cast.federation.pk):
        RoleAssignment.objects.filter(person=cast.people.owner).update(ended_on=NOW.date())
    assert "who decides" in shown_by(page(cast.amina, "proposal", pk))


def test_a_second_try_shows_what_is_different_and_links_to_the_first(at_school):
    cast = at_school("llanidloes", "headteacher", carys=("Carys Huws", "staff"))
    first = begun(cast, cast.carys)
    given = {"name": "Y4", "school": cast.school.pk, "network": "noticeboard", "kind": "school",
             "pupils_in_audience": "no"}  # fmt: skip
    cast.carys.post(reverse("proposal-edit", args=[first]), given)
    cast.carys.post(reverse("proposal-submit", args=[first]))
    assert "Sent for approval today. This policy sets no deadline for the decision." in page(
        cast.carys, "proposal", first
    )
    seen = cast.owner.get(reverse("proposal-decide", args=[first])).context["seen"]
    decided = {"answer": "no", "reason": "There is one already.", "seen": seen}
    cast.owner.post(reverse("proposal-decide", args=[first]), decided)
    cast.carys.post(reverse("proposal-again", args=[first]))
    with scope(cast.federation.pk):
        second = Proposal.objects.latest("pk").pk
    cast.carys.post(reverse("proposal-edit", args=[second]), {**given, "name": "Year 4"})

    shown = page(cast.carys, "proposal", second)
    assert "There is one already." in shown
    assert reverse("proposal", args=[first]) in shown
    rows = cast.carys.get(reverse("proposal", args=[second])).context["first_try"]
    assert [(row.before, row.after) for row in rows] == [("Y4", "Year 4")]


def test_where_nobody_approves_the_page_says_whom_to_tell_and_whose_leave_counts(at_school):
    cast = at_school("learn-to-live", "headteacher", rob=("Rob Keane", "staff"))
    pk = begun(cast, cast.rob)
    shown = shown_by(page(cast.rob, "proposal", pk))
    assert "Under this policy proposals need no approval." in shown
    assert "its address goes to one of these: Network Manager, SLT." in shown
    assert "prior written permission from: Headteacher." in shown
    form = shown_by(page(cast.rob, "proposal-part", pk, "weighed"))
    assert "Duties to the community" in form
    cast.rob.post(
        reverse("proposal-edit", args=[pk]),
        {"name": "Y4", "school": cast.school.pk, "network": "noticeboard", "kind": "teaching",
         "weighed-school": "It saves paper."},
    )  # fmt: skip
    with scope(cast.federation.pk):
        assert Proposal.objects.get().considered == {"school": "It saves paper."}
    handed_in = cast.rob.post(reverse("proposal-submit", args=[pk]))
    with scope(cast.federation.pk):
        assert handed_in["Location"] == reverse("account", args=[Account.objects.get().pk])


@pytest.fixture
def at_st_annes(at_school, tmp_path):
    """The school's own policy, with these rules in place of the one that says who decides on accounts."""

    def enter(*rules):
        here = tmp_path / "st-annes"
        shutil.copytree(OWN_POLICIES / "st-annes", here)
        bound = here / "bindings" / "all.yaml"
        bound.write_text(
            "\n".join(one for one in bound.read_text().splitlines() if "st-annes-accounts-2" not in one)
        )
        (here / "rules" / "who-decides.yaml").write_text(json.dumps(rules))
        roles = here / "policy.yaml"
        roles.write_text(
            roles.read_text().replace("capacities: [oversee,", "capacities: [oversee, decide_account,")
        )
        own_policies_in(tmp_path)
        return at_school(
            "st-annes",
            "headteacher",
            rob=("Rob Keane", "class-teacher"),
            chair=("Ceri Wynn", "chair-of-governors"),
        )

    yield enter
    own_policies_in(tmp_path / "nowhere")


def sent_by_rob(cast) -> int:
    pk = begun(cast, cast.rob)
    cast.rob.post(
        reverse("proposal-edit", args=[pk]),
        {"name": "Y4", "school": cast.school.pk, "network": "noticeboard", "kind": "teaching"},
    )
    return pk


def test_where_no_rule_says_who_approves_the_clause_that_may_is_read_first_and_nothing_is_called_approved(
    at_st_annes,
):
    cast = at_st_annes()
    pk = sent_by_rob(cast)

    def read() -> None:
        html = page(cast.rob, "proposal", pk)
        assert "Only the headteacher decides that an account is opened." in html
        assert "need no approval" not in html
        assert "No approval needed" not in html

    read()
    handed_in = cast.rob.post(reverse("proposal-submit", args=[pk]))
    assert handed_in["Location"] == reverse("proposal", args=[pk])
    read()


def test_where_two_have_to_agree_the_account_waits_for_both(at_st_annes):
    two = ready_rules()["accounts_two_agree"]
    cast = at_st_annes(
        *filled(two, {"who": "headteacher", "deputy": "chair of governors"}, "st-annes-accounts-2")
    )
    pk = sent_by_rob(cast)
    cast.rob.post(reverse("proposal-submit", args=[pk]))
    assert cast.chair.get(reverse("proposal", args=[pk])).context["way"][1].now is False
    shown = cast.chair.get(reverse("proposal-decide", args=[pk]))
    early = cast.chair.post(
        reverse("proposal-decide", args=[pk]), {"answer": "yes", "seen": shown.context["seen"]}
    )
    with scope(cast.federation.pk):
        assert not Account.objects.exists(), "the headteacher hasn't agreed yet"
    assert early.status_code != 302
    sign(cast.owner, pk)
    with scope(cast.federation.pk):
        assert not Account.objects.exists(), "one of them alone"
    seen_now = cast.chair.get(reverse("proposal-decide", args=[pk])).context["seen"]
    cast.chair.post(reverse("proposal-decide", args=[pk]), {"answer": "yes", "seen": seen_now})
    with scope(cast.federation.pk):
        assert Account.objects.get().proposal_id == pk


def test_a_proposal_of_somebody_else_is_neither_changed_nor_tried_again(signed):
    assert signed.pat.get(reverse("proposal-change", args=[signed.pk])).status_code == 404
    assert signed.di.get(reverse("proposal-sign", args=[signed.pk])).status_code in (403, 404)


def test_one_proposal_asks_as_often_with_many_signatures_as_with_few(signed, same_queries):
    def look() -> None:
        assert signed.owner.get(reverse("proposal", args=[signed.pk])).status_code == 200

    def more() -> None:
        typed = form_of(signed, **{"point-aim": "Another aim."})
        asked = signed.ann.post(reverse("proposal-change", args=[signed.pk]), typed)
        falling = [row.pk for row in asked.context["falling"]]
        signed.ann.post(
            reverse("proposal-change", args=[signed.pk]), {**typed, "sure": "yes", "falling": falling}
        )
        for browser in (signed.lou, signed.pat):
            sign(browser, signed.pk)

    look()  # the first visit also notes the session
    same_queries(look, more)


def test_a_number_of_days_that_was_chosen_is_shown_as_our_own_choice(at_school):
    cast = at_school(
        "wildground", "slt", amina=("Amina Khan", "staff"), bryn=("Bryn Ellis", "staff")
    )  # fmt: skip
    with scope(cast.federation.pk):
        days_chosen(SimpleNamespace(version=PolicyVersion.objects.get(), owner=cast.people.owner), NOW, 10)
        proposal = drafted(
            cast.people.amina, NOW, school=cast.school, answers=case(cast.people.amina, cast.people.bryn)
        )
        submit_proposal(proposal=proposal, by=cast.people.amina, at=NOW)

    today = page(cast.owner, "today").replace("&#x27;", "'")
    assert "Your federation’s own choice: Process for creating new accounts" in today
    shown = shown_by(page(cast.amina, "proposal", proposal.pk))
    assert "About waiting for a decision:" in shown
    assert "This policy sets no deadline" not in shown
