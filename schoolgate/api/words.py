"""A decision's findings as sentences in the language of the request; days stay as ISO writes them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from schoolgate.rulebook.messages import NEEDS, SENTENCES, SOURCES


def findings_in_words(
    body: Mapping[str, Any], wordings: Mapping[str, tuple[str, str]]
) -> list[dict[str, Any]]:
    """The findings of a decision's JSON (`policy.keeping.body_of`).

    `wordings`: clause id -> (section, words); a clause that is not in it is named by its id alone.
    """
    return [_finding(finding, wordings) for finding in body["findings"]]


def _finding(finding: Mapping[str, Any], wordings: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    return {
        "point": finding["point"],
        "kind": finding["kind"],
        "about": finding["about"],
        "basis": finding["basis"],
        "says": sentence(finding["key"], finding["args"]),
        "clauses": [_clause(clause, wordings) for clause in finding["clauses"]],
        "needs": [_need(need) for need in finding["needs"]],
        "overridden_by": finding["overridden_by"],
        "lifts_on": finding["lifts_on"],
        "agreed_by": finding.get("agreed_by"),
    }


def _clause(clause: str, wordings: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    section, says = wordings.get(clause, ("", ""))
    return {"id": clause, "section": section, "says": says}


def _need(need: Mapping[str, str]) -> dict[str, str]:
    source = need["from"]
    whom = _(SOURCES[source]) if source in SOURCES else source
    says = _("Waiting for {what} from {whom}.").format(what=plain(need["what"]), whom=whom)
    return {"what": need["what"], "from": source, "says": says}


def sentence(key: str, args: Mapping[str, Any]) -> str:
    """The sentence of a message key with its arguments. Raises KeyError for a key that does not exist."""
    template = _(SENTENCES[key])
    return template.format(**{name: plain(value) for name, value in args.items()}) if args else template


def plain(value: object) -> str:
    """An argument in words: keys translated, lists with commas."""
    if isinstance(value, tuple | list):
        return ", ".join(plain(part) for part in value)
    text = str(value)
    found = NEEDS.get(text) or SOURCES.get(text)
    return _(found) if found else text
