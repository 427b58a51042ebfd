"""Ready questions of a head, each once as data: a situation, and what is the case. Is it ever allowed?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from schoolgate.rulebook.sentences import gettext_noop as _


@dataclass(frozen=True)
class Question:
    """`given`: what is the case, as a condition in the words of rules (rules/conditions.py)."""

    key: str
    asks: str
    situation: str
    given: Mapping[str, Any]


QUESTIONS: tuple[Question, ...] = (
    Question(
        "picture_without_consent",
        _("Can a picture of a child ever go out without consent?"),
        "post.publish",
        {
            "pictured": True,
            "people": {"some": {"relation": "pupil", "shown": True, "consents": {"empty": True}}},
        },
    ),
    Question(
        "pupil_in_private",
        _("Is anyone ever allowed to reply to a pupil privately on social media?"),
        "message.send",
        {"way": "social", "direction": "incoming", "to_relation": "pupil", "in_public": False},
    ),
    Question(
        "seen_by_one",
        _("Can a post go out that only one person has seen?"),
        "post.publish",
        {"approvals": {"empty": True}},
    ),
    Question(
        "name_beside_picture",
        _("Can a child’s full name ever appear beside their picture?"),
        "post.publish",
        {"pictured": True, "people": {"some": {"relation": "pupil", "shown": True, "named": "full"}}},
    ),
    Question(
        "opened_without_approval",
        _("Can an account ever be opened that was not approved?"),
        "account.open",
        {"decision.outcome": {"none_of": ["approved"]}},
    ),
    Question(
        "pupil_as_contact",
        _("Can a member of staff ever have a pupil as a contact on a private account?"),
        "contact.accept",
        {
            "person.bound_as": {"stated_as": ["staff"]},
            "channel": "personal",
            "other_kinds": {"includes": "pupil"},
        },
    ),
    Question(
        "do_not_publish",
        _("Can a picture of a child marked “do not publish” ever go out?"),
        "post.publish",
        {"pictured": True, "people": {"some": {"relation": "pupil", "shown": True, "do_not_publish": True}}},
    ),
    Question(
        "reply_seen_by_one",
        _("Can a reply go out that no one but its writer has read?"),
        "item.answer",
        {"read_by_another": False},
    ),
)
