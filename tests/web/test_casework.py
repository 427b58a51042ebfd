"""The pages of a concern after it was taken: a stage asks what the policy reads, and says what is missing."""

import re
from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from schoolgate.core.models import Safeguarder
from schoolgate.core.tenancy import scope
from schoolgate.incidents.handling import take
from schoolgate.incidents.models import Report
from schoolgate.people.models import Person
from schoolgate.policy.adopting import adopt
from schoolgate.rulebook.situations.incidents import IncidentKind
from tests.cast import someone
from tests.incidents.conftest import OWNERS, wrong
from tests.pdf_ua import check_pdf
from tests.web.in_force import NOW, concern_taken
from tests.web.plain import check_page


@pytest.fixture
def in_force(in_world, home):
    return in_world(concern_taken, NOW)


@pytest.fixture
def taken(in_force, sign_in):
    """A concern that Sam of the SLT deals with under a policy in force, and his browser."""
    report = in_force.report
    return report, sign_in(in_force.sam), f"/wrong/reports/{report.pk}"


def test_a_stage_says_what_the_policy_still_needs_and_links_to_its_field(taken, browser):
    _report, inside, here = taken
    html = inside.get(f"{here}/stages/assess").content.decode()
    check_page(html)
    assert "The policy still asks for" in html
    assert 'href="#id_kinds"' in html
    assert "Is the conduct unacceptable?" in html

    html = inside.get(f"{here}/stages/conclude").content.decode()
    assert 'href="#id_found"' in html, "what is missing is open, and the rest is folded"
    assert re.search(r'<details class="[^"]*" open><summary>What did you find\?', html)
    assert re.search(r'<details class="[^"]*"><summary>What action was taken\?', html)

    html = inside.get(here).content.decode()
    assert "What can’t wait" not in html, "nobody is in danger"
    ids = re.findall(r' id="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))

    assert inside.get(f"{here}/stages/judge").status_code == 404, "the policy has no rules for it"
    assert inside.get(f"{here}/stages/anything").status_code == 404
    forbidden = inside.post(f"{here}/stages/assess", {"kinds": ["offensive"], "rank": "other"})
    assert forbidden.status_code == 409

    for page in ("/stages/assess", "/told", "/close", "/keep-out", "/second", "/reopen", "/chronology.pdf"):
        assert browser.get(f"{here}{page}").status_code in (302, 404, 405), "who may not see it"


def test_the_likely_three_kinds_come_first_and_the_others_are_behind_one_fold(taken):
    _report, inside, here = taken
    html = inside.get(f"{here}/stages/assess").content.decode()
    check_page(html)
    asked = html[html.index('id="div_id_kinds"') :].partition("</fieldset>")[0]
    first, _fold, others = asked.partition("<details")
    every = re.findall(r'name="kinds"[^>]*value="(\w+)"', asked)
    assert sorted(every) == sorted([*get_args(IncidentKind), "none_of_these"])
    assert re.findall(r'name="kinds"[^>]*value="(\w+)"', first) == ["worry", "offensive", "abuse"]
    assert " open>" not in others.partition("</summary>")[0]
    sent = {"kinds": ["defamatory"], "called_for.none_of_these": "on", "subject": "parent"}
    assert inside.post(f"{here}/stages/assess", sent).status_code == 302
    html = inside.get(f"{here}/stages/assess").content.decode()
    assert re.search(r'value="defamatory"[^>]*checked', html)
    assert re.search(r'<details class="sg-fold" open><summary>More kinds', html), "what was ticked is seen"


def test_a_concern_goes_to_its_end_by_page(taken, federation):
    report, inside, here = taken
    sent = {"kinds": ["worry"], "called_for.none_of_these": "on", "subject": "parent", "words": "Rang home."}
    assert inside.post(f"{here}/stages/assess", sent).status_code == 302
    html = inside.get(f"{here}/stages/assess").content.decode()
    assert "The policy still asks for" not in html, "what is answered is not asked again"
    shown = inside.get(here).content.decode()
    check_page(shown)
    assert "Rang home." in shown
    assert "Done:" in shown
    assert "Something that worries me" in shown
    assert inside.post(f"{here}/close", {"to": "closed", "words": "It is over."}).status_code == 409
    inside.post(f"{here}/stages/conclude", {"found": ["none_of_these"]})
    assert inside.post(f"{here}/told", {"body": "", "words": "A threat."}).status_code == 422
    inside.post(f"{here}/told", {"body": "police", "words": "A threat.", "reference": "NYP-12"})
    assert "NYP-12" in inside.get(here).content.decode()
    assert inside.post(f"{here}/close", {"to": "closed", "words": "It is over."}).status_code == 302
    with scope(federation.pk):
        assert Report.objects.get(pk=report.pk).state == "closed"
    html = inside.get(here).content.decode()
    check_page(html)
    assert inside.post(f"{here}/reopen", {"words": ""}).status_code == 422
    assert inside.post(f"{here}/reopen", {"words": "The parent appeals."}).status_code == 302


def test_the_chronology_has_every_entry_with_its_digest(taken):
    report, inside, here = taken
    inside.post(f"{here}/stages/assess", {"kinds": ["worry"], "subject": "parent", "words": "Rang home."})
    answer = inside.get(f"{here}/chronology.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    paper = check_pdf(answer.content, language="en")
    text = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    for said in (
        report.reference,
        "Somebody is nasty to Tomos.",
        "Rang home.",
        "A parent or carer",
        "SHA-256",
    ):
        assert said in text


def test_where_a_person_is_in_danger_the_page_counts_what_cant_wait(federation, sign_in, cast):
    sam = cast("Sam Slater", "slt")
    with scope(federation.pk):
        adopt(by=sam, at=NOW - timedelta(hours=1))
        report = wrong(datetime.now(UTC) - timedelta(minutes=19, seconds=10), danger="yes")
    inside, here = sign_in(sam), f"/wrong/reports/{report.pk}"
    html = inside.get(here).content.decode()
    check_page(html)
    assert "What can’t wait" in html
    assert ", at once" in html
    assert html.count("Not yet. It’s been 19 minutes.") == 2

    inside.post(f"{here}/take")
    html = inside.get(here).content.decode()
    assert ", after 19 minutes" in html
    assert 'href="#bodyform_body"' in html
    inside.post(f"{here}/told", {"body": "police", "words": "The threat."})
    assert "Not yet" not in inside.get(here).content.decode()


def test_the_reporter_of_a_closed_concern_reads_that_it_was_dealt_with(federation, sign_in, cast):
    sam, cara = cast("Sam Slater", "slt"), cast("Cara Teacher", "staff")
    dealt, not_ours = "We’ve dealt with it", "not something the school can do anything about"
    with scope(federation.pk):
        report = wrong(NOW, reporter=cara, kinds=["pestered"])
        other = wrong(NOW, reporter=cara)
        for each in (report, other):
            take(report=each, by=sam, at=NOW)
    inside = sign_in(sam)
    inside.post(f"/wrong/reports/{report.pk}/close", {"to": "closed", "words": "They talked about it."})
    html = sign_in(cara).get(f"/wrong/reported/{report.pk}").content.decode()
    check_page(html)
    assert dealt in html
    assert not_ours not in html
    assert "Support for you" in html

    inside.post(
        f"/wrong/reports/{other.pk}/close", {"to": "not_for_us", "words": "It belongs to another school."}
    )
    html = sign_in(cara).get(f"/wrong/reported/{other.pk}").content.decode()
    assert not_ours in html
    assert dealt not in html


def test_a_governor_who_stands_in_reads_whose_rule_it_is(federation, sign_in, cast):
    sam, grace = cast("Sam Slater", "slt"), cast("Grace Obi", "federation-leadership-team")
    with scope(federation.pk):
        adopt(by=sam, at=NOW)
        report = wrong(NOW, reporter=cast("Cara Teacher", "staff"), about_people=[sam])
    inside, here = sign_in(grace), f"/wrong/reports/{report.pk}"
    assert "This may be about a person who leads here" in inside.get(here).content.decode()
    inside.post(f"{here}/take")
    html = inside.get(f"{here}/stages/assess").content.decode()
    check_page(html)
    assert "The policy leaves this to SLT." in html
    sent = {"kinds": ["worry"], "called_for.none_of_these": "on", "subject": "staff"}
    assert inside.post(f"{here}/stages/assess", sent).status_code == 302
    assert "Assessed, in place of: SLT" in inside.get(here).content.decode()
    assert sign_in(sam).get(here).status_code == 404
    with scope(federation.pk):
        Person.objects.update(language="cy")
    check_pdf(inside.get(f"{here}/chronology.pdf").content, language="cy")


@pytest.mark.parametrize(
    ("key", "stage", "sent", "says"),
    [
        ("wootton", "systems", {"documents_broken": ["Acceptable use of ICT Policy"]},
            "Acceptable use of ICT Policy"),
        ("learn-to-live", "systems", {"documents_broken": ["ICT Acceptable Use Policy"]},
            "ICT Acceptable Use Policy"),
        ("llanidloes", "use", {"purpose": "private", "system": "work_mail"}, "This isn’t allowed"),
    ],
)  # fmt: skip
def test_use_of_the_systems_is_answered_on_its_page_and_the_finding_shown(
    make_federation, sign_in, key, stage, sent, says
):
    with scope(make_federation(key, key).pk):
        olive = someone("Olive Owner", OWNERS[key])
        adopt(by=olive, at=NOW)
        report = wrong(NOW)
        take(report=report, by=olive, at=NOW)
    inside, here = sign_in(olive), f"/wrong/reports/{report.pk}"
    assert inside.get(f"{here}/stages/{stage}").status_code == 404  # until it is about someone at work
    assert inside.post(f"{here}/stages/assess", {"kinds": ["misuse"], "subject": "staff"}).status_code == 302
    page = inside.get(f"{here}/stages/{stage}").content.decode()
    check_page(page)
    for name, words in sent.items():
        assert f'name="{name}"' in page
        assert f'value="{words if isinstance(words, str) else words[0]}"' in page
    assert inside.post(f"{here}/stages/{stage}", sent).status_code == 302
    html = inside.get(f"{here}/stages/{stage}").content.decode()
    check_page(html)
    assert says in html


def test_the_page_asks_a_lead_who_is_meant_and_one_press_answers(federation, sign_in, cast):
    with scope(federation.pk):
        adopt(by=someone("Olive Owner", OWNERS["wildground"]), at=NOW)
        ann, lou = someone("Ann Lead", "staff"), someone("Lou Tan", "staff")
        gus = someone("Gus Hart", "staff")
        for person in (ann, lou):
            Safeguarder.objects.create(place="deputy", person_id=person.pk, since=NOW)
        reports = [wrong(NOW, what="The man in IT keeps asking for my number.") for _ in range(3)]
        olive = Person.objects.get(name="Olive Owner")
    inside, owner = sign_in(ann), sign_in(olive)
    for report, (address, sent) in zip(
        reports,
        (
            ("keep-out", {"people": [str(olive.pk)]}),
            ("means-no-one", {}),
            ("keep-out", {"other": str(gus.pk)}),
        ),
        strict=True,
    ):
        here = f"/wrong/reports/{report.pk}"
        assert owner.get(here).status_code == 404
        assert owner.post(f"{here}/{address}", sent).status_code == 404
        html = inside.get(here).content.decode()
        check_page(html)
        assert "Who is it about?" in html
        assert "only these people know of it" in html
        assert "no one, until a lead says who it’s about" in html
        assert inside.post(f"{here}/{address}", sent).status_code == 302
        assert "only these people know of it" not in inside.get(here).content.decode()
        assert owner.get(here).status_code == (404 if "people" in sent else 200)
    empty = inside.post(f"/wrong/reports/{reports[0].pk}/keep-out", {})
    assert empty.status_code == 422
    with scope(federation.pk):
        assert reports[2].kept_out.get().person == gus
