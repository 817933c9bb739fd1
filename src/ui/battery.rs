//! The battery, where the system tells of it in a folder (Linux); elsewhere nothing is said.

use std::path::Path;

/// A charge below which a person should look for a socket, in percent.
const LOW: u8 = 20;

/// Gives the charge in percent where a battery is low and nothing charges it.
pub fn low() -> Option<u8> {
    let folder = std::env::var_os("ZOUFANG_POWER").unwrap_or_else(|| "/sys/class/power_supply".into());
    low_in(Path::new(&folder))
}

fn low_in(folder: &Path) -> Option<u8> {
    let told = |supply: &Path, what: &str| Some(std::fs::read_to_string(supply.join(what)).ok()?.trim().to_owned());
    let charge = |supply: &Path| {
        let discharging = told(supply, "type")? == "Battery" && told(supply, "status")? == "Discharging";
        told(supply, "capacity")?.parse::<u8>().ok().filter(|charge| discharging && *charge <= LOW)
    };
    let supplies = std::fs::read_dir(folder).ok()?;
    supplies.flatten().filter_map(|supply| charge(&supply.path())).min()
}

#[cfg(test)]
mod tests {
    use super::low_in;

    #[test]
    fn only_a_low_battery_that_nothing_charges_is_told_of() {
        let folder = tempfile::tempdir().unwrap();
        let supply = |name: &str, told: [(&str, &str); 3]| {
            std::fs::create_dir_all(folder.path().join(name)).unwrap();
            for (what, words) in told {
                std::fs::write(folder.path().join(name).join(what), format!("{words}\n")).unwrap();
            }
        };
        assert_eq!(low_in(&folder.path().join("nowhere")), None);
        supply("AC", [("type", "Mains"), ("status", "Discharging"), ("capacity", "3")]);
        supply("BAT0", [("type", "Battery"), ("status", "Charging"), ("capacity", "9")]);
        supply("BAT1", [("type", "Battery"), ("status", "Discharging"), ("capacity", "80")]);
        assert_eq!(low_in(folder.path()), None);
        supply("BAT1", [("type", "Battery"), ("status", "Discharging"), ("capacity", "12")]);
        assert_eq!(low_in(folder.path()), Some(12));
    }
}
