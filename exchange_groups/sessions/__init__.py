"""Sessions (séances) of exchange groups: prepared, run, written up."""
