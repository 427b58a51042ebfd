"""What each network gets of a post, side by side: its text with links, what changed in it, and the words
that comments are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from schoolgate.media.models import Film, film_of
from schoolgate.networks.normal import find_links
from schoolgate.publishing.models import PassageComment, Post
from schoolgate.publishing.reviewing import GONE, SAME, Changes, Run, place_of
from schoolgate.web.frame.doors import Visit
from schoolgate.web.posts.previews import Preview, previews
from schoolgate.web.posts.threads import thread_of


@dataclass(frozen=True)
class Stretch:
    """A stretch of a text that is drawn alike. `change`: added, gone or same. `comment`: the number of the
    comment on it, 0 for none; `ends`: the comment ends with it."""

    text: str
    link: bool = False
    change: str = SAME
    comment: int = 0
    ends: bool = False


@dataclass(frozen=True)
class ShownPicture:
    """A picture as the network gets it, with its description; `film`: that it is the cover of. `number`: its
    place."""

    pk: int
    number: int
    alt: str
    width: int
    height: int
    changed: str = ""
    described: Sequence[Run] = ()
    film: Film | None = None


@dataclass(frozen=True)
class ForNetwork:
    """Everything that one account gets. `language`: empty for a text in two. `too_many`: more pictures than
    the network takes."""

    preview: Preview
    language: str
    stretches: Sequence[Stretch]
    pictures: Sequence[ShownPicture]
    too_many: bool


def for_networks(
    post: Post, *, changes: Changes | None, comments: Sequence[PassageComment], visit: Visit
) -> list[ForNetwork]:
    """Return what each account of the post gets, in their order."""
    targets = list(post.targets.all())
    pictures = _pictures(post, changes)
    numbered = {number: each.passage for number, each in enumerate(comments, start=1) if each.done_at is None}
    threads = {t.account_id: thread_of(t.account, t.text, chosen=t.as_thread) for t in targets}
    cards = None if pictures else list(post.link_cards.all())
    shown = previews(((each.account, each.text) for each in targets), cards, threads=threads, visit=visit)
    return [
        ForNetwork(
            preview=preview,
            language="" if "," in target.language else target.language,
            stretches=stretches_of(target.text, _runs(target.account_id, changes), numbered),
            pictures=pictures,
            too_many=preview.most_pictures is not None and len(pictures) > preview.most_pictures,
        )
        for target, preview in zip(targets, shown, strict=True)
    ]


def stretches_of(text: str, runs: Sequence[Run], comments: Mapping[int, str]) -> list[Stretch]:
    """Cut a text where a link, a change or a commented passage begins or ends, with what went in its place.
    Of comments on the same words the last is drawn."""
    links = _links(text)
    commented = {
        number: place
        for number, passage in comments.items()
        if (place := place_of(passage, text)) is not None
    }
    changed, gone = _changed(text, runs)
    cuts = {0, len(text), *gone}
    for begin, end in (*links, *commented.values(), *((begin, end) for begin, end, _kind in changed)):
        cuts |= {begin, end}
    found: list[Stretch] = []
    places = sorted(cuts)
    for begin, end in zip(places, [*places[1:], len(text)], strict=True):
        found += [Stretch(each, change=GONE) for each in gone.get(begin, ())]
        if begin == end:
            continue
        inside = [n for n, (first, last) in commented.items() if first <= begin and end <= last]
        number = inside[-1] if inside else 0
        found.append(
            Stretch(
                text[begin:end],
                link=any(first <= begin and end <= last for first, last in links),
                change=next(
                    (kind for first, last, kind in changed if first <= begin and end <= last), "same"
                ),
                comment=number,
                ends=bool(number) and commented[number][1] == end,
            )
        )
    return found


def _links(text: str) -> list[tuple[int, int]]:
    """Return where links, mentions and hashtags are, in characters."""
    raw = text.encode(errors="surrogatepass")

    def place(byte: int) -> int:
        return len(raw[:byte].decode(errors="surrogatepass"))

    return [(place(each.start), place(each.end)) for each in find_links(text)]


def _runs(account: int, changes: Changes | None) -> Sequence[Run]:
    return changes.texts.get(account, ()) if changes else ()


def _changed(text: str, runs: Sequence[Run]) -> tuple[list[tuple[int, int, str]], dict[int, list[str]]]:
    """Return where words were added, and what went before which place."""
    if not runs:
        return [], {}
    at, changed, gone = 0, list[tuple[int, int, str]](), dict[int, list[str]]()
    for run in runs:
        if run.kind == GONE:
            gone.setdefault(at, []).append(run.text)
            continue
        changed.append((at, at + len(run.text), run.kind))
        at += len(run.text)
    return (changed, gone) if at == len(text) else ([], {})


def _pictures(post: Post, changes: Changes | None) -> list[ShownPicture]:
    shown = [
        ShownPicture(each.pk, number, each.alt, each.width, each.height, film=film_of(each))
        for number, each in enumerate(post.pictures, start=1)
    ]
    if changes is None:
        return shown
    marked = []
    for each in shown:
        edited = each.number in changes.pictures_edited or (each.film and changes.film)
        change = "edited" if edited else ""
        change = "added" if each.number in changes.pictures_added else change
        marked.append(replace(each, changed=change, described=changes.described.get(each.number, ())))
    return marked
