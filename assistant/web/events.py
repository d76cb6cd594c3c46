"""How the page's events are sent."""

from typing import Any

_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

# Answered by the request itself. Queued events of one visit share a stream of messages, which Gradio's client closes
# when one of them ends; an event that joins at that moment would wait for ever, so only long work is queued.
AT_ONCE: dict[str, Any] = _QUIET | {"queue": False}

# Long work that reports as it goes, one at a time for all visits.
IN_TURN: dict[str, Any] = _QUIET | {"concurrency_limit": 1}
