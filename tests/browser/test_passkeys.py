"""A passkey takes the place of the code: created on a device, then used to sign in, in a browser that has one."""

import pytest
from django.conf import settings

AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def home(site):
    """The address of the site by name: keys belong to a name, which 127.0.0.1 is not."""
    return site.replace("127.0.0.1", "localhost")


@pytest.fixture
def device(open_page):
    """A page on a device that makes and keeps keys."""
    page = open_page("/")
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def test_a_key_is_created_then_opens_the_account_without_a_code(device, home):
    device.goto(f"{home}/compte/connexion/")
    device.get_by_role("button", name="membre@example.org").click()
    device.goto(f"{home}/compte/cles/ajouter/")
    device.get_by_role("button", name="Créer la clé").click()
    device.get_by_text("jamais utilisée").wait_for()

    device.context.clear_cookies()
    device.goto(f"{home}/compte/connexion/")
    device.get_by_label("D’autres se servent de cet appareil").check()
    device.get_by_role("button", name="Entrer avec une clé d’accès").click()
    device.get_by_role("link", name="Moi", exact=True).wait_for()
    assert device.locator("body[data-shared]").count() == 1
    assert [one["expires"] for one in device.context.cookies() if one["name"] == settings.SESSION_COOKIE_NAME] == [-1]
    device.goto(f"{home}/compte/cles/")
    device.get_by_text("utilisée le").wait_for()


def test_a_key_proves_who_holds_the_device_and_what_waited_is_done(device, home, account):
    from django.contrib.sessions.models import Session

    device.goto(f"{home}/compte/connexion/")
    device.get_by_role("button", name="membre@example.org").click()
    device.goto(f"{home}/compte/cles/ajouter/")
    device.get_by_role("button", name="Créer la clé").click()
    device.get_by_text("jamais utilisée").wait_for()
    for session in Session.objects.all():  # the sign-in was yesterday
        data = session.get_decoded()
        for record in data.get("account_authentication_methods", []):
            record["at"] -= 86400
        session.session_data = Session.objects.encode(data)
        session.save()
    device.goto(f"{home}/compte/donnees/")
    device.get_by_role("button", name="Effacer mon compte").click()
    device.get_by_role("button", name="Continuer avec ma clé d’accès").click()
    device.get_by_text("Votre compte sera effacé").first.wait_for()
    assert account("membre").erasure_asked_on is not None
