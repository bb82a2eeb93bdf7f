"""A layer that left, as its row of 导出登记."""

from geohazard_desktop.exchange.layer_order import LayerOrder, LayerReport
from geohazard_desktop.workspace.edits.export_entry import enter_export
from geohazard_desktop.workspace.feature import Edit
from geohazard_desktop.workspace.identity import this_identity
from geohazard_desktop.workspace.workspace import Workspace


def layer_entry(ws: Workspace, order: LayerOrder, report: LayerReport, recipient: str, digest: str) -> Edit | None:
    """The entry for `recipient`; `digest` is of the file that names the others (the last). None where the workspace
    keeps no such register."""
    public = order.profile == "public"
    return enter_export(
        ws.definitions,
        actor=this_identity().actor,
        public=public,
        file_name=report.files[-1].name,
        layer=order.layer,
        features=report.features,
        personal=bool(report.personal),
        coordinates=report.coordinates,
        digest=digest,
        review_number=ws.setting("review.number") if public else "",
        recipient=recipient,
    )
