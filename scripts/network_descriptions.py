"""Makes `tests/networks/descriptions.json`: of what networks publish about their interfaces, the names that
the tests hold our clients to. No sentence of a description is taken, names alone.

    .venv/bin/python scripts/network_descriptions.py META GOOGLE X

META: a copy of github.com/facebook/facebook-business-sdk-codegen; GOOGLE: a wheel of
google-api-python-client, which has Google's discovery documents; X: a file with X's OpenAPI document
(api.x.com/2/openapi.json).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

TO = Path(__file__).parents[1] / "tests/networks/descriptions.json"
OF_META = ("Page", "PagePost", "Photo", "Comment", "IGUser", "IGMedia", "IGComment", "IGCommentFromUser",
           "ContentPublishingLimitResponse")  # fmt: skip
OF_YOUTUBE = ("channels", "videos", "captions", "thumbnails", "playlistItems", "comments", "commentThreads")
OF_X = ("/2/tweets", "/2/tweets/{id}", "/2/users/me", "/2/users/{id}/tweets", "/2/tweets/search/recent",
        "/2/media/upload", "/2/media/metadata")  # fmt: skip
Things = dict[str, dict[str, str]]
Calls = dict[str, dict[str, Any]]


def main(meta: str, google: str, x: str) -> int:
    """Write the file; returns the exit status."""
    found = {"meta": of_meta(meta), "youtube": of_youtube(google), "x": of_x(x)}
    TO.write_text(json.dumps(found, indent=0, sort_keys=True, separators=(",", ":")) + "\n")
    for name, each in found.items():
        print(name, each["source"], len(each["calls"]), "calls", len(each["things"]), "things")
    return 0


def of_meta(repository: str) -> dict[str, Any]:
    """Each node with its fields and edges, and what a call of an edge takes."""
    calls: Calls = {}
    things: Things = {}
    for node in OF_META:
        told = json.loads(_git(repository, "show", f"HEAD:api_specs/specs/{node}.json"))
        things[node] = {each["name"]: _kind(each["type"]) for each in told["fields"]}
        for each in told["apis"]:
            edge = each.get("endpoint", "")
            if each["method"] == "GET" and edge:
                things[node].setdefault(edge, _kind(each["return"]))
            takes = sorted(one["name"] for one in each["params"])
            calls[f"{each['method']} {node}/{edge}".rstrip("/")] = {
                "takes": takes, "sends": "", "gives": _kind(each["return"]),
            }  # fmt: skip
    commit = _git(repository, "log", "-1", "--format=%h of %as").strip()
    used = {kind for each in things.values() for kind in each.values()} & set(things)
    things = {
        name: {field: kind if kind in used else "" for field, kind in each.items()}
        for name, each in things.items()
    }
    return {"source": f"facebook-business-sdk-codegen {commit}", "calls": calls, "things": things}


def _kind(told: str) -> str:
    found = re.fullmatch(r"(?:list<)?(\w+)>?", told)
    return found[1] if found and found[1] in OF_META else ""


def of_youtube(wheel: str) -> dict[str, Any]:
    """Each method with its parameters, and the schemas of what is sent and what comes."""
    with zipfile.ZipFile(wheel) as file:
        told = json.loads(file.read("googleapiclient/discovery_cache/documents/youtube.v3.json"))
    calls: Calls = {}
    things: Things = {}
    for name in OF_YOUTUBE:
        for method in told["resources"][name]["methods"].values():
            sends, gives = (method.get(way, {}).get("$ref", "") for way in ("request", "response"))
            takes = sorted({**method.get("parameters", {}), **told["parameters"]})
            call = f"{method['httpMethod']} {method['path'].removeprefix('youtube/v3/')}"
            calls[call] = {"takes": takes, "sends": sends, "gives": gives}
            for each in (sends, gives):
                _add(each, told["schemas"], things)
    return {"source": f"youtube.v3 revision {told['revision']}", "calls": calls, "things": things}


def _add(name: str, schemas: dict[str, Any], things: Things) -> None:
    if not name or name in things or "properties" not in schemas.get(name, {}):
        return
    things[name] = {}
    for field, told in schemas[name]["properties"].items():
        inner = told.get("items", told)
        below = inner.get("$ref", "")
        things[name][field] = below if "properties" in schemas.get(below, {}) else ""
        _add(below, schemas, things)


def of_x(document: str) -> dict[str, Any]:
    """Each call with its parameters, the values these may have, and what is sent and what comes."""
    told = json.loads(Path(document).read_text())
    calls: Calls = {}
    things: Things = {}
    for path in OF_X:
        for method, each in told["paths"][path].items():
            if method not in ("get", "post", "delete"):
                continue
            params = [_there(one, told) for one in each.get("parameters", ())]
            values = {
                one["name"]: sorted(_there(one["schema"].get("items", {}), told).get("enum", ()))
                for one in params
            }
            sends = _schema(each.get("requestBody"), told)
            gives = _schema(each["responses"].get("200") or each["responses"].get("201"), told)
            calls[f"{method.upper()} {path}"] = {
                "takes": sorted(values), "values": {name: some for name, some in values.items() if some},
                "sends": _take(sends, told, things, f"{method} {path} sends"),
                "gives": _take(gives, told, things, f"{method} {path} gives"),
            }  # fmt: skip
    return {"source": f"openapi.json {told['info']['version']}", "calls": calls, "things": things}


def _schema(of: dict[str, Any] | None, told: dict[str, Any]) -> dict[str, Any]:
    content = _there(of or {}, told).get("content", {})
    return next((each["schema"] for each in content.values() if "schema" in each), {})


def _there(row: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in row:
        here: Any = told
        for part in row["$ref"].removeprefix("#/").split("/"):
            here = here[part]
        row = here
    return row


def _take(row: dict[str, Any], told: dict[str, Any], things: Things, named: str) -> str:
    """Put an object's names into `things`; returns what it's called there, empty for what is no object."""
    name = row.get("$ref", named).rpartition("/")[2] if "$ref" in row else named
    whole = _there(row, told)
    if "items" in whole:
        return _take(whole["items"], told, things, named)
    if name in things:
        return name
    fields = dict(_fields(whole, told))
    if not fields:
        return ""
    things[name] = {}
    for field, below in fields.items():
        things[name][field] = _take(below, told, things, f"{name}.{field}")
    return name


def _fields(row: dict[str, Any], told: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    found = list(row.get("properties", {}).items())
    for way in ("allOf", "oneOf", "anyOf"):
        for each in row.get(way, ()):
            found += _fields(_there(each, told), told)
    return found


def _git(repository: str, *words: str) -> str:
    return subprocess.run(
        ["git", "-C", repository, *words], check=True, capture_output=True, text=True
    ).stdout  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
