"""The port over a professional Instagram account, whose posts are containers first. It takes no key of ours:
what may have been published is looked up among the account's own media by its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from schoolgate.core.env import env
from schoolgate.networks.archives.port import from_iso
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.checks import clean_incoming, in_order, table
from schoolgate.networks.meta.account import Names, checked_id, id_of, is_id, rows
from schoolgate.networks.meta.containers import ContainerAccount, Edges
from schoolgate.networks.port import Author, Credential, IncomingItem, NetworkError, Profile, Ref

MEDIA = "id,caption,timestamp,permalink,media_type,alt_text,children{id,alt_text}"
COMMENT = "id,text,username,from{id,username},timestamp,hidden,parent_id"
LOOKED_AT = f"{COMMENT},media{{id}}"


def open_client(key: str, credential: Credential) -> Instagram:
    """Return a client for one account."""
    return Instagram(
        all_capabilities()[key].connected(),
        credential,
        app_secret=env().meta_app_secret.get_secret_value(),
    )


class Instagram(ContainerAccount):
    """One professional account, by the access token of the Page that it belongs to."""

    NAMES = Names(
        posts=(("media", MEDIA),),
        post_fields=MEDIA,
        time="timestamp",
        words="caption",
        comment_fields=LOOKED_AT,
        comments_post="media",
    )
    EDGES = Edges(
        made="media",
        published="media_publish",
        room="content_publishing_limit",
        state="status_code",
        trouble="status",
        of_a_picture={},
    )
    SITES = ("https://www.instagram.com/",)

    def replies(self, ref: Ref, since: datetime | None = None) -> list[IncomingItem]:
        return in_order(self._below(checked_id(ref)), since)

    def take_down(self, ref: Ref) -> None:
        """Delete a post. Meta takes the key of the person who connected the account for this alone."""
        self._graph.with_key(self._known.renews).change_if_there("DELETE", checked_id(ref))

    def profile(self) -> Profile:
        found = self._graph.ask(self._known.id, "id,username,name,biography")
        if id_of(found) != self._known.id:
            raise NetworkError("other_account", what_next="reconnect")
        handle = clean_incoming(found.get("username"))
        return Profile(
            self._known.id, handle, clean_incoming(found.get("name")), clean_incoming(found.get("biography")),
            f"https://www.instagram.com/{handle}" if handle else "",
        )  # fmt: skip

    def _below(self, number: str) -> Iterator[IncomingItem]:
        for told in self._graph.ask_all(f"{number}/comments", f"{COMMENT},replies{{{COMMENT}}}"):
            for each in (told, *rows(told.get("replies"))):
                item = self._item(each, number)
                if item is not None:
                    yield item

    def _item(self, told: Mapping[str, Any], root: str) -> IncomingItem | None:
        number, who = str(told.get("id") or ""), table(told.get("from"))
        if not is_id(number):
            return None
        at = from_iso(told.get("timestamp"))
        handle = clean_incoming(told.get("username")) or clean_incoming(who.get("username"))
        author = clean_incoming(who.get("id"))
        return IncomingItem(
            network=self.key,
            ref=Ref(self.key, number),
            author=Author(author or handle or f"unnamed-{number}", handle),
            text=clean_incoming(told.get("text")),
            created_at=at or datetime.fromtimestamp(0, UTC),
            seen_at=at,
            parent=str(told.get("parent_id") or root),
            root=root,
            hidden=told.get("hidden") is True,
            ours=author == self._known.id,
            attachments=(),
            visibility="public",  # a comment has words alone, and a professional account is open to everyone
        )
