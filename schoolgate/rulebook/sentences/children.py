"""Sentences on the safety of children: what the law asks."""

from schoolgate.rulebook.sentences import gettext_noop

SENTENCES = {
    "incident.leads_told_england": gettext_noop(
        "A concern about a child goes to the designated safeguarding lead and deputies at once."
    ),
    "incident.leads_told_wales": gettext_noop(
        "A concern about a child goes to the designated safeguarding person and deputies at once."
    ),
}

NEEDS = {
    "incident.tell_leads": gettext_noop("telling the people who lead on safeguarding"),
}

POINTS = {
    "leads_told": gettext_noop("Telling the people who lead on safeguarding"),
}
