//! Texts of law and standards: rules name them by their titles, the scheme knows their numbers.

use crate::scheme::Scheme;

impl Scheme {
    /// A rule's basis with the number of each text behind its title, in brackets as the sources of
    /// the scheme give it.
    #[must_use]
    pub fn cite(&self, basis: &str) -> String {
        let mut cited = String::with_capacity(basis.len() * 2);
        for part in basis.split_inclusive('》') {
            cited.push_str(part);
            let numbered = self.sources.iter().filter_map(|source| title_and_number(source));
            let own = numbered.filter(|(title, _)| part.ends_with(title));
            own.for_each(|(_, number)| cited.push_str(number));
        }
        cited
    }
}

/// `《title》` and `（number）` of a source; `None` when no number stands behind the title.
fn title_and_number(source: &str) -> Option<(&str, &str)> {
    let (title, rest) = source.split_at_checked(source.find('》')? + '》'.len_utf8())?;
    let end = rest.starts_with('（').then(|| rest.find('）')).flatten()?;
    Some((title, rest.get(..end + '）'.len_utf8())?))
}

#[cfg(test)]
mod tests {
    use crate::{BASE, embedded, load};

    #[test]
    fn titles_get_the_numbers_of_the_sources() {
        let mut scheme = load(&embedded(), BASE).unwrap();
        scheme.sources = vec!["《甲办法》（甲〔2020〕1号）".into(), "《乙法》第一条".into()];
        assert_eq!(scheme.cite("《甲办法》：应当"), "《甲办法》（甲〔2020〕1号）：应当");
        assert_eq!(scheme.cite("《乙法》；《丙法》"), "《乙法》；《丙法》");
    }

    #[test]
    fn a_place_rests_on_the_sources_of_the_base_too() {
        let files = embedded();
        for id in crate::ids(&files) {
            let scheme = load(&files, &id).unwrap();
            let cited = scheme.cite("《项目支出绩效评价管理办法》");
            assert!(cited.ends_with('）'), "{id}: {cited}");
        }
    }
}
