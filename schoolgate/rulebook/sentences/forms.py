"""Headings and options of the policies' own forms, as our register labels them: a test compares."""

from schoolgate.rulebook.sentences import gettext_noop

HEADINGS = (
    gettext_noop("Who applies"),
    gettext_noop("What the site is for"),
    gettext_noop("Who the site is for"),
    gettext_noop("Who will write on the site"),
    gettext_noop("How the site is run"),
    gettext_noop("Approval"),
)
