"""Kill the program at random moments of adding, updating, correcting and removing, then look at what it left.

`python -m tests.killing --count 100`
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from corpus.corrections import overlaid
from corpus.ingest import add_paths, read_document
from corpus.lexicon.terms import Thesaurus, load_terms
from corpus.reading import read_file
from corpus.store import Library
from corpus.types import Clause, Document
from index.base import EVERYTHING, Encoder
from index.build import current_folder, ensure, index_root
from index.encoder import BUILTIN, open_encoder
from index.manifest import Manifest
from index.search import Searcher
from tests.corpus.reading.making import SAMPLES, word
from tests.versioned import TEXTS, write

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 1.5  # seconds from the first change to the kill: some rounds of adding, indexing and removing


def main() -> None:
    """Kill `--count` times and say what stood each time; ends with an AssertionError where something is half there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        stood = survive(Path(folder), options.count, options.seed)
    told = "、".join(f"{stood.count(n)} 次有 {n} 件" for n in sorted(set(stood)))
    sys.stdout.write(f"强制结束 {len(stood)} 次，重新打开后：{told}；每件完整，索引与库一致。\n")


def survive(folder: Path, count: int, seed: int = 1) -> list[int]:
    """The number of documents that stood after each of the kills. Raises AssertionError where one is half there."""
    files, chance, encoder = make_files(folder), random.Random(seed), open_encoder(BUILTIN)
    stood = []
    for _ in range(count):
        _kill_at_work(folder, chance)
        stood.append(look(folder / "库", files, encoder))
    return stood


def make_files(folder: Path) -> Path:
    """A folder with plans as text, one as a Word document, and one in three versions."""
    files = folder / "文件"
    files.mkdir()
    first, *others = sorted(SAMPLES.glob("*.txt"))
    (files / "甲.docx").write_bytes(word(first.read_text("utf-8")))
    for plan in others:
        (files / plan.name).write_bytes(plan.read_bytes())
    write(files, *TEXTS)
    return files


def work(folder: Path, seed: int) -> None:
    """Add, which makes versions, index, correct some, remove some, index, over and over until killed."""
    library, encoder, chance = Library(folder / "库"), open_encoder(BUILTIN), random.Random(seed)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        list(add_paths(library, [folder / "文件"]))
        ensure(library, encoder)
        for document in library.documents(versions=True):
            if chance.random() < 0.3 and document.id in library.revisions(versions=True):
                library.correct(document.id, {"date": f"20{chance.randrange(10, 30)}", "region": "松陵市"})
        for document in library.documents(versions=True):
            if chance.random() < 0.4:
                library.remove(document.id)
        if chance.random() < 0.5:
            ensure(library, encoder)


def _kill_at_work(folder: Path, chance: random.Random) -> None:
    program = f"from pathlib import Path; from tests.killing import work; work(Path({str(folder)!r}), {chance.randrange(2**30)})"
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0, LONGEST))
        os.kill(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL  # it was at work until then


def look(place: Path, files: Path, encoder: Encoder) -> int:
    """The number of documents, each as whole as one read now; the index that serves is whole and comes to agree."""
    library = Library(place)
    try:
        for document in library.documents(versions=True):
            read, clauses = _read_now(files, document)
            changed = {c.field: c.value for c in library.corrections(document.id)}
            assert document == replace(read, facts=overlaid(read.facts, changed), current=document.current)
            assert tuple(library.clauses(document.id)) == clauses
        _look_at_versions(library)
        serving = current_folder(index_root(library))
        if serving is not None:
            Manifest.read(serving).check_contents(serving)
        made = ensure(library, encoder)
        counts = library.counts(versions=True)
        assert (made.state, made.documents, made.clauses) == (library.state(), len(counts), sum(counts.values()))
        hits = Searcher.open(library, encoder, Thesaurus(load_terms())).search("推进重点任务", 100, EVERYTHING)
        assert {hit.document for hit in hits} <= {document.id for document in library.documents()}
        return len(counts)
    finally:
        library.close()


def _look_at_versions(library: Library) -> None:
    """Every document has one current version, which has its id, and no text twice."""
    for document in library.documents():
        versions = library.versions(document.id)
        assert [v.current for v in versions] == [False] * (len(versions) - 1) + [True]
        assert versions[-1].document == document.id and len({library.document(v.document).text for v in versions}) == len(
            versions
        )
    heads = {v.head for v in library.versions()}
    assert heads == {d.id for d in library.documents()}
    assert {v.document for v in library.versions()} == {d.id for d in library.documents(versions=True)}


def _read_now(files: Path, document: Document) -> tuple[Document, tuple[Clause, ...]]:
    reading = read_file(files / document.source)
    read, clauses = read_document(reading.text, document.id, document.source)
    return replace(read, pages=reading.pages), clauses


if __name__ == "__main__":
    main()
