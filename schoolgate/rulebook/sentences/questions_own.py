"""Questions about people's own accounts and posts."""

from schoolgate.rulebook.sentences import gettext_noop

QUESTIONS = {
    "personal.post:audience": gettext_noop("Who can see it?"),
    "personal.post:people.family_of_pupil": gettext_noop("Do they belong to the family of a pupil?"),
    "personal.post:people.relation": gettext_noop("What are they to the school?"),
    "personal.post:information.labels": gettext_noop("What kind of information is it?"),
    "personal.post:information.owner": gettext_noop("Whose information is it?"),
    "sharing.considered:space": gettext_noop("Where would it stand?"),
    "posting.withdraw:writer.relation": gettext_noop("What is whoever posted it to the school?"),
    "promotion.ask:none_of_these": gettext_noop("Is it neither canvassing nor promotion?"),
}
