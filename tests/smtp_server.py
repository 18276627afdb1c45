"""A real SMTP server in the test process: what it takes, and how it may misbehave."""

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

USER, PASSWORD = "hoso", "a good password"


@dataclass
class Server:
    """What came in, and what the handler is told to do."""

    host: str = "127.0.0.1"
    port: int = 0
    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    """Address and mail, in the order in which they were taken."""
    logins: list[bool] = field(default_factory=list)
    rcpt: dict[str, str] = field(default_factory=dict)
    """Answer to RCPT TO by address; 250 where there is none."""
    data: list[str] = field(default_factory=list)
    """Answers to the next mails after DATA; then 250."""
    delay: float = 0
    cut_after: int = 0
    """So many of the next mails are cut off in the middle of DATA."""

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        answer = self.rcpt.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        await asyncio.sleep(self.delay)
        if self.data:
            return self.data.pop(0)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.mails += [(address, mail) for address in envelope.rcpt_tos]
        return "250 taken"

    def authenticate(self, server, session, envelope, mechanism, data):
        good = isinstance(data, LoginPassword) and (data.login, data.password) == (
            USER.encode(),
            PASSWORD.encode(),
        )
        self.logins.append(good)
        return AuthResult(success=good, handled=good)


class _Cutting(Controller):
    def factory(self):
        smtp = super().factory()
        state = self.handler
        original = smtp.smtp_DATA

        async def cut(arg):
            if state.cut_after <= 0:
                return await original(arg)
            state.cut_after -= 1
            await smtp.push("354 go on")
            await smtp._reader.readline()
            smtp.transport.abort()
            return None

        # the table of commands was made with the server
        smtp._smtp_methods["DATA"] = cut
        return smtp


@contextmanager
def smtp_server(
    *, certificate: tuple[Path, Path] | None = None, security: str = "none", login: bool = False
) -> Iterator[Server]:
    """A server on a free port of this machine; gone at the end."""
    state = Server()
    with socket.socket() as probe:
        probe.bind((state.host, 0))
        state.port = probe.getsockname()[1]
    options: dict[str, Any] = {}
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
    if security == "starttls":
        options |= {"tls_context": context, "require_starttls": True}
    if login:
        options |= {
            "authenticator": state.authenticate,
            "auth_required": True,
            "auth_require_tls": security == "starttls",
        }
    controller = _Cutting(
        state,
        hostname=state.host,
        port=state.port,
        ssl_context=context if security == "tls" else None,
        **options,
    )
    controller.start()
    try:
        yield state
    finally:
        controller.stop()


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine's loopback address, and its key; needs ``cryptography``."""
    from datetime import UTC, datetime, timedelta
    from ipaddress import ip_address

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "server.pem", folder / "server.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return public, private
