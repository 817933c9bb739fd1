//! Which campaign: the id that exports and key files carry. Two counties may each carry out one of the same name, so the unit
//! belongs to it.
//!
//! The unit stands there only where it is not that of the campaign which ships with the program, as ids were name and year before.
//! A campaign of another name goes on reading what it wrote then; one of the shipped name does not, as that may as well be
//! the shipped unit's.

use super::Campaign;

impl Campaign {
    /// Gives the campaign's id. Practice is a campaign of its own, so that invented households never get among real ones.
    pub fn id(&self, practice: bool) -> String {
        let unit = Some(self.unit.trim()).filter(|unit| *unit != Self::built_in().unit && !unit.is_empty());
        let unit = unit.map_or_else(String::new, |unit| format!(" ({unit})"));
        format!("{} {}{}{unit}", self.name, self.year, if practice { " 练习" } else { "" })
    }

    /// Tells whether what carries an id belongs to the campaign of another one.
    pub fn is_same(theirs: &str, ours: &str) -> bool {
        let before_units = || {
            let rest = ours.strip_prefix(theirs).is_some_and(|unit| unit.starts_with(" (") && unit.ends_with(')'));
            rest && [false, true].iter().all(|practice| Self::built_in().id(*practice) != theirs)
        };
        theirs == ours || before_units()
    }
}

#[cfg(test)]
mod tests {
    use super::Campaign;

    #[test]
    fn campaigns_of_two_units_are_two_whatever_their_name() {
        let own = Campaign::built_in();
        assert_eq!(own.id(false), "我为群众办实事·走千村进万户 2021", "as it always was");
        let other = Campaign { unit: "沂水县文化和旅游局".into(), ..own.clone() };
        assert_eq!(other.id(true), "我为群众办实事·走千村进万户 2021 练习 (沂水县文化和旅游局)");
        let third = Campaign { unit: "蒙阴县文化和旅游局".into(), ..own.clone() };
        for (one, two) in [(own, &other), (&other, own), (&other, &third)] {
            assert!(!Campaign::is_same(&one.id(false), &two.id(false)), "{} {}", one.unit, two.unit);
        }
        assert!(!Campaign::is_same(&other.id(false), &other.id(true)), "practice");
    }

    #[test]
    fn what_was_written_before_units_counted_is_still_read_by_a_campaign_of_another_name() {
        let pilot = Campaign {
            name: "试点".into(), unit: "沂水县文化和旅游局".into(), ..Campaign::built_in().clone()
        };
        assert!(
            Campaign::is_same("试点 2021", &pilot.id(false)) && Campaign::is_same("试点 2021 练习", &pilot.id(true))
        );
        for other in ["试点 2021", "试点 2022", "试", ""] {
            assert!(!Campaign::is_same(other, &pilot.id(true)), "{other}");
        }
    }
}
