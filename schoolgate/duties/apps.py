"""The Django app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DutiesConfig(AppConfig):
    """What must be done, who must do it, and by when."""

    name = "schoolgate.duties"
    label = "duties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Gather the kinds of duties of all areas, and keep what an open task is about."""
        from schoolgate.core import retention
        from schoolgate.duties.queries import people_needed, subjects_needed

        retention.need("people", people_needed)
        retention.need_subjects(subjects_needed)
        autodiscover_modules("duty_kinds")
