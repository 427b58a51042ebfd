"""The page of notes on how the policy works."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from schoolgate.policy.models import Practice
from tests.cast import someone
from tests.web.plain import check_page, shown_by
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
PAGE = f"{reverse('versions')}?as=practice"


@world()
def boroughbridge(at):
    """The policy in force, its owner, a governor and a teacher."""
    federation = enter_federation("boroughbridge", "boroughbridge")
    with scope(federation.pk):
        olga = someone("Olga Owner", "staff-lead-director-of-business-services")
        adopt(by=olga, at=at - timedelta(days=9))
        gwen, tom = someone("Gwen Governor", "governors"), someone("Tom Teacher", "all-staff")
        School.objects.create(name="Boroughbridge High School", slug="bhs")
    return SimpleNamespace(federation=federation, people={"olga": olga, "gwen": gwen, "tom": tom})


@pytest.fixture
def bridge(in_world, sign_in):
    """Boroughbridge, and a browser for each of them."""
    found = in_world(boroughbridge, NOW)
    for name, person in found.people.items():
        setattr(found.federation, name, sign_in(person))
    return found.federation


def seen(response, status=200):
    html = response.content.decode()
    assert response.status_code == status, shown_by(html)[:600]
    check_page(html)
    return html


def sent(kind, **fields):
    return {"kind": kind, **{f"{kind}-{name}": value for name, value in fields.items()}}


def rows(federation):
    with scope(federation.pk):
        return list(Practice.objects.order_by("pk"))


def test_what_was_watched_and_a_training_evaluation_are_saved_with_their_figures(bridge):
    assert "How it works in practice" in seen(bridge.olga.get(PAGE))
    today = NOW.date().isoformat()
    answer = bridge.olga.post(PAGE, sent("watched", on=today, words="Replies on Mondays."))
    assert (answer.status_code, answer.url) == (302, PAGE)
    bridge.olga.post(PAGE, sent("training", on=today, words="Good.", asked="12", right="9"))
    watched, training = rows(bridge)
    assert set(watched.figures) == {"incidents", "manager steps", "overdue tasks", "training coverage"}
    assert training.figures == {"asked": 12, "right": 9}
    page = seen(bridge.olga.get(PAGE))
    assert "Replies on Mondays." in page
    assert "Overdue tasks: 0" in page
    assert "People who could apply it: 9" in page


OWNER = "Staff Lead (Director of Business Services)"
DELEGATION = {
    "on": "2026-09-01", "from_role": "Governors", "to_role": OWNER, "words": "Daily running.",
    "reference": "Minute 4",
}  # fmt: skip


def test_a_plan_gets_its_outcome_and_a_delegation_its_end_from_a_governor(bridge):
    with scope(bridge.pk):
        school = School.objects.get(slug="bhs").pk
    plan = sent("plan", on="2026-09-01", words="Online safety.", reference="Minute 4", school=school)
    bridge.gwen.post(PAGE, plan)
    bridge.gwen.post(PAGE, sent("delegation", **DELEGATION, due="2027-08-31"))
    plan, row = rows(bridge)
    assert (row.from_role, row.to_role, row.reference) == ("Governors", OWNER, "Minute 4")
    assert "31 August 2027" in seen(bridge.olga.get(PAGE))

    seen(bridge.gwen.post(PAGE, {"note": plan.pk, f"note-{plan.pk}-outcome": ""}), 422)
    assert rows(bridge)[0].ended_on is None
    said = {"note": plan.pk, f"note-{plan.pk}-outcome": "Section 3 was written for it."}
    bridge.gwen.post(PAGE, said)
    bridge.gwen.post(PAGE, {"note": row.pk, f"note-{row.pk}-outcome": "Taken back."})
    plan, _row = rows(bridge)
    assert (plan.reference, plan.outcome) == ("Minute 4", "Section 3 was written for it.")
    page = seen(bridge.olga.get(PAGE))
    assert "Section 3 was written for it." in page
    assert "Why it ended:" in page
    assert "Taken back." in page


WRONG = (
    sent("watched", on=""),
    sent("watched", on="2026-09-01", words=" "),
    sent("watched", on="2999-01-01", words="Later."),
    sent("plan", on="2026-09-01", words="Online safety.", reference="Minute 4", school="0"),
    sent("direction", on="2026-09-01", words="As before."),
    sent("delegation", on="2026-09-01", words="Daily running.", reference="Minute 4", to_role="Governors"),
    sent("delegation", **DELEGATION | {"reference": ""}),
    sent("delegation", **DELEGATION | {"to_role": "Governors"}),
    sent("change", on="2026-09-01", words="Mondays.", advice="Two people."),
    sent("change", on="2026-09-01", words="Mondays.", advice="Two people.", to_role="King"),
    sent("training", on="2026-09-01", words="Good.", asked="9", right="10"),
    sent("training", on="2026-09-01", words="Good.", right="1"),
)


def test_what_cannot_be_used_is_shown_again_and_nothing_is_saved(bridge):
    for given in WRONG:
        seen(bridge.olga.post(PAGE, given), 422)
        assert rows(bridge) == [], given
    for given in ({"kind": "else"}, {"note": "12345"}, {}):
        seen(bridge.olga.post(PAGE, given), 404)


def test_others_see_neither_the_page_nor_its_link(bridge):
    seen(bridge.tom.get(PAGE), 403)
    seen(bridge.tom.post(PAGE, sent("task", on="2026-09-01", words="Tell.")), 403)
    assert "as=practice" not in seen(bridge.tom.get(reverse("versions")))
    assert "as=practice" in seen(bridge.gwen.get(reverse("versions")))


def test_another_federations_note_is_not_found(bridge, make_federation, sign_in):
    bridge.olga.post(PAGE, sent("task", on=NOW.date().isoformat(), words="Tell all staff."))
    other = make_federation("second", "wildground")
    with scope(other.pk):
        zoe = someone("Zoe Other", "slt")
        adopt(by=zoe, at=NOW - timedelta(days=1))
    browser = sign_in(zoe)
    assert "Tell all staff." not in seen(browser.get(PAGE))
    seen(browser.post(PAGE, {"note": rows(bridge)[0].pk, "outcome": "Done."}), 404)
