//! A terminal with a person at it: the built program in a real pseudo terminal, its screen kept by a terminal emulator.
//!
//! Nothing here sleeps. [`Terminal::settle`] presses a key that is on no keyboard and waits for the program's answer, which
//! comes once everything before it is handled and drawn (`src/ui/barrier.rs`). Waiting has a deadline so generous that
//! only a program that hangs meets it.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};

/// How long a program may be silent before a test gives up: so many turns of waiting, of a second each. A machine that sleeps or is
/// stopped meanwhile, both of them with it, costs one turn and not all.
const TURNS: u32 = 60;
const TURN: Duration = Duration::from_secs(1);
/// Pieces of output after which a program that never settles is given up.
const READS: usize = 2_000;
/// Where the clocks of a test start, unless it says otherwise: the evening of the first visits.
pub const WALL: &str = "2021-05-18T19:42:00+08:00";
/// Boot time where the clocks start, in milliseconds.
pub const BOOT_MS: u64 = 3_600_000;

/// A key that is not a character.
#[derive(Debug, Clone, Copy)]
pub enum Press {
    Enter,
    Tab,
    BackTab,
    Esc,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    Backspace,
    Delete,
    F(u8),
    Ctrl(char),
}

impl Press {
    /// Gives what xterm sends, but for Esc.
    fn bytes(self) -> Vec<u8> {
        let text = match self {
            Self::Enter => "\r",
            Self::Tab => "\t",
            Self::BackTab => "\x1b[Z",
            // A lone escape and the bytes behind it can be read as one key; this form (CSI u) cannot.
            Self::Esc => "\x1b[27u",
            Self::Up => "\x1b[A",
            Self::Down => "\x1b[B",
            Self::Right => "\x1b[C",
            Self::Left => "\x1b[D",
            Self::Home => "\x1b[H",
            Self::End => "\x1b[F",
            Self::PageUp => "\x1b[5~",
            Self::PageDown => "\x1b[6~",
            Self::Delete => "\x1b[3~",
            Self::Backspace => "\x7f",
            Self::F(number) => {
                const KEYS: [&str; 12] = [
                    "\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[19~", "\x1b[20~",
                    "\x1b[21~", "\x1b[23~", "\x1b[24~",
                ];
                KEYS[usize::from(number) - 1]
            }
            Self::Ctrl(letter) => return vec![(letter.to_ascii_uppercase() as u8) & 0x1f],
        };
        text.as_bytes().to_vec()
    }
}

/// What the emulator reports beside the screen.
#[derive(Debug, Default)]
struct Heard {
    answers: u64,
    bells: usize,
    title: String,
}

impl vt100::Callbacks for Heard {
    fn audible_bell(&mut self, _: &mut vt100::Screen) {
        self.bells += 1;
    }

    fn set_window_title(&mut self, _: &mut vt100::Screen, title: &[u8]) {
        self.title = String::from_utf8_lossy(title).into_owned();
    }

    fn unhandled_osc(&mut self, _: &mut vt100::Screen, params: &[&[u8]]) {
        if let [b"7717", number] = params {
            self.answers = std::str::from_utf8(number).unwrap().parse().unwrap();
        }
    }
}

/// The clocks a program under test reads.
#[derive(Debug, Clone)]
pub struct ClockFile {
    path: PathBuf,
    wall: chrono::DateTime<chrono::FixedOffset>,
    boot_ms: u64,
}

impl ClockFile {
    fn new(folder: &Path) -> Self {
        let wall = chrono::DateTime::parse_from_rfc3339(WALL).unwrap();
        let clock = Self { path: folder.join("clock"), wall, boot_ms: BOOT_MS };
        clock.write();
        clock
    }

    /// Lets both clocks go on.
    pub fn pass(&mut self, seconds: u64) {
        self.boot_ms += seconds * 1_000;
        self.wall += Duration::from_secs(seconds);
        self.write();
    }

    /// Sets the wall clock alone, as a person does who corrects it.
    pub fn set_wall(&mut self, wall: &str) {
        self.wall = chrono::DateTime::parse_from_rfc3339(wall).unwrap();
        self.write();
    }

    /// Replaced by rename: the program never reads half a file.
    fn write(&self) {
        let half = self.path.with_extension("new");
        std::fs::write(&half, format!("{}\n{}\n", self.wall.to_rfc3339(), self.boot_ms)).unwrap();
        std::fs::rename(&half, &self.path).unwrap();
    }
}

/// A laptop: a data folder, clocks and a seed that outlive the program, so that it can be killed and started again.
#[derive(Debug)]
pub struct Laptop {
    folder: tempfile::TempDir,
    pub clock: ClockFile,
    pub seed: u64,
    starts: std::cell::Cell<u64>,
}

impl Laptop {
    pub fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = ClockFile::new(folder.path());
        Self { folder, clock, seed, starts: std::cell::Cell::new(0) }
    }

    /// The folder that the program keeps its data in.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Gives the laptop that would be found if the program were killed now: its folder as `copy` finds it there, its clocks.
    pub fn as_it_lies(&self, copy: impl FnOnce(&Path, &Path)) -> Self {
        // No power is cut here: where syncs cost nothing hundreds of copies do not either.
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let other = Self { folder, clock: self.clock.clone(), seed: self.seed, starts: self.starts.clone() };
        copy(&self.data(), &other.data());
        other
    }

    /// Starts the program in a terminal of columns and rows.
    pub fn start(&self, size: (u16, u16), env: &[(&str, &str)], args: &[&str]) -> Terminal {
        let mut terminal = Terminal::open(self.command(env, args), size);
        // Until then the terminal itself would take the keys, and Ctrl-C would be a signal.
        while !terminal.emulator.screen().alternate_screen() {
            terminal.read("the program to open its screen");
        }
        terminal.settle();
        terminal
    }

    /// Counts the looks at a program that starts until it has dealt with everything.
    pub fn looks_at_a_start(&self, size: (u16, u16)) -> usize {
        let mut terminal = Terminal::open(self.command(&[], &[]), size);
        let mut looks = 0;
        while terminal.emulator.callbacks().answers == 0 {
            assert!(terminal.child.try_wait().unwrap().is_none(), "it ended by itself");
            looks += 1;
            if let Ok(bytes) = terminal.output.try_recv() {
                terminal.emulator.process(&bytes);
                if terminal.asked == 0 && terminal.emulator.screen().alternate_screen() {
                    terminal.ask();
                }
            }
        }
        looks
    }

    /// Starts the program and kills it after so many looks at whether it has ended.
    pub fn start_and_kill(&self, size: (u16, u16), looks: usize) {
        Terminal::open(self.command(&[], &[]), size).kill_behind(b"", looks);
    }

    fn command(&self, env: &[(&str, &str)], args: &[&str]) -> CommandBuilder {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_zoufang"));
        command.args(args);
        command.env_clear();
        for (name, value) in [("TERM", "xterm-256color"), ("ZOUFANG_BARRIER", "1"), ("ZOUFANG_LANG", "zh")] {
            command.env(name, value);
        }
        command.env("HOME", self.folder.path());
        command.env("ZOUFANG_DATA", self.data());
        // No battery, whatever laptop the tests run on.
        command.env("ZOUFANG_POWER", self.folder.path().join("no-power"));
        command.env("ZOUFANG_CLOCK", &self.clock.path);
        // Each program is a writer of its own, as it is without a seed.
        let starts = self.starts.replace(self.starts.get() + 1);
        command.env("ZOUFANG_SEED", (self.seed + (starts << 32)).to_string());
        for (name, value) in env {
            command.env(name, value);
        }
        command
    }
}

/// A pseudo terminal with the program in it.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    emulator: vt100::Parser<Heard>,
    asked: u64,
    modes: String,
    pressed: usize,
    drawn: usize,
    /// The last bytes that came, for a mark that comes in two pieces.
    tail: Vec<u8>,
    /// A frame has begun and not ended: its cursor is on the way.
    in_frame: bool,
    /// Turns without output since what was waited for last: a clock that is drawn anew once a minute is no answer.
    silent: u32,
}

/// How a cell looks.
pub type CellLook = (String, vt100::Color, vt100::Color, (bool, bool), bool);

/// The marks around every frame (synchronized update).
const FRAME: [&[u8]; 2] = [b"\x1b[?2026h", b"\x1b[?2026l"];

impl Terminal {
    fn open(command: CommandBuilder, (columns, rows): (u16, u16)) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let modes = format!("{:?}", pair.master.get_termios());
        let child = pair.slave.spawn_command(command).unwrap();
        // With the last slave closed, reading ends when the program does.
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 8192];
            while let Ok(read @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..read].to_vec()).is_err() {
                    return;
                }
            }
        });
        let (rows, columns) = (NonZeroU16::new(rows).unwrap(), NonZeroU16::new(columns).unwrap());
        Self {
            writer: pair.master.take_writer().unwrap(),
            master: pair.master,
            child,
            output,
            emulator: vt100::Parser::new_with_callbacks(rows, columns, 0, Heard::default()),
            asked: 0,
            modes,
            pressed: 0,
            drawn: 0,
            tail: Vec::new(),
            in_frame: false,
            silent: 0,
        }
    }

    /// Waits until the screen shows a text that stays, for what no question can follow: a lone escape.
    pub fn wait_for(&mut self, text: &str) -> &mut Self {
        while !self.screen().contains(text) {
            self.read(text);
        }
        self.silent = 0;
        self
    }

    /// Waits for a text that is shown only while something is under way. On a busy machine it may come and go in frames that
    /// nobody looked at, so that everything being handled is an answer too.
    pub fn wait_for_glimpse(&mut self, text: &str) -> &mut Self {
        self.ask();
        self.wait_until_answered_or(|terminal| terminal.screen().contains(text))
    }

    /// Waits until the program gave the terminal back and stopped.
    pub fn wait_until_stopped(&mut self) -> &mut Self {
        while self.emulator.screen().alternate_screen() {
            self.read("the program to give the terminal back");
        }
        // Told to go on before it stopped, it would stop for ever.
        let process = self.process().to_string();
        let stopped = || {
            let state = std::process::Command::new("ps").args(["-o", "stat=", "-p", &process]).output().unwrap();
            state.stdout.starts_with(b"T")
        };
        while !stopped() {
            std::thread::yield_now();
        }
        self
    }

    /// Waits until the program has the terminal again.
    pub fn wait_until_taken(&mut self) -> &mut Self {
        while !self.emulator.screen().alternate_screen() {
            self.read("the program to take the terminal again");
        }
        self
    }

    /// Lets another program write on the screen.
    pub fn scribble(&mut self, text: &str) {
        self.emulator.process(text.as_bytes());
    }

    /// Types characters. A line end is Enter and settles: what comes behind it is not part of a paste.
    pub fn keys(&mut self, text: &str) -> &mut Self {
        self.pressed += text.chars().count();
        for piece in text.split_inclusive('\r') {
            self.send(piece.as_bytes());
            self.settle();
        }
        self
    }

    /// Presses a key.
    pub fn press(&mut self, key: Press) -> &mut Self {
        self.pressed += 1;
        self.send(&key.bytes());
        self.settle()
    }

    /// Pastes, in the brackets that the program asked for.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        assert!(self.emulator.screen().bracketed_paste(), "the program did not ask for bracketed paste");
        self.send(format!("\x1b[200~{text}\x1b[201~").as_bytes());
        self.settle()
    }

    /// Sends bytes as they are and does not wait.
    pub fn send(&mut self, bytes: &[u8]) {
        self.writer.write_all(bytes).unwrap();
        self.writer.flush().unwrap();
    }

    /// Leaves, also where records wait for an export, and does not wait.
    pub fn leave(&mut self) {
        self.send(&[0x11, 0x11]);
    }

    /// Waits until everything sent so far is handled and drawn.
    pub fn settle(&mut self) -> &mut Self {
        self.ask();
        self.wait_until_answered_or(|_| false)
    }

    fn ask(&mut self) {
        self.asked += 1;
        self.send(b"\x1b[57398u");
    }

    fn wait_until_answered_or(&mut self, is_enough: impl Fn(&Self) -> bool) -> &mut Self {
        // A visit redraws every second, so that output alone is no sign that it will ever settle.
        for _ in 0..READS {
            // The next frame may have begun behind the answer.
            let is_answered = self.emulator.callbacks().answers >= self.asked && !self.in_frame;
            if is_answered || is_enough(self) {
                self.silent = 0;
                return self;
            }
            self.read("the program to settle");
        }
        panic!("the program does not settle\n{}", self.screen());
    }

    /// Waits for the next piece of output.
    fn receive(&mut self) -> Result<Vec<u8>, RecvTimeoutError> {
        while self.silent < TURNS {
            match self.output.recv_timeout(TURN) {
                Err(RecvTimeoutError::Timeout) => self.silent += 1,
                said => return said,
            }
        }
        Err(RecvTimeoutError::Timeout)
    }

    fn read(&mut self, wanted: &str) {
        match self.receive() {
            Ok(bytes) => {
                self.drawn += bytes.len();
                self.emulator.process(&bytes);
                self.tail.extend(&bytes);
                let last = |mark: &[u8]| self.tail.windows(mark.len()).rposition(|piece| piece == mark);
                let (begun, ended) = (last(FRAME[0]), last(FRAME[1]));
                if begun.max(ended).is_some() {
                    self.in_frame = begun > ended;
                }
                self.tail.drain(..self.tail.len().saturating_sub(FRAME[0].len() - 1));
            }
            Err(error) => panic!("waited for {wanted}: {error}\n{}", self.screen()),
        }
    }

    /// Gives the number of the program's process.
    pub fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Counts the keys pressed so far; a character is one, as it is without an input method.
    pub const fn pressed(&self) -> usize {
        self.pressed
    }

    /// Counts the bytes that the program has written so far, the answers to the barrier among them (at most 10 each).
    pub const fn drawn(&self) -> usize {
        self.drawn
    }

    /// Gives the screen as lines of text.
    pub fn screen(&self) -> String {
        let (_, columns) = self.emulator.screen().size();
        let rows: Vec<String> =
            self.emulator.screen().rows(0, columns.get()).map(|row| row.trim_end().to_owned()).collect();
        rows.join("\n")
    }

    /// Gives the screen as it is painted: lines with the marks of colours, bold, dim and reversed among the text.
    pub fn painted(&self) -> String {
        let colour = |ground, colour| match colour {
            vt100::Color::Default => String::new(),
            vt100::Color::Idx(number) => format!(";{};5;{number}", ground + 8),
            vt100::Color::Rgb(red, green, blue) => format!(";{};2;{red};{green};{blue}", ground + 8),
        };
        let mut painted = String::new();
        for row in self.cells() {
            for (sign, letters, ground, (bold, dim), reversed) in row {
                let marks = [(bold, ";1"), (dim, ";2"), (reversed, ";7")].map(|(is, mark)| if is { mark } else { "" });
                let look = [marks.concat(), colour(30, letters), colour(40, ground)].concat();
                painted.extend(["\x1b[0", look.as_str(), "m", sign.as_str()]);
            }
            painted.push_str("\x1b[0m\n");
        }
        painted
    }

    /// Gives every cell of the screen: what stands in it, its colours, and whether it is bold, dim or reversed; of a blank only
    /// what shows on a blank.
    pub fn cells(&self) -> Vec<Vec<CellLook>> {
        let screen = self.emulator.screen();
        let (rows, columns) = screen.size();
        let look = |row, column| {
            let cell = screen.cell(row, column).filter(|cell| !cell.is_wide_continuation())?;
            let sign = if cell.has_contents() { cell.contents() } else { " " }.to_owned();
            let shows = sign != " ";
            let letters = if shows || cell.inverse() { cell.fgcolor() } else { vt100::Color::Default };
            let weight = (shows && cell.bold(), shows && cell.dim());
            Some((sign, letters, cell.bgcolor(), weight, cell.inverse()))
        };
        (0..rows.get()).map(|row| (0..columns.get()).filter_map(|column| look(row, column)).collect()).collect()
    }

    /// Gives some columns of the screen as text without blanks, row after row, as one reads what lies there.
    pub fn read_columns(&self, start: u16, columns: u16) -> String {
        let rows = self.emulator.screen().rows(start, NonZeroU16::new(columns).unwrap().get());
        rows.flat_map(|row| row.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).collect()
    }

    /// Gives one line of the screen, counted from 0 at the top.
    pub fn line(&self, number: usize) -> String {
        self.screen().split('\n').nth(number).unwrap().to_owned()
    }

    /// Gives one line of the screen, counted from 0 at the bottom: 0 the footer, 1 the notice.
    pub fn line_from_below(&self, number: usize) -> String {
        self.screen().rsplit('\n').nth(number).unwrap().to_owned()
    }

    /// Gives what stands in the three rows above the footer in one piece: a notice takes as many rows as it needs.
    pub fn notice(&self) -> String {
        [3, 2, 1].map(|number| self.line_from_below(number).trim().to_owned()).concat()
    }

    /// Gives the column and row of the cursor; none while it is hidden.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        let screen = self.emulator.screen();
        let (row, column) = screen.cursor_position();
        (!screen.hide_cursor()).then_some((column, row))
    }

    /// Tells whether a cell is drawn reversed.
    pub fn is_reversed(&self, column: u16, row: u16) -> bool {
        self.emulator.screen().cell(row, column).is_some_and(vt100::Cell::inverse)
    }

    /// Gives the characters that stand in the columns before the cursor, as many columns as wanted at most.
    pub fn before_cursor(&self, wanted: u16) -> String {
        let Some((column, row)) = self.cursor() else { return String::new() };
        let screen = self.emulator.screen();
        (column.saturating_sub(wanted)..column)
            .filter_map(|at| screen.cell(row, at))
            .map(vt100::Cell::contents)
            .collect()
    }

    /// Gives the pieces of a line that are drawn in one colour other than the usual one, each with the colours of its letters and of
    /// their ground.
    pub fn coloured(&self, row: u16) -> Vec<((vt100::Color, vt100::Color), String)> {
        let screen = self.emulator.screen();
        let usual = (vt100::Color::Default, vt100::Color::Default);
        let mut pieces: Vec<((vt100::Color, vt100::Color), String)> = Vec::new();
        let mut before = usual;
        let cells = (0..screen.size().1.get()).filter_map(|column| screen.cell(row, column));
        for cell in cells.filter(|cell| !cell.is_wide_continuation()) {
            let colour = (cell.fgcolor(), cell.bgcolor());
            if colour != usual {
                match pieces.last_mut() {
                    Some((_, piece)) if colour == before => piece.push_str(cell.contents()),
                    _ => pieces.push((colour, cell.contents().to_owned())),
                }
            }
            before = colour;
        }
        pieces
    }

    /// Tells whether any cell has a colour.
    pub fn has_colour(&self) -> bool {
        let screen = self.emulator.screen();
        let (rows, columns) = screen.size();
        let cells = (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column)));
        cells
            .filter_map(|(row, column)| screen.cell(row, column))
            .any(|cell| cell.fgcolor() != vt100::Color::Default || cell.bgcolor() != vt100::Color::Default)
    }

    /// Counts the bells so far.
    pub fn bells(&self) -> usize {
        self.emulator.callbacks().bells
    }

    /// Gives the window's title.
    pub fn title(&self) -> &str {
        &self.emulator.callbacks().title
    }

    /// Gives the window another size.
    pub fn resize(&mut self, (columns, rows): (u16, u16)) -> &mut Self {
        self.master.resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
        self.emulator.set_size(NonZeroU16::new(rows).unwrap(), NonZeroU16::new(columns).unwrap());
        self
    }

    /// Sends bytes, and kills the program after so many looks at whether it has ended: a moment that nobody chose.
    pub fn kill_behind(&mut self, bytes: &[u8], looks: usize) {
        // Made before, so that the kill comes at once.
        let script = format!("read now; kill -s KILL {}", self.process());
        let mut killer = std::process::Command::new("sh");
        let mut killer = killer.args(["-c", &script]).stdin(std::process::Stdio::piped()).spawn().unwrap();
        self.send(bytes);
        for _ in 0..looks {
            assert!(self.child.try_wait().unwrap().is_none(), "it ended by itself\n{}", self.screen());
        }
        killer.stdin.take().unwrap().write_all(b"now\n").unwrap();
        assert!(killer.wait().unwrap().success());
        self.wait_exit();
    }

    /// Kills the program as a flat battery does.
    pub fn kill9(&mut self) -> ExitStatus {
        self.signal("KILL");
        self.wait_exit()
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let process = self.process().to_string();
        let done = std::process::Command::new("kill").args(["-s", name, &process]).status().unwrap();
        assert!(done.success());
    }

    /// Waits for the end of the program and of its output.
    pub fn wait_exit(&mut self) -> ExitStatus {
        loop {
            match self.receive() {
                Ok(bytes) => self.emulator.process(&bytes),
                Err(RecvTimeoutError::Disconnected) => return self.child.wait().unwrap(),
                Err(error @ RecvTimeoutError::Timeout) => {
                    panic!("waited for the program to end: {error}\n{}", self.screen())
                }
            }
        }
    }

    /// Fails unless the terminal is as it was before the program started.
    pub fn assert_clean(&self) {
        let screen = self.emulator.screen();
        assert!(!screen.alternate_screen(), "still on the other screen");
        assert!(!screen.bracketed_paste(), "still in bracketed paste");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.inverse() && !screen.bold() && !screen.dim(), "an attribute is left on");
        assert_eq!(format!("{:?}", self.master.get_termios()), self.modes, "the terminal's modes differ");
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A test that failed must not leave a program behind.
        if matches!(self.child.try_wait(), Ok(None)) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}
