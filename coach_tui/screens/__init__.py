"""One place per view: layout, bindings and handlers; the rules are in the domain."""
