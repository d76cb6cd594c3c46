"""Ways of splitting a text into the tokens of BM25, beside the product's own (index.tokens.tokenise)."""

from index.tokens import normalise, tokenise


def characters(text: str) -> list[str]:
    """Single characters; Latin words and numbers whole."""
    return [token for token in tokenise(text) if len(token) != 2 or token.isascii()]


def pairs(text: str) -> list[str]:
    """Pairs of characters; Latin words and numbers whole."""
    return [token for token in tokenise(text) if len(token) > 1 or token.isascii()]


def words(text: str) -> list[str]:
    """jieba's words."""
    import jieba

    jieba.setLogLevel(60)
    return [word for word in jieba.cut(normalise(text), HMM=False) if any(c.isalnum() for c in word)]


def with_words(text: str) -> list[str]:
    """Characters, pairs, and jieba's words of three characters or more."""
    return [*tokenise(text), *(word for word in words(text) if len(word) > 2 and not word.isascii())]
