"""The stop button on its page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from schoolgate.core.models import School, Stop
from schoolgate.core.tenancy import scope
from tests.cast import someone
from tests.web.plain import check_page
from tests.web.posts_cast import NOW, set_up

STOP = reverse("stop")


def html(answer) -> str:
    return answer.content.decode()


def stops(stage) -> list[Stop]:
    with scope(stage.federation.pk):
        return list(Stop.objects.order_by("pk"))


def test_pressing_it_stops_the_federation_and_every_page_says_so(stage):
    assert stage.browser("ben").post(STOP, {"reason": "Somebody has our key"})["Location"] == STOP
    page = html(stage.browser("cara").get(reverse("posts")))
    assert "Posting is stopped in this federation. Nothing new goes out until the stop is lifted." in page
    (stop,) = stops(stage)
    assert (stop.school, stop.until, stop.reason) == (None, None, "Somebody has our key")


def test_one_school_is_stopped_until_a_day(stage):
    day = (NOW + timedelta(days=2)).date()
    form = {"reason": "Ofsted", "school": stage.school.pk}
    form |= {"until_day": f"{day:%Y-%m-%d}"}
    stage.browser("ben").post(STOP, form)
    (stop,) = stops(stage)
    assert (stop.school_id, stop.until.date() >= day) == (stage.school.pk, True)


def test_a_day_that_has_passed_is_refused_beside_its_field(stage):
    day = (NOW - timedelta(days=2)).date()
    form = {"reason": "x", "until_day": f"{day:%Y-%m-%d}"}
    answer = stage.browser("ben").post(STOP, form)
    assert (answer.status_code, list(answer.context["form"].errors), stops(stage)) == (422, ["until_day"], [])


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
def test_a_reason_is_needed_in_a_few_words(stage, reason):
    answer = stage.browser("ben").post(STOP, {"reason": reason})
    assert (answer.status_code, list(answer.context["form"].errors), stops(stage)) == (422, ["reason"], [])


def test_somebody_without_the_part_sees_how_it_stands_and_whom_to_ask(stage):
    page = stage.browser("amina").get(STOP)
    assert page.status_code == 200
    assert "Ben Carter" in html(page)
    assert 'name="reason"' not in html(page)
    assert stage.browser("amina").post(STOP, {"reason": "x"}).status_code == 403
    assert stops(stage) == []


def test_who_may_stop_one_school_is_offered_that_one_only(stage):
    with scope(stage.federation.pk):
        School.objects.create(name="South", slug="south")
        stage.people["lead"] = someone("Lena Lead", "lead-staff-member", school=stage.school)
    lead = stage.browser("lead")
    page = html(lead.get(STOP))
    assert ("South" in page, "The whole federation" in page) == (False, False)
    assert lead.post(STOP, {"reason": "x"}).status_code == 422
    assert lead.post(STOP, {"reason": "x", "school": stage.school.pk}).status_code == 302
    assert [stop.school_id for stop in stops(stage)] == [stage.school.pk]


def test_it_is_lifted_by_somebody_who_may_and_only_once(stage):
    stage.browser("ben").post(STOP, {"reason": "x"})
    (stop,) = stops(stage)
    lift = reverse("stop-lift", args=[stop.pk])
    assert stage.browser("amina").post(lift).status_code == 403
    assert stage.browser("sam").post(lift).status_code == 302
    assert stage.browser("sam").post(lift).status_code == 409
    assert "Posting is not stopped" in html(stage.browser("ben").get(STOP))


def test_another_federations_stop_is_not_found(stage, make_federation):
    other = set_up(make_federation("north", "wildground"), stage.sign_in)
    other.browser("ben").post(STOP, {"reason": "x"})
    (stop,) = stops(other)
    assert stage.browser("sam").post(reverse("stop-lift", args=[stop.pk])).status_code == 404
    assert "Posting is not stopped" in html(stage.browser("ben").get(STOP))


def test_what_is_on_its_way_and_what_waits_for_its_time_is_shown(stage):
    stage.started("Being sent now")
    stage.approved("Waits for its time", planned_at=NOW + timedelta(days=1))
    page = html(stage.browser("ben").get(STOP))
    assert ["Juniors on Bluesky" in page, "Waits for its time" in page] == [True, True]
    check_page(page)


def test_from_every_page_it_is_one_touch_to_the_button_and_one_to_stop(stage):
    ben = stage.browser("ben")
    assert f'href="{STOP}"' in html(ben.get(reverse("accounts")))
    page = ben.get(STOP)
    check_page(html(page))
    form = page.context["form"]
    assert ben.post(STOP, {"why": form.initial["why"], "school": ""})["Location"] == STOP
    (stop,) = stops(stage)
    assert (stop.school, stop.reason) == (None, "wrong_post")
    assert "Something wrong is going out" in html(ben.get(STOP))


def test_who_may_not_is_not_offered_the_touch(stage):
    amina = stage.browser("amina")
    assert f'href="{STOP}"' not in html(amina.get(reverse("accounts")))
    assert "Stop posting now" not in html(amina.get(STOP))
    assert amina.post(STOP, {"why": "trying"}).status_code == 403


def test_every_stop_there_was_says_who_pressed_and_who_lifted_it(stage):
    stage.browser("ben").post(STOP, {"why": "harm"})
    stage.browser("sam").post(reverse("stop-lift", args=[stops(stage)[0].pk]))
    page = html(stage.browser("amina").get(STOP))
    wanted = ("Someone may come to harm", "Ben Carter", "Sam Slater")
    assert [each for each in wanted if each not in page] == []
    check_page(page)


def test_the_page_of_stops_costs_the_same_for_one_and_for_many(stage, same_queries):
    ben = stage.browser("ben")
    press = {"why": "trying", "school": stage.school.pk}
    ben.post(STOP, press)
    ben.get(STOP)
    same_queries(lambda: ben.get(STOP), lambda: [ben.post(STOP, press) for _ in range(5)])


def test_what_is_on_its_way_is_told_of_what_a_person_may_see_alone(stage):
    stage.started("Being sent now")
    with scope(stage.federation.pk):
        other = School.objects.create(name="South", slug="south")
        stranger = someone("Sue South", "lead-staff-member", school=other)
    assert "Juniors on Bluesky" not in html(stage.sign_in(stranger).get(STOP))
