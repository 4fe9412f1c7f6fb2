"""What people are told of minutes."""


def register() -> None:
    """Declare minutes as something that people are told of."""
