"""The app of this room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, holdings and sign-in."""

    name = "schoolgate.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
