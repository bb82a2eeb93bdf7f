"""As what a product's papers are entered in the issue register: told by the product, read by who sets the pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Taker = Callable[[Any, Any], None]  # the subject, the paper as it would be printed today


@dataclass(frozen=True, slots=True)
class IssueOrder:
    """`series` is the product's key and the options that make a paper of its own ("map_zone:A3:public"): versions are
    counted in it, and a later one replaces an earlier. `variant` says these options in words; `options` are all of
    them, so that the same paper can be made again to be compared.

    `changed_only`: what says what it said when it was issued last is left out. `collect`: nothing is printed, each
    paper is only handed over as it would be printed (to be compared).
    """

    series: str
    kind: str
    variant: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    changed_only: bool = False
    collect: Taker | None = None

    @property
    def product(self) -> str:
        """The product's key."""
        return self.series.partition(":")[0]
