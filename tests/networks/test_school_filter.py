"""A school's filter that opens https and closes it with a certificate of its own: SSL_CERT_FILE names it."""

import ssl
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pytest_httpserver import HTTPServer

from schoolgate.accounts.looking import Opener
from schoolgate.core.outside.client import CannotRead, NotTaken, shared


@pytest.fixture(scope="session")
def filter_certificate(tmp_path_factory) -> tuple[Path, Path]:
    """What the filter shows for `localhost`, with its key: signed by nobody whom browsers know."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "filter.school.example")])
    begins = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("filter")
    shown, kept = folder / "filter.pem", folder / "key.pem"
    shown.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    kept.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return shown, kept


@pytest.fixture
def httpserver(filter_certificate):
    """The server of these tests is the filter."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*map(str, filter_certificate))
    with HTTPServer(ssl_context=context) as server:
        yield server


@pytest.fixture
def client(httpserver):
    """What networks are asked with, made anew as a process that starts would."""
    httpserver.expect_request("/").respond_with_data("here")
    shared.cache_clear()
    yield lambda: shared().ask("GET", httpserver.url_for("/"), until=time.monotonic() + 20, most=1000)
    shared.cache_clear()


def test_a_certificate_that_nobody_named_is_not_believed(client, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    with pytest.raises(NotTaken) as told:
        client()
    assert (told.value.why, told.value.before, told.value.detail) == ("unreachable", True, "ConnectError")


def test_the_one_that_is_named_is_believed(client, filter_certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(filter_certificate[0]))
    assert client().body == b"here"


@pytest.mark.parametrize("named", [True, False])
def test_pages_that_are_looked_at_for_the_register_go_through_it_as_well(
    httpserver, filter_certificate, monkeypatch, named
):
    httpserver.expect_request("/").respond_with_data("<p>here</p>", content_type="text/html")
    if named:
        monkeypatch.setenv("SSL_CERT_FILE", str(filter_certificate[0]))
    look = Opener(ports=(httpserver.port,), resolve=lambda *_: ["127.0.0.1"], may=lambda _: True)
    if named:
        assert look(f"https://localhost:{httpserver.port}/")
    else:
        with pytest.raises(CannotRead):
            look(f"https://localhost:{httpserver.port}/")
