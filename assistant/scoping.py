"""Which documents a command is about: --region, --document and --versions, and a document named on the command line."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

import click

from assistant.service import Assistant
from corpus.errors import PolicyError
from corpus.reading import written
from corpus.types import Document
from index.base import Scope

F = TypeVar("F", bound=Callable[..., Any])

with_versions = click.option("--versions", is_flag=True, help="也查旧版本（默认只查现行版本）。")


def scoped(function: F) -> F:
    """For a command that looks in documents: the options, as one `scope`. Stands below `command`."""

    @click.option("--region", multiple=True, metavar="地区", help="只查某一地区，可重复。")
    @click.option("--document", multiple=True, metavar="文件", help="只查某一文件（编号、文件名或题目），可重复。")
    @with_versions
    @wraps(function)
    def run(
        *args: Any, region: tuple[str, ...], document: tuple[str, ...], versions: bool, assistant: Assistant, **options: Any
    ) -> Any:
        scope = scope_of(assistant, region, document, versions=versions)
        return function(*args, scope=scope, assistant=assistant, **options)

    return run  # type: ignore[return-value]


def scope_of(assistant: Assistant, regions: Iterable[str], documents: Iterable[str], *, versions: bool = False) -> Scope:
    """A region may be named without 市, a document by id, file name or title; with `versions` it brings its old versions.

    Raises PolicyError where there is no such region or document.
    """
    known = assistant.documents(versions=versions)
    wanted, chosen = set(), set()
    for region in filter(None, map(written, regions)):
        found = {
            d.facts.region for d in known if d.facts.region and (d.facts.region == region or d.facts.region.startswith(region))
        }
        if not found:
            have = "、".join(sorted({d.facts.region for d in known if d.facts.region})) or "（无）"
            raise PolicyError(f"文件库中没有地区“{region}”的文件。现有地区：{have}。")
        wanted |= found
    for name in filter(None, map(written, documents)):
        matching = set(_named(known, name))
        if not matching:
            if not versions and _named(assistant.documents(versions=True), name):
                raise PolicyError(f"“{name}”是旧版本，默认不查。如要查旧版本，请加上 --versions。")
            raise PolicyError(f"文件库中没有文件“{name}”。请用 policy documents 查看编号。")
        chosen |= matching
        if versions:
            chosen |= {v.document for v in assistant.versions() if v.head in matching}
    return Scope(frozenset(chosen), frozenset(wanted), versions)


def one_document(assistant: Assistant, name: str) -> Document:
    """The document or version that an id, a file name or a title names. Raises PolicyError where none or several are."""
    name = written(name)
    matching = _named(assistant.documents(), name) or _named(assistant.documents(versions=True), name)
    if not matching:
        raise PolicyError(f"文件库中没有文件“{name}”。请用 policy documents --versions 查看编号。")
    if len(matching) > 1:
        raise PolicyError(f"有 {len(matching)} 个文件叫“{name}”：{'、'.join(matching)}。请用编号指定其中一个。")
    return assistant.document(matching[0])


def _named(documents: Iterable[Document], name: str) -> list[str]:
    documents = list(documents)
    return [d.id for d in documents if d.id == name] or [d.id for d in documents if name in (d.source, d.facts.title)]
