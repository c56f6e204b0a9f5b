//! Pictures that people send. What is kept of one is its pixels, written again by the caller: without place, date,
//! code or anything else that a file may carry.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, ImageReader, Limits};

/// The pixels of a PNG, JPEG or WebP file; nothing when it is something else, has a side of more than `most` pixels,
/// or takes more than `memory` bytes to read. It takes time: call it beside the handlers (`spawn_blocking`).
pub fn decode(bytes: &[u8], most: u32, memory: u64) -> Option<DynamicImage> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let known = matches!(reader.format()?, ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP);
    let mut limits = Limits::default();
    limits.max_image_width = Some(most);
    limits.max_image_height = Some(most);
    limits.max_alloc = Some(memory);
    reader.limits(limits);
    known.then(|| reader.decode().ok())?
}
