"""Zip containers with XML inside (docx, ofd, odt): opened within limits, parsed without entities or network."""

import io
import lzma
import zipfile
import zlib
from typing import Any

from corpus.errors import FormatError, TooLargeError

MAX_UNPACKED = 200 * 2**20  # bytes of all members read
MAX_RATIO = 200  # XML packs 10 to 60 times smaller; deflate ends at 1,032
RATIO_MATTERS = 10 * 2**20  # bytes: a small member may pack as small as it likes

# What zipfile and its decompressors raise for damaged bytes; a method or version it does not know is a RuntimeError.
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, ValueError, OSError, EOFError, RuntimeError)
_DAMAGED = "文件不完整或已损坏，无法打开（{0}）。请重新获取或用原来的软件重新保存后添加。"

_EXTREME = "文件中的“{0}”嵌套层数过多、单段过长或实体展开过大，超出读取上限。请用原来的软件打开，另存为新文件后添加。"


class Container:
    """The members of a zip container by name, told apart as the office programs do: `/` for `\\`, any case."""

    def __init__(self, data: bytes) -> None:
        """Raises FormatError where the bytes are no whole zip file."""
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._members = {self._key(info.filename): info for info in self._archive.infolist()}
        except _BROKEN as error:
            raise FormatError(_DAMAGED.format("压缩目录读不出来")) from error
        self._left = MAX_UNPACKED

    @staticmethod
    def _key(member: str) -> str:
        return member.replace("\\", "/").lstrip("/").lower()

    @property
    def names(self) -> list[str]:
        """The members' names, folded: lower case, `/`, no leading slash."""
        return list(self._members)

    @property
    def infos(self) -> list[zipfile.ZipInfo]:
        """The members as the archive lists them."""
        return self._archive.infolist()

    def read(self, member: str) -> bytes | None:
        """The content of a member, None if there is none of the name.

        Raises TooLargeError past a limit, FormatError where it is damaged or encrypted.
        """
        info = self._members.get(self._key(member)) if member else None
        return None if info is None else self.content(info, member)

    def content(self, info: zipfile.ZipInfo, member: str = "") -> bytes:
        """The content of one of `infos`, called `member` in messages. Raises as read does."""
        if info.flag_bits & 1:
            raise FormatError("文件设有密码，无法读取。请取消密码后重新添加。")
        if info.file_size > RATIO_MATTERS and info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise TooLargeError(f"文件中的“{member}”解压后是原来的 {MAX_RATIO} 倍以上，疑为压缩炸弹，未读取。请确认文件来源。")
        try:
            with self._archive.open(info) as file:
                content = file.read(self._left + 1)
        except NotImplementedError as error:  # Deflate64, PPMd and others
            raise FormatError("压缩方法不受支持，无法解压。请用压缩软件解压后添加，或重新压缩为普通的 ZIP。") from error
        except _BROKEN as error:
            raise FormatError(_DAMAGED.format(f"“{member}”解压出错")) from error
        self._left -= len(content)
        if self._left < 0:
            raise TooLargeError(f"文件解压后超过 {MAX_UNPACKED // 2**20} MB 的上限。请拆成几个文件后添加。")
        return content

    def xml(self, member: str) -> Any | None:
        """The root element of a member that is XML, None if there is none of the name. Raises as read and parse_xml do."""
        content = self.read(member)
        return None if content is None else parse_xml(content, member)

    def children(self, member: str) -> list[Any]:
        """The elements below the root of a member that is XML, none if there is no such member."""
        root = self.xml(member)
        return [] if root is None else list(root)


def parse_xml(content: bytes, member: str) -> Any:
    """The root element. No entity is expanded, nothing is fetched; a document type declaration is refused.

    Elements nest at most 256 deep and no text is over 10 MB: the parser's own limits.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            raise FormatError(_EXTREME.format(member)) from error
        raise FormatError(_DAMAGED.format(f"“{member}”不是有效的 XML")) from error
    if root.getroottree().docinfo.doctype:  # neither OOXML (ECMA-376 part 2) nor OFD has one: a way to smuggle entities
        raise FormatError(f"文件中的“{member}”含有文档类型声明（DTD），可能用于攻击，未读取。请确认文件来源。")
    return root


def local(element: Any) -> str:
    """An element's name without its namespace (transitional and strict OOXML differ in it alone); "" for no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str | None:
    """An attribute by its name without namespace, None if absent."""
    for key, value in element.attrib.items():
        if key == name or key.endswith("}" + name):
            return str(value)
    return None


def child(element: Any | None, *path: str) -> Any | None:
    """The first descendant along a path of local names, None if there is none."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element
