"""Names moved by hand: rows of `label_position`, for every map or for one sheet.

A row gives metres east and north from the feature's own anchor (cartography.labels.label_anchor) to the middle of its
name, so that the name goes along when the feature is moved. An empty `sheet` holds for the screen and every sheet;
else it is the uid of a row of `sheet`, which is made with the first name that is moved on that sheet. A sheet is known
by its paper, its use and its subject: ("A3", "内部", "") is the internal A3 of the district.
"""

from collections.abc import Iterable, Sequence

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.wording import Definitions, called, followed, led
from geohazard_desktop.workspace.feature import Delta, Edit, Feature, Value, changed, deleted, inserted, new_uid

LABELS, SHEETS = "label_position", "sheet"
PROFILES = {"internal": "内部", "public": "公开"}  # as the field `profile` of `sheet` keeps them


def sheet_named(
    sheets: Iterable[Feature], paper: str, profile: str, subject: tuple[str, str] = ("", "")
) -> Feature | None:
    """The row of a sheet ("A3", "internal", layer and uid of its subject, "" for the district); the first, where two
    officers' files were joined and both had one."""
    wanted = (paper, PROFILES.get(profile, profile), *subject)
    names = ("paper", "profile", "subject_layer", "subject_uid")
    return next((one for one in sheets if tuple(one.text(name) for name in names) == wanted), None)


def new_sheet(paper: str, profile: str, title: str, subject: tuple[str, str] = ("", "")) -> Feature:
    """A row for a sheet that has none yet; `move_label` stores it together with the first name moved there."""
    values: dict[str, Value] = {"title": title, "paper": paper, "profile": PROFILES.get(profile, profile)}
    if subject[0]:
        values |= {"subject_layer": subject[0], "subject_uid": subject[1]}
    return Feature(SHEETS, new_uid(), None, values)


def keep_sheet(words: str, after: Feature, sheets: Sequence[Feature]) -> Edit:
    """The row of a sheet as it is to be: stored where it is not yet among `sheets`; no delta where nothing changed."""
    known = next((one for one in sheets if one.uid == after.uid), None)
    if known is None:
        return Edit(words, [inserted(after)])
    return Edit(words, [] if after.same_as(known) else [changed(known, after)])


def move_label(
    definitions: Definitions,
    feature: Feature,
    east: float,
    north: float,
    *,
    placed: Sequence[Feature] = (),
    sheet: Feature | None = None,
    sheets: Sequence[Feature] = (),
) -> Edit:
    """The middle of the feature's name `east` and `north` metres from its anchor.

    `placed` are the rows of label_position for this feature; `sheet` is the only sheet for which it holds (None:
    everywhere), stored too when it is not among `sheets`. Raises EditRefused where the workspace knows no such layer.
    """
    _refuse_without(definitions, LABELS, *([SHEETS] if sheet is not None else []))
    deltas: list[Delta] = []
    if sheet is not None and all(one.uid != sheet.uid for one in sheets):
        deltas.append(inserted(sheet))
    place = {"east": round(east, 3), "north": round(north, 3)}
    own = _of(placed, feature, sheet)
    if own:
        after = own[0].with_values(**place)
        if not after.same_as(own[0]):
            deltas.append(changed(own[0], after))
        deltas += [deleted(one) for one in own[1:]]  # two rows for one name: the older one would come back some day
    else:
        values: dict[str, Value] = {"target_layer": feature.layer, "target_uid": feature.uid, **place}
        values["sheet"] = None if sheet is None else sheet.uid
        deltas.append(inserted(Feature(LABELS, new_uid(), None, values)))
    words = _("移动注记 {name}").format(name=called(definitions, feature))
    if sheet is not None:
        words = _("{words}（只在{sheet}上）").format(words=words, sheet=led(sheet.text("title")))
    return Edit(words, deltas)


def reset_label(
    definitions: Definitions, feature: Feature, *, placed: Sequence[Feature], sheet: Feature | None = None
) -> Edit:
    """Give a name back to the search: on `sheet` its own place there goes, where it has one; else the one that holds
    everywhere. Raises EditRefused for a name that was never moved."""
    _refuse_without(definitions, LABELS)
    rows = _of(placed, feature, sheet) or _of(placed, feature, None)
    name = called(definitions, feature)
    if not rows:
        raise EditRefused(
            _("{name}的注记没有手动放过，本来就由程序安排。").format(name=followed(name)),
            _("要换地方，请按住它拖动。"),
        )
    return Edit(_("放回注记 {name}").format(name=name), [deleted(one) for one in rows])


def with_labels(edit: Edit, rows: Iterable[Feature]) -> Edit:
    """`edit`, and what it deletes takes the places of its names along; undo brings both back."""
    gone = {(one.layer, one.uid) for one in edit.deltas if one.after is None}
    left = [one for one in rows if (one.text("target_layer"), one.text("target_uid")) in gone]
    return Edit(edit.words, [*edit.deltas, *(deleted(one) for one in left)]) if left else edit


def _of(placed: Sequence[Feature], feature: Feature, sheet: Feature | None) -> list[Feature]:
    wanted = (feature.layer, feature.uid, "" if sheet is None else sheet.uid)
    return [one for one in placed if (one.text("target_layer"), one.text("target_uid"), one.text("sheet")) == wanted]


def _refuse_without(definitions: Definitions, *layers: str) -> None:
    for layer in layers:
        if layer not in definitions:
            raise EditRefused(
                _("这个工作文件没有“{layer}”表，注记的位置没有地方存。").format(layer=layer),
                _("请新建一个工作文件，把图层导入过去。"),
            )
