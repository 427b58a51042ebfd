"""Profile checks that still count: made on the current page, for the current question."""

from dataclasses import dataclass
from typing import Any

from schoolgate.accounts.models import Account, ProfileRead, Seen
from schoolgate.accounts.opening import Question, asked_digest, questions
from schoolgate.policy.keeping import digest
from schoolgate.rulebook import Book


@dataclass(frozen=True)
class Answered:
    """A question with its last answer. `stands`: it still counts; `why_not`: what has changed since."""

    question: Question
    seen: Seen | None
    stands: bool = False
    why_not: str = ""

    @property
    def value(self) -> Any:
        """Return the answer that counts; None where there is none."""
        return self.seen.value if self.seen and self.stands else None


def page_digest(account: Account) -> str:
    """Return a digest of the address of the account's page: another address or handle is another page."""
    return digest([account.network, account.handle, account.address])


def last_profile(account: Account) -> ProfileRead | None:
    """Return the account's page as the program read it last; None where it never did."""
    return account.profile_reads.order_by("-id").first()


def answered(account: Account, book: Book) -> list[Answered]:
    """Return every question of this policy with the last answer to it. Two queries, one where there are no
    answers."""
    newest = {
        seen.key: seen
        for seen in account.seen.order_by("key", "-id").distinct("key").select_related("by", "profile")
    }
    page, profile = ("", None) if not newest else (page_digest(account), last_profile(account))
    found = []
    for question in questions(book, account.network):
        seen = newest.get(question.key)
        if seen is None or seen.value is None:
            found.append(Answered(question, None))
            continue
        why_not = _changed(seen, question, book, page=page, profile=profile)
        found.append(Answered(question, seen, not why_not, why_not))
    return found


def standing(account: Account, book: Book) -> dict[str, Any]:
    """Return the answers that count, by the keys of their questions."""
    return {one.question.key: one.value for one in answered(account, book) if one.stands}


def _changed(seen: Seen, question: Question, book: Book, *, page: str, profile: ProfileRead | None) -> str:
    if seen.asked_digest != asked_digest(book, question):
        return "question"
    if question.of_page:
        if seen.page_digest != page:
            return "page"
        if seen.profile and profile and seen.profile.digest != profile.digest:
            return "profile"
    return ""
