"""An import asked for in the admin runs outside the request."""

from procrastinate.contrib.django import app

from .services import run_queued_import


@app.task(name="sheets.run_import", queue="imports")
def run_import(card_import: int) -> None:
    """Import one file that was checked."""
    run_queued_import(card_import_id=card_import)
