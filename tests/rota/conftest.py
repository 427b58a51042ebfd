"""A federation whose policy asks for no training, with three people who may be on duty and a rota."""

from datetime import time, timedelta
from types import SimpleNamespace

import pytest

from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.policy.adopting import adopt
from schoolgate.rota import setting, turns
from tests.cast import someone

DAY = timedelta(days=1)


@pytest.fixture
def duty(make_federation, at):
    """`duty`: Llanidloes with a head, three members of staff and a rota of the whole federation.

    `duty.shift(person, ...)` adds a shift for today's weekday, `duty.of(shift)` is its duty of today.
    """
    federation = make_federation("llanidloes", "llanidloes")
    with scope(federation.pk):
        school = School.objects.create(name="Oakhill", slug="oakhill", country="wales")
        head = someone("Helen Marsh", "headteacher")
        tom, mair, ann = (someone(name, "staff") for name in ("Tom Ellery", "Mair Rees", "Ann Pugh"))
        visitor = someone("Val Unteer")
        adopt(by=head, at=at - 90 * DAY)
        rota = setting.make_rota(by=head, at=at, school=None)
    today = local_day(at)

    def shift(person, starts=time(17), ends=time(8), nights=1, **more):
        given = {"from_day": today, "weekdays": [today.weekday()]} | more
        return setting.add_shifts(
            by=head, at=at, rota=given.pop("rota", rota), starts=starts, ends=ends, nights=nights,
            person=person, **given,
        )[0]  # fmt: skip

    def of(one, day=today):
        return turns.duty(turns.shift(one.pk), day)

    return SimpleNamespace(
        federation=federation, school=school, head=head, tom=tom, mair=mair, ann=ann, visitor=visitor,
        rota=rota, today=today, at=at, shift=shift, of=of,
    )  # fmt: skip


@pytest.fixture
def inside(duty):
    """`duty`, within its federation's scope."""
    with scope(duty.federation.pk):
        yield duty
