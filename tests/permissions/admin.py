"""Wagtail's admin: who comes in, by the name of the address. The first line that fits an address decides.

The addresses themselves come from the URLconf (tests/urlconf.py): one that is new falls under the last line, and is then open
to whoever edits; a line of its own closes it.
"""

from . import ROLES

NOBODY: frozenset[str | None] = frozenset()
ALL = frozenset(ROLES)
EDITORS = frozenset({"edition", "coordination", "admin"})
COORDINATORS = frozenset({"coordination", "admin"})
ADMINISTRATORS = frozenset({"admin"})

POLICIES: dict[str, frozenset[str | None]] = {
    # The way in, icons, words of the interface; passwords, which nobody has (404).
    "wagtailadmin_login": ALL,
    "wagtailadmin_sprite": ALL,
    "wagtailadmin_javascript_catalog": ALL,
    "wagtailadmin_password_reset*": ALL,
    "webhooks": ADMINISTRATORS,
    # Accounts, roles, what the site is made of.
    "wagtailusers_*": ADMINISTRATORS,
    "wagtailsites:*": ADMINISTRATORS,
    "wagtailsettings:*": COORDINATORS,
    "wagtailredirects:*": ADMINISTRATORS,
    "wagtailadmin_collections:*": ADMINISTRATORS,
    "wagtailadmin_workflows:task_cho*": EDITORS,
    "wagtailadmin_workflows:*": ADMINISTRATORS,
    # Groups, structures, networks, words that are refused.
    "wagtailsnippetchoosers_*:create": NOBODY,
    "wagtailsnippetchoosers_members_*": EDITORS,
    "wagtailsnippetchoosers_exchange_groups_*": COORDINATORS,
    "wagtailsnippetchoosers_comments_*": COORDINATORS,
    "wagtailsnippets_exchange_groups_*:delete": ADMINISTRATORS,
    "wagtailsnippets_members_*:delete": ADMINISTRATORS,
    "wagtailsnippets_exchange_groups_*": COORDINATORS,
    "wagtailsnippets_members_*": COORDINATORS,
    "wagtailsnippets_comments_*": COORDINATORS,
    "wagtailsnippets_practices_*:delete": ADMINISTRATORS,
    "wagtailsnippets_exchange_sessions_*:delete": ADMINISTRATORS,
    "wagtailsnippets:index": NOBODY,  # every model has its own place in the menu
    "search_index_health": COORDINATORS,
    "site_health": ADMINISTRATORS,
    # Cards asked for by members: nobody writes one here.
    "fiches-demandees:add": ADMINISTRATORS,
    "fiches-demandees:copy": ADMINISTRATORS,
    "fiches-demandees:delete": ADMINISTRATORS,
    "*": EDITORS,
}
