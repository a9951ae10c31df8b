//! What the typesetter may see: one text, the publication, fonts.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::error::PrintError;

/// The layout, and one call of it.
static SOURCE: LazyLock<Source> = LazyLock::new(|| {
    Source::detached(concat!(include_str!("layout.typ"), "\n#printed(sys.inputs)\n"))
});

/// The fonts that the program carries; `fonts/subset.py` made them.
static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let files: [&'static [u8]; 4] = [
        include_bytes!("../fonts/serif-regular.otf"),
        include_bytes!("../fonts/serif-bold.otf"),
        include_bytes!("../fonts/sans-medium.otf"),
        include_bytes!("../fonts/kai-regular.ttf"),
    ];
    files.into_iter().filter_map(|bytes| Font::new(Bytes::new(bytes), 0)).collect()
});

/// A font that the user has, for running text: 仿宋 as official documents have it.
#[derive(Clone, Debug)]
pub struct BodyFont(Font);

impl BodyFont {
    /// Reads a font; of a collection the first.
    ///
    /// # Errors
    /// When the bytes are no font, or one without Chinese characters.
    pub fn read(bytes: Vec<u8>) -> Result<Self, PrintError> {
        let font = Font::new(Bytes::new(bytes), 0).ok_or(PrintError::NotAFont)?;
        if "的一年〇".chars().filter(|c| has(&font, *c)).count() < 3 {
            return Err(PrintError::NotChinese { family: font.info().family.clone() });
        }
        Ok(Self(font))
    }

    /// What it calls itself.
    #[must_use]
    pub fn family(&self) -> &str {
        &self.0.info().family
    }
}

fn has(font: &Font, c: char) -> bool {
    font.info().coverage.contains(u32::from(c))
}

/// The world of the typesetter.
pub(crate) struct Press {
    standard: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl Press {
    pub(crate) fn new(publication: Dict, body: Option<&BodyFont>) -> Self {
        let own = body.map(|body| body.0.clone());
        let fonts: Vec<Font> = own.into_iter().chain(FONTS.iter().cloned()).collect();
        Self {
            standard: LazyHash::new(Library::builder().with_inputs(publication).build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
        }
    }

    /// The characters that no font has.
    pub(crate) fn missing(&self, characters: &BTreeSet<char>) -> Vec<char> {
        let is_missing = |c: &char| !self.fonts.iter().any(|font| has(font, *c));
        characters.iter().copied().filter(is_missing).collect()
    }
}

impl World for Press {
    fn library(&self) -> &LazyHash<Library> {
        &self.standard
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        SOURCE.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == SOURCE.id() { Ok(SOURCE.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
