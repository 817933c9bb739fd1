//! Theme: what a look means, as modifiers first and colour second.
//!
//! One accent colour and two warnings out of the sixteen, so that any terminal's own palette fits. Colour is never the
//! only sign: whoever draws in [`Look::Soon`] or [`Look::Late`] also writes a word (`screens.md`, rule 5). Under
//! `NO_COLOR` only modifiers are left.

use ratatui::style::{Color, Modifier, Style};

/// Says what a piece of text is, and leaves open how that looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// Ordinary text.
    #[default]
    Plain,
    /// What the eye should find first: a name, a number.
    Strong,
    /// What may be overlooked: times, hints, what does not count.
    Dim,
    /// The one accent: where something can be done, the filled part of a bar.
    Accent,
    /// Due soon (yellow from one working day before).
    Soon,
    /// Late, refused or damaged.
    Late,
    /// The reversed bar: the header, the selected line.
    Bar,
}

/// Holds whether colours may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    colours: bool,
}

impl Theme {
    /// Uses sixteen colours.
    pub const fn colours() -> Self {
        Self { colours: true }
    }

    /// Uses modifiers only.
    pub const fn plain() -> Self {
        Self { colours: false }
    }

    /// Follows `NO_COLOR`: set and not empty means modifiers only.
    pub fn from_environment() -> Self {
        Self { colours: std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) }
    }

    /// Gives the style of a look.
    pub const fn style(self, look: Look) -> Style {
        let style = Style::new();
        let (modifier, colour) = match look {
            Look::Plain => return style,
            Look::Strong => return style.add_modifier(Modifier::BOLD),
            Look::Dim => return style.add_modifier(Modifier::DIM),
            Look::Bar => return style.add_modifier(Modifier::REVERSED),
            Look::Accent => (Modifier::BOLD, Color::Cyan),
            Look::Soon => (Modifier::BOLD, Color::Yellow),
            Look::Late => (Modifier::BOLD, Color::Red),
        };
        let style = style.add_modifier(modifier);
        if self.colours { style.fg(colour) } else { style }
    }

    /// Gives the style of the filled part of a bar: a coloured blank, or nothing under `NO_COLOR`.
    pub const fn filled(self) -> Style {
        if self.colours { Style::new().fg(Color::Cyan).bg(Color::Cyan) } else { Style::new() }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::Color;

    use super::{Look, Theme};

    const LOOKS: [Look; 7] = [Look::Plain, Look::Strong, Look::Dim, Look::Accent, Look::Soon, Look::Late, Look::Bar];

    #[test]
    fn without_colours_every_look_but_plain_still_shows_and_none_has_a_colour() {
        for look in LOOKS {
            let style = Theme::plain().style(look);
            assert_eq!((style.fg, style.bg), (None, None), "{look:?}");
            assert_eq!(style.add_modifier.is_empty(), look == Look::Plain, "{look:?}");
        }
        assert_eq!(Theme::plain().filled().bg, None);
    }

    #[test]
    fn colours_are_of_the_sixteen() {
        assert_eq!(Theme::colours().style(Look::Late).fg, Some(Color::Red));
        assert_eq!(Theme::colours().style(Look::Accent).fg, Some(Color::Cyan));
        assert_eq!(Theme::colours().style(Look::Bar).fg, None);
    }
}
