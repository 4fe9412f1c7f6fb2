"""The snapshot follows the changes and the vocabulary the texts, outside the request."""

from procrastinate.contrib.django import app

from search.index import snapshots, writer


@app.periodic(cron="*/5 * * * *")
@app.task(name="search.take_snapshot", queue="search", queueing_lock="search-snapshot", pass_context=False)
def take_snapshot(timestamp: int) -> None:
    """Every five minutes: take a new snapshot when enough has changed."""
    if snapshots.is_due():
        snapshots.take()


@app.periodic(cron="40 3 * * *")
@app.task(name="search.forget_words", queue="search", queueing_lock="search-words", pass_context=False)
def forget_words(timestamp: int) -> None:
    """Each night: corrections forget the words of texts that were removed or rewritten."""
    writer.forget_unsaid_words()
