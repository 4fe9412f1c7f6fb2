"""Mails leave through a real Postfix, arrive in a real mailbox, and what comes back is given to the site by its own settings."""

import email
import email.policy
import re
import shutil
import smtplib
import socket
import subprocess
import time
import uuid
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.core.mail import get_connection

from kb_site.mailing.models import AddressProblem
from kb_site.mailing.send import render
from kb_site.mails import MAILS
from kb_site.notifications.models import IncomingMail
from practices.comments.models import Comment
from tests.conftest import require

from . import composing

POSTFIX = Path("/usr/sbin/postfix")
SHIPPED = Path("kb_site/mailing/postfix")
HERE = "passe-relais.exemple.fr"
SECRET = "entre-le-serveur-et-le-site"
LONGEST_WAIT = 30  # seconds for a mail to be carried: Postfix takes less than one


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def until(found):
    """Return what `found` finds, once it finds something."""
    last = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < last:
        if result := found():
            return result
        time.sleep(0.05)
    pytest.fail("nothing came")


@pytest.fixture
def site(committed_site, django_db_blocker):
    from pytest_django.live_server_helper import LiveServer

    live = LiveServer("127.0.0.1")
    yield live.url
    live.stop()


@pytest.fixture
def postfix(site, open_folder):
    """Return the port of a Postfix of this test alone, with the settings that docs/mail.md gives, and its mailboxes."""
    require(POSTFIX.exists() and shutil.which("curl"), "Postfix is not installed (apt-get install postfix curl)")
    port, folder = free_port(), open_folder
    for name in ("config", "queue", "data", "mailboxes"):
        (folder / name).mkdir(mode=0o755)
    shutil.chown(folder / "data", "postfix")
    shutil.chown(folder / "mailboxes", "nobody")
    program = shutil.copy(SHIPPED / "hand_over", folder / "hand_over")
    (folder / "elsewhere").write_text("#!/bin/sh\nexit 67\n")  # another server, which knows nobody (EX_NOUSER)
    (folder / "elsewhere").chmod(0o755)
    (folder / "courriels").write_text(f"SITE={site}\nSECRET={SECRET}\n")
    shipped = (SHIPPED / "main.cf").read_text()
    (folder / "config/main.cf").write_text(
        f"{shipped}\ncompatibility_level = 3.6\nqueue_directory = {folder}/queue\ndata_directory = {folder}/data\n"
        f"myhostname = mx.{HERE}\ninet_interfaces = 127.0.0.1\nmynetworks = 127.0.0.0/8\nmydestination =\nalias_maps =\n"
        f"maillog_file_prefixes = {folder}\nmaillog_file = {folder}/log\nvirtual_mailbox_domains = example.org\n"
        f"virtual_mailbox_base = {folder}/mailboxes\nvirtual_mailbox_maps = inline:{{karim@example.org=karim/}}\n"
        "virtual_uid_maps = static:65534\nvirtual_gid_maps = static:65534\nvirtual_minimum_uid = 100\n"
        "default_transport = elsewhere:\n"
    )
    services = "\n".join(
        [f"127.0.0.1:{port} inet n - n - - smtpd -o smtpd_peername_lookup=no"]
        + [f"{name} unix n - n {wake} 1 {name}" for name, wake in (("pickup", 60), ("qmgr", 300))]
        + [f"{name} unix - - n - 0 {kind}" for name, kind in (("bounce", "bounce"), ("defer", "bounce"))]
        + [f"{name} unix - - n - - {kind}" for name, kind in (("rewrite", "trivial-rewrite"), ("trace", "bounce"))]
        + [f"{name} unix - - n - - {name}" for name in ("tlsmgr", "error", "retry", "showq", "local")]
        + ["cleanup unix n - n - 0 cleanup", "virtual unix - n n - - virtual", "postlog unix-dgram n - n - 1 postlogd"]
        + ["anvil unix - - n - 1 anvil", "scache unix - - n - 1 scache", "proxymap unix - - n - - proxymap"]
    )
    services += f"\nelsewhere unix - n n - 1 pipe user=nobody argv={folder}/elsewhere"
    transports = (SHIPPED / "master.cf").read_text().replace("/usr/local/lib/passe-relais/hand_over", str(program))
    transports = transports.replace("/etc/passe-relais/courriels", f"{folder}/courriels")
    (folder / "config/master.cf").write_text(f"{services}\n{transports}")
    command = [POSTFIX, "-c", folder / "config"]
    subprocess.run([*command, "start"], check=True, capture_output=True)
    yield port, folder / "mailboxes"
    subprocess.run([*command, "stop"], check=True, capture_output=True)


@pytest.fixture
def told(postfix, settings):
    """Karim's mail of an answer on a card, as it stands in his mailbox."""
    port, mailboxes = postfix
    settings.MAIL_WEBHOOK_SECRET = SECRET
    settings.REPLY_ADDRESS, settings.BOUNCE_ADDRESS = f"reponse@{HERE}", f"retours@{HERE}"
    person, ids = composing.notifications_at_once()
    said = Comment.objects.latest("pk")
    send = get_connection("django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=port, use_tls=False)

    def leave(to, name, **ids):
        message = render(MAILS[name](to=to, **ids), to, key=uuid.uuid4().hex)
        message.connection = send
        message.send()

    leave(person, "notifications_at_once", **ids)
    (kept,) = until(lambda: list(mailboxes.glob("karim/new/*")))
    with kept.open("rb") as file:
        received = email.message_from_binary_file(file, policy=email.policy.default)
    return received, said, leave


def answer_to(received, plain, **headers):
    message = EmailMessage(policy=email.policy.SMTP)
    message["From"], message["To"] = "Karim Démo <karim@example.org>", received["Reply-To"]
    message["Subject"], message["Message-ID"] = f"Re: {received['Subject']}", f"<{uuid.uuid4()}@example.org>"
    message["In-Reply-To"] = received["Message-ID"]
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(plain)
    return message


def test_mails_go_and_come_back_through_postfix(told, postfix, account):
    received, said, leave = told
    port, _mailboxes = postfix
    person = account("karim")
    assert re.fullmatch(rf"<retours\+{person.pk}\.\w+@{re.escape(HERE)}>", received["Return-Path"])
    assert received["Reply-To"].startswith("reponse+")
    words = "Chez nous, debout autour de l’établi : vingt minutes."
    below = received.get_body(("plain",)).get_content()
    rich = received.get_body(("html",)).get_content()
    quoted = "\n".join(f"> {line}" for line in below.splitlines())
    answer = answer_to(received, f"{words}\n\nLe lun. 7 déc. 2026 à 08:05, Passe-relais a écrit :\n\n{quoted}")
    answer.add_alternative(
        f'<div dir="ltr">{words}</div><br><div class="gmail_quote"><div class="gmail_attr">Le lun. 7 déc. 2026 à 08:05, '
        f'Passe-relais a écrit :</div><blockquote class="gmail_quote">{rich}</blockquote></div>',
        subtype="html",
    )
    absence = answer_to(received, "Je suis en congés jusqu’au 4 janvier.", Auto_Submitted="auto-replied")
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.send_message(absence)
        server.send_message(answer)
    comment = until(lambda: Comment.objects.filter(parent_id=said.pk).exclude(pk=said.pk).first())
    assert (comment.comment, comment.user) == (words, person)
    until(lambda: IncomingMail.objects.filter(user=person).count() == 2)
    assert set(IncomingMail.objects.filter(user=person).values_list("outcome", flat=True)) == {"written", "ignored"}
    gone, ids = composing.account_approved()
    gone.email = "partie@ailleurs.example"
    gone.save(update_fields=["email"])
    leave(gone, "account_approved", **ids)  # taken, then sent back to its return path
    problem = until(AddressProblem.objects.first)
    assert (problem.email, problem.kind, problem.count) == (gone.email, AddressProblem.Kind.BOUNCE, 1)
