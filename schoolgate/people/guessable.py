"""Words that anyone would try first here: a password mostly made of them is none."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import Federation
from schoolgate.people.models import User

WORDS = (
    "schoolgate", "school", "schools", "ysgol", "ysgolion", "federation", "ffederasiwn", "academy", "trust",
    "primary", "secondary", "college", "social", "media", "cymdeithasol", "password", "cyfrinair", "welcome",
    "croeso", "letmein", "qwerty", "admin", "administrator", "headteacher", "pennaeth", "teacher", "athro",
    "office", "swyddfa", "governor", "facebook", "instagram", "twitter", "youtube", "bluesky", "mastodon",
    "January", "February", "September", "October", "November", "December", "spring", "summer", "autumn",
    "winter",
)  # fmt: skip
"""Beside the words of the federations' names and of the person's own address."""
LEAST_LEFT = 8
"""Letters and digits that must be left without them."""
_SHORTEST = 4
_PART = re.compile(r"[^\W_]+")


class NotWhatEveryoneTries:
    """Refuse a password of which little is left without those words."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError where too little is left."""
        left = "".join(_PART.findall(password.casefold()))
        for word in sorted(_tried_first(user), key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < LEAST_LEFT:
            raise ValidationError(
                _("Anyone would try this here, such as the school’s name with a year. Choose other words."),
                code="guessable_password",
            )

    def get_help_text(self) -> str:
        """Return no advance hint: few people would choose one."""
        return ""


def _tried_first(user: User | None) -> set[str]:
    names = [
        *WORDS,
        *Federation.objects.values_list("name", flat=True),
        user.email if user is not None else "",
    ]
    parts = {part for name in names for part in _PART.findall(name.casefold())}
    return {part for part in parts if len(part) >= _SHORTEST}
