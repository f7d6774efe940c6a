"""How often children are heard and video is used, by team and month."""
