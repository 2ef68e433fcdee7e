"""Several at a time, and still in order."""

import time
from threading import get_ident

import pytest

from discourse import _threads
from discourse._threads import WORTH, both, in_order, processors


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


@pytest.mark.parametrize("size", [0, WORTH])
def test_both_give_what_each_gives_alone(size):
    assert both(lambda: 1, lambda: "b", size) == (1, "b")


def test_only_what_is_worth_it_has_a_thread_of_its_own(monkeypatch):
    monkeypatch.setattr(_threads, "processors", lambda: 2)
    apart = [both(get_ident, get_ident, size) for size in (WORTH - 1, WORTH)]
    assert [one == other for one, other in apart] == [True, False]
    monkeypatch.setattr(_threads, "processors", lambda: 1)
    one, other = both(get_ident, get_ident, WORTH)
    assert one == other


@pytest.mark.parametrize("size", [0, WORTH])
def test_an_error_of_either_is_raised(size):
    def fail() -> None:
        raise ValueError("broken")

    for functions in ((fail, list), (list, fail)):
        with pytest.raises(ValueError, match="broken"):
            both(*functions, size)
