"""Texts of task events in the record."""

from django.utils.translation import gettext_lazy as _

from schoolgate.core.events.names import Event, declare

declare(
    {
        "duty.cancelled": Event(_("A task was no longer needed.")),
        "duty.discharged": Event(_("A task was done.")),
        "duty.moved_on": Event(_("A task was passed to the second person.")),
        "duty.opened": Event(_("A task was assigned.")),
        "duty.passed_on": Event(_("A task was passed on because the person left or the role was removed.")),
        "duty.overdue": Event(_("A task became overdue.")),
        "duty.second_replaced": Event(_("A task’s second role was removed, so another role took its place.")),
        "duty.refused": Event(_("The policy didn’t allow a task.")),
        "duty.told_again": Event(_("People were told of a danger again: no one had dealt with it.")),
        "duty.reminded": Event(_("A reminder was sent about a task.")),
    }
)
