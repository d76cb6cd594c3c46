"""The order of names in lists. Pure."""


def by_sound(text: str | None) -> tuple[bool, bytes]:
    """Sorts the common characters by 拼音: their order in GB 2312, level 1, which GB 18030 keeps. Nothing comes last."""
    return not text, (text or "").encode("gb18030", errors="replace")
