"""What else a table can show: measures asked for by name, each with the options of its convention."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeAlias

from discourse._errors import choose

Asked: TypeAlias = Iterable[str] | Mapping[str, Mapping[str, Any]]
Options: TypeAlias = dict[str, dict[str, Any]]


def asked_for(asked: Asked, menu: Mapping[str, Callable[..., Any]], *, own: Collection[str] = ()) -> Options:
    """The measures that are asked for, each with its options.

    Args:
        asked: names, or name → options of the measure.
        menu: what there is; the options of a measure are its keyword arguments.
        own: keyword arguments that the table gives itself.

    Raises:
        ValueError: a measure or an option is unknown.

    >>> from discourse import measures
    >>> menu = {"chi_squared": measures.chi_squared}
    >>> asked_for({"chi_squared": {"correction": "yates"}}, menu)
    {'chi_squared': {'correction': 'yates'}}
    >>> asked_for(["chi_square"], menu)
    Traceback (most recent call last):
    ValueError: measures must be one of 'chi_squared'; got 'chi_square'. Did you mean 'chi_squared'?
    """
    names = [asked] if isinstance(asked, str) else list(asked)
    for name in names:
        choose("measures", name, menu)
    given = {name: dict(asked[name]) if isinstance(asked, Mapping) else {} for name in names}
    for name, options in given.items():
        known = _options(menu[name], own)
        for option in options:
            _check(name, option, known)
    return given


def _options(measure: Callable[..., Any], own: Collection[str]) -> list[str]:
    parameters = inspect.signature(measure).parameters.values()
    return [p.name for p in parameters if p.kind is p.KEYWORD_ONLY and p.name not in own]


def _check(name: str, option: str, known: list[str]) -> None:
    if not known:
        raise ValueError(f"measures[{name!r}] has no options; got {option!r}. Give the name alone.")
    choose(f"an option of measures[{name!r}]", option, known)
