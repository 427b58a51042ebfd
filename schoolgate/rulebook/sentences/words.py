"""Phrases that stand inside sentences: what is wanted, and from whom."""

from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.sentences.fields import FIELDS, GROUPS

NEEDS = {
    **FIELDS,
    **GROUPS,
    "answer": gettext_noop("an answer"),
    "consent_list": gettext_noop("a check of the school's consent list"),
    "day": gettext_noop("the day"),
    "country": gettext_noop("the country that the school is in"),
    "ruling": gettext_noop("a ruling"),
    "shows_people": gettext_noop("whether the picture shows anybody"),
    "signature": gettext_noop("a signature"),
    "talk.audience": gettext_noop("whom it is for"),
    "talk.content": gettext_noop("what will stand on it"),
    "talk.contributors": gettext_noop("who can take part"),
    "talk.purpose": gettext_noop("what it is for"),
    "written_consent": gettext_noop("consent in writing"),
    "written_permission": gettext_noop("permission in writing"),
}

SOURCES = {
    "applicant": gettext_noop("whoever proposes it"),
    "approver": gettext_noop("somebody who may approve it"),
    "author": gettext_noop("the author"),
    "decider": gettext_noop("whoever decides"),
    "federation": gettext_noop("the federation"),
    "office": gettext_noop("the school office"),
    "parent": gettext_noop("a parent"),
    "carer": gettext_noop("a carer"),
    "person_shown": gettext_noop("the person concerned"),
    "picture_checker": gettext_noop("somebody who may check pictures"),
    "reader": gettext_noop("somebody other than the author"),
    "runner": gettext_noop("the person who is to run it"),
}
