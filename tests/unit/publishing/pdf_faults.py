"""What the standards want of a PDF, read from the file itself: PDF/UA-1 (ISO 14289-1) and PDF/A-2 (ISO 19005-2).

Typst refuses much of it by itself; this reads the finished file, so that a template or a later Typst can't lose it.
Clauses are named in the comments.
"""

import io
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pikepdf

FORBIDDEN = {"/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/SetOCGState", "/Rendition"}


def pdf_ua_faults(pdf: bytes) -> list[str]:
    """What keeps a file from being PDF/UA-1."""
    with pikepdf.open(io.BytesIO(pdf)) as doc, doc.open_metadata() as said:
        root = doc.Root
        faults = []
        if said.get("pdfuaid:part") != "1":  # 5
            faults.append("the metadata do not say PDF/UA-1")
        if not said.get("dc:title"):  # 7.1
            faults.append("no title in the metadata")
        if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):  # 7.1
            faults.append("the title is not displayed")
        if not str(root.get("/Lang", "")):  # 7.2
            faults.append("no language")
        if not root.get("/MarkInfo", {}).get("/Marked", False):  # 7.1
            faults.append("not marked as tagged")
        tags = list(_tags(root.get("/StructTreeRoot", pikepdf.Dictionary()).get("/K")))
        kinds = [str(one.S) for one in tags]
        if "/Document" not in kinds:
            faults.append("no document in the structure")
        for one in tags:
            if str(one.S) == "/Figure" and not str(one.get("/Alt", one.get("/ActualText", ""))):  # 7.3
                faults.append("a figure without words")
            if str(one.S) == "/TH" and "/Scope" not in _attributes(one):  # 7.5
                faults.append("a table header without scope")
            if str(one.S)[:2] == "/H" and str(one.get("/P", {}).get("/S", "")) == "/P":
                faults.append("a heading within a paragraph")
        levels = [int(kind[2:]) for kind in kinds if kind[:2] == "/H" and kind[2:].isdigit()]
        if levels and levels[0] != 1:  # 7.4.2
            faults.append("headings do not begin with the first level")
        if any(below > above + 1 for above, below in pairwise(levels)):  # 7.4.2
            faults.append("headings leave a level out")
        return faults + list(_unmarked(doc)) + list(_fonts(doc))


def pdf_a_faults(pdf: bytes, level: str) -> list[str]:
    """What keeps a file from being PDF/A-2 of the level "A" or "B"."""
    with pikepdf.open(io.BytesIO(pdf)) as doc, doc.open_metadata() as said:
        root = doc.Root
        faults = []
        if (said.get("pdfaid:part"), said.get("pdfaid:conformance")) != ("2", level):  # 6.6.4
            faults.append(f"the metadata do not say PDF/A-2{level.lower()}")
        if doc.is_encrypted or "/ID" not in doc.trailer:  # 6.1.3
            faults.append("encrypted, or without an identifier")
        intents = list(root.get("/OutputIntents", []))
        if not any(str(one.get("/S")) == "/GTS_PDFA1" and "/DestOutputProfile" in one for one in intents):  # 6.2.3
            faults.append("no output intent with a profile")
        if doc.docinfo.get("/Title") is not None and str(doc.docinfo["/Title"]) != said.get("dc:title"):
            faults.append("two titles that differ")
        if "/AA" in root or "/EmbeddedFiles" in root.get("/Names", {}):  # 6.5, 6.8
            faults.append("additional actions or embedded files")
        for thing in doc.objects:
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                if str(thing.get("/S", "")) in FORBIDDEN:  # 6.5.1
                    faults.append(f"an action {thing.S}")
                if isinstance(thing, pikepdf.Stream) and "/LZWDecode" in str(thing.get("/Filter", "")):  # 6.1.7.2
                    faults.append("LZW compression")
                if str(thing.get("/Subtype", "")) == "/Image" and thing.get("/Interpolate", False):  # 6.2.8
                    faults.append("an interpolated picture")
                if str(thing.get("/Type", "")) == "/ExtGState" and "/TR" in thing:  # 6.2.5
                    faults.append("a transfer function")
        if level == "A" and not root.get("/MarkInfo", {}).get("/Marked", False):  # 6.7
            faults.append("not marked as tagged")
        return faults + list(_fonts(doc))


def headings(pdf: bytes) -> int:
    """How many headings of the first level a screen reader can jump to."""
    with pikepdf.open(io.BytesIO(pdf)) as doc:
        return sum(str(one.S) == "/H1" for one in _tags(doc.Root.StructTreeRoot.K))


def stops(pdf: bytes) -> list[tuple[str, str]]:
    """(kind, words about it) of each tag in the order in which it is read."""
    with pikepdf.open(io.BytesIO(pdf)) as doc:
        return [(str(one.S)[1:], str(one.get("/Alt", ""))) for one in _tags(doc.Root.StructTreeRoot.K)]


def headless_tables(pdf: bytes) -> int:
    """Tables without one header cell."""
    with pikepdf.open(io.BytesIO(pdf)) as doc:
        tables = [one for one in _tags(doc.Root.StructTreeRoot.K) if str(one.S) == "/Table"]
        return sum(all(str(cell.S) != "/TH" for cell in _tags(one.get("/K"))) for one in tables)


def _tags(node: Any) -> Iterator[Any]:
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from _tags(one)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _tags(node.K)


def _attributes(tag: Any) -> set[str]:
    found = tag.get("/A")
    each = list(found) if isinstance(found, pikepdf.Array) else [found] if found is not None else []
    return {key for one in each if isinstance(one, pikepdf.Dictionary) for key in one}


def _unmarked(doc: pikepdf.Pdf) -> Iterator[str]:
    """Text and pictures are content with a tag or an artifact, never neither (7.1, clauses 1 to 3)."""
    for number, page in enumerate(doc.pages, 1):
        depth = 0
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            if operator in ("BDC", "BMC"):
                depth += 1
            elif operator == "EMC":
                depth -= 1
            elif (
                operator in ("Tj", "TJ", "'", '"', "Do", "sh", "f", "f*", "S", "s", "B", "B*", "b", "b*") and depth < 1
            ):
                yield f"page {number}: {operator} is neither tagged nor an artifact"
                break


def _fonts(doc: pikepdf.Pdf) -> Iterator[str]:
    """Embedded as subsets, with Unicode for each glyph (PDF/UA 7.21, PDF/A 6.2.11)."""
    for thing in doc.objects:
        if not isinstance(thing, pikepdf.Dictionary) or str(thing.get("/Type", "")) != "/Font":
            continue
        name = str(thing.get("/BaseFont", ""))
        below = thing.get("/DescendantFonts")
        if below is not None:
            descriptor = below[0].get("/FontDescriptor", {})
            if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                yield f"the font {name} is not embedded"
            if "+" not in name:
                yield f"the font {name} is not a subset"
            if "/ToUnicode" not in thing:
                yield f"the font {name} has no Unicode"
        elif str(thing.get("/Subtype", "")) in ("/Type1", "/TrueType"):
            yield f"the simple font {name} is not embedded"
