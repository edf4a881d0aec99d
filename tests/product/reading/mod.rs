//! Files of all formats, the seeds of the fuzz targets and the crashes that they found.

mod crashes;
mod read_formats;
mod seeds;
