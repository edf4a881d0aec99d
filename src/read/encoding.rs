//! Text files in the encodings that offices use: UTF-8, UTF-16 with a mark, GB18030 (and so GBK).
//!
//! Decoding is strict: a byte that fits no encoding is an error with its line, never a replacement character.

use encoding_rs::{DecoderResult, Encoding, GB18030, UTF_8};

use super::error::Fault;

/// A file with this many good UTF-8 characters beyond ASCII before the first bad byte is damaged UTF-8, not GB18030: in GB18030
/// text some pairs of bytes look like UTF-8, a whole run of them does not.
const SURELY_UTF8: usize = 8;

/// Decodes a whole file. Gives the text, without its mark, and a remark on any encoding but UTF-8.
pub(super) fn decode(mut bytes: Vec<u8>) -> Result<(String, Option<&'static str>), Fault> {
    match Encoding::for_bom(&bytes) {
        Some((encoding, mark)) if encoding == UTF_8 => {
            bytes.drain(..mark);
        }
        Some((encoding, mark)) => {
            let text = strict(encoding, &bytes[mark..])?;
            return Ok((text, Some("文件按 UTF-16 编码读取")));
        }
        None => {}
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok((text, None)),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let (before, _) = error.as_bytes().split_at(good);
            // A lead byte is one that is neither ASCII nor a continuation.
            let beyond_ascii = before.iter().filter(|&&byte| byte >= 0xC0).count();
            if beyond_ascii >= SURELY_UTF8 {
                let line = line_after(before);
                return Err(Fault::Undecodable { line });
            }
            let text = strict(GB18030, error.as_bytes())?;
            Ok((text, Some("文件按 GB18030（GBK）编码读取")))
        }
    }
}

fn strict(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, Fault> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    let mut text = String::with_capacity(room.ok_or(Fault::TooLarge)?);
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::InputEmpty, _) => Ok(text),
        (DecoderResult::Malformed(..) | DecoderResult::OutputFull, _) => {
            let line = line_after(text.as_bytes());
            Err(Fault::Undecodable { line })
        }
    }
}

/// The line, from 1, on which what follows these bytes stands.
pub(super) fn line_after(before: &[u8]) -> u32 {
    let lines = memchr::memchr_iter(b'\n', before).count();
    u32::try_from(lines).unwrap_or(u32::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "姓名,备注\n张三,𠮷镕\n";
    const AS_GB18030: Option<&str> = Some("文件按 GB18030（GBK）编码读取");
    const AS_UTF16: Option<&str> = Some("文件按 UTF-16 编码读取");

    fn utf16(text: &str, mark: &[u8], bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        let body = text.encode_utf16().flat_map(bytes_of);
        mark.iter().copied().chain(body).collect()
    }

    #[test]
    fn every_office_encoding_gives_the_same_text() {
        let (gb, _, _) = GB18030.encode(TEXT);
        let cases = [
            (TEXT.as_bytes().to_vec(), None),
            ([b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(), None),
            (gb.into_owned(), AS_GB18030),
            (utf16(TEXT, b"\xFF\xFE", u16::to_le_bytes), AS_UTF16),
            (utf16(TEXT, b"\xFE\xFF", u16::to_be_bytes), AS_UTF16),
        ];
        for (bytes, remark) in cases {
            assert_eq!(decode(bytes), Ok((TEXT.to_owned(), remark)));
        }
    }

    #[test]
    fn bytes_of_no_encoding_are_an_error_with_their_line() {
        assert_eq!(decode(b"a\nb\xFF\xFFc\n".to_vec()), Err(Fault::Undecodable { line: 2 }));
        let broken = ["姓名单位学科职务\n".as_bytes(), b"\xE5\xBC\n"].concat();
        assert_eq!(decode(broken), Err(Fault::Undecodable { line: 2 }));
        assert_eq!(decode(b"\xFF\xFEa\0\n\0\x00\xD8".to_vec()), Err(Fault::Undecodable { line: 2 }));
    }
}
