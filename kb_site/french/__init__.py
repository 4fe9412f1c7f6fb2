"""French as people type it, for whatever reads their words: letters, sounds, and which words exist. Knows no app."""
