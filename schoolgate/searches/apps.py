"""The app of this room."""

from django.apps import AppConfig


class SearchesConfig(AppConfig):
    """Checks of systems and searches for candidates, each asked of the policy first."""

    name = "schoolgate.searches"
    label = "searches"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Restrict decisions about checks and vacancies to those who may know of them, and register what is
        destroyed."""
        from schoolgate.core import retention
        from schoolgate.policy.access import guard_decisions_about
        from schoolgate.searches import retention as kinds
        from schoolgate.searches.rules import may_see_check, may_see_copy, may_see_vacancy

        guard_decisions_about("searches.systemcheck", may_see_check)
        guard_decisions_about("searches.checkcopy", may_see_copy)
        guard_decisions_about("searches.vacancy", may_see_vacancy)
        retention.register(kinds.Checks())
        retention.register(kinds.Vacancies())
