"""Django's PostgreSQL backend, with the address of the embedded server.

Settings: ENGINE "kb_site.embedded_postgresql", NAME, and DATA_DIRECTORY (a pathlib.Path) for the server's files.
"""

from typing import Any

from django.db.backends.postgresql.base import DatabaseWrapper as PostgresqlWrapper
from django.db.backends.postgresql.creation import DatabaseCreation as PostgresqlCreation

from .server import CREATE_SUFFIX, connection_address


class DatabaseCreation(PostgresqlCreation):
    def sql_table_creation_suffix(self) -> str:
        return CREATE_SUFFIX


class DatabaseWrapper(PostgresqlWrapper):
    creation_class = DatabaseCreation

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        return params | connection_address(self.settings_dict["DATA_DIRECTORY"])
