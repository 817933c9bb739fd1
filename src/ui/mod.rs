//! Screens: the only place that knows a terminal.
