"""The shipped layers: every one the office needs, its fields and words, and a style that can be drawn and copied."""

import re
from itertools import product

import pytest

from geohazard_desktop.common.places import layer_file
from geohazard_desktop.workspace.definition import LayerDefinition, read_definitions

DEFINITIONS = read_definitions()
LAYERS = {
    "polygon": """susceptibility_zone river_corridor subsidence_area haul_road_buffer open_pit waste_heap danger_zone
        building district subdistrict water settlement neighbour key_area objection_area""",
    "line": "river ground_fissure haul_road evacuation_route road railway",
    "point": "hazard_point warning_sign shelter household facility place landmark bridge objection",
    "none": """household_member person zone_event patrol report card_issue export_log
        attachment label_position sheet style setting""",
}
COMMON = ["id", "name", "source", "surveyed_on", "schematic", "remark"]
LETTERS = {
    "danger_zone": "W",
    "evacuation_route": "L",
    "warning_sign": "J",
    "shelter": "A",
    "hazard_point": "D",
    "household": "H",
    "facility": "S",
    "subsidence_area": "T",
    "ground_fissure": "F",
    "open_pit": "K",
    "waste_heap": "Z",
    "objection": "Y",
}
PERSONAL = {
    "hazard_point": """monitoring_lead monitoring_phone monitor monitor_phone order_giver
        rescue_person security_person medical_person""",
    "danger_zone": "patrol_person patrol_phone",
    "shelter": "contact phone",
    "facility": "contact phone",
    "household": "name head address phone at_home",
    "household_member": "household name sex birth_year age mobility hearing",
    "person": "name post phone roles",
    "objection": "speaker",
}
# What cards, maps and grades need a place for, beyond the common fields.
FIELDS = {
    "hazard_point": """unified_code field_code subdistrict community group address hazard_type scale_class volume_m3
        area_m2 causes threatened_objects threatened_households threatened_people threatened_property_wan geology
        stability trend happened_before monitoring_lead monitoring_phone monitor monitor_phone signs monitoring_methods
        monitoring_cycle criterion alarm_method warning_signal order_giver duty_phone rescue_unit rescue_person
        rescue_phone security_unit security_person security_phone medical_unit medical_person medical_phone
        treatment_advice status closed_on closed_reason danger_zone shelter""",
    "danger_zone": """hazard_type hazard_point reason signs subdistrict must_move_people potential_loss_wan
        warning_signal patrol_person patrol_phone state""",
    "zone_event": "danger_zone step document_no date actor finding text",
    "evacuation_route": "number danger_zone start shelter description landmarks passable",
    "shelter": "kind area_m2 area_per_person capacity contact phone address",
    "warning_sign": "danger_zone text size erected_on erected_by photo",
    "household": """head people house_type at_home address phone subdistrict community group hazard_point danger_zone
        evacuation_route door_note helper helper_phone property_wan notes""",
    "household_member": "household name sex birth_year age mobility hearing",
    "facility": "kind people property_wan unit contact phone",
    "person": "name post unit phone roles subdistrict",
    "river": "seasonal",
    "river_corridor": "width_m width_source derived_from",
    "haul_road": "class",
    "haul_road_buffer": "width_m width_source derived_from",
    "subsidence_area": "mine depth_m state owner",
    "ground_fissure": "mine depth_m state owner",
    "open_pit": "mine depth_m state owner",
    "waste_heap": "mine depth_m state owner",
    "susceptibility_zone": "class hazard_types",
    "bridge": "kind passable",
    "objection": "text role speaker said_at street status answer decided_on",
    "objection_area": "objection",
    "road": "class passable",
    "railway": "class",
    "building": "use floors people",
    "district": "code",
    "subdistrict": "code",
}
STYLED = [name for name, one in DEFINITIONS.items() if one.geometry != "none"]

# The style schema of ARCHITECTURE.md: kind -> geometries, needed parameters, allowed ones.
EVERY, AREA, PATH, PLACE = ("polygon", "line", "point"), ("polygon",), ("line",), ("point",)
SYMBOLS = {
    "fill": (AREA, "color", "opacity"),
    "stroke": (("polygon", "line"), "color width", "dash opacity casing cap"),
    "hatch": (AREA, "color width spacing angle", ""),
    "dots": (AREA, "color diameter spacing", ""),
    "crosses": (AREA, "color width size spacing", ""),
    "waves": (AREA, "color width spacing", ""),
    "ticks": (("polygon", "line"), "color width length spacing", ""),
    "arrows": (PATH, "color size spacing", ""),
    "band": (AREA, "color width", "opacity"),
    "railway": (PATH, "color width dash", ""),
    "double": (PATH, "color inner width inner_width", ""),
    "marker": (PLACE, "name size", "halo size_by shrink_beyond shrink_to"),
    "start_ring": (PATH, "color size width", ""),
}
STYLE_KEYS = {"draw_order", "maximum_scale_denominator", "minimum_scale_denominator", "rule", "label"}
LABEL_KEYS = {
    *("text", "second", "size", "second_size", "color", "family", "bold", "halo", "priority", "placement"),
    *("maximum_scale_denominator", "minimum_scale_denominator"),
}


def rules(layer: str) -> list[dict]:
    return DEFINITIONS[layer].style["rule"]


def symbols(layer: str) -> list[dict]:
    return [symbol for rule in rules(layer) for symbol in rule["symbol"]]


def grey(color: str) -> float:
    """What a black-and-white copier makes of a colour, 0 black to 255 white."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def fields_in(text: str) -> list[str]:
    return re.findall(r"\{(\w+)\}", text)


# -- layers and fields -------------------------------------------------------------------------------------------------


def test_every_layer_is_there_and_no_other():
    expected = {name: geometry for geometry, names in LAYERS.items() for name in names.split()}
    assert {name: one.geometry for name, one in DEFINITIONS.items()} == expected


def test_a_file_is_named_after_its_table():
    assert {path.stem for path in layer_file().glob("*.toml")} == set(DEFINITIONS) | {"_common"}


@pytest.mark.parametrize("layer", DEFINITIONS)
def test_the_common_fields_are_in_every_layer(layer):
    assert set(COMMON) <= set(DEFINITIONS[layer].by_name)


@pytest.mark.parametrize("layer", FIELDS)
def test_what_cards_and_maps_need_has_a_place(layer):
    assert set(FIELDS[layer].split()) <= set(DEFINITIONS[layer].by_name)


def test_letters_of_numbers():
    assert {name: one.letter for name, one in DEFINITIONS.items() if one.letter} == LETTERS


def test_nothing_in_the_id_field_is_required():
    """QGIS and OGR insert rows without our number; a required one would make their second row fail."""
    assert not any(one.by_name["id"].required for one in DEFINITIONS.values())


def test_registers_of_what_left_the_office_are_append_only():
    found = {name for name, one in DEFINITIONS.items() if one.append_only}
    assert found == {"zone_event", "patrol", "report", "card_issue", "export_log"}


def test_helpers_are_not_shown():
    assert {name for name, one in DEFINITIONS.items() if one.helper} == {
        "attachment",
        "label_position",
        "sheet",
        "style",
        "setting",
    }


@pytest.mark.parametrize("layer", PERSONAL)
def test_personal_fields_are_marked(layer):
    assert all(DEFINITIONS[layer].is_personal(name) for name in PERSONAL[layer].split())


def test_no_field_that_looks_personal_is_unmarked():
    words = re.compile(r"姓名|身份证|手机|联系电话|家庭住址|负责人$|责任人$|监测人|经办人|填报人|审核人|签发人|巡查人")
    for layer, one in DEFINITIONS.items():
        for member in one.fields:
            assert not words.search(member.title) or one.is_personal(member.name), (layer, member.title)


@pytest.mark.parametrize("layer", DEFINITIONS)
def test_titles_are_chinese_and_unique_and_aliases_lead_to_one_field(layer):
    seen: dict[str, str] = {}
    for member in DEFINITIONS[layer].fields:
        assert re.search(r"[\u4e00-\u9fff]", member.title)
        for word in {member.title, *member.aliases}:
            assert seen.setdefault(word.casefold(), member.name) == member.name, word


@pytest.mark.parametrize("layer", DEFINITIONS)
def test_defaults_and_values_agree_with_their_type(layer):
    for member in DEFINITIONS[layer].fields:
        assert not member.values or member.type in ("text", "list")
        assert member.type != "list" or member.values, member.name
        assert len(set(member.values)) == len(member.values)
        assert not any("、" in word for word in member.values), "a list is joined by 、"
        assert not member.default or not member.values or member.default in member.values
        assert (member.type == "reference") is bool(member.target)
        assert not member.unit or member.type in ("integer", "real")


def test_quantities_are_never_negative():
    for one in DEFINITIONS.values():
        for member in one.fields:
            if member.unit in ("人", "户", "万元", "m³", "m²", "m²/人", "层"):
                assert member.minimum == 0, (one.table, member.name)


def test_places_in_the_tree_are_all_different():
    orders = [one.order for one in DEFINITIONS.values()]
    assert len(set(orders)) == len(orders)
    assert all(one.group for one in DEFINITIONS.values() if not one.helper)


def test_nothing_of_one_district_stands_in_a_definition():
    for path in layer_file().glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"乌达|乌海|五虎山|黄白茨|苏海图|乌尔特|巴音赛|WD-|150304|4524", text), path.name


# -- styles ------------------------------------------------------------------------------------------------------------


def test_what_has_a_geometry_has_a_style_and_nothing_else_has():
    assert [name for name, one in DEFINITIONS.items() if one.style] == STYLED


@pytest.mark.parametrize("layer", STYLED)
def test_a_style_keeps_to_the_schema(layer):
    style = DEFINITIONS[layer].style
    assert set(style) <= STYLE_KEYS
    assert isinstance(style["draw_order"], int)
    for rule in rules(layer):
        assert set(rule) <= {"label", "where", "symbol", "label_color"}
        assert rule["label"]
        assert rule["symbol"]
    assert len({rule["label"] for rule in rules(layer)}) == len(rules(layer))


@pytest.mark.parametrize("layer", STYLED)
def test_every_symbol_is_one_that_the_painter_knows(layer):
    for symbol in symbols(layer):
        geometries, needed, allowed = SYMBOLS[symbol["kind"]]
        assert DEFINITIONS[layer].geometry in geometries
        names = set(symbol) - {"kind"}
        assert set(needed.split()) <= names <= set(needed.split()) | set(allowed.split()), symbol
        for name in names & {"color", "inner"}:
            assert re.fullmatch(r"#[0-9A-F]{6}", symbol[name])
        for name in names & {"width", "spacing", "diameter", "size", "length", "inner_width"}:
            assert 0 < symbol[name] < 100, name
        assert 0 < symbol.get("opacity", 1) <= 1
        assert len(symbol.get("dash", [])) % 2 == 0
        assert all(part > 0 for part in symbol.get("dash", []))
        assert symbol.get("cap", "flat") in ("flat", "round", "square")
        assert "inner_width" not in symbol or symbol["inner_width"] < symbol["width"]


@pytest.mark.parametrize("layer", STYLED)
def test_conditions_ask_for_fields_and_values_that_exist(layer):
    for rule in rules(layer):
        where = rule.get("where")
        if where is None:
            continue
        member = DEFINITIONS[layer].by_name[where["field"]]
        if "until_today" in where:
            assert where == {"field": member.name, "until_today": True}
            assert member.type == "date"
            continue
        assert set(where) in ({"field", "equals"}, {"field", "in"})
        for value in where.get("in", [where.get("equals")]):
            assert value in member.values if member.values else member.type == "boolean" and isinstance(value, bool)


@pytest.mark.parametrize("layer", STYLED)
def test_no_feature_is_left_undrawn(layer):
    """The last rule takes whatever is left, a feature with an empty field too; no rule stands behind it."""
    assert ["where" in rule for rule in rules(layer)] == [True] * (len(rules(layer)) - 1) + [False]


@pytest.mark.parametrize("layer", STYLED)
def test_labels_say_fields_that_exist_and_nothing_personal(layer):
    definition = DEFINITIONS[layer]
    label = definition.style.get("label")
    if label is None:
        return
    assert set(label) <= LABEL_KEYS
    assert label["family"] in ("hei", "song")
    assert label["placement"] in ("point", "inside", "line", "horizontal")
    assert re.fullmatch(r"#[0-9A-F]{6}", label["color"])
    assert label["size"] >= 7
    assert label.get("second_size", 7) >= 7
    assert ("second" in label) is ("second_size" in label)
    names = fields_in(label["text"]) + fields_in(label.get("second", ""))
    assert names
    assert all(name in definition.by_name and not definition.is_personal(name) for name in names)
    fits = {"polygon": ("inside", "horizontal"), "line": ("line", "horizontal"), "point": ("point", "horizontal")}
    assert label["placement"] in fits[definition.geometry]


def marker_names(definition: LayerDefinition, name: str, where: dict | None) -> list[str]:
    """Every symbol that a marker may ask for: its name with each allowed value of the fields in braces."""
    found = []
    fields = fields_in(name)
    choices = []
    for one in fields:
        values = definition.by_name[one].values
        if where and where["field"] == one:
            values = where.get("in", [where.get("equals")])
        choices.append(values)
    for values in product(*choices):
        found.append(name.format(**dict(zip(fields, values, strict=True))))
    return found


@pytest.mark.parametrize("layer", [one for one in STYLED if DEFINITIONS[one].geometry == "point"])
def test_markers_have_their_drawing_and_their_sizes(layer):
    definition = DEFINITIONS[layer]
    for rule in rules(layer):
        for symbol in rule["symbol"]:
            for name in marker_names(definition, symbol["name"], rule.get("where")):
                folder = layer_file().parent / "resources" / "symbols"
                assert (folder / f"{name}.svg").is_file(), name
            sizes = dict(symbol.get("size_by", {}))
            if sizes:
                member = definition.by_name[sizes.pop("field")]
                assert tuple(sizes) == member.values
                assert list(sizes.values()) == sorted(sizes.values())


# -- what survives a copier --------------------------------------------------------------------------------------------

PALE = {("district", "band"), ("building", "fill")}  # may vanish: the dash line, the edge remain


@pytest.mark.parametrize("layer", STYLED)
def test_lines_survive_a_copier_and_fills_stay_pale(layer):
    for symbol in symbols(layer):
        if "color" not in symbol or (layer, symbol["kind"]) in PALE:
            continue
        if symbol["kind"] == "fill":
            assert grey(symbol["color"]) >= 210, symbol
        else:
            assert grey(symbol["color"]) <= 91.5, symbol


def test_every_class_of_susceptibility_differs_without_its_colour():
    looks = []
    for rule in rules("susceptibility_zone"):
        look = [{key: value for key, value in one.items() if key != "color"} for one in rule["symbol"]]
        assert look not in looks
        looks.append(look)


def test_a_draft_zone_does_not_look_like_a_delimited_one():
    lines = {
        rule["label"]: next(one.get("dash") for one in rule["symbol"] if one["kind"] == "stroke")
        for rule in rules("danger_zone")
    }
    assert lines["地质灾害危险区"] is None
    assert lines["拟划的危险区"]
    assert "拟划" in DEFINITIONS["danger_zone"].by_name["state"].values
    assert "where" not in next(rule for rule in rules("danger_zone") if "拟划" in rule["label"])


def test_the_draw_order_of_the_paper():
    """From print.md: what warns lies above what informs."""
    order = [
        *("neighbour", "susceptibility_zone", "river_corridor", "haul_road_buffer", "settlement", "subsidence_area"),
        *("railway", "road", "ground_fissure", "district", "danger_zone", "evacuation_route", "warning_sign"),
        *("hazard_point", "shelter"),
    ]
    drawn = [DEFINITIONS[name].style["draw_order"] for name in order]
    assert drawn == sorted(drawn)
    everything = [DEFINITIONS[name].style["draw_order"] for name in STYLED]
    assert len(set(everything)) == len(everything)


@pytest.mark.parametrize(
    ("layer", "kind", "values"),
    [
        ("danger_zone", "stroke", {"color": "#D7000F", "width": 0.75, "casing": 1.0}),
        ("danger_zone", "hatch", {"color": "#D7000F", "width": 0.2, "spacing": 1.7, "angle": 45}),
        ("evacuation_route", "stroke", {"color": "#1B6E45", "width": 1.15}),
        ("evacuation_route", "arrows", {"spacing": 25}),
        ("river_corridor", "waves", {"color": "#134F7E", "width": 0.24, "spacing": 4.2}),
        ("subsidence_area", "crosses", {"color": "#5B3E96", "width": 0.24, "size": 1.1, "spacing": 3.4}),
        ("ground_fissure", "ticks", {"length": 1.1, "spacing": 1.6}),
        ("haul_road", "double", {"width": 1.1, "inner_width": 0.55}),
        ("district", "band", {"color": "#D9A7C7", "width": 1.6}),
        ("shelter", "marker", {"size": 6.0}),
        ("warning_sign", "marker", {"size": 3.9}),
    ],
)
def test_sizes_and_colours_that_the_paper_was_tried_with(layer, kind, values):
    found = [one for one in symbols(layer) if one["kind"] == kind]
    assert any(values.items() <= one.items() for one in found)
