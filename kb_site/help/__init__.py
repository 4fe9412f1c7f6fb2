"""/aide/: a guide for each role, in plain French, kept with the code that it tells of."""
