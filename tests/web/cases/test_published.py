"""What a process has open of a snapshot is made once, however many ask at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from footprint.web.cases.published import OnceForEach


def test_what_many_ask_for_at_once_is_made_once_for_each_partner():
    made, begun, go_on = [], Event(), Event()

    def make(partner):
        made.append(partner)
        begun.set()
        assert go_on.wait(10)
        return [partner]

    kept = OnceForEach(make)
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(kept, "police")]
        assert begun.wait(10)
        asked += [pool.submit(kept, "police") for _ in range(3)]
        go_on.set()
        found = [one.result(10) for one in asked]
    assert kept("school") == ["school"]
    assert all(one is found[0] for one in found)
    assert made == ["police", "school"]
