"""The administrator's pages: who may sign in, for whom and as what. Never what anybody asked or was answered."""
