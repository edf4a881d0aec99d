//! Lists of how things stand beside one another: of which time each is, and whom they name.

mod listed;
mod newcomers;
mod officers;
mod other_years;

pub(in crate::audit) use newcomers::date_newcomers;
pub(in crate::audit) use other_years::set_aside;
