"""The Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, assignments and sign-in."""

    name = "schoolgate.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register with the vault what this app has sealed."""
        from schoolgate.people import directories, second_steps  # noqa: F401 - register how they re-seal
        from schoolgate.people.lists import sealed_anew  # noqa: F401
