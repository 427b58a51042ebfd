"""Who runs a handover, and while it can still be run."""

from datetime import date

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Handover
from schoolgate.accounts.states import HandoverState
from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.people.models import Person


def check_may_run(by: Person, handover: Handover, runners: list[Person], *, on: date) -> None:
    """Raise NotAllowed unless the person is one of those who run this handover; the leaver never does."""
    if by.pk == handover.leaver_id:
        raise NotAllowed(
            _("People who are leaving can’t hand over the account to someone they choose."),
            _ask(runners),
        )
    if by not in runners:
        raise NotAllowed(_("Someone else runs this handover."), _ask(runners))


def check_still_open(handover: Handover) -> None:
    """Raise NotNow for a handover that has ended."""
    if handover.state != HandoverState.OPEN:
        raise NotNow(_("This handover has ended."), _("Open it again to see its status."))


def _ask(runners: list[Person]) -> str | Promise:
    if not runners:
        return _("No one can run it yet. Ask the person who looks after people and roles here.")
    return format_lazy(_("Ask {names}."), names=", ".join(one.name for one in runners[:3]))
