//! Text files in the encodings that offices use: UTF-8, UTF-16, GB18030 (and so GBK).
//!
//! An encoding is asked for, or told by the file's mark, or found out by trying. Decoding is strict: a byte that does not
//! fit is an error with its line, never a replacement character.

use encoding_rs::{DecoderResult, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::Fault;
use crate::format::TextEncoding;
use crate::remark::Remark;

/// A file with this many good UTF-8 characters beyond ASCII before the first bad byte is damaged UTF-8, not GB18030: in GB18030
/// text some pairs of bytes look like UTF-8, a whole run of them does not.
const SURELY_UTF8: usize = 8;
/// The bytes at the beginning from which the byte order of UTF-16 without a mark is told.
const SAMPLE: usize = 64 << 10;

/// The text of a file, without its mark.
#[derive(Debug, PartialEq)]
pub(crate) struct Decoded {
    pub text: String,
    /// In what encoding the file was read. `None` if it is UTF-8 and nobody asked.
    pub remark: Option<Remark>,
}

/// Decodes a whole file, in the encoding that was asked for, if any.
pub(crate) fn decode(bytes: Vec<u8>, asked: Option<TextEncoding>) -> Result<Decoded, Fault> {
    match asked {
        Some(asked) => as_asked(&bytes, asked),
        None => found_out(bytes),
    }
}

fn as_asked(bytes: &[u8], asked: TextEncoding) -> Result<Decoded, Fault> {
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some((marked, mark)) if of_mark(marked) == asked => (marked, mark),
        Some((marked, _)) => {
            let marked = of_mark(marked);
            return Err(Fault::OtherMark { asked, marked });
        }
        None => (decoder_of(asked, bytes), 0),
    };
    let text = strict(encoding, &bytes[mark..]).map_err(|line| Fault::Undecodable { line, asked: Some(asked) })?;
    let remark = Some(Remark::DecodedAsAsked { encoding: asked });
    Ok(Decoded { text, remark })
}

fn found_out(mut bytes: Vec<u8>) -> Result<Decoded, Fault> {
    let undecodable = |line| Fault::Undecodable { line, asked: None };
    let remark = |encoding| Some(Remark::DecodedAs { encoding });
    match Encoding::for_bom(&bytes) {
        Some((encoding, mark)) if encoding == UTF_8 => {
            bytes.drain(..mark);
        }
        Some((encoding, mark)) => {
            let text = strict(encoding, &bytes[mark..]).map_err(undecodable)?;
            return Ok(Decoded { text, remark: remark(TextEncoding::Utf16) });
        }
        None => {}
    }
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Ok(Decoded { text, remark: None }),
        Err(error) => error,
    };
    let (before, _) = error.as_bytes().split_at(error.utf8_error().valid_up_to());
    // A lead byte is one that is neither ASCII nor a continuation.
    let beyond_ascii = before.iter().filter(|&&byte| byte >= 0xC0).count();
    if beyond_ascii >= SURELY_UTF8 {
        return Err(undecodable(line_after(before)));
    }
    let text = strict(GB18030, error.as_bytes()).map_err(undecodable)?;
    Ok(Decoded { text, remark: remark(TextEncoding::Gb18030) })
}

/// The encoding that the decoder knows.
fn decoder_of(encoding: TextEncoding, bytes: &[u8]) -> &'static Encoding {
    match encoding {
        TextEncoding::Utf8 => UTF_8,
        TextEncoding::Gbk | TextEncoding::Gb18030 => GB18030,
        TextEncoding::Utf16 if big_endian(bytes) => UTF_16BE,
        TextEncoding::Utf16 => UTF_16LE,
    }
}

/// What a file's mark says; there are marks of UTF-8 and UTF-16 only.
fn of_mark(encoding: &'static Encoding) -> TextEncoding {
    if encoding == UTF_8 { TextEncoding::Utf8 } else { TextEncoding::Utf16 }
}

/// Whether UTF-16 without a mark has its high bytes first: those of delimiters, digits and line ends are zero.
fn big_endian(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let zeros = |first: usize| sample.iter().skip(first).step_by(2).filter(|&&byte| byte == 0).count();
    zeros(0) > zeros(1)
}

/// The text, or the line of the first byte that does not fit.
fn strict(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, u32> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    // Han characters grow from two bytes to three. Only odd files need more, and get it below.
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2 + 16);
    let mut rest = bytes;
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        rest = &rest[read..];
        match result {
            DecoderResult::InputEmpty => return Ok(text),
            DecoderResult::Malformed(..) => return Err(line_after(text.as_bytes())),
            DecoderResult::OutputFull => text.reserve(rest.len() + 16),
        }
    }
}

/// The line, from 1, on which what follows these bytes stands. A line ends as spreadsheet programs have it: with a line
/// feed, a carriage return or both.
pub(crate) fn line_after(before: &[u8]) -> u32 {
    let ends = memchr::memchr2_iter(b'\n', b'\r', before);
    let lines = ends.filter(|&at| before[at] == b'\n' || before.get(at + 1) != Some(&b'\n')).count();
    u32::try_from(lines).unwrap_or(u32::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 𠮷 takes four bytes in GB18030, and two units in UTF-16.
    const TEXT: &str = "姓名,备注\n张三,𠮷镕\n";

    fn utf16(text: &str, mark: &[u8], bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        let body = text.encode_utf16().flat_map(bytes_of);
        mark.iter().copied().chain(body).collect()
    }

    fn gb() -> Vec<u8> {
        GB18030.encode(TEXT).0.into_owned()
    }

    fn decoded(remark: Option<Remark>) -> Result<Decoded, Fault> {
        Ok(Decoded { text: TEXT.to_owned(), remark })
    }

    #[test]
    fn every_office_encoding_gives_the_same_text() {
        let cases = [
            (TEXT.as_bytes().to_vec(), None),
            ([b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(), None),
            (gb(), Some(Remark::DecodedAs { encoding: TextEncoding::Gb18030 })),
            (utf16(TEXT, b"\xFF\xFE", u16::to_le_bytes), Some(Remark::DecodedAs { encoding: TextEncoding::Utf16 })),
            (utf16(TEXT, b"\xFE\xFF", u16::to_be_bytes), Some(Remark::DecodedAs { encoding: TextEncoding::Utf16 })),
        ];
        for (bytes, remark) in cases {
            assert_eq!(decode(bytes, None), decoded(remark));
        }
    }

    #[test]
    fn an_encoding_that_is_asked_for_is_used_and_said() {
        use TextEncoding::*;
        let cases = [
            (TEXT.as_bytes().to_vec(), Utf8),
            ([b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(), Utf8),
            (gb(), Gbk),
            (gb(), Gb18030),
            (utf16(TEXT, b"", u16::to_le_bytes), Utf16),
            (utf16(TEXT, b"", u16::to_be_bytes), Utf16),
            (utf16(TEXT, b"\xFE\xFF", u16::to_be_bytes), Utf16),
        ];
        for (bytes, asked) in cases {
            assert_eq!(decode(bytes, Some(asked)), decoded(Some(Remark::DecodedAsAsked { encoding: asked })));
        }
    }

    #[test]
    fn what_is_asked_for_wins_over_what_would_be_found_out() {
        // Good UTF-8 that is good GB18030 as well.
        let text = "语文".as_bytes().to_vec();
        assert_eq!(decode(text.clone(), None).map(|decoded| decoded.text), Ok("语文".to_owned()));
        let asked = decode(text.clone(), Some(TextEncoding::Gbk)).map(|decoded| decoded.text);
        assert_eq!(asked, Ok(GB18030.decode(&text).0.into_owned()));
    }

    #[test]
    fn bytes_of_no_encoding_are_an_error_with_their_line() {
        let found_out = |bytes: &[u8]| decode(bytes.to_vec(), None);
        let at = |line| Err(Fault::Undecodable { line, asked: None });
        assert_eq!(found_out(b"a\nb\xFF\xFFc\n"), at(2));
        assert_eq!(found_out(&["姓名单位学科职务\r".as_bytes(), b"\xE5\xBC\n"].concat()), at(2));
        assert_eq!(found_out(b"\xFF\xFEa\0\n\0\x00\xD8"), at(2));
    }

    #[test]
    fn bytes_that_do_not_fit_what_was_asked_for_are_an_error_that_names_it() {
        use TextEncoding::*;
        let cases: [(&[u8], TextEncoding, u32); 4] = [
            (b"a\r\n\xD0\xD5", Utf8, 2),
            (b"a\nb\nc\xFF", Gbk, 3),
            (b"\xE8\xAF\xAD\xFF", Gb18030, 1),
            (b"a\0\n\0\x00\xD8", Utf16, 2),
        ];
        for (bytes, asked, line) in cases {
            assert_eq!(decode(bytes.to_vec(), Some(asked)), Err(Fault::Undecodable { line, asked: Some(asked) }));
        }
    }

    #[test]
    fn a_mark_that_says_otherwise_is_an_error() {
        let marked = [b"\xEF\xBB\xBF", TEXT.as_bytes()].concat();
        let asked = TextEncoding::Gbk;
        assert_eq!(decode(marked, Some(asked)), Err(Fault::OtherMark { asked, marked: TextEncoding::Utf8 }));
        let asked = TextEncoding::Utf8;
        let marked = utf16(TEXT, b"\xFF\xFE", u16::to_le_bytes);
        assert_eq!(decode(marked, Some(asked)), Err(Fault::OtherMark { asked, marked: TextEncoding::Utf16 }));
    }

    #[test]
    fn a_line_ends_with_a_line_feed_a_carriage_return_or_both() {
        assert_eq!([b"a".as_slice(), b"a\n", b"a\r\nb", b"a\rb\r", b"\n\n\r"].map(line_after), [1, 2, 2, 3, 4]);
    }

    #[test]
    fn text_that_grows_more_than_usual_is_read() {
        let bytes = vec![0x80; 4000];
        let decoded = decode(bytes, Some(TextEncoding::Gb18030)).map(|decoded| decoded.text);
        assert_eq!(decoded, Ok("€".repeat(4000)));
    }
}
