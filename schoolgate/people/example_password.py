"""The shared password of all accounts in an example federation. It is printed at every start, so no one else
may use it."""

from __future__ import annotations

from functools import lru_cache

from django.contrib.auth.hashers import BasePasswordHasher, get_hasher, make_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from schoolgate.people.models import Membership, User

PASSWORD = "willow-tunnel-fair"  # noqa: S105 - public: example federations carry a banner, and take no real data


def hashed(password: str) -> str:
    """What is kept of a password. The examples' own is hashed once for all of their people: everyone knows
    it, and each time takes a fifth of a second of the processor."""
    return _hashed_once(get_hasher()) if password == PASSWORD else make_password(password)


@lru_cache(maxsize=1)
def _hashed_once(hasher: BasePasswordHasher) -> str:
    return make_password(PASSWORD, hasher=hasher)


class NotTheExampleOne:
    """Refuse it to all who have a place outside the examples, or none yet."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError where this is the examples' password and the user is not of an example."""
        if "".join(password.split()).casefold() != PASSWORD or _is_of_an_example(user):
            return
        raise ValidationError(
            _("This is the demo schools’ public password. Choose another."),
            code="example_password",
        )

    def get_help_text(self) -> str:
        """Return no advance hint, because no one would think of this password."""
        return ""


def _is_of_an_example(user: User | None) -> bool:
    if user is None or user.pk is None:
        return False
    examples = list(Membership.objects.filter(user=user).values_list("federation__is_example", flat=True))
    return bool(examples) and all(examples)
