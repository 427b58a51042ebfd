"""Words of a text that a comment is about: where they are, and the sentences to choose from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from schoolgate.publishing.models import Look, PassageComment, Post
from schoolgate.publishing.review_models import LONGEST_PASSAGE

SENTENCE = re.compile(r"(?<![^\S\n])[^\S\n]*+[^\s.!?][^\n.!?]*+[.!?]*+")
MOST_SENTENCES = 60


def tidy(words: str) -> str:
    """Return words on one line, with single spaces between them."""
    return " ".join(words.split())


def place_of(passage: str, text: str) -> tuple[int, int] | None:
    """Return where the words begin and end in the text, whatever is between them; None if they are not
    there."""
    words = passage.split()
    found = re.search(r"\s+".join(re.escape(each) for each in words), text) if words else None
    return found.span() if found else None


def is_in(passage: str, post: Post) -> bool:
    """Return whether one of the post's texts has these words now."""
    return any(place_of(passage, text) is not None for text in texts_of(post))


def texts_of(post: Post) -> list[str]:
    """Return the post's texts, each once: those of its accounts, or the common one before it has any."""
    return list(dict.fromkeys(each.text for each in post.targets.all())) or [post.text]


def sentences_of(texts: Iterable[str]) -> list[str]:
    """Return the sentences of the texts, each once, as far as a comment takes them."""
    found = (tidy(each)[:LONGEST_PASSAGE].strip() for text in texts for each in SENTENCE.findall(text))
    return [each for each in dict.fromkeys(found) if each][:MOST_SENTENCES]


def comments_on(post: Post) -> list[PassageComment]:
    """Return all comments on words of the post, the oldest first. One query."""
    return list(post.passage_comments.select_related("by", "done_by").order_by("id"))


def last_look(post: Post, person_id: int) -> Look | None:
    """Return the person's last look at an earlier version of this post."""
    rows = Look.objects.filter(post=post, by=person_id, version__lt=post.version)
    return rows.order_by("-version").first()
