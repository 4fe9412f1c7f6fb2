"""A form of another site acts for nobody: without the token of ours, or with a false one, every address refuses it.

Every address of the permission matrix that takes forms is asked, by somebody to whom it would answer.
"""

import pytest
from django.conf import settings
from django.test import Client

from tests.conftest import sign_in
from tests.test_permissions import MATRIX

pytestmark = pytest.mark.django_db

# They carry a proof of their own, tested where their behaviour is: the code of a diagnostic, a word of a reader whom nothing names, the signature of a mail, of a
# service of mails or of a page of results.
OTHER_PROOF = {"diagnostic_answer", "opinion", "mail_replies", "mail_reports", "search_outcome", "stop_mails"}
TAKES_FORMS = sorted(name for name, door in MATRIX.items() if door.post and 405 not in door.post.values())


def page_of_expired_forms(answer):
    return answer.status_code == 403 and any(part.name == "expired_form.html" for part in answer.templates)


@pytest.mark.parametrize("name", sorted(set(TAKES_FORMS) - OTHER_PROOF))
def test_a_form_without_our_token_is_refused(account, name):
    door = MATRIX[name]
    address = door.address if isinstance(door.address, str) else door.address()
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser, account("admin"))
    assert page_of_expired_forms(browser.post(address)), "no token at all"
    browser.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    assert page_of_expired_forms(browser.post(address, {"csrfmiddlewaretoken": "wapiti"})), "a false token"
    assert page_of_expired_forms(browser.post(address, {"csrfmiddlewaretoken": "b" * 32})), "the token of somebody else"
