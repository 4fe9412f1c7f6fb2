"""The site with OpenID Connect, on a database that exists: `python -m tests.openid.site DATABASE PORT`.

In a process of its own: what the settings open when an identity server is configured cannot open later.
"""

import sys

import django
from django.core.management import call_command
from django.core.servers.basehttp import run
from django.db import connection


def main(database: str, port: int) -> None:
    django.setup()
    connection.settings_dict["NAME"] = database
    call_command("migrate", verbosity=0)
    connection.close()
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application

    run("127.0.0.1", port, StaticFilesHandler(get_wsgi_application()), threading=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
