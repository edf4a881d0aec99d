//! The five example offices, and how each is checked.

use std::path::PathBuf;

use jiaoyan::audit::Settings;
use jiaoyan::dictionary::{Dictionary, calendar};
use jiaoyan::model::Period;
use jiaoyan::pack;
use jiff::civil::{Date, date};

/// An example folder, and how it is checked.
pub struct Example {
    pub folder: &'static str,
    pub pack: &'static str,
    period: Period,
    as_of: Option<Date>,
    calendar: Option<&'static str>,
}

pub const JIANGMEN: Example = Example {
    folder: "jiangmen-2023",
    pack: "jiangmen-2022",
    period: Period::Calendar(2023),
    as_of: None,
    calendar: None,
};
pub const DONGXING: Example = Example {
    folder: "dongxing-2023",
    pack: "dongxing-2020",
    period: Period::School(2023),
    as_of: Some(date(2024, 6, 30)),
    calendar: None,
};
pub const TRAINING_SCHOOL: Example = Example {
    folder: "training-school-2023",
    pack: "training-school",
    period: Period::School(2023),
    as_of: Some(date(2024, 8, 31)),
    calendar: None,
};
pub const YUEQING: Example = Example {
    folder: "yueqing-2023",
    pack: "yueqing-2020",
    period: Period::School(2023),
    as_of: Some(date(2024, 5, 31)),
    calendar: Some("calendar.toml"),
};
pub const URUMQI: Example =
    Example { folder: "urumqi-2023", pack: "urumqi-2024", period: Period::Calendar(2023), as_of: None, calendar: None };

impl Example {
    pub fn path(&self) -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples").join(self.folder)
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// How some files are checked as the example is.
    pub fn settings(&self, inputs: Vec<PathBuf>) -> Settings {
        Settings {
            inputs,
            packs: vec![pack::built_in(self.pack, Dictionary::built_in()).unwrap()],
            period: Some(self.period),
            as_of: self.as_of,
            level: None,
            institution: None,
            columns: Default::default(),
            calendar: self.calendar.map(|name| calendar::parse(name, &self.read(name)).unwrap()).unwrap_or_default(),
            whole_copies: false,
            confirmed: Default::default(),
            threads: 2,
            encoding: None,
            today: date(2024, 12, 31),
        }
    }
}
