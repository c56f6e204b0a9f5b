//! Journeys across rooms: every route with every role, and the whole site over HTTP. The tests stand in
//! `tests/`; the real browser in `browser/`.
