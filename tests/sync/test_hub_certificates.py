"""A bench joins over TLS by an authority of the laboratory's own; every other certificate is refused in words."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hub_parts import fresh_chance

from gms_desktop.errors import Refused, Unavailable
from gms_desktop.hub_joining import join
from gms_desktop.rehearsal import made_up
from gms_desktop.rehearsal.hub_server import HubServer
from gms_desktop.settings import PrinterSettings, Settings
from gms_desktop.starting import bench_file
from gms_desktop.sync import certificate, joining
from gms_desktop.sync.hub.enrol import Place, enrol
from gms_desktop.sync.hub.laboratory import Laboratory, init
from gms_desktop.sync.postgres_transport import HubAddress

SCOPE = "lab-example"
NOW = datetime.now(UTC)
RULES = """
local all postgres trust
hostssl all +gms_bench 127.0.0.1/32 scram-sha-256
hostnossl all +gms_bench all reject
"""


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


@dataclass
class Authority:
    """A certificate authority of a laboratory."""

    name: str

    def __post_init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        whole = x509.BasicConstraints(ca=True, path_length=None)
        made = self._certificate(self.name, self.key.public_key(), NOW + timedelta(days=30))
        self.certificate = made.add_extension(whole, critical=True).sign(self.key, hashes.SHA256())

    def _certificate(self, name: str, public: Any, until: datetime) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(named(name))
            .issuer_name(named(self.name))
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW - timedelta(days=60))
            .not_valid_after(until)
        )

    def file(self, folder: Path) -> Path:
        out = folder / f"{self.name}.crt"
        out.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))
        return out

    def signs(self, names: list[x509.GeneralName], until: datetime) -> tuple[bytes, bytes]:
        """A server's certificate and its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = self._certificate("hub", key.public_key(), until)
        signed = made.add_extension(x509.SubjectAlternativeName(names), critical=False).sign(self.key, hashes.SHA256())
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return signed.public_bytes(serialization.Encoding.PEM), secret


@dataclass
class HubWithTls:
    """A real server that speaks TLS, with one laboratory."""

    server: HubServer
    authority: Authority
    file: Path

    def shows(self, names: list[str], until: datetime) -> None:
        """Have the server show a certificate for these names from now on."""
        said = [x509.IPAddress(ip_address(one)) if one[0].isdigit() else x509.DNSName(one) for one in names]
        data = self.server.folder / "data"
        for name, content in zip(("server.crt", "server.key"), self.authority.signs(said, until), strict=True):
            (data / name).write_bytes(content)
            (data / name).chmod(0o600)
            shutil.chown(data / name, data.owner(), data.group())
        with psycopg.connect(self.server.dsn("postgres"), autocommit=True) as admin:
            admin.execute("SELECT pg_reload_conf()")
            if admin.execute("SHOW ssl").fetchone() == ("on",):
                self._wait_until_it_shows(until)

    def _wait_until_it_shows(self, until: datetime) -> None:
        pause = threading.Event()
        for _ in range(500):
            if certificate.look(self.address("localhost", self.file)).until == until.replace(microsecond=0):
                return
            pause.wait(0.02)
        raise AssertionError("the server shows its former certificate")

    def code(self, host: str = "127.0.0.1") -> Any:
        with psycopg.connect(self.server.dsn("gms"), autocommit=True) as admin:
            return enrol(admin, Place(host, self.server.port, "gms"), "Bench 1", SCOPE, fresh_chance()).code

    def joins(self, folder: Path, root: Path | str) -> Any:
        settings = Settings(bench="", rehearsal=True, printer=PrinterSettings(mode="folder"))
        (folder / "secrets").mkdir(parents=True, exist_ok=True)
        file = bench_file(folder)
        file.take()
        try:
            return join(file, str(self.code("localhost")), settings, made_up.FIRST, certificate=str(root))
        finally:
            file.release()

    def address(self, host: str, root: Path) -> HubAddress:
        return HubAddress(host, self.server.port, "gms", "gms_bench_x", "verify-full", str(root))


@pytest.fixture(scope="module")
def tls_hub() -> Iterator[HubWithTls]:
    folder = Path(tempfile.mkdtemp(prefix="gms-tls-"))
    folder.chmod(0o755)
    server = HubServer(folder / "server")
    data = server.folder / "data"
    (data / "pg_hba.conf").write_text(RULES, encoding="utf-8")
    authority = Authority("EXAMPLE-authority")
    made = HubWithTls(server, authority, authority.file(folder))
    server.start()
    made.shows(["127.0.0.1", "localhost"], NOW + timedelta(days=20))
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as admin:
        admin.execute("ALTER SYSTEM SET ssl = on")
        admin.execute("SELECT pg_reload_conf()")
    init(server.create("gms"), Laboratory(SCOPE, "EXAMPLE laboratory", rehearsal=True))
    yield made
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _by_certificate(monkeypatch: pytest.MonkeyPatch, tls_hub: HubWithTls) -> None:
    # The server is on this very machine, where a bench would do without: here it must not.
    monkeypatch.setattr(joining, "tls_for", lambda _host: "verify-full")
    tls_hub.shows(["127.0.0.1", "localhost"], NOW + timedelta(days=20))


def test_a_bench_joins_by_the_laboratorys_own_authority_and_keeps_its_file(tls_hub: HubWithTls, tmp_path: Path) -> None:
    stick = tmp_path / "stick.crt"
    shutil.copy(tls_hub.file, stick)
    hub = tls_hub.joins(tmp_path / "bench", stick).settings.hub
    stick.unlink()
    assert hub.tls == "verify-full"
    assert Path(hub.root_certificate).parent == tmp_path / "bench"
    shown = certificate.look(tls_hub.address("localhost", Path(hub.root_certificate)))
    assert shown.trouble == ""
    assert shown.until is not None
    assert timedelta(days=19) < shown.until - NOW < timedelta(days=21)


def test_an_authority_that_did_not_sign_is_refused_with_the_name_of_the_one_that_did(
    tls_hub: HubWithTls, tmp_path: Path
) -> None:
    other = Authority("Another-authority").file(tmp_path)
    with pytest.raises(Unavailable, match="another authority than the one in") as told:
        tls_hub.joins(tmp_path / "bench", other)
    assert "signed by CN=EXAMPLE-authority" in str(told.value)
    assert "nothing was sent" in str(told.value)
    assert "The code is still good" in str(told.value.still_works)


def test_a_bench_that_names_no_authority_is_told_to_ask_for_its_file(tls_hub: HubWithTls, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="join CODE --certificate FILE"):
        tls_hub.joins(tmp_path / "bench", "")


def test_a_certificate_for_another_name_is_refused_with_the_names_in_it(tls_hub: HubWithTls, tmp_path: Path) -> None:
    tls_hub.shows(["hub.example.nhs.uk", "10.0.0.9"], NOW + timedelta(days=20))
    with pytest.raises(Unavailable, match=r"is for hub\.example\.nhs\.uk, 10\.0\.0\.9, not for localhost"):
        tls_hub.joins(tmp_path / "bench", tls_hub.file)


def test_a_certificate_that_ran_out_is_refused_with_its_day(tls_hub: HubWithTls, tmp_path: Path) -> None:
    ran_out = NOW - timedelta(days=2)
    tls_hub.shows(["localhost"], ran_out)
    with pytest.raises(Unavailable, match=f"ran out on {ran_out:%d/%m/%Y}"):
        tls_hub.joins(tmp_path / "bench", tls_hub.file)


def test_a_file_that_is_no_certificate_is_refused_before_anything_is_asked(tls_hub: HubWithTls, tmp_path: Path) -> None:
    wrong = tmp_path / "hub.key"
    wrong.write_text("-----BEGIN PRIVATE KEY-----", "utf-8")
    with pytest.raises(Refused, match="holds no certificate"):
        tls_hub.joins(tmp_path / "bench", wrong)
    with pytest.raises(Refused, match="is not there"):
        tls_hub.joins(tmp_path / "bench", tmp_path / "nowhere.crt")


def test_a_login_without_tls_is_shut_out_and_told_about_the_servers_rules(
    tls_hub: HubWithTls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joining, "tls_for", lambda _host: "disable")
    with pytest.raises(Refused, match=r"give it a line in pg_hba\.conf"):
        tls_hub.joins(tmp_path / "bench", "")


def test_a_code_that_another_bench_used_says_whom_to_ask_for_which(tls_hub: HubWithTls, tmp_path: Path) -> None:
    code = tls_hub.code("localhost")
    tls_hub.code = lambda host="": code  # type: ignore[method-assign]
    try:
        tls_hub.joins(tmp_path / "first", tls_hub.file)
        with pytest.raises(Refused, match="used at another computer") as told:
            tls_hub.joins(tmp_path / "second", tls_hub.file)
    finally:
        del tls_hub.code  # type: ignore[method-assign]
    assert f"hub invite {code.login}" in str(told.value)
