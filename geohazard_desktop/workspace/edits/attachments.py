"""Photos of a feature: rows of the `attachment` layer, whose files the workspace keeps by their digest."""

from collections.abc import Iterable, Mapping, Sequence

from geohazard_desktop.common.errors import EditRefused
from geohazard_desktop.common.texts import _
from geohazard_desktop.workspace.edits.wording import Definitions, called, followed, led
from geohazard_desktop.workspace.feature import Edit, Feature, Value, changed, deleted, inserted, new_uid

ATTACHMENTS = "attachment"
PHOTO = "照片"


def attach_photos(definitions: Definitions, feature: Feature, photos: Sequence[Mapping[str, Value]]) -> Edit:
    """One row for each of `photos` (values of the layer: file_name, media_type, digest, taken_at …), in one step.

    Fields that an older workspace's definition lacks are left out. Raises EditRefused where there is no such layer.
    """
    if ATTACHMENTS not in definitions:
        raise EditRefused(_("这个工作文件没有“附件”表，照片没有地方存。"), _("请新建一个工作文件，把图层导入过去。"))
    known = definitions[ATTACHMENTS].by_name
    deltas = []
    for photo in photos:
        values = {"target_layer": feature.layer, "target_uid": feature.uid, "kind": PHOTO, **photo}
        kept = {name: value for name, value in values.items() if name in known}
        deltas.append(inserted(Feature(ATTACHMENTS, new_uid(), None, kept)))
    words = _("给{name}附 {count} 张照片").format(name=followed(led(called(definitions, feature))), count=len(deltas))
    return Edit(words, deltas)


def change_photo(definitions: Definitions, feature: Feature, row: Feature, values: Mapping[str, Value]) -> Edit:
    """A photo's caption, day or turning. No delta where nothing is new."""
    after = row.with_values(**{name: value for name, value in values.items() if name in definitions[row.layer].by_name})
    words = _("改{name}的照片").format(name=followed(led(called(definitions, feature))))
    return Edit(words, [] if after.same_as(row) else [changed(row, after)])


def delete_photos(definitions: Definitions, feature: Feature, rows: Sequence[Feature]) -> Edit:
    """Take photos off a feature; the file stays in the workspace, so that undo brings them back."""
    words = _("删除{name}的 {count} 张照片").format(name=followed(led(called(definitions, feature))), count=len(rows))
    return Edit(words, [deleted(one) for one in rows])


def photos_of(rows: Iterable[Feature], feature: Feature) -> list[Feature]:
    """Those of the layer's `rows` that are photos of `feature`, in the order they were attached."""
    return [one for one in rows if one.text("target_layer") == feature.layer and one.text("target_uid") == feature.uid]


def with_photos(edit: Edit, rows: Iterable[Feature]) -> Edit:
    """`edit`, and what it deletes takes its photos along; undo brings both back."""
    gone = {(one.layer, one.uid) for one in edit.deltas if one.after is None}
    left = [one for one in rows if (one.text("target_layer"), one.text("target_uid")) in gone]
    if not left:
        return edit
    words = _("{words}，连同 {count} 张照片").format(words=edit.words, count=len(left))
    return Edit(words, [*edit.deltas, *(deleted(one) for one in left)])
