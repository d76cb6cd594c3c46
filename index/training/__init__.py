"""Trains the built-in encoder from nothing (`python -m index.training`). This needs torch; encoding does not."""
