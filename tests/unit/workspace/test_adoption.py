"""Fields that the program's checks and papers ask for stand in a workspace that was made before there were such."""

from earlier_day import take_fields
from shapely import Point

from geohazard_desktop.analysis.whom_to_call import whom_to_call
from geohazard_desktop.workspace.definition import read_definitions
from geohazard_desktop.workspace.edits import change_values, create_feature
from geohazard_desktop.workspace.issuer import CONTACT, PERSONAL, issuer
from geohazard_desktop.workspace.workspace import Workspace

HELPER = ("helper", "helper_phone")


def test_a_household_of_an_earlier_day_can_be_given_its_helper(workspace):
    """The check of who can't walk calls it an error and says to fill in these fields: they must be there."""
    path = workspace.path
    values = {"id": "SL-H-0001", "head": "赵示例"}
    workspace.apply(create_feature(workspace.definitions, "household", Point(36_400_000, 4_370_000), values))
    workspace.close()
    take_fields(path, "household", HELPER)
    before = path.read_bytes()
    with Workspace.open(path, read_only=True) as ws:
        assert [one.text("helper") for one in ws.table("household")] == [""]
    assert path.read_bytes() == before  # opening changes nothing
    with Workspace.open(path) as ws:
        names = [one.name for one in ws.definitions["household"].fields]
        assert names == [one.name for one in read_definitions()["household"].fields]  # where a form has them today
        (home,) = ws.table("household")
        ws.apply(change_values(ws.definitions, [home], {"helper": "周示例", "helper_phone": "139 0000 0005"}))
        (home,) = ws.table("household")
        call = whom_to_call(home, None, None, {})
        assert call is not None
        assert (call.who, call.phone, call.own) == ("周示例", "139 0000 0005", True)
        ws.undo()
        assert next(iter(ws.table("household"))).text("helper") == ""


def test_a_workspace_of_an_earlier_day_takes_hearing_and_when_somebody_is_at_home(workspace):
    path = workspace.path
    workspace.apply(
        create_feature(workspace.definitions, "household", Point(36_400_000, 4_370_000), {"head": "赵示例"})
    )
    workspace.close()
    take_fields(path, "household", ("at_home",))
    take_fields(path, "household_member", ("hearing",))
    before = path.read_bytes()
    with Workspace.open(path, read_only=True) as ws:
        assert ws.definitions["household"].by_name["at_home"].personal
    assert path.read_bytes() == before
    with Workspace.open(path) as ws:
        (home,) = ws.table("household")
        ws.apply(change_values(ws.definitions, [home], {"at_home": "夜里没人"}))
        told = {"household": home.uid, "name": "赵示例", "hearing": "听不见"}
        ws.apply(create_feature(ws.definitions, "household_member", None, told))
        assert [one.text("hearing") for one in ws.table("household_member")] == ["听不见"]
        assert [one.text("at_home") for one in ws.table("household")] == ["夜里没人"]
        ws.undo()
        ws.undo()
        assert [one.text("at_home") for one in ws.table("household")] == [""]


def test_a_point_of_an_earlier_day_takes_what_the_plan_table_asks_for(workspace):
    path = workspace.path
    workspace.apply(
        create_feature(workspace.definitions, "hazard_point", Point(36_400_000, 4_370_000), {"name": "东坡"})
    )
    workspace.close()
    take_fields(path, "hazard_point", ("geology",))
    with Workspace.open(path) as ws:
        names = [one.name for one in ws.definitions["hazard_point"].fields]
        assert names.index("geology") == names.index("stability") - 1
        (point,) = ws.table("hazard_point")
        ws.apply(change_values(ws.definitions, [point], {"geology": "薄层黄土"}))
        assert [one.text("geology") for one in ws.table("hazard_point")] == ["薄层黄土"]


def test_who_answers_for_the_cards_is_personal_in_a_workspace_of_an_earlier_day(workspace):
    assert workspace.settings().keys().isdisjoint(PERSONAL)
    path = workspace.path
    workspace.close()
    take_fields(path, "setting", PERSONAL.values())
    before = path.read_bytes()
    with Workspace.open(path, read_only=True) as ws:
        assert issuer(ws) == {}
        assert all(ws.definitions["setting"].is_personal(one) for one in PERSONAL.values())
    assert path.read_bytes() == before
    with Workspace.open(path) as ws:
        row = {"key": CONTACT, "name": "发放单位负责人", PERSONAL[CONTACT]: "吴示例"}
        ws.apply(create_feature(ws.definitions, "setting", None, row))
        assert issuer(ws) == {CONTACT: "吴示例"}
        assert ws.setting(CONTACT) == "", "what public papers are made of does not hold it"
        ws.undo()
        assert issuer(ws) == {}
