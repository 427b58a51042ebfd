"""The app of this room."""

from django.apps import AppConfig


class ListeningConfig(AppConfig):
    """Watches on the schools' names, and what they found."""

    name = "schoolgate.listening"
    label = "listening"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register with the inbox what is known of an item, and who may see decisions, and what is
        destroyed."""
        from schoolgate.core import retention
        from schoolgate.inbox.beside import register
        from schoolgate.listening.items import OfItems
        from schoolgate.listening.retention import Watches
        from schoolgate.listening.rules import may_see_subject
        from schoolgate.policy.access import guard_decisions_about

        register(OfItems())
        guard_decisions_about("listening.watch", may_see_subject)
        retention.register(Watches())
