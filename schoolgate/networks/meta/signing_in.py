"""Connecting Facebook Pages and Instagram accounts through the operator's application: the way to Meta's own
page, the exchange of its code for keys, and keys that live longer. Calls the network; no rows.

Written from developers.facebook.com/docs/facebook-login/guides (advanced/manual-flow, access-tokens,
access-tokens/get-long-lived) and graph-api/reference/user/accounts. Meta documents no PKCE for this flow: the
application's secret takes its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from schoolgate.core.env import env
from schoolgate.networks.checks import clean_incoming, table
from schoolgate.networks.known import Choice, Known
from schoolgate.networks.meta import account
from schoolgate.networks.meta.account import VERSION, Graph, is_id, meaning
from schoolgate.networks.port import Credential, NetworkError
from schoolgate.networks.transport import Answer, Transport

DIALOG = "https://www.facebook.com"
RIGHTS: Mapping[str, tuple[str, ...]] = {
    "facebook": (
        "pages_show_list", "pages_read_engagement", "pages_manage_posts", "pages_read_user_content",
    ),
    "instagram": (
        "pages_show_list", "pages_read_engagement", "instagram_basic", "instagram_content_publish",
        "instagram_manage_comments", "instagram_manage_contents",
    ),
}  # fmt: skip
"""What the person is asked to allow, by network; no more than the client uses."""
MAY_POST = "CREATE_CONTENT"


def has_application() -> bool:
    """Return whether the operator entered the keys of an application at Meta."""
    return bool(env().meta_app_id and env().meta_app_secret.get_secret_value())


def dialog(network: str, *, state: str, back: str) -> str:
    """Return the address at Meta where the person says yes or no."""
    asked = {
        "client_id": env().meta_app_id, "redirect_uri": back, "state": state, "response_type": "code",
        "scope": ",".join(RIGHTS[network]),
    }  # fmt: skip
    return f"{DIALOG}/{VERSION}/dialog/oauth?{urlencode(asked)}"


def choices(network: str, *, code: str, back: str, state: str, at: datetime) -> list[Choice]:
    """Return what the person who gave this code may connect. Raises NetworkError."""
    short = _token({"code": code, "redirect_uri": back})
    return list(_listed(network, *_long_lived(short["access_token"], at=at)))


def renewed(network: str, credential: Credential, *, at: datetime) -> Credential:
    """Return keys of the same Page or account that live longer. Raises NetworkError (`sign_in`, reconnect)
    where the person who connected it may no longer."""
    known = Known.read(credential.session)
    found = _listed(network, *_long_lived(known.renews, at=at))
    same = next((one for one in found if one.id == known.id), None)
    if same is None:
        raise NetworkError("sign_in", what_next="reconnect", detail="no longer listed")
    return same.credential


def _long_lived(token: str, *, at: datetime) -> tuple[str, int]:
    """Return a person's key that lives for weeks, and when it ends (seconds since 1970; 0: not told)."""
    told = _token({"grant_type": "fb_exchange_token", "fb_exchange_token": token})
    return told["access_token"], end_of(told, at)


def end_of(told: Mapping[str, Any], at: datetime) -> int:
    """Return when a key that was given at this instant ends, in seconds since 1970; 0: not told."""
    seconds = told.get("expires_in")
    return int(at.timestamp()) + seconds if isinstance(seconds, int) and seconds > 0 else 0


def _token(more: Mapping[str, str]) -> dict[str, Any]:
    """Exchange something for a key. By POST, so that no secret is part of an address."""
    app_secret = env().meta_app_secret.get_secret_value()
    whole = {"client_id": env().meta_app_id, "client_secret": app_secret, **more}
    answer = _transport().exchange(
        "POST", f"/{VERSION}/oauth/access_token", changes=False, content=urlencode(whole).encode(),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )  # fmt: skip
    return key_in(answer, secrets=(app_secret, *more.values()))


def key_in(answer: Answer, *, secrets: Sequence[str]) -> dict[str, Any]:
    """Return what came with a key. Raises NetworkError, without these secrets, where none came."""
    if not answer.ok or "error" in answer.data:
        raise meaning(answer, changes=False, secrets=secrets)
    if not answer.said("access_token"):
        raise NetworkError("unreadable_answer", what_next="try_again", detail="no key")
    return answer.data


def _listed(network: str, person: str, run_out_at: int) -> Iterator[Choice]:
    app_secret = env().meta_app_secret.get_secret_value()
    graph = Graph(_transport(), Credential(secret=person), app_secret=app_secret)
    fields = "id,name,username,link,access_token,tasks,instagram_business_account{id,username}"
    of = _OF[network]
    for page in graph.ask_all("me/accounts", fields):
        tasks, token = page.get("tasks"), page.get("access_token")
        found = of(page)
        number = str(found.get("id") or "")
        if not is_id(number) or not isinstance(token, str) or MAY_POST not in (tasks or ()):
            continue
        name = clean_incoming(page.get("name"))
        handle = clean_incoming(found.get("username")) or name
        known = Known(number, name, renews=person, run_out_at=run_out_at)
        service = account.GRAPH
        yield Choice(
            number, name, handle,
            Credential(handle=handle, secret=token, service=service, session=known.to_text()),
        )  # fmt: skip


_OF: Mapping[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = {
    "facebook": lambda page: page,
    "instagram": lambda page: table(page.get("instagram_business_account")),
}


def _transport() -> Transport:
    return Transport(account.GRAPH, time_out=20.0)
