"""A real assistant over an empty library, for walks through adding, correcting, comparing."""

import tempfile
from pathlib import Path

from assistant.config import Settings
from assistant.service import Assistant, open_assistant

_folder = tempfile.TemporaryDirectory()  # gone when the process that serves the page ends


def library() -> Assistant:
    """The assistant."""
    return open_assistant(Settings(library=Path(_folder.name) / "library"))
