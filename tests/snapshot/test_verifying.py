"""Verifying: a sentence for everything that is not as the manifest says."""

import pytest

from footprint import snapshot


@pytest.fixture
def folder(root, write):
    return root / write("one")


def rewrite(path, content):
    path.chmod(0o644)
    path.write_bytes(content)


def test_a_whole_snapshot_has_nothing_wrong(folder):
    assert snapshot.verify(folder) == []


@pytest.mark.parametrize(
    ("spoil", "sentences"),
    [
        (lambda f: (f / "segments/people/names.txt").unlink(), ["people/names.txt is missing."]),
        (lambda f: rewrite(f / "segments/people/names.txt", b"onf"), ["people/names.txt was altered."]),
        (lambda f: rewrite(f / "segments/people/names.txt", b"o"), ["people/names.txt was altered."]),
        (
            lambda f: (f / "segments/people/more.txt").write_text("x"),
            ["segments/people/more.txt does not belong to the snapshot."],
        ),
        (lambda f: (f / "note").write_text("x"), ["note does not belong to the snapshot."]),
        (lambda f: (f / "link").symlink_to("nowhere"), ["link does not belong to the snapshot."]),
    ],
)
def test_each_fault_has_its_sentence(folder, spoil, sentences):
    spoil(folder)
    assert snapshot.verify(folder) == sentences


def test_an_altered_manifest_contradicts_its_name(folder):
    manifest = folder / "manifest.json"
    rewrite(manifest, manifest.read_bytes().replace(b'"stamp": "one"', b'"stamp": "two"'))
    assert snapshot.verify(folder) == [
        f"The manifest of {folder.name} was altered: its id does not fit what it lists."
    ]


def test_a_renamed_snapshot_contradicts_its_manifest(folder):
    other = folder.rename(folder.with_name("20261123T071700Z-00000000"))
    assert snapshot.verify(other) == [f"{other.name} has the manifest of {folder.name}."]


@pytest.mark.parametrize("content", [b"", b"{}", b'{"format": 1}'])
def test_a_manifest_that_cannot_be_read_is_one_fault(folder, content):
    rewrite(folder / "manifest.json", content)
    assert snapshot.verify(folder) == [f"{folder} holds no snapshot: its manifest.json cannot be read."]
