"""The app of this room."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """What comes in from outside: clock, answer, release."""

    name = "schoolgate.inbox"
    label = "inbox"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register with the apps below the comments on an account, and who sees them."""
        from schoolgate.accounts.closing import register_activity_provider
        from schoolgate.core import disclosure, retention
        from schoolgate.inbox import first_read, moderating
        from schoolgate.inbox import retention as kinds
        from schoolgate.inbox.disclosure import Comments as Copies
        from schoolgate.inbox.disclosure import OnOurPage
        from schoolgate.inbox.figures import Comments
        from schoolgate.inbox.listing import item_for
        from schoolgate.inbox.locking import Locked, RepliesGone, give_back_settled
        from schoolgate.inbox.ranking import own_lists
        from schoolgate.inbox.replying import follow_spam
        from schoolgate.inbox.seeing import hidden_subjects, is_kept_from, items_meaning, meant_by_item
        from schoolgate.inbox.taking_off import Words, pupils_named
        from schoolgate.people.confined import Meant, hide, mean
        from schoolgate.people.reading_words import read_with
        from schoolgate.policy.queries import find_for_decisions, keep_decisions_from
        from schoolgate.publishing.withdrawn import look_elsewhere

        first_read.then(give_back_settled)
        moderating.then(follow_spam)
        register_activity_provider(Comments())
        look_elsewhere(Words())
        disclosure.register(Copies())
        disclosure.register(OnOurPage())
        retention.do_again(Locked())
        retention.do_again(RepliesGone())
        retention.need("pupils", pupils_named)
        retention.register(kinds.Comments())
        retention.register(kinds.Photographs())
        retention.register(kinds.GroupMessages())
        find_for_decisions("inbox.item", item_for)
        keep_decisions_from("inbox.item", is_kept_from)
        read_with(own_lists)
        mean("inbox.item", Meant(items_meaning, meant_by_item))
        hide(lambda person, on: hidden_subjects(person, on=on))
