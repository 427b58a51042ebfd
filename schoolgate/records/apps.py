"""The app of this room."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Retention periods, holds and destruction, over the kinds that the rooms below register."""

    name = "schoolgate.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register erasures with what a restore does again."""
        from schoolgate.core import retention
        from schoolgate.records.journal import Erasures

        retention.do_again(Erasures())
