"""What a library holds, as it is read. What is read whole is kept until the library changes.

Old versions are there only where `versions` asks for them, or by their own id.
"""

import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Literal

from corpus import codec
from corpus.corrections import told
from corpus.database import Database, row
from corpus.errors import LibraryError
from corpus.identity import LEAST, overlap
from corpus.marks import Marks
from corpus.recent import Recent
from corpus.types import Clause, Correction, Document, Facts, Mark, Version
from corpus.versions import Versions, version_id

Stated = Literal["duties", "targets"]
Revisions = dict[str, str]

_DOCUMENT = (
    "SELECT d.id, d.source, d.text, d.facts, d.pages, v.corrections, v.head FROM documents d JOIN versions v ON v.document=d.id"
)


def content_hash(text: str) -> str:
    """The sha256 of a stored text, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Holdings:
    """A library's documents, clauses, versions and marks."""

    def __init__(self, path: Path) -> None:
        """Open the library in folder `path`, making it where it is missing.

        Raises LibraryError where it cannot be opened, NewerLibraryError where a newer version made it.
        """
        self.path = path
        self._db = Database(path)
        self._marks = Marks(self._db)
        self._versions = Versions(self._db)
        self._stating: dict[tuple[Stated, bool], tuple[int, tuple[Clause, ...]]] = {}
        self._documents: dict[bool, tuple[int, dict[str, Document]]] = {}
        self._revisions: dict[bool, tuple[int, Revisions]] = {}
        self._state: tuple[Revisions, str] | None = None
        self._recent = Recent()

    def close(self) -> None:
        """Close the database; the library cannot be used afterwards."""
        self._db.close()

    def documents(self, *, versions: bool = False) -> list[Document]:
        """All documents, by id; kept until the library changes."""
        same, found = self._db.generation(), self._documents.get(versions)
        if found is None or found[0] != same:
            where = "" if versions else "WHERE v.head=d.id"
            read = self._db.read(f"{_DOCUMENT} {where} ORDER BY d.id", (), _document)
            found = self._documents[versions] = same, {each.id: each for each in read}
        return list(found[1].values())

    def document(self, id: str) -> Document:
        """The document or version with this id; those read of late are kept. Raises LibraryError if there is none."""
        same = self._db.generation()
        for generation, held in list(self._documents.values()):
            if generation == same and id in held:
                return held[id]
        kept = self._recent.get(same, id)
        if kept is None:
            found = self._db.read(f"{_DOCUMENT} WHERE d.id=?", (id,), _document)
            if not found:
                raise _unknown(id)
            kept = found[0]
            self._recent.put(same, kept)
        return kept

    def clauses(self, document: str | None = None, *, versions: bool = False) -> Iterator[Clause]:
        """Clauses in document order; of all documents (by id) unless one is named."""
        chosen = "" if versions else "WHERE head=document"
        every = f"SELECT document FROM versions {chosen} ORDER BY document"
        for id in [document] if document is not None else self._db.read(every, (), str):
            with self._db.steady():  # a text and its clauses
                texts = self._db.read("SELECT text FROM documents WHERE id=?", (id,), str)
                load = partial(codec.load_clause, text="".join(texts))
                found = self._db.read("SELECT data FROM clauses WHERE document=? ORDER BY position", (id,), load)
            yield from found

    def stating(self, what: Stated, *, versions: bool = False) -> tuple[Clause, ...]:
        """The clauses that state duties or targets, by document id and in document order; kept until the library changes."""
        with self._db.steady():
            same, found = self._db.generation(), self._stating.get((what, versions))
            if found is None or found[0] != same:
                texts = {d.id: d.text for d in self.documents(versions=versions)}
                rows = self._db.read(f"SELECT data, document FROM clauses WHERE {what} > 0 ORDER BY document, position", (), row)
                clauses = tuple(codec.load_clause(data, texts[id]) for data, id in rows if id in texts)
                found = self._stating[what, versions] = same, clauses
        return found[1]

    def clause(self, document: str, id: str) -> Clause:
        """One clause of a document. Raises LibraryError if there is none."""
        data = self._db.read("SELECT data FROM clauses WHERE document=? AND id=?", (document, id), str)
        found = [codec.load_clause(each, self.document(document).text) for each in data]
        if not found:
            raise LibraryError(f"文件库中没有条款 {id}。请用 policy clauses 查看现有条款。")
        return found[0]

    def counts(self, *, versions: bool = False) -> dict[str, int]:
        """Document id → number of its clauses."""
        where = "" if versions else "WHERE v.head=v.document"
        sql = f"SELECT v.document, COUNT(c.id) FROM versions v LEFT JOIN clauses c ON c.document=v.document {where} GROUP BY v.document"
        return dict(self._db.read(sql, (), row))

    def count(self, id: str) -> int:
        """Number of clauses of one document, 0 for an unknown id."""
        return self._db.read("SELECT COUNT(*) FROM clauses WHERE document=?", (id,), int)[0]

    def revisions(self, *, versions: bool = False) -> Revisions:
        """Document id → hash of what was stored for it; changes with anything read anew or corrected. The same object until then."""
        same, found = self._db.generation(), self._revisions.get(versions)
        if found is None or found[0] != same:
            where = "" if versions else "WHERE v.head=d.id"
            sql = f"SELECT d.id, d.revision, v.corrections FROM documents d JOIN versions v ON v.document=d.id {where} ORDER BY d.id"
            found = self._revisions[versions] = same, dict(self._db.read(sql, (), _revision))
        return found[1]

    def state(self) -> str:
        """A hash over all revisions, of old versions too: equal states hold equal documents."""
        revisions = self.revisions(versions=True)
        if self._state is None or self._state[0] is not revisions:
            self._state = revisions, content_hash(repr(sorted(revisions.items())))
        return self._state[1]

    def by_origin(self, origin: str) -> str | None:
        """The id of the version last added from this file, by its full name."""
        sql = "SELECT d.id FROM documents d JOIN versions v ON v.document=d.id WHERE d.origin=? ORDER BY v.added DESC"
        return self._db.first(sql, (origin,))

    def origin(self, id: str) -> str:
        """The full name of the file a document was added from, "" for an unknown id."""
        return self._db.first("SELECT origin FROM documents WHERE id=?", (id,)) or ""

    def origins(self) -> list[str]:
        """The full names of the files all texts were added from, old versions too."""
        return self._db.read("SELECT origin FROM documents ORDER BY id", (), str)

    def by_content(self, content: str, near: str | None = None) -> str | None:
        """The id of the text with this content hash: of the document that `near` is a version of before others, current before old."""
        sql = "SELECT d.id FROM documents d JOIN versions v ON v.document=d.id WHERE d.content=? ORDER BY v.head=? DESC, v.head=d.id DESC, d.id"
        return self._db.first(sql, (content, self._versions.head(near or "")))

    def kin(self, facts: Facts, text: str) -> str | None:
        """The id of the document that a text with these facts is another version of: corpus.identity. The likest of several."""
        found = [
            (share, head)
            for id, head, date in self._versions.kin(facts)
            if (share := overlap(text, self.document(id).text)) >= LEAST or (date and facts.date and date != facts.date)
        ]
        return max(found)[1] if found else None

    def place_of(self, clause: str) -> str | None:
        """The id of the document that a clause belongs to, None if the library has no such clause, or an old version's."""
        document = clause.partition(":")[0]  # as corpus.outline makes them
        sql = "SELECT c.document FROM clauses c JOIN versions v ON v.document=c.document WHERE c.document=? AND c.id=? AND v.head=v.document"
        return self._db.first(sql, (document, clause))

    def version(self, id: str) -> Version:
        """Which version of a document this id is. Raises LibraryError for an unknown id."""
        for version in self._versions.of(id):
            if version.document == id:
                return version
        raise _unknown(id)

    def versions(self, id: str | None = None) -> list[Version]:
        """The versions of the document that `id` is one of, the current one last; of every document where none is named.

        Raises LibraryError for an unknown id.
        """
        found = self._versions.of(id)
        if id is not None and not found:
            raise _unknown(id)
        return found

    def corrections(self, id: str) -> tuple[Correction, ...]:
        """What people have corrected in a document's facts, in the order of the fields; () for an unknown id."""
        found = self._versions.corrections(id)
        return told(self.read_facts(id), found) if found else ()

    def marks(self) -> list[Mark]:
        """What users said of cited clauses, in the order it was said; of removed documents too."""
        return self._marks.all()

    def read_by(self, id: str) -> str | None:
        """The version of the reading rules a document was read with."""
        return self._db.first("SELECT reader FROM documents WHERE id=?", (id,))

    def file(self, id: str) -> str:
        """The hash of the file a text was read from, "" where it is not known."""
        return self._versions.file(id)

    def new_id(self, content: str, of: str | None = None) -> str:
        """A free id, made from the content: of a new document, or of a version of `of`. The same for the same file."""
        head = self._versions.head(of) if of is not None else None
        return self._versions.free(content[:12] if head is None else version_id(head, content))

    def read_facts(self, id: str) -> Facts:
        """The facts of a text as they were read. Raises LibraryError for an unknown id."""
        found = self._db.read("SELECT facts FROM documents WHERE id=?", (id,), codec.load_facts)
        if not found:
            raise _unknown(id)
        return found[0]


def _document(id: str, source: str, text: str, facts: str, pages: str, corrections: str, head: str) -> Document:
    return Document(id, source, text, codec.load_facts(facts, corrections), codec.load_pages(pages), head == id)


def _revision(id: str, revision: str, corrections: str) -> tuple[str, str]:
    return id, revision if corrections == "{}" else content_hash(revision + corrections)


def _unknown(id: str) -> LibraryError:
    return LibraryError(f"文件库中没有编号为 {id} 的文件。请用 policy documents 查看现有文件。")
