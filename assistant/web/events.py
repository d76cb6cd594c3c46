"""How the page's events are sent."""

from typing import Any

_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

# Answered by the request itself. Queued events of one visit share a stream of messages, which Gradio's client closes
# when one of them ends; an event that joins at that moment would wait for ever, so only long work is queued.
AT_ONCE: dict[str, Any] = _QUIET | {"queue": False}

# Events that lead to one result, given to one `gr.on`: of several that come while one is answered the last is answered
# after it, so that no older answer ends in the place of a newer one. Gradio keeps their inputs, not their data.
ONE_BY_ONE: dict[str, Any] = AT_ONCE | {"trigger_mode": "always_last"}

# Events that say what is wanted by their data: each is answered. Gradio would otherwise drop one that comes early.
EACH: dict[str, Any] = AT_ONCE | {"trigger_mode": "multiple"}

# Long work that reports as it goes, one at a time for all visits.
IN_TURN: dict[str, Any] = _QUIET | {"concurrency_limit": 1}
