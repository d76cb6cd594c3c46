"""Precedent wording: who has said it, in which words, how the versions differ, and each with its source."""
