"""In what rules count time, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

UNITS: Mapping[str, str | Promise] = {
    "hours": gettext_lazy("hours"),
    "days": gettext_lazy("days"),
    "weeks": gettext_lazy("weeks"),
    "working_days": gettext_lazy("working days"),
    "half_terms": gettext_lazy("half-terms"),
    "terms": gettext_lazy("terms"),
    "months": gettext_lazy("months"),
    "years": gettext_lazy("years"),
    "same_day": gettext_lazy("the same day"),
    "chosen": gettext_lazy("as the federation has chosen"),
}
"""In what a span of time is counted."""
ONE: Mapping[str, str | Promise] = {
    "hours": gettext_lazy("1 hour"),
    "days": gettext_lazy("1 day"),
    "weeks": gettext_lazy("1 week"),
    "working_days": gettext_lazy("1 working day"),
    "half_terms": gettext_lazy("1 half-term"),
    "terms": gettext_lazy("1 term"),
    "months": gettext_lazy("1 month"),
    "years": gettext_lazy("1 year"),
}
"""One of each."""
COUNTING: Mapping[str, str | Promise] = {
    "every_day": gettext_lazy("every day"),
    "monday_to_friday": gettext_lazy("Monday to Friday"),
    "weekdays": gettext_lazy("Monday to Friday except bank holidays"),
    "staff_days": gettext_lazy("days when staff are in"),
    "school_days": gettext_lazy("school days"),
}
"""On which days a span of time passes."""
