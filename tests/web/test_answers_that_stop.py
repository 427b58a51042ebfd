"""A post that an answer stops says which answer, in every policy: *Nothing is missing* stood beside a draft
that couldn't be sent, because its author had said that it doesn't show who wrote it."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from schoolgate.core.tenancy import scope
from schoolgate.publishing import queries
from schoolgate.publishing.author_questions import asked_of_author
from tests.publishing.five_policies import CAREFUL, KEYS, federation_at_work
from tests.web.plain import shown_by

NOW = datetime.now(UTC)


@pytest.mark.parametrize("key", KEYS)
def test_a_draft_that_cannot_be_sent_names_what_stops_it_whatever_was_answered(in_world, home, sign_in, key):
    there = in_world(federation_at_work, NOW, key).at_work
    browser, silent, stopped = sign_in(there.writer), [], []
    with scope(there.federation.pk):
        asked = asked_of_author(there.draft(), at=NOW)
        drafts = {
            name: there.draft(answers={name: not CAREFUL[name]})
            for name in asked
            if isinstance(CAREFUL.get(name), bool)
        }
        waiting = {name: each.pk for name, each in drafts.items() if not queries.is_ready(each, at=NOW)}
    for name, pk in waiting.items():
        page = shown_by(browser.get(reverse("post-edit", args=[pk])).content.decode())
        stopped.append(name)
        if "Nothing is missing" in page:
            silent.append(name)
    assert silent == []
    print(key, list(asked))
    assert ("signed" in stopped) == (key in {"boroughbridge", "wootton"})
    if "signed" in stopped:
        typed = {"do": "sign", "text": "Our choir sang.", "answer-signed": "no"}
        signed = browser.post(reverse("post-edit", args=[waiting["signed"]]), typed).context["form"]
        assert signed["text"].value() == f"Our choir sang.\n\n{there.writer.name}", (
            "one press adds who wrote it"
        )
        assert signed["answer-signed"].value() == "yes"
