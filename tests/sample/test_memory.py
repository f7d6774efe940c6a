"""The borough is made block by block and written as it is made: what is held does not grow with the borough."""

from itertools import islice

from footprint.sample import borough as writing
from footprint.sample import truth
from footprint.sample.delivery import DailyFile
from footprint.sample.timeline import Timeline
from footprint.sample.world.blocks import BLOCK, World
from tests.sample.conftest import END


def test_blocks_come_one_at_a_time_however_many_there_will_be():
    world = World(50_000_000, 1, Timeline(END))
    sizes = [len(block.people) for block in islice(world.blocks(), 6)]
    assert all(BLOCK <= size < BLOCK + 20 for size in sizes)


def test_places_of_far_blocks_are_not_kept():
    world = World(10_000, 1, Timeline(END))
    codes = set()
    for block in range(0, 4_000, 97):
        codes.add(world.gazetteer.neighbourhood(block).special_postcodes)
    assert len(codes) == len(range(0, 4_000, 97))
    assert len(world.gazetteer._kept) <= 16


def test_rows_wait_for_no_more_than_a_few_blocks(tmp_path, monkeypatch):
    """The text waiting to be written, at its largest, is the same for two thousand people and for five thousand."""
    monkeypatch.setattr(writing, "FLUSH_EVERY", 1)
    largest = {}
    for residents in (2_000, 5_000):
        waiting: list[int] = []
        flush = DailyFile.flush

        def count(self, flush=flush, waiting=waiting):
            waiting.append(sum(text.tell() for text in self._waiting.values()))
            flush(self)

        with monkeypatch.context() as patch:
            patch.setattr(DailyFile, "flush", count)
            writing.write_borough(tmp_path / str(residents), residents=residents, seed=1, end=END)
        largest[residents] = max(waiting)
    assert largest[5_000] < 1.6 * largest[2_000]


def test_truth_is_written_in_pieces_that_are_put_together(tmp_path, monkeypatch):
    monkeypatch.setattr(truth, "PIECE", 7)
    pieces = truth.Pieces(tmp_path / "numbers.parquet", {"number": truth.pl.Int64})
    for number in range(40):
        pieces.add((number,))
        assert len(pieces._waiting) < 7
    pieces.close()
    assert truth.pl.read_parquet(tmp_path / "numbers.parquet")["number"].to_list() == list(range(40))
    assert pieces.rows == 40
    assert [file.name for file in tmp_path.iterdir()] == ["numbers.parquet"]
