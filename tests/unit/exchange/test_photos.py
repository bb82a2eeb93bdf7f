"""A photo comes in small enough, upright and without what tells of its owner; what can't be read is said."""

import io

import pytest
from photo_files import WUDA, jpeg
from PIL import Image

from geohazard_desktop.common.errors import ImportRefused
from geohazard_desktop.exchange.photos import LONG_SIDE, MOST_BYTES, read_photo


def picture(photo) -> Image.Image:
    return Image.open(io.BytesIO(photo.data))


def test_date_and_place_are_told_and_the_copy_carries_no_exif():
    photo = read_photo(jpeg(taken="2026:07:18 09:30:00", place=WUDA), "IMG_1.jpg")
    assert photo.taken_at == "2026-07-18T09:30:00"
    assert photo.place == pytest.approx(WUDA, abs=1e-6)
    assert not picture(photo).getexif()
    assert photo.notes == []
    assert photo.values("d")["longitude"] == pytest.approx(WUDA[0], abs=1e-6)


def test_a_large_photo_is_scaled_below_two_megabytes_and_its_size_before_is_known(tmp_path):
    path = tmp_path / "大图.jpg"
    path.write_bytes(jpeg((4000, 3000), noise=True))
    photo = read_photo(path)
    assert photo.name == "大图.jpg"
    assert len(photo.data) <= MOST_BYTES < photo.original_bytes == path.stat().st_size
    assert photo.original_size == (4000, 3000)
    assert max(photo.width, photo.height) <= LONG_SIDE
    assert photo.width / photo.height == pytest.approx(4 / 3, abs=0.01)


def test_a_photo_held_upright_stands_upright_in_the_copy():
    photo = read_photo(jpeg((640, 480), turned=6), "竖.jpg")
    assert (photo.width, photo.height) == (480, 640)
    red = picture(photo).getpixel((470, 10))
    assert red[0] > 150 > red[1], "the upper left corner is the upper right one now"


def test_what_is_transparent_becomes_white():
    target = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(target, "PNG")
    assert picture(read_photo(target.getvalue(), "剪贴.png")).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "HEIC"),
        (b"not a picture at all", "不是能打开的照片"),
        (jpeg()[:900], "已损坏"),
        (b"", "不是能打开的照片"),
    ],
)
def test_what_is_no_photo_is_refused_by_its_name(data, said):
    with pytest.raises(ImportRefused) as refusal:
        read_photo(data, "IMG_2.HEIC")
    assert said in refusal.value.sentence
    assert "IMG_2.HEIC" in refusal.value.sentence
    assert refusal.value.remedy


def test_a_photo_that_is_gone_is_refused_by_its_name(tmp_path):
    with pytest.raises(ImportRefused, match=r"没有了\.jpg"):
        read_photo(tmp_path / "没有了.jpg")


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_broken_exif_is_ignored_and_said():
    whole = jpeg(taken="2026:07:18 09:30:00", place=WUDA)
    at = whole.index(b"Exif\0\0") + 6
    photo = read_photo(whole[: at + 4] + b"\xff\xff\xff\x7f" + whole[at + 8 :], "坏信息.jpg")
    assert photo.taken_at is None
    assert photo.place is None
    assert picture(photo).size == (640, 480)
    assert "拍摄信息读不懂" in photo.notes[0]
    unread = read_photo(jpeg(taken="yesterday"), "无日期.jpg")
    assert unread.taken_at is None
    assert "拍摄信息读不懂" in unread.notes[0]


def test_a_phone_without_a_fix_has_no_place():
    photo = read_photo(jpeg(place=(0.0, 0.0)), "室内.jpg")
    assert photo.place is None
    assert photo.notes == []
