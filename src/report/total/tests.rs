//! What stands in the 总表 of some small runs, cell by cell.
