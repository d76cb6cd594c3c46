"""The web page: `build_page` makes it, `serve` puts it on an address."""

from assistant.web.page import build_page
from assistant.web.server import serve

__all__ = ["build_page", "serve"]
