"""Files on their way into the library: one batch after the other in a thread of its own, watched and stopped from any visit."""

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from assistant.types import Added
from assistant.web.fault import told as told_of

State = Literal["waiting", "reading", "done", "stopped"]
_PATIENCE = 1.0  # seconds the reader waits for the next upload before it ends
_SENDING = 60.0  # the same while the browser has more to send


@dataclass(frozen=True, slots=True)
class Item:
    """A file that was uploaded. name: with its folders, as the browser tells it.  outcomes: several of a zip or a mail."""

    name: str
    path: Path
    state: State = "waiting"
    outcomes: tuple[Added, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """The batch as it is. running: whether a file is being read or waits to be.  stopping: whether it was told to stop.

    sending: whether the browser has more to send.
    """

    items: tuple[Item, ...]
    running: bool
    stopping: bool
    sending: bool = False


class Intake:
    """Takes files in the order they come. Safe to be called from several threads."""

    def __init__(self, add: Callable[[Iterable[Path]], Iterator[Added]]) -> None:
        """add: reads the files one by one as it asks for them, with an outcome or several for each, before the next."""
        self._add = add
        self._changed = threading.Condition()
        self._items: list[Item] = []
        self._running = False
        self._stopping = False
        self._batch = ""  # the one that was begun last
        self._sending = ""  # the batch of which more is to come

    def take(self, path: Path, name: str, batch: str) -> None:
        """A file that has arrived. batch: what the browser calls all it sends at once; one list is kept, the last."""
        with self._changed:
            if not self._running and batch != self._batch:
                self._items, self._stopping = [], False
            if batch != self._batch:
                self._batch = self._sending = batch
            self._items.append(Item(name, path, "stopped" if self._stopping else "waiting"))
            if not self._running:
                self._running = True
                threading.Thread(target=self._work, name="intake", daemon=True).start()
            self._changed.notify_all()

    def sent(self, batch: str) -> None:
        """All of a batch has arrived that will."""
        with self._changed:
            self._sending = "" if batch == self._sending else self._sending
            self._changed.notify_all()

    def stop(self) -> None:
        """Read no further: the file being read is finished, those that wait are left, what was added stays."""
        with self._changed:
            waits = any(each.state == "waiting" for each in self._items)
            self._stopping = self._stopping or waits or bool(self._sending)  # a batch that is all read ends as it would
            self._items = [replace(each, state="stopped") if each.state == "waiting" else each for each in self._items]
            self._changed.notify_all()

    def progress(self) -> Progress:
        """The batch as it is now; after its end until the next begins."""
        with self._changed:
            return Progress(tuple(self._items), self._running, self._stopping, bool(self._sending))

    def _work(self) -> None:
        """Read until nothing comes any more; a failure is the failure of the file it met."""
        while True:
            try:
                for outcome in self._add(self._pull()):
                    self._tell(outcome)
            except Exception as error:
                self._tell(Added("", "failed", None, 0, told_of(error, "该文件未收录")))
            with self._changed:
                self._finish()
                if not any(each.state == "waiting" for each in self._items):
                    self._running = False
                    return

    def _pull(self) -> Iterator[Path]:
        """The next file that waits, one at a time; ends where none comes for a while."""
        while True:
            with self._changed:
                self._finish()
                if self._sending:
                    self._changed.wait_for(lambda: self._next() is not None or self._stopping or not self._sending, _SENDING)
                if not self._changed.wait_for(lambda: self._next() is not None or self._stopping, _PATIENCE):
                    return
                at = self._next()
                if at is None:
                    return
                self._items[at] = replace(self._items[at], state="reading")
                path = self._items[at].path
            yield path

    def _next(self) -> int | None:
        return next((n for n, each in enumerate(self._items) if each.state == "waiting"), None)

    def _finish(self) -> None:
        """The file that was being read is done."""
        self._items = [replace(each, state="done") if each.state == "reading" else each for each in self._items]

    def _tell(self, outcome: Added) -> None:
        with self._changed:
            at = next((n for n, each in enumerate(self._items) if each.state == "reading"), None)
            if at is not None:
                item = self._items[at]
                self._items[at] = replace(item, outcomes=(*item.outcomes, outcome))
