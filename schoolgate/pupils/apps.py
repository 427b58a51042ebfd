"""The app of this room."""

from django.apps import AppConfig


class PupilsConfig(AppConfig):
    """Pupils and consents."""

    name = "schoolgate.pupils"
    label = "pupils"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register pupils who left as a kind of record, and what pupils are called."""
        from schoolgate.core import retention
        from schoolgate.people.named import pupils_are_called
        from schoolgate.pupils import retention as acts
        from schoolgate.pupils.consents import parts_of_names
        from schoolgate.pupils.retention import PupilsWhoLeft

        retention.register(PupilsWhoLeft())
        pupils_are_called(parts_of_names)
        for act in (
            acts.Noes(), acts.KeptOff(), acts.KeepingOffEnded(), acts.LinksRevoked(), acts.PupilsLeft()
        ):  # fmt: skip
            retention.do_again(act)
