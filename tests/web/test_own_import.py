"""The pages on which the owner of a federation's own policy imports a document."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt_first
from schoolgate.policy.models import PolicyImport, PolicyVersion
from schoolgate.policy.writing import writing
from schoolgate.rulebook.packs import own_policies_in
from schoolgate.rulebook.packs.blank import BLANK
from schoolgate.rulebook.working_time import local_day
from tests.cast import someone
from tests.documents import encrypted, pdf
from tests.policy.test_imports import POLICY
from tests.web.own_policy_cast import NOW, RULED
from tests.web.own_policy_pages import hidden, text_of
from tests.worlds import enter_federation, world

BEGUN = NOW - timedelta(hours=2)
CALLED = "own-import"
LOCKED = encrypted(pdf([(11, "Staff must ask.")]), "secret")


@world()
def empty_policy(at):
    """A federation whose own policy is empty."""
    federation = enter_federation("oakhill", BLANK, languages=["en", "cy"])
    with scope(federation.pk):
        School.objects.create(name="Oakhill", slug="oakhill")
        ben, olive = someone("Ben Carter", "headteacher"), someone("Olive Office", "staff")
        adopt_first(by=ben, at=BEGUN, adopted_on=local_day(BEGUN))
    return SimpleNamespace(federation=federation, ben=ben, olive=olive)


@pytest.fixture
def here(in_world, sign_in):
    """That federation; the browsers of the headteacher and of somebody else."""
    found = in_world(empty_policy, NOW)
    return found.federation, sign_in(found.ben), sign_in(found.olive)


def upload(browser, content=POLICY, name="policy.docx"):
    return browser.post(reverse(CALLED), {"file": SimpleUploadedFile(name, content)})


def pick(browser, number, choice, **more):
    path = reverse("own-import-sentence", args=[number])
    shown = browser.get(path).context["text"].initial["says"]
    return browser.post(path, {"choice": choice, "says": shown, **more})


def first_rule(browser, number):
    """The first rule that is proposed for a sentence; which one depends on what the five policies say."""
    form = browser.get(reverse("own-import-sentence", args=[number])).context["form"]
    return form.fields["choice"].choices[0][0]


def picks(federation):
    with scope(federation.pk):
        return PolicyImport.objects.get().picks


def in_both(browser, name, *args):
    for language in ("cy", "en"):
        browser.cookies["django_language"] = language
        text_of(browser, name, *args, language=language)


def test_a_document_is_read_picked_and_put_into_the_next_version(here):
    federation, ben, _olive = here
    in_both(ben, CALLED)
    assert upload(ben).status_code == 302
    in_both(ben, CALLED)
    in_both(ben, "own-import-sentence", 4)
    in_both(ben, "own-import-sentence", 1)
    answer = pick(ben, 1, "take")
    assert answer["Location"] == reverse("own-import-sentence", args=[2])
    pick(ben, 2, "leave")
    pick(ben, 3, first_rule(ben, 3))
    assert pick(ben, 5, "take", says="The chair is told of complaints.")["Location"] == reverse(CALLED)
    assert sorted(picks(federation)) == ["1", "2", "3", "5"]
    in_both(ben, CALLED)
    assert "Delete picks and finish" in text_of(ben, CALLED)
    ben.post(reverse("own-import-take"), {"seen": ""})
    assert "is lost" not in text_of(ben, CALLED)
    with scope(federation.pk):
        now = writing(local_day(NOW))
        assert [one.says for one in now.text.clauses.values()][-1] == "The chair is told of complaints."
        assert len(now.text.clauses) == 3
        assert len(now.ruled_ahead()) == 1
    in_both(ben, "own-clauses")
    in_both(ben, "own-import-sentence", 1)
    ben.post(reverse("own-import-drop"))
    with scope(federation.pk):
        assert not PolicyImport.objects.exists()


DATED = b"""Adopted by the Governing Body on 12 November 2025.

Review: every two years.

Staff must ask the headteacher before they post.
"""


def test_the_adoption_begins_with_what_the_document_says_of_it_and_takes_another_body(here):
    """Its dates are confirmed there, and a review before the adoption is refused."""
    federation, ben, _olive = here
    upload(ben, DATED, "policy.txt")
    pick(ben, 3, "take")
    ben.post(reverse("own-import-take"), {"seen": ""})
    with scope(federation.pk):
        found = PolicyVersion.objects.get(state="draft")
    path = reverse("version-adoption", args=[found.pk])
    form = ben.get(path).context["form"]
    assert form.initial == {
        "adopted_on": date(2025, 11, 12), "review_on": date(2027, 11, 12), "adopted": "Governing Body",
    }  # fmt: skip
    assert ("Governing Body", "Governing Body") in form.fields["adopted"].choices
    assert "staff" not in dict(form.fields["adopted"].choices)
    html = text_of(ben, "version-adoption", found.pk)
    assert html.count("Taken from your document. Check it.") == 2
    assert html.index("Save to the record") < html.index("What a rehearsal finds")
    text_of(ben, "version-adoption", found.pk, language="cy")

    said = {"adopted_on": "2025-11-12", "adopted": "Governing Body", "adopted_other": "Trust  Board"}
    assert ben.post(path, {**said, "review_on": "2025-11-12"}).status_code == 422
    assert ben.post(path, {**said, "review_on": "2026-12-01"}).status_code == 302
    with scope(federation.pk):
        found.refresh_from_db()
    assert (found.state, found.adopted_on, found.review_due) == (
        "in_force", date(2025, 11, 12), date(2026, 12, 1),
    )  # fmt: skip
    assert found.stated["steps"][0]["roles"] == ["Trust Board"]


def name_role(browser, role, **said):
    path = f"{reverse('own-roles')}?role={role}"
    return browser.post(path, {"seen": browser.get(path).context["now"].seen, **said})


def test_a_role_that_is_called_as_rules_call_everyone_of_a_kind_keeps_its_name_and_is_given_more(here):
    """The empty policy has the role “staff”; another role can't be called so."""
    federation, ben, _olive = here
    assert name_role(ben, "staff", name="staff", capacities=["approve_post"]).status_code == 302
    assert name_role(ben, "headteacher", name="staff", capacities=["own_policy"]).status_code == 422
    assert name_role(ben, "new", name="pupil", capacities=[]).status_code == 422
    with scope(federation.pk):
        roles = {one.key: one.capacities for one in writing(local_day(NOW)).text.roles}
    assert roles["staff"] == {"approve_post"}


def test_what_cannot_be_read_is_told_beside_the_field_and_nothing_is_kept(here):
    federation, ben, _olive = here
    for language, content, said in [
        ("en", LOCKED, "it needs a password. Save a copy without"),
        ("cy", LOCKED, "mae angen cyfrinair arni. Cadwch gopi"),
        ("cy", pdf(*[[(11, "Staff must ask.")]] * 400), "mae ganddi 400 tudalen"),
        ("en", b"", "The submitted file is empty."),
    ]:
        ben.cookies["django_language"] = language
        answer = upload(ben, content, "policy.pdf")
        assert answer.status_code == 422, said
        assert said in answer.content.decode().replace("&#x27;", "'")
    with scope(federation.pk):
        assert not PolicyImport.objects.exists()


def test_without_a_choice_or_with_words_that_are_none_nothing_is_picked(here):
    """A second document waits for the first."""
    federation, ben, _olive = here
    upload(ben)
    assert upload(ben).status_code == 409
    assert pick(ben, 1, "").status_code == 422
    assert pick(ben, 1, "rule-9").status_code == 422
    assert pick(ben, 1, "take", says=" ").status_code == 422
    assert pick(ben, 1, "take", says="x" * 2_001).status_code == 422
    assert picks(federation) == {}
    assert ben.get(reverse("own-import-sentence", args=[99])).status_code == 404


def test_nobody_else_imports(here):
    _federation, ben, olive = here
    upload(ben)
    for name, args in ((CALLED, ()), ("own-import-sentence", (1,)), ("own-clauses", ())):
        assert olive.get(reverse(name, args=args)).status_code == 403
    for name in ("own-import-take", "own-import-drop", "own-import-leave"):
        assert olive.post(reverse(name)).status_code == 403
    assert upload(olive).status_code == 403


def test_a_policy_that_came_with_the_program_has_no_import(cast, sign_in, federation):
    sam = cast("Sam Slater", "slt")
    with scope(federation.pk):
        adopt_first(by=sam, at=BEGUN, adopted_on=local_day(BEGUN))
    assert sign_in(sam).get(reverse(CALLED)).status_code == 404


# --- Removing a clause -------------------------------------------------------------------------------


def test_a_clause_is_removed_and_put_back_with_its_rule(st_annes):
    ben = st_annes.ben
    path = reverse("own-clause-remove", args=[RULED])
    in_both(ben, "own-clause-remove", RULED)
    assert ben.post(path, {"seen": "x"}).status_code == 409
    ben.post(path, {"seen": hidden(ben, path, "seen")})
    with scope(st_annes.federation.pk):
        now = writing(local_day(NOW))
        assert RULED not in now.text.clauses
        assert RULED not in {one.clauses[0] for one in now.text.bindings}
        assert now.pack.clauses[RULED]
    in_both(ben, "own-clauses")
    in_both(ben, "own-clause", RULED)
    in_both(ben, "own-clause-remove", RULED)
    ben.post(path, {"seen": hidden(ben, path, "seen")})
    with scope(st_annes.federation.pk):
        assert not PolicyVersion.objects.filter(state="draft").exists()


# --- Files of the home that can't be read ------------------------------------------------------------


def test_a_home_whose_files_cannot_be_read_still_writes_its_policy(st_annes, tmp_path):
    own_policies_in(tmp_path / "nowhere")
    path = reverse("own-clause-remove", args=[RULED])
    assert st_annes.ben.post(path, {"seen": ""}).status_code == 302


def test_files_that_cannot_be_read_are_told_on_a_page(make_federation, sign_in, tmp_path):
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "policy.yaml").write_text("policy: [\n", "utf-8")
    own_policies_in(tmp_path)
    federation = make_federation("broken", "broken")
    with scope(federation.pk):
        ben = someone("Ben Carter", "headteacher")
    answer = sign_in(ben).get(reverse("policy"))
    own_policies_in(tmp_path / "nowhere")
    assert answer.status_code == 409
    assert "schoolgate policy lint broken" in answer.content.decode()


def test_a_section_is_left_out_and_a_ready_rule_is_offered_with_what_the_words_say(here):
    """Also where the sentence names a person instead of a role."""
    federation, ben, _olive = here
    upload(
        ben,
        b"1. Names\n\nA pupil\xe2\x80\x99s surname is never published.\n\n2. Other\n\nMr Ray must reply.\n",
        "p.txt",
    )
    html = text_of(ben, "own-import-sentence", 1)
    assert (
        "Yes, with ready rule “No surnames, or no names, of pupils”: A pupil’s surname is never published"
        in html
    )
    assert "This names a person:" in text_of(ben, "own-import-sentence", 2)
    in_both(ben, "own-import-sentence", 2)
    assert first_rule(ben, 1) == "ready-no_surnames"
    pick(ben, 1, "ready-no_surnames")
    assert "Leave out this section" in text_of(ben, CALLED)
    ben.post(reverse("own-import-leave"), {"section": "Other"})
    assert {one["choice"] for one in picks(federation).values()} == {"take", "leave"}
    in_both(ben, CALLED)
    assert ben.post(reverse("own-import-leave"), {"section": "Other"}).status_code == 404
