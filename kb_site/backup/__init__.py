"""Backups: everything that people made, written in one folder, brought back exactly, and proved by a drill.

A backup holds `database.dump` (pg_dump's custom format), one `files-NAME.tar` for each storage of settings.STORAGES,
`inventory.json` (what each table and each file holds, to compare with), and `manifest.json`, written last, with versions
and checksums. Encrypted, all but the manifest end in `.age` (https://age-encryption.org/v1).
"""
