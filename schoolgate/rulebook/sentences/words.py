"""Phrases used inside sentences: what is needed, and from which source."""

from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.sentences.fields import FIELDS, GROUPS

NEEDS = {
    **FIELDS,
    **GROUPS,
    "answer": gettext_noop("an answer"),
    "consent_list": gettext_noop("a check of the school’s consent list"),
    "day": gettext_noop("the day"),
    "country": gettext_noop("the country that the school is in"),
    "ruling": gettext_noop("a ruling"),
    "shows_people": gettext_noop("whether the picture shows anyone"),
    "signature": gettext_noop("a signature"),
    "talk.audience": gettext_noop("who it is for"),
    "talk.content": gettext_noop("what will be posted on it"),
    "talk.contributors": gettext_noop("who can take part"),
    "talk.purpose": gettext_noop("what it is for"),
    "written_consent": gettext_noop("written consent"),
    "written_permission": gettext_noop("written permission"),
}

SOURCES = {
    "applicant": gettext_noop("the person proposing it"),
    "approver": gettext_noop("someone who may approve it"),
    "author": gettext_noop("the author"),
    "decider": gettext_noop("the person deciding"),
    "federation": gettext_noop("the federation"),
    "office": gettext_noop("the school office"),
    "parent": gettext_noop("a parent"),
    "carer": gettext_noop("a carer"),
    "person_shown": gettext_noop("the person concerned"),
    "picture_checker": gettext_noop("someone who may check pictures"),
    "reader": gettext_noop("someone other than the author"),
    "runner": gettext_noop("the person who will run it"),
}
