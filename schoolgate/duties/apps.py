"""The Django app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DutiesConfig(AppConfig):
    """What must be done, who must do it, and by when."""

    name = "schoolgate.duties"
    label = "duties"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Gather the kinds of duties of all areas, and keep what an open task is about; say what an answer
        to a request for data tells of one."""
        from schoolgate.core import disclosure, retention, saying
        from schoolgate.duties.kinds import kind_of
        from schoolgate.duties.queries import people_needed, subjects_needed

        told = ("kind", "subject", "due_at", "due_day", "state", "opened_at", "overdue_at", "ended_at")
        disclosure.register(disclosure.Table("duties.Duty", shown={"duties.Duty": told}))
        saying.say("duties.Duty.kind", lambda key: kind_of(key).title)
        retention.need("people", people_needed)
        retention.need_subjects(subjects_needed)
        autodiscover_modules("duty_kinds")
