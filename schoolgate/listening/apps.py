"""The app of this room."""

from django.apps import AppConfig


class ListeningConfig(AppConfig):
    """Watches on the schools' names, and what they found."""

    name = "schoolgate.listening"
    label = "listening"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register with the inbox what is known of an item, who may know of a watch, and what is
        destroyed."""
        from schoolgate.core import retention
        from schoolgate.inbox.beside import register
        from schoolgate.listening.finding import may_see
        from schoolgate.listening.models import OfItems, Watch, Watches
        from schoolgate.people.confined import confine

        register(OfItems())
        confine("listening.watch", lambda person, on: Watch.objects.filter(may_see(person, on)))
        retention.register(Watches())
