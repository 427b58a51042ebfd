"""Questions about people's own accounts and posts."""

from schoolgate.rulebook.sentences import gettext_noop

QUESTIONS = {
    "personal.profile:disclaimer": gettext_noop(
        "Do you judge that the page says that the school is not speaking there?"
    ),
    "personal.profile:gives_own_details": gettext_noop(
        "Does the page give details of yours that could be misused?"
    ),
    "personal.profile:has_pictures": gettext_noop("Are there pictures of you on it?"),
    "personal.profile:pictures_by_others": gettext_noop("Are there pictures of you that others put online?"),
    "personal.profile:tagged": gettext_noop("Do others tag you in their pictures?"),
    "personal.profile:privacy": gettext_noop("How do its privacy settings stand?"),
    "personal.profile:contact_address": gettext_noop("Which e-mail address does the page give?"),
    "personal.post:harms_reputation": gettext_noop(
        "Do you judge that it could harm the good name of the school?"
    ),
    "personal.post:tells_confidence": gettext_noop(
        "Do you judge that it tells something that was entrusted to you at work?"
    ),
    "personal.post:about_school": gettext_noop("Does it tell others of matters of the school?"),
    "personal.post:marked_as_own": gettext_noop(
        "Does it, or the page it stands on, say that you speak for yourself?"
    ),
    "personal.post:internal": gettext_noop(
        "Is it about something inside the school that others do not know?"
    ),
    "personal.post:audience": gettext_noop("Who can see it?"),
    "personal.post:remarks.runs_down": gettext_noop("Do you judge that it runs the school down?"),
    "personal.post:people.details": gettext_noop("Does it give personal details of them?"),
    "personal.post:people.asked": gettext_noop("Who was asked beforehand?"),
    "personal.post:people.agreed": gettext_noop("Who said yes?"),
    "personal.post:people.family_of_pupil": gettext_noop("Do they belong to the family of a pupil?"),
    "personal.post:people.relation": gettext_noop("What are they to the school?"),
    "personal.post:people.known_from_work": gettext_noop("Do you know it from your work?"),
    "personal.post:disrespectful": gettext_noop("Do you judge that it shows them no respect?"),
    "personal.post:information.labels": gettext_noop("What kind of information is it?"),
    "personal.post:information.owner": gettext_noop("Whose information is it?"),
    "personal.post:reference": gettext_noop("Do you recommend them, or warn of them?"),
    "personal.post:site": gettext_noop("What kind of network is it?"),
    "sharing.considered:space": gettext_noop("Where would it stand?"),
    "personal.leaving:reminder": gettext_noop("Were you told that what was entrusted to you stays so?"),
    "posting.withdraw:writer.relation": gettext_noop("What is whoever posted it to the school?"),
    "posting.withdraw:breaks_policy": gettext_noop("Did somebody judge that it goes against the policy?"),
    "promotion.ask:where": gettext_noop("Where would it be?"),
    "promotion.ask:kind": gettext_noop("What is it about?"),
    "promotion.ask:none_of_these": gettext_noop("Is it neither canvassing nor promotion?"),
    "promotion.ask:linked_to_work": gettext_noop(
        "Does that organisation have to do with the work of the school?"
    ),
}
