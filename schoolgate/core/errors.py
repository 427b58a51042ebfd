"""Errors that a person at a school can understand and do something about.

Every interface (page, API, command line) shows these in its own way; every other exception is a bug in the
program and is shown as one. Messages carry no personal data: they name things by what they are, not by the
people involved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, runtime_checkable

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.subjects import subject_of

Text = str | Promise


@runtime_checkable
class Evidence(Protocol):
    """A decision that outlives the action it refused (`policy.Kept` is one).

    The action's own writes are rolled back, including the decision's row; `write_again` inserts it again with
    the same id, so that the refusal can be shown later.
    """

    @property
    def pk(self) -> int:
        """The id of its row."""
        ...

    @property
    def subject(self) -> str:
        """What was decided about, as `publishing.post:417`."""
        ...

    @property
    def clauses(self) -> Sequence[str]:
        """The ids of the clauses that the decision names."""
        ...

    def write_again(self) -> None:
        """Insert the decision's rows once more, after a rollback took them away."""
        ...


class SchoolgateError(Exception):
    """A step that did not happen, with a sentence that says why.

    Args:
        message: what is the matter, in words a school understands.
        next_step: what the reader can do now, and who does it; empty only where the message itself says so:
            tests/gates/next_steps.yaml has each of those.
    """

    def __init__(self, message: Text, next_step: Text = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.message} {self.next_step}".strip()


class NotAllowed(SchoolgateError):
    """This person may not do this; another might (403)."""


class Refused(SchoolgateError):
    """The policy in force does not allow this in its present form (409).

    Args:
        kept: the decision that said so; it stays on record although the step itself is undone.
    """

    def __init__(self, kept: Evidence, message: Text = "", next_step: Text = "") -> None:
        super().__init__(
            message or _("The policy in force doesn’t allow this."),
            next_step or _("Read what the policy says. It names what is needed and who must provide it."),
        )
        self.kept = kept


class NotNow(SchoolgateError):
    """The thing is in another state than this step needs, or the stop button is pressed (409)."""


class AlreadyDone(NotNow):
    """What this step is for has been done, or is on its way, by an earlier press: not a failure (409).

    Only `core.moves.done_before` makes one: it compares what was wanted with what is there.

    Args:
        of: the row that it is about, whose record says who did it and when.
    """

    def __init__(self, of: Model, message: Text = "", next_step: Text = "") -> None:
        super().__init__(
            message or _("This has already been done."),
            next_step or _("You don’t need to do anything else."),
        )
        self.subject = subject_of(of)


class BadInput(SchoolgateError):
    """What was filled in cannot be used (422).

    Args:
        fields: a sentence for each field that has to be changed.
    """

    def __init__(self, fields: Mapping[str, Text], message: Text = "") -> None:
        super().__init__(message or _("Some answers need changing."))
        self.fields = dict(fields)


class ToldLead(BadInput):
    """Words that may tell of a person who would read them: a safeguarding lead is told of them
    instead (422).

    Args:
        fields: as of BadInput.
        keep: tells the lead, once what was to be written is rolled back; safe to call twice.
    """

    def __init__(self, fields: Mapping[str, Text], keep: Callable[[], object]) -> None:
        super().__init__(fields)
        self.keep = keep


class NotFound(SchoolgateError):
    """There is no such thing, or it belongs to another federation: the answer is the same (404)."""

    def __init__(self, message: Text = "", next_step: Text = "") -> None:
        super().__init__(
            message or _("There is nothing at this address."),
            next_step or _("Check the address, or look for the page from the home page."),
        )
