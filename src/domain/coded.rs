//! Enums whose values are words: each value, its code word and its name stand in one row.
//!
//! Code words are what scripts, files and operations say (`"larger"`); they are never translated and never change.
//! Names are what people read. A macro keeps the row together, so that no second table can disagree with the first.

/// Writes an enum from rows of `Value = "code_word", "中文", "English";` with `ALL`, `word`, `from_word` and `name`.
macro_rules! coded {
    (
        $(#[$about:meta])*
        pub enum $enum:ident {
            $( $(#[$row:meta])* $value:ident = $word:literal, $zh:literal, $en:literal; )+
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $enum {
            $( $(#[$row])* $value, )+
        }

        impl $enum {
            /// Every value, in the order of the table.
            pub const ALL: &'static [Self] = &[$( Self::$value, )+];

            /// Every value as a choice of a closed list.
            pub const CHOICES: &'static [$crate::domain::choice::Choice] = &[
                $( $crate::domain::choice::Choice { word: $word, name: $crate::text::t($zh, $en) }, )+
            ];

            /// Gives the code word, the same in every language and version.
            pub const fn word(self) -> &'static str {
                match self { $( Self::$value => $word, )+ }
            }

            /// Reads a code word; anything else is `None`.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $( $word => Some(Self::$value), )+ _ => None }
            }

            /// Gives the name that people read.
            pub const fn name(self) -> $crate::text::Text {
                match self { $( Self::$value => $crate::text::t($zh, $en), )+ }
            }
        }
    };
}

pub(crate) use coded;
