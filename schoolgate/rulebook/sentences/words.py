"""Phrases that stand inside sentences: what is wanted, and from whom."""

from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.sentences.fields import FIELDS, GROUPS

NEEDS = {
    **FIELDS,
    **GROUPS,
    "acceptable_use_link": gettext_noop("a link to the acceptable use policy"),
    "answer": gettext_noop("an answer"),
    "approval": gettext_noop("an approval"),
    "approved_as_it_stands": gettext_noop("whether it was approved as it stands"),
    "consent_list": gettext_noop("a check of the school's consent list"),
    "country": gettext_noop("the country that the school is in"),
    "day": gettext_noop("the day"),
    "has_read": gettext_noop("that they have read the policy in force"),
    "has_understood": gettext_noop("that they understand the policy in force"),
    "kind": gettext_noop("what kind of account it is"),
    "leadership_consent": gettext_noop("the agreement of the leadership to this picture"),
    "permission": gettext_noop("a permission"),
    "picture": gettext_noop("whether it has a picture"),
    "post_author": gettext_noop("who wrote it"),
    "reason_is_strong": gettext_noop("a confirmation that the reason is a strong one"),
    "recipient": gettext_noop("whom the proposal is addressed to"),
    "relation": gettext_noop("what this person is to the school"),
    "ruling": gettext_noop("a ruling"),
    "shows_people": gettext_noop("whether the picture shows anybody"),
    "signature": gettext_noop("a signature"),
    "signatures": gettext_noop("the signatures"),
    "talk.audience": gettext_noop("whom it is for"),
    "talk.content": gettext_noop("what will stand on it"),
    "talk.contributors": gettext_noop("who can take part"),
    "talk.purpose": gettext_noop("what it is for"),
    "trained": gettext_noop("training"),
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
