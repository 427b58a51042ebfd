"""JSON that was made to keep the program busy or to fill it is answered with a problem."""

import json

BODIES = {
    "deep": ('{"a":' * 100_000 + "1" + "}" * 100_000, 400),
    "less deep": ("[" * 100 + "]" * 100, 422),
    "figures": ('{"text": ' + "1" * 100_000 + "}", 400),
    "large": (json.dumps({"text": "x" * 10_000_000}), 413),
    "wide": ("[" + "[]," * 800_000 + "1]", 422),
}


def test_json_that_was_made_to_do_harm_is_told_and_an_ordinary_post_is_taken(amina, world):
    for kind, (body, status) in BODIES.items():
        answer = amina.client.post("/api/v1/posts", body, content_type="application/json")

        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), kind
        assert answer.json()["next_step"], kind
    assert amina.post("/posts", world.content()).status_code == 201
