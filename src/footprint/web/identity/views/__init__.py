"""The pages of this app: for whoever doubts a link, for stewards, for information-governance leads."""

from footprint.web.identity.views import breaches, doubting, settling

__all__ = ["breaches", "doubting", "settling"]
