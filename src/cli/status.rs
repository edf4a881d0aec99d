//! How a run ended, and the exit status that says so.

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Done, and no gap was found.
    Fine,
    /// At least one 应 or 原则上 is unmet; or a report is not borne out.
    Gap,
    /// It could not be run, or a pack does not hold.
    NotRun,
    /// No gap, but something is 待核.
    Review,
}

impl Status {
    /// The status with an exit status. `None` if there is none.
    pub(super) fn of(code: u8) -> Option<Status> {
        [Status::Fine, Status::Gap, Status::NotRun, Status::Review].into_iter().find(|status| status.code() == code)
    }

    pub fn code(self) -> u8 {
        match self {
            Status::Fine => 0,
            Status::Gap => 1,
            Status::NotRun => 2,
            Status::Review => 3,
        }
    }
}
