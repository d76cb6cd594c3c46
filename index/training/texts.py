"""Laws and government reports as passages to train on, read from their archives; nothing is unpacked to disk."""

import re
import tarfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import corpus
from corpus.outline import read_clauses
from corpus.reading import read_file

_SAMPLES = Path(corpus.__path__[0]) / "samples"
_ARTICLE = re.compile(r"^\s*(第[零一二三四五六七八九十百千〇○两]+条(?:之[一二三四五六七八九十]+)?)[\s　]*(.*)$")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_DATE_IN_NAME = re.compile(r"[（(]\d{4}-\d\d-\d\d[)）]")
_SENTENCE_END = re.compile(r"(?<=[。；])")
_HEADING_BELOW = 25  # characters: a shorter line of a report is a heading
_PASSAGE = 300  # characters of a report's passage
_SHORTEST = 20
_SHORTEST_ARTICLE = 8  # of its letters and digits; below that stands `（删去）` and the like


class Passage(NamedTuple):
    """A text to be found. title: the law's title, or the heading above a report's passage."""

    title: str
    body: str

    @property
    def text(self) -> str:
        """What is encoded."""
        return f"{self.title}\n{self.body}"


def fold(text: str) -> str:
    """Letters and digits alone, NFKC: equal for two prints of one article."""
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", text))


def read_members(archive: Path, suffix: str) -> Iterator[tuple[PurePosixPath, str]]:
    """(path, text) of the regular files of a tar archive whose name ends in `suffix`, by path."""
    found = {}
    with tarfile.open(archive) as tar:
        for member in tar:
            path = PurePosixPath(member.name)
            file = tar.extractfile(member) if member.isfile() and path.suffix == suffix else None
            if file:
                found[path] = file.read().decode("utf-8", errors="replace")
    yield from sorted(found.items())


def read_laws(archive: Path) -> list[Passage]:
    """Every article of the newest version of each law, in order; repeats of one law's article once."""
    laws = []
    for path, text in read_members(archive, ".md"):
        if path.name.startswith("_") or "案例" in path.parts:
            continue
        date = _DATE.search(path.stem)
        laws.append((_DATE_IN_NAME.sub("", path.stem), date[0] if date else "", text))
    newest: dict[str, str] = {}
    for title, day, _ in laws:
        newest[title] = max(newest.get(title, ""), day)
    passages: dict[tuple[str, str, str], Passage] = {}
    for title, day, text in laws:
        if day == newest[title]:
            for number, body in split_articles(text):
                key = (title, number, fold(body))
                if len(key[2]) >= _SHORTEST_ARTICLE:
                    passages.setdefault(key, Passage(title, body))
    return list(passages.values())


def split_articles(text: str) -> list[tuple[str, str]]:
    """(number, body) of the articles of a law in Markdown; text between a heading and an article is left out."""
    articles: list[list[str]] = []
    inside = False
    for line in text.splitlines():
        match = _ARTICLE.match(line)
        if match:
            articles.append([match[1], match[2]])
            inside = True
        elif line.startswith("#"):
            inside = False
        elif inside and not line.startswith("<!--"):
            articles[-1][1] += "\n" + line
    return [(number, body) for number, body in articles]


def read_samples() -> list[Passage]:
    """The clauses of the sample plans, each with its document's name."""
    found = []
    for path in sorted(_SAMPLES.iterdir()):
        found += [Passage(path.stem, clause.text) for clause in read_clauses(read_file(path).text, path.stem)]
    return found


def read_reports(archive: Path) -> list[Passage]:
    """The reports in passages of about 300 characters, cut at sentence ends, with the heading above each."""
    return [p for path, text in read_members(archive, ".txt") for p in split_report(path.stem, text)]


def split_report(name: str, text: str) -> Iterator[Passage]:
    """Passages of one report; `name` stands in until its first heading."""
    heading = name
    for line in map(str.strip, text.splitlines()):
        if len(line) < _HEADING_BELOW:
            heading = line or heading
            continue
        passage = ""
        for sentence in _SENTENCE_END.split(line):
            if passage and len(passage) + len(sentence) > _PASSAGE:
                yield Passage(heading, passage)
                passage = ""
            passage += sentence
        if len(passage) > _SHORTEST:
            yield Passage(heading, passage)
