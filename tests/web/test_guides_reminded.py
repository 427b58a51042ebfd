"""The pages where what everyone must know is read and confirmed, a guide is called still right, and training
for roles is shown."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from schoolgate.core.clock import local_day
from schoolgate.core.tenancy import scope
from schoolgate.duties.models import Duty
from schoolgate.policy import guides
from schoolgate.policy.adopting import adopt
from schoolgate.policy.briefing import watch_briefings
from schoolgate.policy.guiding import watch_guides
from schoolgate.policy.models import Attestation
from schoolgate.policy.training import record_training, watch_roles
from tests.cast import someone
from tests.policy.test_guides import published
from tests.web.plain import check_page, shown_by
from tests.web.there import There
from tests.worlds import enter_federation, world

NOW = datetime.now(UTC)
PAGE = f"{reverse('policy')}?as=guides"
TRAINING = reverse("training")
DAY = timedelta(days=1)


def seen(response, status=200):
    html = response.content.decode()
    assert response.status_code == status, shown_by(html)[:600]
    check_page(html)
    return html


@world()
def guide_out(at):
    """Llanidloes, whose staff should all know that misuse is taken seriously, with its guide published."""
    federation = enter_federation("llanidloes", "llanidloes", languages=["en", "cy"])
    with scope(federation.pk):
        head, tom = someone("Hari Head", "headteacher"), someone("Tom Teacher", "staff")
        gwen = someone("Gwen Governor", relation="governor")
        adopt(by=head, at=at - 9 * DAY)
        row = published(
            head, at, audience="staff", about="misuse", title="Misuse is taken seriously", public=False,
            check_by=local_day(at) + 10 * DAY,
        )  # fmt: skip
        for person in (head, tom, gwen):
            person.user.set_password("a long enough one")
            person.user.save()
        watch_briefings(at=at)
        watch_guides(at=at)
    people = SimpleNamespace(head=head, tom=tom, gwen=gwen)
    return SimpleNamespace(pk=federation.pk, people=people, guide=row.guide_id)


@pytest.fixture
def llanidloes(in_world, sign_in):
    there = There(**vars(in_world(guide_out, NOW)), sign_in=sign_in)
    there.address = f"{PAGE}&guide={there.guide}"
    return there


def test_a_teacher_reads_what_everyone_must_know_and_confirms_it_and_a_governor_is_not_asked(llanidloes):
    assert llanidloes.address.replace("&", "&amp;") in seen(llanidloes.tom.get("/today"))
    html = seen(llanidloes.tom.get(llanidloes.address))
    assert "Everyone must know this" in html
    assert "Abuse of the guidance" in html  # the clause's section

    said = llanidloes.tom.post(llanidloes.address, {"do": "read", "number": "1"})

    assert said.status_code == 302
    assert "I have read this guide" not in seen(llanidloes.tom.get(llanidloes.address))
    assert llanidloes.tom.post(llanidloes.address, {"do": "read", "number": "1"}).status_code == 409
    with scope(llanidloes.pk):
        assert Attestation.objects.filter(kind="guide_read").count() == 1
    html = seen(llanidloes.head.get(TRAINING))
    assert "1 of 2 told" in html
    assert "Hari Head" in html
    assert "What everyone must know" not in seen(llanidloes.tom.get(TRAINING))

    assert "I have read this guide" not in seen(llanidloes.gwen.get(llanidloes.address))
    assert llanidloes.gwen.post(llanidloes.address, {"do": "read", "number": "1"}).status_code == 409


def test_a_guide_near_its_day_is_called_still_right_in_one_press(llanidloes):
    html = seen(llanidloes.head.get(llanidloes.address))
    assert "It’s still right. Check again by" in html
    assert "Still right" not in seen(llanidloes.tom.get(llanidloes.address))
    assert llanidloes.tom.post(llanidloes.address, {"do": "right", "number": "1"}).status_code == 403

    assert llanidloes.head.post(llanidloes.address, {"do": "right", "number": "1"}).status_code == 302

    with scope(llanidloes.pk):
        shown = guides.guide(llanidloes.guide).shown
        assert (shown.number, shown.check_by) == (2, local_day(NOW) + 10 * DAY)
        assert Duty.objects.get(kind="policy.review_guidance").state == "discharged"
    assert llanidloes.head.post(llanidloes.address, {"do": "right", "number": "1"}).status_code == 409


def test_training_for_roles_is_shown_to_who_records_it_and_to_oneself(make_federation, sign_in):
    federation = make_federation("wootton", "wootton")
    with scope(federation.pk):
        head, lee = someone("Pat Principal", "principal"), someone("Lee Leader", "senior-leadership-member")
        staff = someone("Ann Other", "staff")
        adopt(by=head, at=NOW - 9 * DAY)
        watch_roles(at=NOW)
    html = seen(sign_in(head).get(TRAINING))
    assert "Training for roles" in html
    assert "Investigating incidents" in html
    own = seen(sign_in(lee).get(TRAINING))
    assert "Investigating incidents" in own
    assert "Pat Principal" not in own
    assert "Investigating incidents" not in seen(sign_in(staff).get(TRAINING))

    assert "No training is on record." in own
    assert "The training for this task must be about handling of cases." in own

    with scope(federation.pk):
        record_training(person=lee, by=head, at=NOW, topics=["approval and moderation"])
    other = seen(sign_in(lee).get(TRAINING))
    assert "No training is on record." not in other
    assert "The training for this task must be about handling of cases." in other

    with scope(federation.pk):
        record_training(person=lee, by=head, at=NOW, topics=["handling of cases"])
    assert "Investigating incidents" not in seen(sign_in(lee).get(TRAINING))


def test_what_was_not_held_when_its_term_is_over_is_marked(llanidloes):
    this = guides.year_of(local_day(NOW))
    page = f"{TRAINING}?as=programme&year={this - 1}"
    plan = {"programme": "parent", "group": "", "words": "Evening", "year": this - 1, "term": "summer"}
    assert llanidloes.head.post(page, plan).status_code == 302
    assert "the term is over" in seen(llanidloes.head.get(page))
