"""The snapshot follows the changes, outside the request."""

from procrastinate.contrib.django import app

from search.index import snapshots


@app.periodic(cron="*/5 * * * *")
@app.task(name="search.take_snapshot", queue="search", queueing_lock="search-snapshot", pass_context=False)
def take_snapshot(timestamp: int) -> None:
    """Every five minutes: take a new snapshot when enough has changed."""
    if snapshots.is_due():
        snapshots.take()
