"""What a school publishes of itself, such as its telephone number."""

from collections.abc import Collection
from datetime import datetime

from schoolgate.core.events import record
from schoolgate.core.models import School
from schoolgate.people.models import Person
from schoolgate.publishing.hit_models import OwnDetail
from schoolgate.screening import Hit


def own_details(schools: Collection[School]) -> list[OwnDetail]:
    """Return what these schools publish of themselves."""
    rows = OwnDetail.objects.filter(school__in=schools, ended_at=None)
    return list(rows.select_related("school", "by").order_by("school_id", "kind", "words"))


def learn(hit: Hit, *, by: Person, at: datetime, school: School) -> None:
    """Allow a school's own detail in its texts from now on."""
    _row, new = OwnDetail.objects.get_or_create(
        school=school,
        plain=hit.plain[:200],
        ended_at=None,
        defaults={"kind": hit.kind, "words": hit.words[:200], "by": by, "at": at},
    )
    if new:
        record("post.own_detail_added", subject=school, at=at, actor=by, kind=str(hit.kind))
