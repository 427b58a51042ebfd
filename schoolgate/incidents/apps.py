"""The app of this room."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """Reported concerns, and who is dealing with them."""

    name = "schoolgate.incidents"
    label = "incidents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Restrict decisions about reports to those who may know of the report."""
        from schoolgate.incidents.rules import may_see_subject
        from schoolgate.policy.access import guard_decisions_about

        guard_decisions_about("incidents.report", may_see_subject)
