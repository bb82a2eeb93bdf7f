"""Pictures that a form's data speak of are found in their JSON, wherever they stand."""

import json

from geohazard_desktop.publishing.paper_pictures import picture_names


def test_each_picture_is_named_once_however_deep_it_stands():
    data = {"cards": [{"back": {"map": {"picture": "a", "over": "b"}, "qr": None}}, {"inset": "a", "sign": 'c"\\'}]}
    assert picture_names(json.dumps(data, ensure_ascii=False)) == ["a", "b", 'c"\\']


def test_a_text_that_looks_like_a_picture_is_none():
    data = {"notes": '他写："picture": "甲"', "picture_of": "乙", "words": ["picture", "丙"]}
    assert picture_names(json.dumps(data, ensure_ascii=False)) == []
