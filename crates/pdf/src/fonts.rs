//! What the glyphs of a font say where the file does not tell outright.

use hayro_interpret::font::{Glyph, OutlineGlyph};
use hayro_interpret::hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Stream, String as PdfString};
use hayro_interpret::hayro_syntax::page::Resources;
use rustc_hash::FxHashMap;
use skrifa::{FontRef, MetadataProvider};

use crate::look_alike;

/// Stands for what is not known.
const UNKNOWN: char = '\u{fffd}';

/// How the codes of a composite font become characters of a collection.
struct Collection {
    encoding: CMap,
    family: CidFamily,
}

/// What is known of the fonts of a file besides what the interpreter tells.
#[derive(Default)]
pub(crate) struct Fonts {
    /// Fonts that do not tell their characters, by name; nothing where a font tells them.
    named: FxHashMap<String, Option<Collection>>,
    /// The way from a character of a collection to Unicode.
    collections: FxHashMap<CidFamily, Option<CMap>>,
    /// The way back from glyphs to characters in embedded fonts, by their contents.
    programs: FxHashMap<u128, FxHashMap<u32, char>>,
    /// The fonts that were used, by name.
    used: FxHashMap<String, u16>,
}

impl Fonts {
    /// Takes note of the fonts of a page, and of the forms that it shows.
    pub(crate) fn enter(&mut self, resources: &Resources<'_>) {
        self.note(&resources.fonts);
        for key in resources.x_objects.keys() {
            let form = resources.x_objects.get::<Stream<'_>>(&key);
            let own = form.and_then(|form| form.dict().get::<Dict<'_>>("Resources"));
            if let Some(fonts) = own.and_then(|own| own.get::<Dict<'_>>("Font")) {
                self.note(&fonts);
            }
        }
    }

    fn note(&mut self, fonts: &Dict<'_>) {
        for key in fonts.keys() {
            let Some(font) = fonts.get::<Dict<'_>>(&key) else { continue };
            let Some(name) = font.get::<Name<'_>>("BaseFont") else { continue };
            let name = bare_name(name.as_str());
            if !self.named.contains_key(name) {
                self.named.insert(name.to_owned(), collection(&font));
            }
        }
    }

    /// The number of the font of a glyph.
    pub(crate) fn number(&mut self, glyph: &Glyph<'_>) -> u16 {
        let Glyph::Outline(outline) = glyph else { return 0 };
        let Some(name) = outline.font_data().and_then(|data| data.postscript_name) else {
            return 0;
        };
        let next = u16::try_from(self.used.len() + 1).unwrap_or(u16::MAX);
        *self.used.entry(name).or_insert(next)
    }

    /// The characters that a glyph says.
    pub(crate) fn unicode(&mut self, glyph: &Glyph<'_>) -> Vec<char> {
        let said = match glyph.as_unicode() {
            Some(BfString::Char(c)) => vec![c],
            Some(BfString::String(text)) => text.chars().collect(),
            None => Vec::new(),
        };
        let is_told = !said.is_empty() && said.iter().all(|c| !c.is_control() && *c != UNKNOWN);
        let said = match glyph {
            _ if is_told => said,
            Glyph::Outline(outline) => vec![self.guess(outline).unwrap_or(UNKNOWN)],
            Glyph::Type3(_) => vec![UNKNOWN],
        };
        said.into_iter().map(look_alike::character).collect()
    }

    fn guess(&mut self, glyph: &OutlineGlyph) -> Option<char> {
        let data = glyph.font_data()?;
        let name = data.postscript_name.as_deref().map(bare_name);
        let collection = name.and_then(|name| self.named.get(name)?.as_ref());
        if let Some(collection) = collection
            && let Some(c) = in_collection(&mut self.collections, collection, glyph.char_code())
        {
            return Some(c);
        }
        let program = self
            .programs
            .entry(data.cache_key)
            .or_insert_with(|| characters_by_glyph((*data.data).as_ref()));
        program.get(&glyph.glyph_id().to_u32()).copied()
    }
}

/// The name of a font without the mark of a subset: `ABCDEF+SimSun`.
fn bare_name(name: &str) -> &str {
    match name.split_once('+') {
        Some((mark, rest)) if mark.len() == 6 && mark.bytes().all(|b| b.is_ascii_uppercase()) => {
            rest
        }
        _ => name,
    }
}

/// The collection of a composite font that says nothing of Unicode itself.
fn collection(font: &Dict<'_>) -> Option<Collection> {
    if font.contains_key("ToUnicode") {
        return None;
    }
    let descendants = font.get::<Array<'_>>("DescendantFonts")?;
    let descendant = descendants.iter::<Dict<'_>>().next()?;
    let info = descendant.get::<Dict<'_>>("CIDSystemInfo")?;
    let registry = info.get::<PdfString<'_>>("Registry")?;
    let ordering = info.get::<PdfString<'_>>("Ordering")?;
    let encoding = match font.get::<Name<'_>>("Encoding") {
        Some(name) => match CMapName::from_bytes(&name) {
            CMapName::IdentityH | CMapName::IdentityV => CMap::identity_h(),
            known => CMap::parse(load_embedded(known)?, load_embedded)?,
        },
        None => {
            let stream = font.get::<Stream<'_>>("Encoding")?;
            CMap::parse(&stream.decoded_data().ok()?, load_embedded)?
        }
    };
    let family = CidFamily::from_registry_ordering(registry.as_bytes(), ordering.as_bytes());
    Some(Collection { encoding, family })
}

fn in_collection(
    known: &mut FxHashMap<CidFamily, Option<CMap>>,
    collection: &Collection,
    code: u32,
) -> Option<char> {
    let to_unicode = known.entry(collection.family.clone()).or_insert_with(|| {
        CMap::parse(load_embedded(collection.family.ucs2_cmap()?)?, load_embedded)
    });
    let encoding = &collection.encoding;
    let cid = (1..=4).find_map(|length| encoding.lookup_cid_code(code, length))?;
    match to_unicode.as_ref()?.lookup_bf_string(cid)? {
        BfString::Char(c) => Some(c).filter(|c| !c.is_control()),
        BfString::String(text) => text.chars().next(),
    }
}

/// The characters of an embedded font by the glyph that shows each; the first of several, but none
/// for private use when there is another.
fn characters_by_glyph(program: &[u8]) -> FxHashMap<u32, char> {
    let mut found: FxHashMap<u32, char> = FxHashMap::default();
    let Ok(font) = FontRef::new(program) else { return found };
    let is_private = |c: char| matches!(u32::from(c), 0xE000..=0xF8FF | 0xF_0000..);
    for (code, glyph) in font.charmap().mappings() {
        let Some(c) = char::from_u32(code).filter(|c| !c.is_control()) else { continue };
        let known = found.entry(glyph.to_u32()).or_insert(c);
        if is_private(*known) && !is_private(c) {
            *known = c;
        }
    }
    found
}
