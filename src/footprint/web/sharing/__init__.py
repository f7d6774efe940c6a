"""The sharing agreement on a page: what it lets this user know, from whom, for which purpose."""
