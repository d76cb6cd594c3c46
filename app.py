"""The web page: settings → assistant → page."""

import sys

from assistant.config import load_settings
from assistant.service import open_assistant
from assistant.web import serve
from corpus.errors import PolicyError

if __name__ == "__main__":
    try:
        serve(open_assistant(settings := load_settings()), settings.host, settings.port)
    except PolicyError as error:
        sys.exit(str(error))
