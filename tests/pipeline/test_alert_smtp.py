"""Mails reach a real server: protected, with login; and nothing is lost or sent twice when it
fails."""

from datetime import timedelta

import pytest

from orchestration.alerting import book as books
from orchestration.alerting import outbox
from orchestration.alerting.model import Problem, State
from orchestration.alerting.recipients import path_of
from orchestration.alerting.route import Tree
from orchestration.alerting.run import Seen, tell
from orchestration.alerting.transport import transport
from orchestration.settings import Settings
from tests.smtp_server import PASSWORD, USER, certificate, smtp_server

# a login without TLS is what some offices have
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")

FAILED = Seen((Problem("run_failed", facts={"message": "đĩa đầy"}),), frozenset(), Tree({}, {}))
FINE = Seen((), frozenset({"run_failed"}), Tree({}, {}))


@pytest.fixture
def office(settings):
    """A home with one operator."""
    settings.home.mkdir(parents=True)
    people(settings, "ops@example.vn")
    return settings


def people(settings, *addresses):
    rows = [f"{address},*,operator" for address in addresses]
    path_of(settings).write_text("\n".join(["address,unit,role", *rows, ""]), encoding="utf-8")


def set_to(settings, server, **more):
    return settings.model_copy(
        update={
            "smtp_host": server.host,
            "smtp_port": server.port,
            "smtp_security": "none",
            "smtp_timeout": 2.0,
            **more,
        }
    )


def later(settings, hours=0, minutes=0):
    return settings.model_copy(
        update={"now": settings.clock() + timedelta(hours=hours, minutes=minutes)}
    )


def say(settings, seen=FAILED):
    return tell(settings, seen, transport(settings)).flushed


def flush(settings):
    with books.opened(settings) as book:
        return outbox.flush(book, transport(settings), settings.clock())


def state_of(settings):
    with books.opened(settings) as book:
        (alert,) = book.alerts()
        return alert.state


def test_without_authentication_a_relay_takes_the_mail_and_the_letters_arrive_whole(office):
    with smtp_server() as server:
        assert say(set_to(office, server)).sent == 1
    ((address, mail),) = server.mails
    assert address == "ops@example.vn"
    assert mail["Subject"] == "[hoso] Lượt chạy không hoàn thành"
    assert "đĩa đầy" in mail.get_body(("plain",)).get_content()
    assert state_of(office) is State.SENT


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_over_starttls_or_tls_with_login(office, tmp_path, security):
    public, private = certificate(tmp_path)
    with smtp_server(certificate=(public, private), security=security, login=True) as server:
        chosen = set_to(
            office,
            server,
            smtp_security=security,
            smtp_ca_file=public,
            smtp_user=USER,
            smtp_password=Settings(smtp_password=PASSWORD).smtp_password,
        )
        assert say(chosen).sent == 1
    assert server.logins == [True]
    assert len(server.mails) == 1


def test_an_unknown_certificate_gets_no_mail_and_no_password(office, tmp_path):
    pair = certificate(tmp_path)
    with smtp_server(certificate=pair, security="starttls", login=True) as server:
        assert say(set_to(office, server, smtp_security="starttls")).waiting == 1
    assert server.mails == [] and server.logins == []


def test_a_wrong_password_keeps_the_mail_until_it_is_mended(office):
    wrong = Settings(smtp_password=PASSWORD[::-1]).smtp_password
    right = Settings(smtp_password=PASSWORD).smtp_password
    with smtp_server(login=True) as server:
        chosen = set_to(office, server, smtp_user=USER, smtp_password=wrong)
        assert say(chosen).waiting == 1
        chosen = later(chosen, hours=1).model_copy(update={"smtp_password": right})
        assert flush(chosen).sent == 1
    assert len(server.mails) == 1


def test_a_server_that_is_down_for_a_day_loses_nothing_and_sends_nothing_twice(office):
    with smtp_server() as server:
        chosen = set_to(office, server)
    for hour in range(24):
        assert say(later(chosen, hours=hour)).sent == 0
    assert state_of(office) is State.OPEN
    with smtp_server() as server:
        chosen = later(set_to(office, server), hours=25)
        assert say(chosen).sent == 1
        assert say(chosen).sent == 0
    assert len(server.mails) == 1


def test_a_temporary_answer_is_tried_again_after_a_pause_not_before(office):
    with smtp_server() as server:
        server.data = ["451 busy"]
        chosen = set_to(office, server)
        assert say(chosen).waiting == 1
        assert flush(chosen) == outbox.Flushed()
        assert flush(later(chosen, minutes=1)).sent == 1
    assert len(server.mails) == 1


def test_one_bad_address_does_not_keep_the_others_from_their_mail(office):
    people(office, "bad@example.vn", "ops@example.vn", "full@example.vn")
    with smtp_server() as server:
        server.rcpt = {"bad@example.vn": "550 unknown", "full@example.vn": "452 mailbox full"}
        done = say(set_to(office, server))
        assert (done.sent, done.refused, done.waiting) == (1, 1, 1)
        assert [address for address, _ in server.mails] == ["ops@example.vn"]
        server.rcpt = {}
        assert flush(later(set_to(office, server), hours=1)).sent == 1
    with books.opened(office) as book:
        errors = {each.address: each.error for each in book.deliveries() if each.error}
    assert "550" in errors["bad@example.vn"]


def test_a_permanent_answer_is_not_tried_again(office):
    with smtp_server() as server:
        server.data = ["554 no"]
        chosen = set_to(office, server)
        assert say(chosen).refused == 1
        assert flush(later(chosen, hours=9)) == outbox.Flushed()
    assert server.mails == []


def test_a_connection_cut_in_the_middle_of_a_mail_is_tried_again(office):
    with smtp_server() as server:
        server.cut_after = 1
        chosen = set_to(office, server)
        assert say(chosen).waiting == 1
        assert server.mails == []
        assert flush(later(chosen, minutes=1)).sent == 1
    assert len(server.mails) == 1


def test_a_slow_server_is_left_after_the_time_out_and_tried_again(office):
    with smtp_server() as server:
        server.delay = 1.0
        chosen = set_to(office, server, smtp_timeout=0.3)
        assert say(chosen).waiting == 1
        server.delay = 0
        assert flush(later(chosen, minutes=1)).sent == 1


def test_a_kill_between_sending_and_noting_it_repeats_the_mail_once_under_its_own_id(
    office, monkeypatch
):
    with smtp_server() as server:
        chosen = set_to(office, server)
        with monkeypatch.context() as patch:
            patch.setattr(outbox, "_gone", _killed)
            with pytest.raises(KeyboardInterrupt):
                say(chosen)
        assert len(server.mails) == 1
        assert flush(later(chosen, minutes=1)).sent == 1
        assert flush(later(chosen, hours=9)) == outbox.Flushed()
    first, second = (mail["Message-ID"] for _, mail in server.mails)
    assert first == second


def _killed(*_):
    raise KeyboardInterrupt


def test_without_a_server_mails_are_files(office):
    assert say(office).sent == 1
    (path,) = (office.home / "outbox").glob("*.eml")
    assert b"Message-ID" in path.read_bytes()
    assert say(office, FINE).sent == 1
    assert state_of(office) is State.RESOLVED
