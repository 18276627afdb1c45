"""How a mail leaves: through an SMTP server, or as a file where none is set.

What belongs here: one attempt, and what its end means. What does not: when to try again
(``outbox``).
"""

import smtplib
import socket
import ssl
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from orchestration.settings import Settings


class Temporary(Exception):  # noqa: N818 - what it says is that another try may succeed
    """The mail did not leave now; later it may."""


class Refused(Exception):  # noqa: N818
    """The server will never take this mail; the text says why."""


class Transport(Protocol):
    """One attempt to send one mail."""

    def send(self, address: str, message_id: str, mail: bytes) -> None:
        """Returns when the mail was taken over; raises ``Temporary`` or ``Refused``."""


class Files:
    """Without SMTP settings: one .eml file a mail in ``<home>/outbox``."""

    def __init__(self, folder: Path) -> None:
        """Files go into ``folder``, which exists."""
        self._folder = folder

    def send(self, address: str, message_id: str, mail: bytes) -> None:
        """Write the file; the same Message-ID gives the same name, so nothing is there twice."""
        del address
        path = self._folder / f"{message_id.strip('<>').partition('@')[0]}.eml"
        partial = path.with_suffix(".partial")
        try:
            partial.write_bytes(mail)
            partial.replace(path)
        except OSError as error:
            raise Temporary(f"{path.parent}: {error.strerror or error}") from error


class Smtp:
    """An SMTP server: plain, STARTTLS or TLS, with or without login, with a time-out."""

    def __init__(self, settings: Settings) -> None:
        """The server of the settings; each mail asks it anew."""
        self._settings = settings

    def send(self, address: str, message_id: str, mail: bytes) -> None:
        """One connection a mail: what went wrong with one says nothing of the next."""
        del message_id
        try:
            server = self._connect()
            try:
                refused = server.sendmail(self._settings.mail_address, [address], mail)
            finally:
                with suppress(smtplib.SMTPException, OSError):
                    server.quit()
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            raise _verdict(code, text) from error
        except smtplib.SMTPResponseException as error:
            raise _verdict(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            raise Temporary(str(error) or type(error).__name__) from error
        if refused:
            raise _verdict(*next(iter(refused.values())))

    def _connect(self) -> smtplib.SMTP:
        chosen = self._settings
        if chosen.smtp_host is None:
            raise Temporary("no SMTP server is set")
        context = ssl.create_default_context(
            cafile=str(chosen.smtp_ca_file) if chosen.smtp_ca_file else None
        )
        name = socket.gethostname() or "localhost"
        if chosen.smtp_security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                chosen.smtp_host,
                chosen.smtp_port,
                local_hostname=name,
                timeout=chosen.smtp_timeout,
                context=context,
            )
        else:
            server = smtplib.SMTP(
                chosen.smtp_host, chosen.smtp_port, local_hostname=name, timeout=chosen.smtp_timeout
            )
        try:
            if chosen.smtp_security == "starttls":
                server.starttls(context=context)
            if chosen.smtp_user:
                password = chosen.smtp_password
                server.login(chosen.smtp_user, password.get_secret_value() if password else "")
        except BaseException:
            server.close()
            raise
        return server


def _verdict(code: int, text: bytes | str) -> Exception:
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    # a wrong login is a matter of settings: the mail itself is good, so it waits
    if 500 <= code < 600 and code not in {530, 534, 535, 538}:
        return Refused(f"{code} {said}")
    return Temporary(f"{code} {said}")


def transport(settings: Settings) -> Transport:
    """The server of the settings, else files in ``outbox``."""
    if settings.smtp_host is None:
        return Files(settings.folder("outbox"))
    return Smtp(settings)
