"""Which documents of the library a text names, by 《title》 or 文号: what stands in the text is looked up, not every name sought."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from corpus.types import Document

Numbered = tuple[int, Document]  # its place in the library's order


class Names:
    """The titles and 文号 of documents."""

    def __init__(self, documents: Iterable[Document]) -> None:
        """Documents in the order in which they are to be told."""
        self._titles: defaultdict[str, list[Numbered]] = defaultdict(list)
        self._numbers: defaultdict[tuple[str, str], list[Numbered]] = defaultdict(list)  # by their first two characters
        for n, document in enumerate(documents):
            self._titles[document.facts.title].append((n, document))
            if number := document.facts.doc_number:
                self._numbers[number[0], number[1:2]].append((n, document))
        self._longest = max(map(len, self._titles), default=0)

    def named_in(self, text: str) -> list[Document]:
        """The documents whose title stands in 《》 in a text, or whose 文号 stands in it; in order, each once."""
        found = {n: d for title in self._quoted(text) for n, d in self._titles.get(title, ())}
        for pair in set(pairwise(text)) & self._numbers.keys():
            found.update((n, d) for n, d in self._numbers[pair] if d.facts.doc_number and d.facts.doc_number in text)
        return [found[n] for n in sorted(found)]

    def _quoted(self, text: str) -> set[str]:
        """What stands between an opening and a closing bracket, titles within titles too, none longer than any title."""
        opened = [n for n, character in enumerate(text) if character == "《"]
        closed = [n for n, character in enumerate(text) if character == "》"] if opened else []
        reached = ((o, closed[bisect(closed, o) : bisect(closed, o + self._longest + 1)]) for o in opened)
        return {text[o + 1 : c] for o, ends in reached for c in ends}
