"""Texts of events about listening in the record."""

from django.utils.translation import gettext_lazy as _

from schoolgate.core.events import Event, declare

declare(
    {
        "watch.started": Event(_("A saved search for public posts about a school was started.")),
        "watch.refused": Event(_("The policy didn’t allow a saved search.")),
        "watch.ended": Event(_("A saved search was ended.")),
        "watch.feed_added": Event(_("A feed was added to a saved search.")),
        "watch.feed_removed": Event(_("A feed was removed from a saved search.")),
        "watch.found": Event(_("A saved search found public posts.")),
        "find.passed": Event(_("A public post was passed on.")),
        "find.left": Event(_("A public post was left as it is.")),
        "find.reopened": Event(_("A public post that had been left was reopened.")),
        "watch.wiped": Event(_("The text of old public posts that a saved search had found was deleted.")),
    }
)
