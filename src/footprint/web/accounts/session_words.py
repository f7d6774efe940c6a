"""What the session keeps, by the names under which it keeps it."""

from __future__ import annotations

from typing import Final

#: The membership in which the user acts.
CHOSEN: Final = "membership"
#: How they signed in, as `signing_in.strength` puts it.
STRENGTH: Final = "strength"
#: The partner whose identity provider vouched for them, where one did.
THROUGH: Final = "through"
#: When the session began and when it was last used, in seconds.
BEGAN: Final = "began"
SEEN: Final = "seen"
#: The steps of the sign-in; the library's own name.
STEPS: Final = "account_authentication_methods"
STEPS_OF: Final = "account_authentication_methods_user"
#: That provider, and the sign-ins with one that have begun and not ended.
PROVIDER: Final = "provider"
BEGUN: Final = "begun"
