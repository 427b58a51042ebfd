"""A federation's first version: adopted before the program was used, and put on record when it is set up."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.errors import NotNow
from schoolgate.people.models import Person
from schoolgate.policy.actions.adopting import adopt_version, start_version, withdraw_version
from schoolgate.policy.models import PolicyVersion
from schoolgate.policy.states import VersionState


@action
def adopt_first(
    *, by: Person, at: datetime, adopted_on: date, minute_reference: str = "", text: str | None = None
) -> PolicyVersion:
    """Record on which day, and by which minute, the federation adopted its policy; it is in force now.

    `text`: the federation's own version, as `schoolgate policy export` writes one; None: the text that
    comes with the program. A version that was started but not adopted is removed. Raises NotAllowed;
    BadInput on `adopted_on` (a day in the future) or `text`; NotNow where one is in force already: the next
    is adopted on the policy's pages.
    """
    begun = list(PolicyVersion.objects.exclude(state=VersionState.WITHDRAWN).order_by("pk")[:2])
    if any(version.state != VersionState.DRAFT for version in begun):
        raise NotNow(
            _("A policy has already been adopted here."), _("Prepare the next version on the policy page.")
        )
    for version in begun:
        withdraw_version(by=by, at=at, version=version)
    version = start_version(by=by, at=at, text=text)
    return adopt_version(
        by=by,
        at=at,
        version=version,
        adopted_on=adopted_on,
        minute_reference=minute_reference,
        stated={},
        before_us=True,
    )
