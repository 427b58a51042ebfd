"""The app of this room."""

from django.apps import AppConfig


class BreachesConfig(AppConfig):
    """Personal data breaches, and what the law asks of each."""

    name = "schoolgate.breaches"
    label = "breaches"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Confine breaches to those who may know of them, and register what is
        destroyed."""
        from schoolgate.breaches.models import Breach, Breaches
        from schoolgate.breaches.queries import may_see
        from schoolgate.core import retention
        from schoolgate.people.confined import confine

        confine("breaches.breach", lambda person, on: Breach.objects.filter(may_see(person, on)))
        retention.register(Breaches())
