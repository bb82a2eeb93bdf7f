"""Every failure has a class, a code of its own, a sentence and a remedy."""

import importlib
import pkgutil

import geohazard_desktop
from geohazard_desktop.common.errors import GeohazardError


def _classes(of: type[GeohazardError]) -> list[type[GeohazardError]]:
    return [of, *(deeper for one in of.__subclasses__() for deeper in _classes(one))]


def test_sentence_and_remedy_make_the_message():
    error = GeohazardError("文件打不开。", "请换一个文件。")
    assert str(error) == "文件打不开。请换一个文件。"
    assert (error.sentence, error.remedy) == ("文件打不开。", "请换一个文件。")


def test_every_class_has_a_code_of_its_own():
    for floor in ("common", "domain", "workspace", "exchange", "analysis", "checks", "publishing"):
        for module in pkgutil.walk_packages(
            [f"{geohazard_desktop.__path__[0]}/{floor}"], f"geohazard_desktop.{floor}."
        ):
            importlib.import_module(module.name)
    codes = {one: one.code for one in _classes(GeohazardError)}
    own = [one.code for one in codes if "code" in vars(one)]
    assert len(own) == len(set(own)), sorted(own)
    assert [one.__name__ for one in codes if "code" not in vars(one)] == []
