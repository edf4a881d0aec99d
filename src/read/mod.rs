//! The only user of calamine and csv: a file becomes a stream of rows with addresses.
