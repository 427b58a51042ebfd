"""The app of this room."""

from django.apps import AppConfig


class BreachesConfig(AppConfig):
    """Personal data breaches, and what the law asks of each."""

    name = "schoolgate.breaches"
    label = "breaches"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Restrict decisions about breaches to those who may know of the breach, and register what is
        destroyed."""
        from schoolgate.breaches.retention import Breaches
        from schoolgate.breaches.rules import may_see_subject
        from schoolgate.core import retention
        from schoolgate.policy.access import guard_decisions_about

        guard_decisions_about("breaches.breach", may_see_subject)
        retention.register(Breaches())
