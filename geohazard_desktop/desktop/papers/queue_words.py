"""What stands in the queue of one line: whose, on which paper, for what use, how many sheets come out of it."""

from collections.abc import Mapping

from geohazard_desktop.common.texts import _
from geohazard_desktop.publishing.batch import BatchLine
from geohazard_desktop.publishing.issues.last_copies import AS_LAST, copies_by_subject
from geohazard_desktop.publishing.paper_subjects import paper_subject
from geohazard_desktop.publishing.product import CHANGED_ONLY, Option, OptionValue, Product
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.workspace.workspace import Workspace

COPIES = "copies"
_ALWAYS = ("paper", "profile", "size", "form")  # told though nobody chose another


def line_words(ws: Workspace, line: BatchLine, papers: int, sheets: int | None) -> str:
    """Two lines of text. `sheets`: all copies together; None: as many as before, which is not known yet."""
    product = PRODUCTS[line.product]
    title = "　".join(one for one in (product.title, _subject(ws, product, line)) if one)
    count = _("{count} 份里变了的") if line.options.get(CHANGED_ONLY.key) else _("{count} 份")
    told = [*_choices(product, line.options), count.format(count=papers) + _copies(line, papers, sheets)]
    return f"{title}\n{'，'.join(told)}"


def sheets_of(options: Mapping[str, OptionValue], uids: list[str], papers: int, last: Mapping[str, int]) -> int:
    """How many sheets `papers` are with all their copies; `last` are the copies of those that had several before."""
    copies = str(options.get(COPIES, "1"))
    if copies == AS_LAST:
        return papers + sum(last.get(uid, 1) - 1 for uid in uids)
    return papers * int(copies)


def sheets_in_queue(ws: Workspace, line: BatchLine, papers: int) -> int:
    """As `sheets_of`, of a line that was left from another day."""
    product = PRODUCTS[line.product]
    uids = list(line.uids if line.uids is not None else ())
    if product.subjects and line.uids is None and line.options.get(COPIES) == AS_LAST:
        uids = list(ws.attributes(product.subjects).uids)
    last = copies_by_subject(ws, product.key, uids) if line.options.get(COPIES) == AS_LAST else {}
    return sheets_of(line.options, uids, papers, last)


def _subject(ws: Workspace, product: Product, line: BatchLine) -> str:
    if not product.subjects:
        return ""
    title = ws.definitions[product.subjects].title if product.subjects in ws.definitions else ""
    if line.uids is None:
        return _("全部{layer}").format(layer=title)
    if len(line.uids) > 1 and product.subjects == "household":
        return _("{count} 户").format(count=len(line.uids))
    if len(line.uids) > 1:
        return _("{count} 个{layer}").format(count=len(line.uids), layer=title)
    feature = paper_subject(ws, product.subjects, line.uids[0]) if line.uids else None
    if feature is None:
        return ""
    name = feature.text("head") or feature.text("name")
    return " ".join(one for one in (feature.text("id") or feature.text("code"), name) if one)


def _choices(product: Product, options: Mapping[str, OptionValue]) -> list[str]:
    """Paper and use, and whatever else was chosen otherwise than it is by default."""
    told = []
    for one in product.options:
        value = options.get(one.key, one.default)
        shown = one.key in (*_ALWAYS, *product.series) or value != one.default
        if shown and one.key not in (COPIES, CHANGED_ONLY.key) and (words := _value(one, value)):
            told.append(words)
    return told


def _value(option: Option, value: OptionValue) -> str:
    if option.kind == "choice":
        return dict(option.values).get(str(value), str(value))
    if option.kind == "switch":
        return option.label if value else _("不{what}").format(what=option.label)
    return f"{option.label} {value}" if option.kind in ("number", "text") else ""


def _copies(line: BatchLine, papers: int, sheets: int | None) -> str:
    copies = line.options.get(COPIES, "1")
    if sheets is None:
        return _("，份数和上次发的一样")
    if sheets == papers:
        return ""
    if copies == AS_LAST:
        return _("，和上次一样多，共 {sheets} 张").format(sheets=sheets)
    return _("，一式 {copies} 份，共 {sheets} 张").format(copies=copies, sheets=sheets)
