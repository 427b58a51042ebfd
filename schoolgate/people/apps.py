"""The Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, assignments and sign-in."""

    name = "schoolgate.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what this app has sealed with the vault, and people as a kind of record."""
        from schoolgate.core import retention
        from schoolgate.core.actions import read_typed_with
        from schoolgate.people import directories, sessions  # noqa: F401 - register how they reseal
        from schoolgate.people.lists import importer  # noqa: F401 - the same
        from schoolgate.people.retention import (
            LeadsEnded,
            PeopleLeft,
            PeopleWhoLeft,
            PermissionsEnded,
            RolesEnded,
        )
        from schoolgate.people.typed_words import read_typed

        read_typed_with(read_typed)
        retention.register(PeopleWhoLeft())
        for act in (LeadsEnded(), RolesEnded(), PeopleLeft(), PermissionsEnded()):
            retention.do_again(act)
