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
        from schoolgate.people import (  # noqa: F401 - these register how they reseal
            directories,
            list_importer,
            sessions,
        )
        from schoolgate.people.outside import read_typed
        from schoolgate.people.retention import (
            LeadsEnded,
            PeopleLeft,
            PeopleWhoLeft,
            PermissionsEnded,
            RolesEnded,
        )

        read_typed_with(read_typed)
        retention.register(PeopleWhoLeft())
        for act in (LeadsEnded(), RolesEnded(), PeopleLeft(), PermissionsEnded()):
            retention.do_again(act)
