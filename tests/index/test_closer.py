import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.closer import COVERAGE_WEIGHT, FIRST, LENGTH_WEIGHT, LEXICAL_WEIGHT, OTHERS, SHORT, below, closer, worth_a_look

SCORES = st.lists(st.floats(-1, 1), min_size=1, max_size=12)


def test_what_says_more_of_the_question_goes_first_and_of_two_that_say_as_much_the_shorter() -> None:
    same, lengths = np.array([0.4, 0.4, 0.4]), np.array([200, 200, 800])
    scores = closer(same, same, np.array([0.9, 0.5, 0.9]), lengths)
    assert np.argsort(-scores).tolist() == [0, 2, 1]
    np.testing.assert_allclose(scores[0] - scores[1], 0.4 * COVERAGE_WEIGHT)
    np.testing.assert_allclose(scores[0] - scores[2], LENGTH_WEIGHT * np.log(4))
    lexical = closer(same, np.array([0.1, 0.0, 0.0]), same, np.array([SHORT, SHORT, 3]))
    np.testing.assert_allclose(lexical - lexical[2], [0.1 * LEXICAL_WEIGHT, 0, 0], atol=1e-12)


def test_the_others_follow_those_looked_at() -> None:
    scores = below(np.array([0.9, 0.2, 0.8, 0.5]), np.array([0.3, 0.7]), [0, 2])
    np.testing.assert_allclose(scores, [0.3, 0.0, 0.7, 0.3])
    np.testing.assert_allclose(below(np.array([0.9, 0.2]), np.array([0.3, 0.7]), [0, 1]), [0.3, 0.7])


def test_the_first_are_looked_at_and_the_best_of_every_other_document() -> None:
    documents = [7] * FIRST + [7, 3, 7, 3, 5, *range(100, 100 + OTHERS)]
    taken = worth_a_look(range(len(documents)), documents, 10)
    assert taken[:FIRST] == list(range(FIRST))
    assert taken[FIRST : FIRST + 2] == [FIRST + 1, FIRST + 4]  # of documents 3 and 5
    assert len(taken) == FIRST + OTHERS
    assert len(worth_a_look(range(len(documents)), documents, 4 * (OTHERS + 2))) == FIRST + OTHERS + 2
    assert worth_a_look([4, 2], [1, 1], 10) == [4, 2]


@given(SCORES, st.data())
def test_none_passes_one_that_was_looked_at(first: list[float], data: st.DataObject) -> None:
    places = data.draw(st.lists(st.sampled_from(range(len(first))), min_size=1, unique=True))
    looked_at = np.array(data.draw(st.lists(st.floats(-1, 1), min_size=len(places), max_size=len(places))))
    scores = below(np.array(first), looked_at, places)
    np.testing.assert_array_equal(scores[places], looked_at)
    rest = [n for n in range(len(first)) if n not in places]
    assert all(scores[n] <= looked_at.min() + 1e-9 for n in rest)
    np.testing.assert_allclose(np.diff(scores[rest]), np.diff(np.array(first)[rest]), atol=1e-9)
