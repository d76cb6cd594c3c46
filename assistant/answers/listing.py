"""How much an answer lists: what a person can read through. The rest is counted and told, never passed over in silence."""

WHOLE = 100  # items listed whole, whatever was asked
PAGE = 20  # items of a longer list, where the question names nothing that narrows it
MOST = 1000  # items of a longer list that was asked for: a unit's tasks, what is due by a year


def room(items: int, *, narrowed: bool) -> int:
    """How many of so many items are listed. narrowed: the question names what all of them have in common."""
    return items if items <= WHOLE else min(items, MOST if narrowed else PAGE)


def unlisted(items: int, *, name: str, unit: str = "项") -> str:
    """The line that tells how many more there are and what to name; "" where there are none."""
    return f"\n另有 {items} {unit}未列出，请写明{name}。" if items else ""
