"""A batch that lies ready is not printed unsaid after some of its households got a newer card."""

from geohazard_desktop.desktop.papers.publisher import Order, Result
from geohazard_desktop.desktop.papers.replaced_papers import replaced_in
from geohazard_desktop.desktop.papers.results_page import ResultsPage
from geohazard_desktop.publishing.products import PRODUCTS
from geohazard_desktop.workspace.edits import change_values
from geohazard_desktop.workspace.workspace import Workspace

NUMBERS = ("WD-H-0036", "WD-H-0037", "WD-H-0038")


def phones(ws, uids, phone):
    homes = [ws.feature("household", uid) for uid in uids]
    ws.apply(change_values(ws.definitions, homes, {"phone": phone}))


def test_the_old_volume_says_how_many_of_its_households_were_replaced(application, demo_path, tmp_path):
    cards = PRODUCTS["cards_household"]
    page = ResultsPage()
    with Workspace.open(demo_path) as ws:
        page.replaced = lambda codes: replaced_in(ws, codes)
        homes = [one for one in ws.table("household") if one.text("id") in NUMBERS]
        uids = [one.uid for one in homes]

        def ordered(folder, **options):
            report = cards.publish(ws, tmp_path / folder, options, uids=uids)
            order = Order("cards_household", cards.title, tmp_path / folder, options)
            page.show_result(Result(order, report.files, [], [], 1, 1.0, made_now=report.made_now, codes=report.codes))
            return report

        ordered("一", together=True)
        assert [page.list.item(row).text() for row in range(page.list.count())] == ["避险明白卡_WD-H-0036等3份.pdf"]
        phones(ws, uids[:2], "139 0000 0077")
        report = ordered("二", changed_only=True)
        assert len(report.files) == 2
        told = [page.list.item(row).text() for row in range(page.list.count())]
        assert told[-1].split("\n")[1:] == ["里面有 2 户已被代替"]
        assert all("代替" not in one for one in told[:-1])
        assert any("以前出的" in one and "里面有 2 户已被代替" in one for one in page.told.texts())
        phones(ws, uids[:1], "139 0000 0078")
        ordered("三", changed_only=True, copies="1")
        told = [page.list.item(row).text() for row in range(page.list.count())]
        assert sum(one.endswith("\n已被代替") for one in told) == 1
        assert all(path.exists() for path in page.results)  # nothing is deleted
