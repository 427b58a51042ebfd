"""The stop button on its page."""

from datetime import timedelta

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
    """It is lifted once, by somebody who may; who pressed and who lifted it stays."""
    ben, sam, amina = (stage.browser(name) for name in ("ben", "sam", "amina"))
    assert ben.post(STOP, {"reason": "Somebody has our key"})["Location"] == STOP
    page = html(stage.browser("cara").get(reverse("posts")))
    assert "Posting is stopped in this federation. Nothing new goes out until the stop is lifted." in page
    (stop,) = stops(stage)
    assert (stop.school, stop.until, stop.reason) == (None, None, "Somebody has our key")

    lift = reverse("stop-lift", args=[stop.pk])
    assert amina.post(lift).status_code == 403
    assert sam.post(lift).status_code == 302
    assert sam.post(lift).status_code == 409
    assert "Posting is not stopped" in html(ben.get(STOP))
    page = html(amina.get(STOP))
    wanted = ("Somebody has our key", "Ben Carter", "Sam Slater")
    assert [each for each in wanted if each not in page] == []
    check_page(page)


def test_one_school_is_stopped_until_a_day(stage):
    """Not one that has passed, and only for a reason in a few words."""
    ben, day = stage.browser("ben"), (NOW + timedelta(days=2)).date()
    for reason in ("", "   ", "x" * 301):
        answer = ben.post(STOP, {"reason": reason})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"]), reason[:4]
    form = {"reason": "Ofsted", "school": stage.school.pk}
    answer = ben.post(STOP, {**form, "until_day": f"{(NOW - timedelta(days=2)).date():%Y-%m-%d}"})
    assert (answer.status_code, list(answer.context["form"].errors), stops(stage)) == (422, ["until_day"], [])

    ben.post(STOP, {**form, "until_day": f"{day:%Y-%m-%d}"})
    (stop,) = stops(stage)
    assert (stop.school_id, stop.until.date() >= day) == (stage.school.pk, True)


def test_somebody_without_the_part_sees_how_it_stands_and_whom_to_ask(stage):
    """They're not offered the touch from other pages either."""
    amina = stage.browser("amina")
    page = amina.get(STOP)
    assert page.status_code == 200
    assert "Ben Carter" in html(page)
    assert 'name="reason"' not in html(page)
    assert "Stop posting now" not in html(page)
    assert f'href="{STOP}"' not in html(amina.get(reverse("accounts")))
    for press in ({"reason": "x"}, {"why": "trying"}):
        assert amina.post(STOP, press).status_code == 403, press
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


def test_another_federations_stop_is_not_found(stage, make_federation):
    other = set_up(make_federation("north", "wildground"), stage.sign_in)
    other.browser("ben").post(STOP, {"reason": "x"})
    (stop,) = stops(other)
    assert stage.browser("sam").post(reverse("stop-lift", args=[stop.pk])).status_code == 404
    assert "Posting is not stopped" in html(stage.browser("ben").get(STOP))


def test_what_is_on_its_way_and_what_waits_for_its_time_is_shown_to_who_may_see_it(stage):
    stage.started("Being sent now")
    stage.approved("Waits for its time", planned_at=NOW + timedelta(days=1))
    page = html(stage.browser("ben").get(STOP))
    assert ["Juniors on Bluesky" in page, "Waits for its time" in page] == [True, True]
    check_page(page)
    with scope(stage.federation.pk):
        other = School.objects.create(name="South", slug="south")
        stranger = someone("Sue South", "lead-staff-member", school=other)
    assert "Juniors on Bluesky" not in html(stage.sign_in(stranger).get(STOP))


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
    ben.post(STOP, {"why": "harm", "school": ""})
    assert "Someone may come to harm" in html(ben.get(STOP))


def test_the_page_of_stops_costs_the_same_for_one_and_for_many(stage, same_queries):
    ben = stage.browser("ben")
    press = {"why": "trying", "school": stage.school.pk}
    ben.post(STOP, press)
    ben.get(STOP)
    same_queries(lambda: ben.get(STOP), lambda: [ben.post(STOP, press) for _ in range(3)])
