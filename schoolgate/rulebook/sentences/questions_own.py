"""Questions about people's own accounts and posts."""

from schoolgate.rulebook.sentences import gettext_noop

QUESTIONS = {
    "personal.post:audience": gettext_noop("Who can see it?"),
    "personal.post:remarks.runs_down": gettext_noop("Do you judge that it runs the school down?"),
    "personal.post:people.details": gettext_noop("Does it give personal details of them?"),
    "personal.post:people.asked": gettext_noop("Who was asked beforehand?"),
    "personal.post:people.agreed": gettext_noop("Who said yes?"),
    "personal.post:people.family_of_pupil": gettext_noop("Do they belong to the family of a pupil?"),
    "personal.post:people.relation": gettext_noop("What are they to the school?"),
    "personal.post:people.known_from_work": gettext_noop("Do you know it from your work?"),
    "personal.post:information.labels": gettext_noop("What kind of information is it?"),
    "personal.post:information.owner": gettext_noop("Whose information is it?"),
    "sharing.considered:space": gettext_noop("Where would it stand?"),
    "posting.withdraw:writer.relation": gettext_noop("What is whoever posted it to the school?"),
    "promotion.ask:none_of_these": gettext_noop("Is it neither canvassing nor promotion?"),
}
