"""Components that compute in the browser, and how arrays travel to them."""
