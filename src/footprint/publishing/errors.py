"""What can stand in the way of publishing, each with a sentence that says what to do."""


class PublishingError(Exception):
    """Publishing cannot be done as things stand."""


class NothingReceived(PublishingError):
    """No feed has a generation yet, so there is nothing to publish."""
