"""What is an official account for, and whom? May it carry this, and is it written for these?"""

from typing import ClassVar, Literal

from schoolgate.rulebook.facts import Facts, Folded, Name, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment

Readers = Literal[
    "existing parents",
    "potential parents",
    "existing pupils",
    "potential pupils",
    "wider community",
    "children",
    "families",
]


@moment("account.purpose", _("What an account is for"), "school_purpose written_for")
class AccountPurpose(Facts, asked_of="office"):
    """`purpose`: what somebody would like to use it for, in the words of the policy's list; `readers`: whom
    they would like to write for. None: not asked."""

    version: ClassVar[int] = 1

    school: Name | None = fact()
    network: Folded | None = None
    purpose: Folded | None = None
    readers: Readers | None = None
