"""Questions about people's own accounts and posts."""

from schoolgate.rulebook.sentences import gettext_noop

QUESTIONS = {
    "personal.post:audience": gettext_noop("Who can see it?"),
    "personal.post:people.family_of_pupil": gettext_noop("Are they from a pupil’s family?"),
    "personal.post:people.relation": gettext_noop("How are they connected with the school?"),
    "personal.post:information.labels": gettext_noop("What kind of information is it?"),
    "personal.post:information.owner": gettext_noop("Whose information is it?"),
    "sharing.considered:space": gettext_noop("Where would it appear?"),
    "posting.withdraw:writer.relation": gettext_noop(
        "How is the person who posted it connected with the school?"
    ),
    "promotion.ask:none_of_these": gettext_noop("Is it something other than canvassing or promotion?"),
}
