"""The app of this room."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    """Requests about data, each with its deadline and its task."""

    name = "schoolgate.rights"
    label = "rights"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register places to search in the record, and what must not go while a request is open."""
        from schoolgate.core import disclosure, retention
        from schoolgate.inbox.beside import register
        from schoolgate.inbox.seeing import subjects_of_all
        from schoolgate.people.confined import confine
        from schoolgate.publishing.hit_answers import beside
        from schoolgate.rights.finding import requests_known
        from schoolgate.rights.places import MadeFiles, Record
        from schoolgate.rights.retention import OfItems, Requests, of_posts, subjects_needed

        disclosure.register(Record())
        disclosure.register(MadeFiles())
        disclosure.leave_to_few(subjects_of_all)
        register(OfItems())
        beside(of_posts)
        for kind, place in (("comments", "inbox.item"), ("people", "people.person")):
            retention.need(kind, retention.by_name(place, subjects_needed))
        retention.need_subjects(subjects_needed)
        retention.register(Requests())
        confine("rights.request", requests_known)
