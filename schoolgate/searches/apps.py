"""The app of this room."""

from django.apps import AppConfig


class SearchesConfig(AppConfig):
    """Checks of systems and searches for candidates, each asked of the policy first."""

    name = "schoolgate.searches"
    label = "searches"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Confine checks and vacancies to those who may know of them, and register what is
        destroyed."""
        from schoolgate.core import retention
        from schoolgate.people.confined import confine
        from schoolgate.policy.queries import guard_decisions_about
        from schoolgate.searches import queries
        from schoolgate.searches import retention as kinds

        confine("searches.systemcheck", queries.checks_known)
        confine("searches.checkcopy", queries.copies_known)
        confine("searches.vacancy", queries.vacancies_known)
        guard_decisions_about("searches.systemcheck", queries.may_see_check)
        guard_decisions_about("searches.checkcopy", queries.may_see_copy)
        retention.register(kinds.Checks())
        retention.register(kinds.Vacancies())
