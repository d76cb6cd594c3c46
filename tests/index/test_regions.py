import pytest

from index.regions import named_regions

LIBRARY = ("云泽市", "松陵市", "吉林市", "袁花镇")


@pytest.mark.parametrize(
    ("query", "found", "rest"),
    [
        ("云泽市节水谁管", {"云泽市"}, "节水谁管"),
        ("云泽节水谁管", {"云泽市"}, "节水谁管"),
        ("云泽、松陵的节水", {"云泽市", "松陵市"}, "、 的节水"),
        ("吉林的节水", {"吉林市"}, "的节水"),
        ("节水谁管", set(), "节水谁管"),
        ("嘉兴市节水", set(), "嘉兴市节水"),
        ("云泽市", {"云泽市"}, "云泽市"),
    ],
)
def test_places_of_the_library_are_found_and_taken_out(query: str, found: set[str], rest: str) -> None:
    regions, topic = named_regions(query, LIBRARY)
    assert regions == found
    assert topic.strip() == rest


def test_a_library_without_places() -> None:
    assert named_regions("云泽市节水", ()) == (frozenset(), "云泽市节水")
