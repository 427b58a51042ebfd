"""What tests of a rota ask: the open tasks, the events recorded, an instant within a shift."""

from datetime import timedelta

from schoolgate.core.models import LedgerRow
from schoolgate.duties.models import STILL_TO_DO
from schoolgate.duties.models import Duty as Task
from tests.conftest import recorded

HOUR = timedelta(hours=1)


DAY = timedelta(days=1)


def asked(kind):
    return list(Task.objects.filter(kind=kind, state__in=STILL_TO_DO).order_by("pk"))


def events(*beginnings):
    recorded()
    rows = LedgerRow.objects.order_by("number").values_list("event", flat=True)
    return [row for row in rows if row.startswith(beginnings)]


def evening(one):
    """An instant within this evening's shift."""
    return one.starts_at + HOUR
