"""Adapts the built-in encoder to one library: what it learns from, how, and whether it was worth it. Needs numpy alone."""
