//! Whose a lesson or a lecture was, and whether a row of it is an observation.

mod given;
mod roles;
mod seen;
mod told;

pub(super) use given::{GivenLessons, either};
pub(super) use roles::NamedRoles;
pub(in crate::intake::row) use seen::{SeenLessons, take_names};
pub(super) use told::ToldLessons;
