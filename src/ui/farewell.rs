//! Farewell: what is said where leaving takes long, once the screens are gone.
//!
//! Why it is waited for is a sentence of its own line; how far it is stands below and is written over, short enough for any
//! window. Nothing of it is an escape sequence: the terminal is the person's again.

use std::io::Write;

use crate::app::Leaving;
use crate::text::{Lang, Text, t};

const SAVING: Text = t("正在保存, 请等一下; 先别关机, 别拔盘 …", "Saving, one moment; do not switch off or unplug …");
/// Nothing stops it: whoever wants to leave sooner would do so on the day on which it was needed.
const BACKING_UP: Text = t(
    "正在备份, 写完再读一遍核对; 电脑坏了靠它找回, 所以要等它. 先别关机, 别拔盘 …",
    "Backing up, then reading it back; it is what is left if this laptop breaks, so it is waited for. Do not switch off or unplug …",
);

/// Says what is waited for.
pub(super) struct Farewell<W> {
    lang: Lang,
    out: W,
    said: Option<Leaving>,
}

impl<W: Write> Farewell<W> {
    pub(super) const fn new(lang: Lang, out: W) -> Self {
        Self { lang, out, said: None }
    }

    /// Says what is waited for, and how far it is; nothing where that is said already. Where nobody can read it any more it is
    /// saved all the same.
    pub(super) fn wait(&mut self, leaving: Leaving) {
        if self.said == Some(leaving) {
            return;
        }
        let is_new = self.said.map(words) != Some(words(leaving));
        if is_new {
            self.end_line();
            let _ = writeln!(self.out, "{}", words(leaving).get(self.lang));
        }
        if let Leaving::BackingUp(percent) = leaving {
            let _ = write!(self.out, "\r {percent:>3}%");
        }
        let _ = self.out.flush();
        self.said = Some(leaving);
    }

    /// It is over: what the person types next begins a line of its own.
    pub(super) fn end(&mut self) {
        self.end_line();
        self.said = None;
    }

    fn end_line(&mut self) {
        if matches!(self.said, Some(Leaving::BackingUp(_))) {
            let _ = writeln!(self.out);
        }
    }
}

fn words(leaving: Leaving) -> Text {
    match leaving {
        Leaving::Saving => SAVING,
        Leaving::BackingUp(_) => BACKING_UP,
    }
}

#[cfg(test)]
mod tests {
    use super::{BACKING_UP, Farewell, SAVING};
    use crate::app::Leaving::{BackingUp, Saving};
    use crate::text::Lang;

    #[test]
    fn each_reason_is_said_once_and_only_the_count_is_written_over() {
        for lang in [Lang::Zh, Lang::En] {
            let mut out = Vec::new();
            let mut farewell = Farewell::new(lang, &mut out);
            for leaving in [Saving, Saving, BackingUp(0), BackingUp(40), BackingUp(40), BackingUp(100)] {
                farewell.wait(leaving);
            }
            farewell.end();
            let wanted = format!("{}\n{}\n\r   0%\r  40%\r 100%\n", SAVING.get(lang), BACKING_UP.get(lang));
            assert_eq!(String::from_utf8(out).unwrap(), wanted);
        }
        let mut out = Vec::new();
        Farewell::new(Lang::Zh, &mut out).end();
        assert!(out.is_empty(), "who waits for nothing is told nothing");
    }
}
