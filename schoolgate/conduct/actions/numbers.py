"""Numbers for staff who are targeted, as the federation enters them."""

from __future__ import annotations

import re
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.conduct.models import SupportNumber
from schoolgate.conduct.rules import check_may_remind
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.people.models import Person

_TELEPHONE = re.compile(r"\+?[0-9][0-9 ]{4,18}")


@action
def enter_number(*, by: Person, at: datetime, name: str, telephone: str) -> SupportNumber | None:
    """Enter a union's number, replace it, or remove it where `telephone` is empty.

    Raises NotAllowed unless `by` looks after people; BadInput (name, telephone)."""
    check_may_remind(by, on=local_day(at))
    if not name.strip() or len(name) > 60 or "\x00" in name:
        raise BadInput({"name": _("Enter a name of up to 60 letters.")})
    if telephone.strip() and not _TELEPHONE.fullmatch(telephone.strip()):
        raise BadInput({"telephone": _("Enter a telephone number: only digits and spaces.")})
    found = SupportNumber.objects.filter(name=name.strip())
    if not telephone.strip():
        for row in found:
            record("supportnumber.removed", subject=row, at=at, actor=by)
        found.delete()
        return None
    given = {"telephone": telephone.strip(), "by": by, "at": at}
    row, _new = SupportNumber.objects.update_or_create(name=name.strip(), defaults=given)
    record("supportnumber.entered", subject=row, at=at, actor=by)
    return row
