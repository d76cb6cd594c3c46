"""Every error of ours; each message is a sentence in Chinese saying what was found and what to do.

PolicyError
├── ReadError            a file cannot be read
│   ├── EncodingError    … its bytes are no text we know
│   ├── FormatError      … its format is not supported, or its name promises another content
│   ├── EmptyFileError   … it holds no text
│   └── TooLargeError    … it is over the limit
├── LibraryError         the library cannot be opened or written, or holds no such thing
│   ├── NewerLibraryError  … it was made by a newer version
│   └── FactError          … a correction of a document's facts cannot be taken
├── IndexStateError      the index does not fit the library or the encoder
├── EncoderError         an encoder cannot be opened
│   └── WeightsError     … the built-in weights are missing or altered
└── QueryError           a question cannot be taken (empty, too long)
"""


class PolicyError(Exception):
    """Root of the tree. `str(error)` is what the user reads."""


class ReadError(PolicyError):
    """A file cannot be read."""


class EncodingError(ReadError):
    """The bytes are no text in an encoding we know."""


class FormatError(ReadError):
    """The format is not supported."""


class EmptyFileError(ReadError):
    """The file holds no text."""


class TooLargeError(ReadError):
    """The file is over the limit."""


class LibraryError(PolicyError):
    """The library cannot be opened or written."""


class NewerLibraryError(LibraryError):
    """The library was made by a newer version of the program."""


class FactError(LibraryError):
    """A correction of a document's facts cannot be taken."""


class IndexStateError(PolicyError):
    """The index does not fit the library or the encoder."""


class EncoderError(PolicyError):
    """An encoder cannot be opened."""


class WeightsError(EncoderError):
    """The built-in weights are missing or altered."""


class QueryError(PolicyError):
    """A question cannot be taken."""
