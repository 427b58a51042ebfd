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
        from schoolgate.incidents.disclosure import Concerns
        from schoolgate.incidents.items import OfItems, people_needed
        from schoolgate.incidents.models import Report
        from schoolgate.incidents.rules import may_see
        from schoolgate.people.confined import confine

        register(OfItems())
        disclosure.register(Concerns())
        retention.register(kinds.Concerns())
        retention.need_subjects(kinds.subjects_needed)
        retention.need("comments", retention.by_name("inbox.item", kinds.subjects_needed))
        retention.need("people", people_needed)
        confine("incidents.report", lambda person, on: Report.objects.filter(may_see(person, on)))
