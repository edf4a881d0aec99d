//! The seeds of the fuzz targets and the crashes that they found.

mod crashes;
mod seeds;
