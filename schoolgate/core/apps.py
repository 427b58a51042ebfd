"""The app of this room."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    """Federations, tenancy, the record, events, vault, files, holds and stops."""

    name = "schoolgate.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Close the tables after every migration, gather the events and handlers of all areas, and register
        what is destroyed."""
        from schoolgate.core import retention
        from schoolgate.core.postgres import checks as role_checks  # noqa: F401 - only Django asks them
        from schoolgate.core.postgres.for_django import keep_prepared
        from schoolgate.core.protect import protect_after_migrate
        from schoolgate.core.rows import make_columns_quick
        from schoolgate.core.stops import Stops

        make_columns_quick()
        connection_created.connect(keep_prepared, dispatch_uid="schoolgate.core.keep_prepared")
        retention.register(Stops())
        # Signals of all apps are sent after the last migration: one of them is enough.
        post_migrate.connect(protect_after_migrate, sender=self, dispatch_uid="schoolgate.core.protect")
        autodiscover_modules("events")
        autodiscover_modules("handlers")
