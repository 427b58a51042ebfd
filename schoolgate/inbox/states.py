"""States of an incoming item and their allowed transitions."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


class ItemState(models.TextChoices):
    """The status of a comment or message as the people on duty see it."""

    OPEN = "open", _("Open")
    ANSWERING = "answering", _("Reply being sent")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed without replying")


ITEM_MOVES: Mapping[ItemState, frozenset[ItemState]] = {
    # At once to "answered": the comment is shown, and with it a reply that was there already.
    ItemState.OPEN: frozenset({ItemState.ANSWERING, ItemState.ANSWERED, ItemState.CLOSED}),
    # Back to "open": the answer did not arrive, or only said that one will follow.
    ItemState.ANSWERING: frozenset({ItemState.ANSWERED, ItemState.OPEN}),
    # Back to "open": the writer changed what they wrote.
    ItemState.ANSWERED: frozenset({ItemState.OPEN, ItemState.ANSWERING}),
    ItemState.CLOSED: frozenset({ItemState.OPEN}),
}


class ItemKind(models.TextChoices):
    """The kind of an item, as far as a person or the network has stated it."""

    COMMENT = "comment", _("Comment")
    QUERY = "query", _("Question")
    COMPLAINT = "complaint", _("Complaint")
    REVIEW = "review", _("Review")
    MESSAGE = "message", _("Private message")
    MENTION = "mention", _("Mention")
    OTHER = "other", _("Something else")


class ItemLanguage(models.TextChoices):
    """The language of a text, as far as its words tell."""

    ENGLISH = "en", _("English")
    WELSH = "cy", _("Welsh")
    MIXED = "mixed", _("English and Welsh")
    OTHER = "other", _("Another language")
    CANNOT_TELL = "cannot_tell", _("Not clear")


class CloseReason(models.TextChoices):
    """Why there is no reply: short codes, because they are in the record."""

    NO_ANSWER_NEEDED = "no_answer_needed", _("No reply needed")
    ANSWERED_ELSEWHERE = "answered_elsewhere", _("Replied another way")
    NOT_FOR_US = "not_for_us", _("Not for us")
    SPAM = "spam", _("Spam")
    GONE = "gone", _("Deleted by its author")


class DueWords(models.TextChoices):
    """What the policy says about when an answer is due."""

    INSTANT = "instant", _("by a set time")
    DAY = "day", _("on a day")
    NONE_PROMISED = "none_promised", _("no deadline in the policy")
    NO_RULE = "no_rule", _("not covered by this policy")
    NOT_KNOWN = "not_known", _("not known yet")


class KeptBack(models.TextChoices):
    """What we did to hide it."""

    HIDDEN = "hidden", _("Hidden by us")
    REMOVED = "removed", _("Deleted by us")


class Sight(models.TextChoices):
    """What a moderator asks for: who can read a comment from now on."""

    SHOWN = "released", _("Show")
    HIDDEN = "hidden", _("Hide comment")
    REMOVED = "removed", _("Delete comment")


class Unseen(models.TextChoices):
    """Why people can't read a reply of ours that its network has."""

    WAITING = "waiting", _("The comment hasn’t been shown yet.")
    HIDDEN = "hidden", _("The comment is hidden.")
    REMOVED = "removed", _("The comment was deleted by us.")
    GONE = "gone", _("The comment is no longer on the network.")
    BLOCKED = "blocked", _("Its author is blocked.")
    POST_GONE = "post_gone", _("The post was taken down.")
    DELETED = "deleted", _("The reply is no longer on the network.")


class AuthorStepKind(models.TextChoices):
    """What a moderator asks for about the author of a comment."""

    BLOCK = "block", _("Block author")
    UNBLOCK = "unblock", _("End block")
    REPORT = "report", _("Report to the network")


class WhyKeptBack(models.TextChoices):
    """Why a person hides or removes a comment: short codes, because they are in the record."""

    CHILD = "child", _("It may put a child or young person in danger")
    ADULT = "adult", _("It may put an adult in danger")
    HATEFUL = "hateful", _("It’s grossly offensive, such as racist or homophobic abuse")
    BULLYING = "bullying", _("It bullies or harasses someone")
    IMPROPER = "improper", _("It’s improper or offensive")
    PERSONAL = "personal", _("It gives details about someone")
    DEFAMATORY = "defamatory", _("It’s false and damages someone’s reputation")
    RULES = "rules", _("It breaks our rules for comments")
    SPAM = "spam", _("Spam")
    DISAGREES = "disagrees", _("It disagrees with us")
    OTHER = "other", _("Another reason")


class Relation(models.TextChoices):
    """What the author of a comment is to the school, as far as a person has said so."""

    PARENT = "parent", _("A parent or carer")
    PUPIL = "pupil", _("A pupil")
    STAFF = "staff", _("A colleague")
    GOVERNOR = "governor", _("A governor")
    VOLUNTEER = "volunteer", _("A volunteer")
    OTHER = "other", _("Someone else")


class MessagePurpose(models.TextChoices):
    """What a message from an official account is about, in the words of the policies' facts."""

    TEACHING = "teaching_and_learning", _("Teaching and learning")
    BUSINESS = "school_business", _("School business")
    PRIVATE = "private", _("A private matter")
    OTHER = "other", _("Something else")


class WriterStepKind(models.TextChoices):
    """What was done about the author of a comment at the school, beside the network."""

    ASKED = "asked", _("Asked to delete it")
    INVITED = "invited", _("Invited to talk")
    REFERRED = "referred", _("Sent the complaints procedure")
    BEHAVIOUR = "behaviour", _("Passed on under the behaviour policy")


class AppealState(models.TextChoices):
    """The status of an appeal against a removal."""

    OPEN = "open", _("Waiting for a decision")
    UPHELD = "upheld", _("Upheld: the comment should be shown")
    DISMISSED = "dismissed", _("Dismissed: the comment stays hidden")
    SETTLED = "settled", _("Resolved: the comment was shown again first")


APPEAL_MOVES: Mapping[AppealState, frozenset[AppealState]] = {
    AppealState.OPEN: frozenset({AppealState.UPHELD, AppealState.DISMISSED, AppealState.SETTLED}),
    AppealState.UPHELD: frozenset(),
    AppealState.DISMISSED: frozenset(),
    AppealState.SETTLED: frozenset(),
}

FAULTS = tuple(each for each in WhyKeptBack if each not in (WhyKeptBack.DISAGREES, WhyKeptBack.OTHER))
"""What a comment can be found to be: a reason that no policy lists is not a fault."""
OFFENSIVE = frozenset({WhyKeptBack.HATEFUL, WhyKeptBack.BULLYING, WhyKeptBack.IMPROPER})
GRAVE = frozenset({WhyKeptBack.CHILD, WhyKeptBack.ADULT, WhyKeptBack.HATEFUL})
"""What is never left up while its author is asked."""

SAYABLE = (ItemKind.COMMENT, ItemKind.QUERY, ItemKind.COMPLAINT, ItemKind.REVIEW)
"""The kinds that a person may set; the others come from the network."""
