"""Wagtail's app of accounts, with our screens in place of its own (Wagtail finds them by this name)."""

from wagtail.users.apps import WagtailUsersAppConfig


class AdminAccountsConfig(WagtailUsersAppConfig):
    user_viewset = "kb_site.accounts.admin_accounts.AccountViewSet"
