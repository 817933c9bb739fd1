//! The battery, where the system tells of it: in a folder on Linux, by a call on Windows and macOS, elsewhere not.
//!
//! It is asked in a thread of its own, and its answer is an event: some laptops need a tenth of a second and more for it, in which
//! nobody could type.

use std::path::Path;
use std::sync::mpsc::Sender;
use std::thread;

use super::events::Event;

/// A charge up to which a person should look for a socket, in percent.
const LOW: u8 = 20;

/// How long a charge that was told is shown while no other answer comes, in milliseconds.
const FRESH: u64 = 3 * 60_000;

/// Asks for the charge.
#[derive(Debug, Default)]
pub struct Battery {
    /// The minute that was last asked in.
    minute: Option<u64>,
    asking: bool,
    /// The charge that was told last, where it was low, and when.
    told: Option<(u8, u64)>,
}

impl Battery {
    /// Asks once a minute, which is often enough, unless an answer is still awaited; it comes as [`Event::Battery`].
    pub fn ask(&mut self, boot_ms: u64, sender: impl FnOnce() -> Sender<Event>) {
        let minute = Some(boot_ms / 60_000);
        if !self.asking && self.minute != minute {
            self.minute = minute;
            self.asking = ask(low, sender());
        }
    }

    /// Takes the answer.
    pub fn heard(&mut self, low: Option<u8>, boot_ms: u64) {
        self.asking = false;
        self.told = low.map(|charge| (charge, boot_ms));
    }

    /// Gives the charge where it is low, as long as that was told of late.
    pub fn low(&self, boot_ms: u64) -> Option<u8> {
        let (charge, _) = self.told.filter(|(_, at)| boot_ms.saturating_sub(*at) < FRESH)?;
        Some(charge)
    }

    /// Tells whether an answer is awaited.
    pub const fn is_asking(&self) -> bool {
        self.asking
    }
}

/// Sends the answer when it is dropped: a driver that breaks off tells nothing, which is an answer as well.
struct Answer {
    low: Option<u8>,
    sender: Sender<Event>,
}

impl Drop for Answer {
    fn drop(&mut self) {
        // The loop is gone only when the program ends.
        let _ = self.sender.send(Event::Battery(self.low));
    }
}

/// Asks in a thread of its own; tells whether there is one.
fn ask(low: fn() -> Option<u8>, sender: Sender<Event>) -> bool {
    let asked = thread::Builder::new().name("battery".to_owned()).spawn(move || {
        let mut answer = Answer { low: None, sender };
        answer.low = low();
    });
    asked.is_ok()
}

/// Gives the charge in percent where a battery is low and nothing charges it.
fn low() -> Option<u8> {
    match std::env::var_os("ZOUFANG_POWER") {
        Some(folder) => lowest(in_folder(Path::new(&folder))),
        None => lowest(of_system()),
    }
}

/// Says of a battery whether it is being emptied, and its charge in percent.
type Charge = (bool, u8);

fn lowest(charges: impl IntoIterator<Item = Charge>) -> Option<u8> {
    charges.into_iter().filter(|(discharging, charge)| *discharging && *charge <= LOW).map(|(_, charge)| charge).min()
}

/// Reads the folder that Linux tells of its batteries in.
fn in_folder(folder: &Path) -> Vec<Charge> {
    let charge = |supply: &Path| {
        let told = |what: &str| Some(std::fs::read_to_string(supply.join(what)).ok()?.trim().to_owned());
        let is_emptied = told("type")? == "Battery" && told("status")? == "Discharging";
        Some((is_emptied, told("capacity")?.parse().ok()?))
    };
    let supplies = std::fs::read_dir(folder).into_iter().flatten().flatten();
    supplies.filter_map(|supply| charge(&supply.path())).collect()
}

#[cfg(not(any(windows, target_os = "macos")))]
fn of_system() -> Vec<Charge> {
    in_folder(Path::new("/sys/class/power_supply"))
}

#[cfg(any(windows, target_os = "macos"))]
fn of_system() -> Vec<Charge> {
    use starship_battery::units::ratio::percent;
    use starship_battery::{Manager, State};

    let batteries = Manager::new().and_then(|manager| manager.batteries()).into_iter().flatten().flatten();
    let whole = |charge: f32| (0..=100).rev().find(|whole| f32::from(*whole) <= charge).unwrap_or(0);
    let told = |battery: starship_battery::Battery| {
        (battery.state() == State::Discharging, whole(battery.state_of_charge().get::<percent>()))
    };
    batteries.map(told).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use super::{Battery, ask, in_folder, lowest};
    use crate::ui::events::Event;

    #[test]
    fn only_a_low_battery_that_nothing_charges_is_told_of() {
        let folder = tempfile::tempdir().unwrap();
        let supply = |name: &str, told: [(&str, &str); 3]| {
            std::fs::create_dir_all(folder.path().join(name)).unwrap();
            for (what, words) in told {
                std::fs::write(folder.path().join(name).join(what), format!("{words}\n")).unwrap();
            }
        };
        let low = |folder: &Path| lowest(in_folder(folder));
        assert_eq!(low(&folder.path().join("nowhere")), None);
        supply("AC", [("type", "Mains"), ("status", "Discharging"), ("capacity", "3")]);
        supply("BAT0", [("type", "Battery"), ("status", "Charging"), ("capacity", "9")]);
        supply("BAT1", [("type", "Battery"), ("status", "Discharging"), ("capacity", "80")]);
        assert_eq!(low(folder.path()), None);
        supply("BAT1", [("type", "Battery"), ("status", "Discharging"), ("capacity", "12")]);
        assert_eq!(low(folder.path()), Some(12));
    }

    // A driver that does not answer would be asked again each minute, by one thread more.
    #[test]
    fn it_is_asked_once_a_minute_and_not_again_before_it_has_answered() {
        let (sender, receiver) = channel();
        let mut battery = Battery::default();
        let mut asked = 0;
        let mut ask = |battery: &mut Battery, boot_ms| {
            battery.ask(boot_ms, || {
                asked += 1;
                sender.clone()
            });
            asked
        };
        assert_eq!(ask(&mut battery, 5_000), 1);
        assert_eq!(ask(&mut battery, 65_000), 1, "no answer yet");
        assert!(battery.is_asking() && matches!(receiver.recv(), Ok(Event::Battery(_))));
        battery.heard(None, 65_000);
        assert_eq!(ask(&mut battery, 65_000), 2);
        battery.heard(None, 65_000);
        assert_eq!(ask(&mut battery, 119_000), 2, "the same minute");
        assert_eq!(ask(&mut battery, 120_000), 3);
    }

    // A driver that broke off left the last answer, and the thread that waited for it, until the program ended.
    #[test]
    fn a_driver_that_breaks_off_is_an_answer_too() {
        let (sender, receiver) = channel();
        assert!(ask(|| panic!("the driver broke off"), sender.clone()));
        assert!(matches!(receiver.recv_timeout(Duration::from_secs(20)), Ok(Event::Battery(None))));
        assert!(ask(|| Some(12), sender));
        assert!(matches!(receiver.recv_timeout(Duration::from_secs(20)), Ok(Event::Battery(Some(12)))));
    }

    #[test]
    fn what_was_told_minutes_ago_is_not_told_any_more() {
        let mut battery = Battery::default();
        battery.heard(Some(12), 60_000);
        assert_eq!(battery.low(180_000), Some(12), "it is asked for again by now");
        assert_eq!(battery.low(240_000), None, "no answer came");
        battery.heard(Some(11), 250_000);
        assert_eq!(battery.low(250_000), Some(11));
        battery.heard(None, 310_000);
        assert_eq!(battery.low(310_000), None);
    }
}
