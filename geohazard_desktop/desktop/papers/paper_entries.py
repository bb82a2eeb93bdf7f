"""What 发卡登记 takes in while papers are being compared: which are known to be the latest from their print alone, and
which must be looked at again, since an answer that is under way may be older than they."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from geohazard_desktop.publishing.issues.standing import Standing, State
from geohazard_desktop.publishing.issues.touched import Touched, touched
from geohazard_desktop.workspace.edits.card_issues import ISSUED, PRINTED, RECEIVED, REGISTER
from geohazard_desktop.workspace.feature import Delta, Feature

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Mark:
    """What an answer was reckoned from: how many changes had been seen then, and how many papers had come out."""

    changes: int
    prints: int


class Entries:
    """The register's rows since the workspace was opened, as far as they say how a paper stands."""

    def __init__(self) -> None:
        self._made: list[Standing] = []
        self._open: dict[str, Touched] = {}  # by code: entered, and nobody has said that its file was written

    @property
    def prints(self) -> int:
        return len(self._made)

    def forget(self) -> None:
        self._made.clear()
        self._open.clear()

    def take(
        self, deltas: Sequence[Delta], found: Sequence[Standing] | None, *, trusted: Collection[str]
    ) -> tuple[list[Standing], list[Touched]]:
        """Papers that came out, and what is to be looked at again. `found` is what is known; `trusted` are the
        codes of papers that were made from the data of now, so that nobody need compare them."""
        known: dict[Key, Standing] | None = None
        made: list[Standing] = []
        old: list[Touched] = []
        for one in deltas:
            if one.layer != REGISTER:
                continue
            row, known = one.after, {each.key: each for each in found or ()} if known is None else known
            if row is None:
                old.append(touched(one))
                continue
            step, code = row.text("step"), row.text("check_code")
            if step == ISSUED:
                self._open[code] = touched(one)
            elif step == PRINTED and self._open.pop(code, None) is not None and code in trusted:
                made.append(_latest(row))
            elif (step == PRINTED and _news(row, known)) or (step == RECEIVED and _unsure(row, known)):
                old.append(touched(one))
        self._made += made
        return made, old

    def unprinted(self) -> list[Touched]:
        """Entered, and now that nothing is printed any more, without a file; told once."""
        found = list(self._open.values())
        self._open.clear()
        return found

    def since(self, found: Sequence[Standing], prints: int) -> list[Standing]:
        """An answer with what came out after `prints` papers, of which it may not know."""
        return after_prints(found, self._made[prints:])


def after_prints(found: Sequence[Standing], made: Sequence[Standing]) -> list[Standing]:
    """What was compared, after papers were printed; in the order of before, new ones last."""
    new: dict[Key, Standing] = {}
    for one in made:
        if one.key not in new or new[one.key].version <= one.version:
            new[one.key] = one
    kept = [printed_since(one, new[one.key].code, new[one.key].version) if one.key in new else one for one in found]
    known = {one.key for one in found}
    return [*kept, *(one for key, one in new.items() if key not in known)]


def printed_since(standing: Standing, code: str, version: int) -> Standing:
    """What was compared, after a further version was printed. The same version once more, as it was then, says what it
    said: it is no newer for that."""
    if not _newer(standing, code, version) or standing.state is State.WITHDRAWN:
        return standing
    return replace(standing, state=State.LATEST, changes=(), code=code, version=version)


def _latest(row: Feature) -> Standing:
    series = row.text("product")
    return Standing(
        series.partition(":")[0],
        row.text("subject_layer"),
        row.text("subject"),
        row.text("subject_name"),
        row.text("holder"),
        row.text("subdistrict"),
        State.LATEST,
        (),
        row.text("check_code"),
        _version(row),
        series,
    )


def _version(row: Feature) -> int:
    version = row["version"]
    return int(version) if isinstance(version, int | float) else 0


def _standing(row: Feature, known: Mapping[Key, Standing]) -> Standing | None:
    return known.get((row.text("product"), row.text("subject")))


def _unsure(row: Feature, known: Mapping[Key, Standing]) -> bool:
    """Whether it was unknown until now that this paper was printed at all."""
    standing = _standing(row, known)
    return standing is None or standing.state is State.UNCONFIRMED


def _news(row: Feature, known: Mapping[Key, Standing]) -> bool:
    """Whether a paper came out of which nothing is known yet: not one that was printed once more as it was."""
    standing = _standing(row, known)
    if standing is None or standing.state is State.UNCONFIRMED:
        return True
    return _newer(standing, row.text("check_code"), _version(row))


def _newer(standing: Standing, code: str, version: int) -> bool:
    """Whether a paper is another one than was compared, and no older; two windows may have numbered two alike."""
    return version > standing.version or (version == standing.version and code != standing.code)
