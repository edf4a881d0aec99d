//! One event in a row of several people and in one of one of them: 张三、李四 and 张三, with all else the same.

use foldhash::HashMap;

/// How many are remembered; beyond them such a row is not recognised.
const REMEMBERED: usize = 1_000_000;

/// The rows of several people, by the prints that rows of each of them alone would have.
#[derive(Default)]
pub(super) struct JointRows(HashMap<u64, u32>);

impl JointRows {
    /// Where the same is told of one of the people of a row alone, or of one of them together with others; takes up those of a
    /// row of several. `at` is its place, `own` its print, `alone` are those of each of them, and `seen` says where a row of a print stands.
    pub(super) fn first(&mut self, at: u32, own: u64, alone: &[u64], seen: impl Fn(u64) -> Option<u32>) -> Option<u32> {
        let of_one = |print: &u64| seen(*print).or_else(|| self.0.get(print).copied());
        let first = self.0.get(&own).copied().or_else(|| alone.iter().find_map(of_one));
        for print in alone.iter().take(REMEMBERED.saturating_sub(self.0.len())) {
            self.0.entry(*print).or_insert(at);
        }
        first
    }

    /// Whether one of its rows may be one of the other, or one that was `seen`.
    pub(super) fn has_any_of(&self, other: &JointRows, seen: impl Fn(u64) -> Option<u32>) -> bool {
        self.0.keys().any(|print| other.0.contains_key(print) || seen(*print).is_some())
    }

    pub(super) fn join(&mut self, other: &mut JointRows) {
        self.0.extend(std::mem::take(&mut other.0));
    }
}
