"""What a reader sees of a piece of HTML: its text, and the text of its marked parts."""

from html.parser import HTMLParser

VOID = {"br", "img", "input"}


class Seen(HTMLParser):
    """Collects text, tags and the text within one kind of element."""

    def __init__(self, markup: str, within: str = "mark") -> None:
        super().__init__()
        self.within = within
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.inner: list[str] = []
        self._open: list[str] = []
        self.feed(markup)
        self.close()
        assert not self._open, f"elements left open: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open and self._open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self.within in self._open:
            self.inner.append(data)

    @property
    def shown(self) -> str:
        return "".join(self.text)

    @property
    def marked(self) -> str:
        return "".join(self.inner)

    def names(self) -> set[str]:
        return {tag for tag, _ in self.tags}

    def links(self) -> list[dict[str, str | None]]:
        return [attributes for _, attributes in self.tags if "data-document" in attributes]
