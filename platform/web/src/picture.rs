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

/// The same pixels in a JPEG of at most `side` pixels a side: what a page shows of a picture that was sent. Nothing
/// when it cannot be read (see [`decode`]). It takes time: call it beside the handlers.
pub fn jpeg(bytes: &[u8], most: u32, memory: u64, side: u32) -> Option<Vec<u8>> {
    let picture = decode(bytes, most, memory)?;
    let picture = if picture.width() > side || picture.height() > side {
        picture.resize(side, side, image::imageops::FilterType::CatmullRom)
    } else {
        picture
    };
    let mut out = Cursor::new(vec![]);
    DynamicImage::ImageRgb8(picture.to_rgb8()).write_to(&mut out, ImageFormat::Jpeg).ok()?;
    Some(out.into_inner())
}
