"""The port over the noticeboard. Its own rows are the network, so each call is one short piece of work in the
database; the files of pictures are stored before that begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import models

from schoolgate.core import files
from schoolgate.core.clock import now
from schoolgate.core.env import env
from schoolgate.core.errors import NotNow
from schoolgate.core.models import School
from schoolgate.core.moves import move
from schoolgate.core.tenancy import scope
from schoolgate.networks.capabilities import Capabilities, all_capabilities
from schoolgate.networks.checks import NotOffered, check_outgoing, check_text, limits_of
from schoolgate.networks.normal import (
    NormalCard,
    NormalFilm,
    NormalPost,
    OutgoingCard,
    digest_of_captions,
    tidy_text,
)
from schoolgate.networks.noticeboard.board import OF_OTHERS_SHOWN
from schoolgate.networks.noticeboard.models import (
    MOVES,
    CommentState,
    NoticeboardCard,
    NoticeboardComment,
    NoticeboardFilm,
    NoticeboardPicture,
    NoticeboardPost,
)
from schoolgate.networks.port import (
    Author,
    Credential,
    IncomingItem,
    NetworkError,
    OutgoingFilm,
    OutgoingPost,
    OutgoingReply,
    Profile,
    PublishedPost,
    Reactions,
    Receipt,
    Ref,
)


def open_client(key: str, credential: Credential) -> Noticeboard:
    """The board of the school that the credential names."""
    return Noticeboard(all_capabilities()[key], credential)


class Noticeboard(NotOffered):
    """One school's board. Works inside the scope around it, or opens its own."""

    def __init__(self, capabilities: Capabilities, credential: Credential) -> None:
        super().__init__(capabilities)
        if credential.federation_id is None or credential.school_id is None:
            raise NetworkError("sign_in", what_next="reconnect", detail="no school")
        self._federation_id = credential.federation_id
        self._school_id = credential.school_id

    def publish(self, out: OutgoingPost) -> Receipt:
        check_outgoing(out, limits_of(self.capabilities))
        owner = self._federation_id
        kept = [files.keep(each.data, each.media_type, federation_id=owner).digest for each in out.pictures]
        if out.film is not None:
            files.keep(out.film.data, out.film.media_type, federation_id=owner)
            if out.film.cover is not None:
                files.keep(out.film.cover.data, out.film.cover.media_type, federation_id=owner)
        if out.link_card is not None and out.link_card.data:
            files.keep(out.link_card.data, out.link_card.media_type, federation_id=owner)
        with scope(self._federation_id):
            board = self._board()
            post, made = NoticeboardPost.objects.get_or_create(
                key=out.intent_key,
                defaults={
                    "school": board,
                    "text": tidy_text(out.text),
                    "languages": sorted(out.languages),
                    "comments_open": out.comments_open,
                    "published_at": out.created_at,
                },
            )
            if post.taken_down_at is not None:
                raise NetworkError("refused", what_next="give_up", detail="taken down")
            if made:
                NoticeboardPicture.objects.bulk_create(
                    NoticeboardPicture(
                        post=post,
                        place=place,
                        digest=digest,
                        media_type=each.media_type,
                        alt=tidy_text(each.alt),
                        width=each.width,
                        height=each.height,
                    )
                    for place, (each, digest) in enumerate(zip(out.pictures, kept, strict=True), start=1)
                )
                if out.film is not None:
                    _keep_film(post, out.film)
                if out.link_card is not None:
                    _keep_card(post, out.link_card)
            return Receipt(self._ref(post, board), out.intent_key)

    def reply(self, out: OutgoingReply) -> Receipt:
        check_text(out.text, limits_of(self.capabilities))
        with scope(self._federation_id):
            board = self._board()
            post = self._posts().filter(key=out.root.id, taken_down_at=None).first()
            below = self._comments().filter(key=out.parent.id).exclude(state=CommentState.REMOVED).first()
            if post is None or (below is None and out.parent.id != out.root.id):
                raise NetworkError("not_found", what_next="give_up")
            answer, _made = NoticeboardComment.objects.get_or_create(
                key=out.intent_key,
                defaults={
                    "post": post,
                    "parent": below,
                    "ours": True,
                    "text": tidy_text(out.text),
                    "languages": sorted(out.languages),
                    "written_at": out.created_at,
                    "state": CommentState.RELEASED,
                    "state_at": out.created_at,
                },
            )
            return Receipt(self._ref(answer, board), out.intent_key)

    def read_back(self, ref: Ref) -> PublishedPost | None:
        return self.look_up(ref.id)

    def look_up(self, intent_key: str, wanted: NormalPost | None = None) -> PublishedPost | None:
        with scope(self._federation_id):
            board = self._board()
            post = self._posts().filter(key=intent_key, taken_down_at=None).first()
            if post is not None:
                pictures = tuple((each.digest, each.alt) for each in post.pictures.all())
                normal = NormalPost.of(
                    post.text, tuple(post.languages), pictures, film=_film_of(post), link_card=_card_of(post)
                )
                return PublishedPost(self._ref(post, board), normal, post.published_at, post.comments_open)
            answer = self._comments().filter(key=intent_key, ours=True, state=CommentState.RELEASED).first()
            if answer is None:
                return None
            normal = NormalPost.of(answer.text, tuple(answer.languages))
            return PublishedPost(self._ref(answer, board), normal, answer.written_at)

    def reactions(self, refs: Sequence[Ref]) -> dict[str, Reactions]:
        """Comments by others that everyone can read; there is nothing else to count on our own page."""
        with scope(self._federation_id):
            rows = self._posts().filter(key__in=[ref.id for ref in refs], taken_down_at=None)
            counted = rows.annotate(number=OF_OTHERS_SHOWN).values_list("key", "number")
            return {key: Reactions(replies=number) for key, number in counted}

    def replies(self, ref: Ref, since: datetime | None = None) -> list[IncomingItem]:
        with scope(self._federation_id):
            board = self._board()
            rows = self._comments().filter(post__key=ref.id).exclude(state=CommentState.REMOVED)
            if since is not None:
                rows = rows.filter(written_at__gte=since)
            return [self._item(row, board) for row in rows.order_by("written_at", "pk")]

    def mentions(self, since: datetime | None = None) -> list[IncomingItem]:
        return []

    def look_again(self, refs: Sequence[Ref]) -> dict[str, IncomingItem | None]:
        keys = [ref.id for ref in refs]
        found: dict[str, IncomingItem | None] = dict.fromkeys(keys)
        with scope(self._federation_id):
            board = self._board()
            for row in self._comments().filter(key__in=keys).exclude(state=CommentState.REMOVED):
                found[row.key] = self._item(row, board)
        return found

    def release(self, item: IncomingItem) -> None:
        self._change(item.ref, CommentState.RELEASED)

    def hide(self, item: IncomingItem) -> None:
        self._change(item.ref, CommentState.HIDDEN)

    def remove(self, item: IncomingItem) -> None:
        self._change(item.ref, CommentState.REMOVED)

    def close_comments(self, ref: Ref, *, at: datetime) -> None:
        with scope(self._federation_id):
            if not self._posts().filter(key=ref.id, taken_down_at=None).update(comments_open=False):
                raise NetworkError("not_found", what_next="give_up")

    def take_down(self, ref: Ref) -> None:
        at = now()
        with scope(self._federation_id):
            post = self._posts().filter(key=ref.id, taken_down_at=None).first()
            if post is not None:
                # A clock that was set back must not leave a post public.
                post.taken_down_at = max(at, post.published_at)
                post.save(update_fields=["taken_down_at"])
            else:
                ours = self._comments().filter(key=ref.id, ours=True, state=CommentState.RELEASED)
                ours.update(state=CommentState.REMOVED, state_at=at)

    def profile(self) -> Profile:
        with scope(self._federation_id):
            board = self._board()
            return Profile(str(board.pk), board.slug, board.name, address=self._address(board))

    def _board(self) -> School:
        """The school, and so the proof that the credential still counts."""
        found = School.objects.select_related("federation").filter(pk=self._school_id).first()
        if found is None:
            raise NetworkError("no_such_account", what_next="reconnect")
        return found

    def _posts(self) -> models.QuerySet[NoticeboardPost]:
        return NoticeboardPost.objects.filter(school_id=self._school_id)

    def _comments(self) -> models.QuerySet[NoticeboardComment]:
        return NoticeboardComment.objects.filter(post__school_id=self._school_id).select_related(
            "post", "parent"
        )

    def _change(self, ref: Ref, to: CommentState) -> None:
        """Move a stranger's comment; one that is there already is left alone."""
        at = now()
        with scope(self._federation_id):
            row = self._comments().filter(key=ref.id, ours=False).first()
            if row is not None and row.state == to:
                return
            if row is None or row.state == CommentState.REMOVED:
                raise NetworkError("not_found", what_next="give_up")
            try:
                move(row, to=to, moves=MOVES, at=at)
            except NotNow:
                raise NetworkError(
                    "network_trouble", what_next="try_again", detail="changed meanwhile"
                ) from None

    def _address(self, board: School) -> str:
        return f"{env().public_address or ''}/{board.federation.slug}/noticeboard/{board.slug}/"

    def _ref(self, row: NoticeboardPost | NoticeboardComment, board: School) -> Ref:
        place = self._address(board)
        if isinstance(row, NoticeboardPost):
            return Ref(self.key, row.key, f"{place}{row.key}/", "1")
        return Ref(self.key, row.key, f"{place}{row.post.key}/#c-{row.key}", "1")

    def _item(self, row: NoticeboardComment, board: School) -> IncomingItem:
        return IncomingItem(
            network=self.key,
            ref=self._ref(row, board),
            author=Author(f"comment:{row.key}", "", row.name),
            text=row.text,
            created_at=row.written_at,
            seen_at=row.written_at,
            parent=row.parent.key if row.parent else row.post.key,
            root=row.post.key,
            languages=tuple(row.languages),
            hidden=row.state == CommentState.HIDDEN,
            released=row.state != CommentState.WAITING,
            ours=row.ours,
            attachments=(),
            visibility="public",  # written to be shown there
        )


def _keep_film(post: NoticeboardPost, film: OutgoingFilm) -> None:
    NoticeboardFilm.objects.create(
        post=post,
        digest=film.digest,
        alt=tidy_text(film.alt),
        captions=film.captions,
        language=film.language,
        width=film.width,
        height=film.height,
        cover=film.cover.digest if film.cover else "",
        cover_type=film.cover.media_type if film.cover else "",
    )


def _film_of(post: NoticeboardPost) -> NormalFilm | None:
    film = NoticeboardFilm.objects.filter(post=post).first()
    return NormalFilm(film.digest, film.alt, digest_of_captions(film.captions)) if film else None


def _keep_card(post: NoticeboardPost, card: OutgoingCard) -> None:
    NoticeboardCard.objects.create(
        post=post,
        address=card.address,
        title=card.title,
        description=card.description,
        digest=card.digest,
        media_type=card.media_type,
        width=card.width,
        height=card.height,
    )


def _card_of(post: NoticeboardPost) -> NormalCard | None:
    card = NoticeboardCard.objects.filter(post=post).first()
    return NormalCard.of(card.address, card.title, card.description, card.digest) if card else None
