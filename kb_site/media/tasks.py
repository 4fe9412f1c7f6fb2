"""Each night, what nothing names any more leaves the storages."""

import logging

from procrastinate.contrib.django import app

from .orphans import forget_orphans

logger = logging.getLogger(__name__)


@app.periodic(cron="10 4 * * *")
@app.task(name="media.forget_orphan_files", queue="media")
def forget_orphan_files(timestamp: int) -> None:
    """Forget the files that were removed or replaced; tell the log how many, and how many are missing."""
    report = forget_orphans()
    for alias in report.orphans:
        gone, missing = len(report.orphans[alias]), len(report.missing[alias])
        if gone or missing:
            logger.warning("Storage %s: %d orphan files deleted, %d files missing", alias, gone, missing)
