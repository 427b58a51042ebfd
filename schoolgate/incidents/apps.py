"""The app of this room."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """Reported concerns, and who is dealing with them."""

    name = "schoolgate.incidents"
    label = "incidents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register with the inbox, and confine reports to those who may know of them."""
        from schoolgate.core import disclosure, retention
        from schoolgate.inbox.beside import register
        from schoolgate.incidents import retention as kinds
        from schoolgate.incidents.again import KeptOutOf, ReadingEnded, Reported, Restricted
        from schoolgate.incidents.disclosure import Concerns
        from schoolgate.incidents.keeping_out import OfItems, people_needed
        from schoolgate.incidents.meant import (
            items_meaning,
            may_see,
            meant_by_item,
            meant_by_number,
            of_kind,
            reports_meaning,
            waits_for_lead,
        )
        from schoolgate.incidents.models import Report
        from schoolgate.incidents.reporting import hear_outside
        from schoolgate.people.confined import Meant, confine, mean
        from schoolgate.people.outside import TAKE_IN, tell_with

        register(OfItems())
        disclosure.register(Concerns())
        retention.do_again(Restricted())
        retention.do_again(KeptOutOf())
        retention.do_again(ReadingEnded())
        retention.do_again(Reported())
        retention.register(kinds.Concerns())
        retention.need_subjects(kinds.subjects_needed)
        retention.need("comments", retention.by_name("inbox.item", kinds.subjects_needed))
        retention.need("people", people_needed)
        mean("incidents.report", Meant(reports_meaning, meant_by_number))
        mean("inbox.item", Meant(items_meaning, meant_by_item))
        for kind in TAKE_IN:
            mean(kind, of_kind(kind))
        tell_with(hear_outside, waits=waits_for_lead)
        confine("incidents.report", lambda person, on: Report.objects.filter(may_see(person, on)))
