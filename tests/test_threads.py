"""Several at a time, and still in order."""

import time

import pytest

from discourse._threads import in_order, processors


@pytest.mark.parametrize("threads", [1, 2, 3, None])
def test_results_come_in_the_order_of_the_things(threads):
    def late_if_even(number):
        time.sleep(0.002 * (number % 2 == 0))
        return number

    assert list(in_order(late_if_even, range(30), threads)) == list(range(30))


def test_no_more_is_begun_than_threads_and_what_waits():
    begun = []
    results = in_order(begun.append, range(100), threads=2)
    next(results)
    time.sleep(0.05)
    assert len(begun) <= 4
    assert list(results) == [None] * 99
    assert sorted(begun) == list(range(100))


@pytest.mark.parametrize("threads", [1, 2])
def test_an_error_comes_through(threads):
    with pytest.raises(ZeroDivisionError):
        list(in_order(lambda number: 1 // number, [1, 0, 1], threads))


def test_there_is_a_processor():
    assert processors() >= 1
