"""The app of this room."""

from django.apps import AppConfig


class PressConfig(AppConfig):
    """Enquiries from the press, their statements, and what is expected."""

    name = "schoolgate.press"
    label = "press"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register with the inbox what is known of an item, and who may know of enquiries."""
        from schoolgate.core import disclosure, retention
        from schoolgate.inbox.beside import register
        from schoolgate.people.confined import confine
        from schoolgate.press.enquiries import expectations_seen, may_see
        from schoolgate.press.models import Enquiry, ExpectedAttention, PressEnquiries
        from schoolgate.press.statements import OfItems, needed

        register(OfItems())
        parts = dict.fromkeys(["press.EnquiryStep", "press.Statement"], "enquiry")
        disclosure.register(disclosure.Table("press.Enquiry", parts))
        retention.register(PressEnquiries())
        retention.register(ExpectedAttention())
        retention.need("comments", needed)
        confine("press.enquiry", lambda person, on: Enquiry.objects.filter(may_see(person, on)))
        confine("press.expectation", expectations_seen)
