"""The port over a Facebook Page. The network takes no key of ours, so what may have been published is looked
up among the Page's own posts by its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from schoolgate.core.env import env
from schoolgate.networks.archives.port import from_iso
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.checks import check_outgoing, clean_incoming, in_order, refuse, table
from schoolgate.networks.meta.account import (
    MetaAccount,
    Names,
    checked_id,
    id_of,
    is_id,
    rows,
)
from schoolgate.networks.normal import NormalPost, find_links, tidy_text
from schoolgate.networks.port import (
    Attachment,
    AttachmentKind,
    Author,
    Credential,
    IncomingItem,
    NetworkError,
    OutgoingPost,
    Profile,
    PublishedPost,
    Receipt,
    Ref,
)

POST = "id,message,created_time,attachments{type,target{id},subattachments.limit(20){type,target{id}}}"
COMMENT = "id,message,from{id,name},created_time,parent{id},is_hidden,attachment{type,title,description,url}"
LOOKED_AT = f"{COMMENT},object{{id}}"


_KINDS: Final[Mapping[str, AttachmentKind]] = {
    **dict.fromkeys(("photo", "sticker", "animated_image_share"), "picture"),
    **dict.fromkeys(("video_inline", "video_share_youtube", "animated_image_video"), "film"),
    "share": "card",
}


def open_client(key: str, credential: Credential) -> Facebook:
    """Return a client for one Page."""
    return Facebook(
        all_capabilities()[key].connected(),
        credential,
        app_secret=env().meta_app_secret.get_secret_value(),
    )


class Facebook(MetaAccount):
    """One Page, by its access token."""

    NAMES = Names(
        posts=(("published_posts", POST),),
        post_fields=POST,
        time="created_time",
        words="message",
        comment_fields=LOOKED_AT,
        comments_post="object",
    )

    def publish(self, out: OutgoingPost) -> Receipt:
        check_outgoing(out, self.limits())
        if not out.comments_open:
            refuse("close_comments")
        page, text = self._known.id, tidy_text(out.text)
        body: dict[str, Any] = {"message": text, "published": True}
        if out.pictures:
            body["attached_media"] = [
                {"media_fbid": id_of(self._uploaded(picture.data, picture.media_type, picture.alt))}
                for picture in out.pictures
            ]
        elif link := next((one.target for one in find_links(text) if one.kind == "link"), ""):
            body["link"] = link
        number = id_of(self._graph.change("POST", f"{page}/feed", body), seen=True)
        return Receipt(self._ref(number), out.intent_key)

    def replies(self, ref: Ref, since: datetime | None = None) -> list[IncomingItem]:
        told = self._graph.ask_all(
            f"{checked_id(ref)}/comments", COMMENT, filter="stream", order="reverse_chronological"
        )
        return in_order((one for each in told if (one := self._item(each, ref.id))), since)

    def take_down(self, ref: Ref) -> None:
        self._graph.change_if_there("DELETE", checked_id(ref))

    def profile(self) -> Profile:
        found = self._graph.ask(self._known.id, "id,name,username,about,link")
        number = id_of(found)
        if number != self._known.id:
            raise NetworkError("other_account", what_next="reconnect")
        name = clean_incoming(found.get("name"))
        handle = clean_incoming(found.get("username")) or name
        link = clean_incoming(found.get("link"))
        return Profile(number, handle, name, clean_incoming(found.get("about")),
                       link if link.startswith("https://") else "")  # fmt: skip

    def _uploaded(self, data: bytes, media_type: str, alt: str) -> dict[str, Any]:
        form = {"published": "false"} | ({"alt_text_custom": words} if (words := tidy_text(alt)) else {})
        return self._graph.upload(f"{self._known.id}/photos", data, media_type, form)

    def _ref(self, number: str) -> Ref:
        post = number.rpartition("_")[2]
        return Ref(self.key, number, f"https://www.facebook.com/{self._known.id}/posts/{post}")

    def _published(self, post: Mapping[str, Any]) -> PublishedPost:
        """In normal form. Facebook draws pictures again, so only their number, order and descriptions are
        told."""
        text = clean_incoming(post.get("message"))
        pictures = tuple(("", self._alt(number)) for number in _photos(post))
        return PublishedPost(
            self._ref(id_of(post)),
            NormalPost.of(text, (), pictures),
            from_iso(post.get("created_time")),
            True,
        )

    def _alt(self, number: str) -> str:
        found = self._graph.ask_if_there(number, "id,alt_text_custom") if is_id(number) else None
        return clean_incoming((found or {}).get("alt_text_custom"))

    def _item(self, told: Mapping[str, Any], root: str) -> IncomingItem | None:
        number, who = str(told.get("id") or ""), table(told.get("from"))
        if not is_id(number):
            return None
        at = from_iso(told.get("created_time"))
        author = clean_incoming(who.get("id"))
        name = clean_incoming(who.get("name"))
        return IncomingItem(
            network=self.key,
            ref=Ref(self.key, number, f"https://www.facebook.com/{number}"),
            author=Author(author or f"unnamed-{number}", name, name),
            text=clean_incoming(told.get("message")),
            created_at=at or datetime.fromtimestamp(0, UTC),
            seen_at=at,
            parent=str(table(told.get("parent")).get("id") or root),
            root=root,
            hidden=told.get("is_hidden") is True,
            ours=author == self._known.id,
            attachments=tuple(_attachments(told.get("attachment"))),
            visibility="public",  # below a post of a Page, which everyone can read
        )


def _attachments(told: object) -> Iterator[Attachment]:
    """The picture, film, sticker or link of a comment: Facebook allows one."""
    found = table(told)
    if not found:
        return
    words = clean_incoming(found.get("title")) or clean_incoming(found.get("description"))
    link = clean_incoming(found.get("url"))
    kind = _KINDS.get(clean_incoming(found.get("type")), "other")
    yield Attachment(kind, words, link=link if link.startswith("https://") else "")


def _photos(post: Mapping[str, Any]) -> list[str]:
    """The ids of a post's pictures, in order; a link's preview is none."""
    parts = [
        each
        for one in rows(post.get("attachments"))
        for each in (rows(one.get("subattachments")) or [one])
        if each.get("type") in ("photo", "cover_photo")
    ]
    return [str(table(each.get("target")).get("id") or "") for each in parts]
