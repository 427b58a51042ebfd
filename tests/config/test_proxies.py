"""The example proxies: what they speak, and what they lead to https."""

import re

from tests.gates.files import ROOT

NGINX = (ROOT / "docs/operations/nginx.conf").read_text()
CADDY = (ROOT / "docs/operations/Caddyfile").read_text()


def test_the_examples_speak_tls_1_2_and_1_3_alone():
    assert re.findall(r"ssl_protocols\s+(.+);", NGINX) == ["TLSv1.2 TLSv1.3"]
    [suites] = re.findall(r"ssl_ciphers\s+(.+);", NGINX)
    assert {suite.split("+")[0] for suite in suites.split(":")} == {"ECDHE"}
    assert {suite.split("+")[1] for suite in suites.split(":")} == {"AESGCM", "CHACHA20"}
    assert not re.search(r"^\s*(tls|protocols|ciphers)\b", CADDY, re.MULTILINE), "Caddy's own: 1.2 and 1.3"


def test_what_comes_by_http_is_led_to_https():
    [plain] = [part for part in NGINX.split("server {")[1:] if "listen 80;" in part]
    assert "return 301 https://$host$request_uri;" in plain
    assert "proxy_pass" not in plain
    assert "http://" not in CADDY.partition("reverse_proxy")[0], (
        "Caddy leads a name without it to https by itself"
    )
