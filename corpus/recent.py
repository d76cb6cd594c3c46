"""Documents read of late, kept in memory up to a number of characters."""

import threading
from collections import OrderedDict

from corpus.types import Document

CHARACTERS = 10_000_000  # about 20 MB of Chinese text


class Recent:
    """What was asked for last is kept longest. Safe for several threads."""

    def __init__(self, characters: int = CHARACTERS) -> None:
        """characters: of text, in all documents kept together."""
        self._most = characters
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Document] = OrderedDict()
        self._held = 0
        self._generation = -1

    def get(self, generation: int, id: str) -> Document | None:
        """The document as it was read in this generation of the library, None where it is not kept."""
        with self._lock:
            if generation != self._generation or id not in self._kept:
                return None
            self._kept.move_to_end(id)
            return self._kept[id]

    def put(self, generation: int, document: Document) -> None:
        """Keep a document; those of older generations are let go, and then those asked for longest ago.

        One that was read in an older generation than those kept is not kept.
        """
        with self._lock:
            if generation < self._generation:
                return
            if generation > self._generation:
                self._kept.clear()
                self._held, self._generation = 0, generation
            if (before := self._kept.pop(document.id, None)) is not None:
                self._held -= len(before.text)
            self._kept[document.id] = document
            self._held += len(document.text)
            while self._held > self._most:
                self._held -= len(self._kept.popitem(last=False)[1].text)
