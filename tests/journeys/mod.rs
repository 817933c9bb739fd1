//! Journeys: the real program in a real pseudo terminal, told as a person would tell it.
#![cfg(unix)]

mod afterwards;
mod anywhere;
mod bell;
mod card;
mod clocks;
mod damaged;
mod day;
mod drafts;
mod duties;
mod entry;
mod evening;
mod exchange;
mod first_run;
mod flat_battery;
mod gallery;
mod gaps;
mod handing;
#[allow(dead_code, reason = "keys and questions that a journey may need")]
mod harness;
mod hour;
mod import;
mod issues;
mod kills;
mod kills_at_work;
mod kitchen;
mod leaving;
mod lookup;
mod office;
mod pages_of_lists;
mod passphrase;
mod real_time;
mod refused;
mod remains;
mod resume;
mod screens;
mod signals;
mod sorting;
mod speaking;
mod square;
mod stopped;
mod taking_back;
mod talk;
mod ten_rules;
mod tried;
mod visit;
