"""Cards that members ask the editors for."""
