"""What tests ask of a device that keeps an unsent step: what lies on it, and what its browser logged because of the test."""

#: An expression that gives everything that is kept, as it is kept.
KEPT = "Object.entries(localStorage).filter(([name]) => name.startsWith('footprint-kept:')).map(([, kept]) => kept)"
_BECAUSE_OF_THE_TEST = ("ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED")


def without_the_cut(browsers):
    """Forget what the browser logged because the test took its network away."""
    browsers.console[:] = [
        line for line in browsers.console if not any(cut in line for cut in _BECAUSE_OF_THE_TEST)
    ]
