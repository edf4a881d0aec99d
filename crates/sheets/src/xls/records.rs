//! The records of the workbook stream of an xls file, one after the other.

/// Kinds of records.
pub(crate) mod kind {
    pub(crate) const BOF: u16 = 0x0809;
    pub(crate) const EOF: u16 = 0x000A;
    pub(crate) const FILE_PASS: u16 = 0x002F;
    pub(crate) const CODE_PAGE: u16 = 0x0042;
    pub(crate) const BOUND_SHEET: u16 = 0x0085;
    pub(crate) const STRINGS: u16 = 0x00FC;
    pub(crate) const DIMENSIONS: u16 = 0x0200;
    pub(crate) const LABEL_STRING: u16 = 0x00FD;
    pub(crate) const MANY_NUMBERS: u16 = 0x00BD;
    pub(crate) const FORMULA: u16 = 0x0006;
    pub(crate) const ROW: u16 = 0x0208;
    pub(crate) const COLUMNS: u16 = 0x007D;
    /// The other records that give a cell a value: number, label, rich label, flag or error, packed number.
    pub(crate) const CELLS: [u16; 5] = [0x0203, 0x0204, 0x00D6, 0x0205, 0x027E];
}

/// The records of a stream, each with its kind and data, so far as they are whole.
pub(crate) struct BiffRecords<'s> {
    pub rest: &'s [u8],
}

impl<'s> Iterator for BiffRecords<'s> {
    type Item = (u16, &'s [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (head, rest) = self.rest.split_first_chunk::<4>()?;
        let kind = u16::from_le_bytes([head[0], head[1]]);
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let (data, rest) = rest.split_at_checked(length)?;
        self.rest = rest;
        Some((kind, data))
    }
}
