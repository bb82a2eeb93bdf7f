"""Draws the demo of 乌达区 from plain facts into layers/demo/150304/. Run by hand, from anywhere:

    python layers/demo/authoring/author.py

The same code gives the same files, byte for byte. Everything is drawn from published names, places and figures (see
about.toml); outlines, streets, houses and people are invented and stored with schematic = true. No outline of any
map service or data set is copied.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from shapely import unary_union

from authoring import base, base_features, hazards, people, registers
from authoring.build_sites import add_site, add_ways, build
from authoring.ground import Ground, draw_coverage, draw_ground
from authoring.joined import join_ends
from authoring.key_areas import add_key_areas
from authoring.lines import Lines, draw_lines
from authoring.output import Drawing, layer_fields
from authoring.shared_edges import ring_nodes, with_nodes
from authoring.site_plans import plans

FOLDER = Path(__file__).resolve().parent.parent / "150304"
SHELTER_KEEPERS = ("陶范例", "姜范例", "戚范例", "谢范例", "邹范例", "喻范例", "柏范例", "水范例", "窦范例")


def main() -> None:
    """Draw everything and write it; prints counts and shares."""
    lines = draw_lines()
    ground = draw_ground(lines)
    drawing = draw(lines, ground)
    drawing.write(FOLDER, layer_fields(FOLDER.parent.parent))
    for table, rows in sorted(drawing.features.items()):
        print(f"{table:22}{len(rows):6}")


def draw(lines: Lines, ground: Ground) -> Drawing:
    """All layers in the order in which they lean on each other."""
    drawing = Drawing()
    beds = unary_union(
        [line.buffer(24) for line in lines.gullies.values()]
        + [line.buffer(26) for _kind, line in base.trunk_roads().values()]
        + [lines.water.buffer(30)]
    )
    built = [build(site, beds) for site in plans(lines)]
    people.choose_homes(built, {"W3": lines.gullies["乌尔特河"], "W4": lines.gullies["苏海图河"]})
    by_key = {one.site.key: one for one in built}
    register = people.People()
    register.add_persons(drawing)

    units, around = base.subdistricts(lines), base.neighbours(lines)
    coverage = draw_coverage(lines, ground, [by_key["W5"].zone, by_key["W8"].zone])
    faces = [face for _name, face in coverage.faces]
    nodes = ring_nodes(lines.district, [*units.values(), *around.values(), *faces])
    coverage.faces = [(name, with_nodes(face, nodes)) for name, face in coverage.faces]
    units = {name: with_nodes(one, nodes) for name, one in units.items()}
    around = {name: with_nodes(one, nodes) for name, one in around.items()}
    base_features.add_divisions(drawing, with_nodes(lines.district, nodes), units, around)
    print({name: round(one, 4) for name, one in coverage.shares.items()})
    base_features.add_coverage(drawing, coverage)
    base_features.add_waters(drawing, lines, ground)
    base_features.add_mines(drawing, ground)
    base_features.add_traffic(drawing, lines, ground)
    for one in built:
        add_site(drawing, one)
    base_features.add_town(drawing, lines)
    base_features.add_villages(drawing, lines)
    base_features.add_settlements(drawing, built)
    join_ends(drawing, "road")
    base_features.add_bridges(drawing, lines)
    base_features.add_places(drawing, lines)

    keepers = dict(zip((s.name for one in built for s in one.site.shelters), SHELTER_KEEPERS, strict=True))
    phones = {shelter: (name, register.by_name[name][1]) for shelter, name in keepers.items()}
    for one in built:
        add_ways(drawing, one, phones)
    people.add_households(drawing, built)
    hazards.add_hazard_points(drawing, built, register)
    hazards.add_zones(drawing, built, register)
    hazards.add_facilities(drawing, by_key, register)
    add_key_areas(drawing, lines, ground, by_key)
    registers.add_registers(drawing)
    return drawing


if __name__ == "__main__":
    main()
