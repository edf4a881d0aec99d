//! The people, institutions and schools that rows of a run say there are.

mod entity;
mod namesakes;
mod successive;
mod tenure;

pub use entity::Entity;
pub use tenure::Tenure;
