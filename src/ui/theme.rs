//! Theme: what a look means, as modifiers first and colour second.
//!
//! One accent colour and two warnings. Nobody knows whether the terminal is light or dark, so what is written in a colour
//! has to read on both: where the palette of 256 is there, colours of its fixed part that lie halfway between black and
//! white; where there are sixteen, which each terminal paints as it likes, red alone reads on both, and what is no warning
//! is bold. No letters have a ground of their own: a page has one kind of bar, that of the header and of what keys move on.
//! Colour is never the only sign: whoever draws in [`Look::Soon`] or [`Look::Late`] also writes a word (`screens.md`,
//! rule 5). Under `NO_COLOR` only modifiers are left.

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

/// The colours that a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Palette {
    /// None that may be used.
    None,
    /// Sixteen, painted as each terminal likes.
    Sixteen,
    /// 256, of which all but the first sixteen are the same everywhere.
    Many,
}

/// Holds which colours may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    palette: Palette,
}

/// Names in `TERM` that promise 256 colours; others say nothing of it.
const MANY: [&str; 8] = ["256", "direct", "truecolor", "kitty", "alacritty", "foot", "ghostty", "wezterm"];

/// The accent and the two warnings among the fixed colours: teal, brown orange, red.
const TEAL: Color = Color::Indexed(30);
const ORANGE: Color = Color::Indexed(130);
const RED: Color = Color::Indexed(196);

impl Theme {
    /// Uses the fixed ones of 256 colours.
    pub const fn colours() -> Self {
        Self { palette: Palette::Many }
    }

    /// Uses sixteen colours.
    pub const fn sixteen() -> Self {
        Self { palette: Palette::Sixteen }
    }

    /// Uses modifiers only.
    pub const fn plain() -> Self {
        Self { palette: Palette::None }
    }

    /// Follows `NO_COLOR` (set and not empty means modifiers only), then what the terminal says of itself.
    pub fn from_environment() -> Self {
        Self::told(cfg!(windows), |name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    }

    /// Every Windows console that takes these screens has 256 colours.
    fn told(windows: bool, variable: impl Fn(&str) -> Option<String>) -> Self {
        if variable("NO_COLOR").is_some() {
            return Self::plain();
        }
        let term = variable("TERM").unwrap_or_default();
        let many = windows || variable("COLORTERM").is_some() || MANY.iter().any(|name| term.contains(name));
        if many { Self::colours() } else { Self::sixteen() }
    }

    /// Gives the style of a look.
    pub const fn style(self, look: Look) -> Style {
        let style = Style::new();
        let (fixed, painted) = match look {
            Look::Plain => return style,
            Look::Strong => return style.add_modifier(Modifier::BOLD),
            Look::Dim => return style.add_modifier(Modifier::DIM),
            Look::Bar => return style.add_modifier(Modifier::REVERSED),
            Look::Accent => (TEAL, None),
            Look::Soon => (ORANGE, None),
            Look::Late => (RED, Some(Color::Red)),
        };
        let style = style.add_modifier(Modifier::BOLD);
        match (self.palette, painted) {
            (Palette::Many, _) => style.fg(fixed),
            (Palette::Sixteen, Some(colour)) => style.fg(colour),
            (Palette::Sixteen, None) | (Palette::None, _) => style,
        }
    }

    /// Gives the style of the filled part of a bar: a coloured blank, or nothing under `NO_COLOR`.
    pub const fn filled(self) -> Style {
        let colour = match self.palette {
            Palette::None => return Style::new(),
            Palette::Sixteen => Color::Cyan,
            Palette::Many => TEAL,
        };
        Style::new().fg(colour).bg(colour)
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::{Color, Modifier};

    use super::{Look, Theme};

    const LOOKS: [Look; 7] = [Look::Plain, Look::Strong, Look::Dim, Look::Accent, Look::Soon, Look::Late, Look::Bar];
    const COLOURED: [Look; 3] = [Look::Accent, Look::Soon, Look::Late];

    type Rgb = (u8, u8, u8);

    /// Bold red, a light and a dark ground as they are painted by xterm, the VGA console, whose bold letters are brighter, Windows,
    /// GNOME and Solarized.
    const PAINTED: [[Rgb; 3]; 5] = [
        [(205, 0, 0), (255, 255, 255), (0, 0, 0)],
        [(255, 85, 85), (255, 255, 255), (0, 0, 0)],
        [(197, 15, 31), (242, 242, 242), (12, 12, 12)],
        [(204, 0, 0), (238, 238, 236), (0, 0, 0)],
        [(220, 50, 47), (253, 246, 227), (0, 43, 54)],
    ];

    /// Light and dark grounds: white, black, and those of Solarized.
    const GROUNDS: [Rgb; 4] = [(255, 255, 255), (0, 0, 0), (253, 246, 227), (0, 43, 54)];

    fn luminance((red, green, blue): Rgb) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// Gives how well one colour reads on another: 1 not at all, 21 black on white; large or bold text wants 3 (WCAG 2.1, 1.4.3).
    fn contrast(one: Rgb, other: Rgb) -> f64 {
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        one.max(other) / one.min(other)
    }

    /// Gives what a number of the fixed cube of six steps is.
    fn of_cube(colour: Option<Color>) -> Rgb {
        let Some(Color::Indexed(number @ 16..=231)) = colour else {
            panic!("{colour:?} is painted as each terminal likes")
        };
        let step = |part: u8| if part == 0 { 0 } else { 55 + 40 * part };
        (step((number - 16) / 36), step((number - 16) / 6 % 6), step((number - 16) % 6))
    }

    // Bold yellow and cyan could not be read on white.
    #[test]
    fn of_256_colours_those_are_taken_that_read_on_a_light_and_on_a_dark_ground() {
        for look in COLOURED {
            for ground in GROUNDS {
                let reads = contrast(of_cube(Theme::colours().style(look).fg), ground);
                // Halfway between black and white it is 4.6 to both; the grounds of Solarized leave less.
                let wanted = if matches!(ground, (0, 0, 0) | (255, 255, 255)) { 3.9 } else { 3.0 };
                assert!(reads >= wanted, "{look:?} {ground:?}: {reads:.1}");
            }
        }
    }

    // Messages, the next step and every warning were blocks: up to four kinds of bars on one page.
    #[test]
    fn of_sixteen_colours_no_letters_have_a_ground_and_red_alone_is_taken_which_reads_on_light_and_dark() {
        for look in LOOKS {
            let style = Theme::sixteen().style(look);
            assert_eq!((style.fg, style.bg), ((look == Look::Late).then_some(Color::Red), None), "{look:?}");
            assert_eq!(style.add_modifier.contains(Modifier::REVERSED), look == Look::Bar, "{look:?}");
        }
        for look in COLOURED {
            assert!(Theme::sixteen().style(look).add_modifier.contains(Modifier::BOLD), "{look:?}");
        }
        for [red, light, dark] in PAINTED {
            assert!(contrast(red, light) >= 3.0 && contrast(red, dark) >= 3.0, "{red:?}");
        }
    }

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
    fn a_terminal_says_which_colours_it_has() {
        let told = |all: &'static [(&str, &str)]| {
            Theme::told(false, |name| {
                all.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(told(&[("TERM", "xterm-256color")]), Theme::colours());
        assert_eq!(told(&[("TERM", "xterm"), ("COLORTERM", "truecolor")]), Theme::colours());
        assert_eq!(told(&[("TERM", "linux")]), Theme::sixteen());
        assert_eq!(told(&[]), Theme::sixteen());
        assert_eq!(told(&[("TERM", "xterm-256color"), ("NO_COLOR", "1")]), Theme::plain());
        assert_eq!(Theme::told(true, |_| None), Theme::colours());
    }
}
