//! Why a publication could not be printed.

use std::fmt;

use juesuan_model::Lang;

/// Why a publication could not be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrintError {
    /// The bytes given as font are none.
    NotAFont,
    /// The font has no Chinese characters.
    NotChinese {
        /// What the font calls itself.
        family: String,
    },
    /// No font has these characters.
    Characters(Vec<char>),
    /// The typesetter gave up, in its words.
    Typesetter(String),
}

impl PrintError {
    /// What happened and what to do.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.chinese(),
            Lang::En => self.english(),
        }
    }

    fn chinese(&self) -> String {
        match self {
            Self::NotAFont => {
                "不是字体文件；请给出 .ttf、.otf 或 .ttc 文件，如仿宋 simfang.ttf".to_owned()
            }
            Self::NotChinese { family } => {
                format!("字体 {family} 没有汉字；请给出中文字体，如仿宋 simfang.ttf")
            }
            Self::Characters(missing) => format!(
                "PDF 的字库里没有这些字：{}；请用 --font 给出有这些字的字体文件，或用 --format 不写 pdf",
                listed(missing)
            ),
            Self::Typesetter(words) => format!("PDF 排版没有成功：{words}"),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::NotAFont => {
                "it is no font; give a .ttf, .otf or .ttc file, as in simfang.ttf".to_owned()
            }
            Self::NotChinese { family } => {
                format!("the font {family} has no Chinese characters; give one that has")
            }
            Self::Characters(missing) => format!(
                "the fonts for the PDF lack {}; give a font that has them with --font, or leave pdf \
                 out with --format",
                listed(missing)
            ),
            Self::Typesetter(words) => format!("the PDF could not be typeset: {words}"),
        }
    }
}

/// Characters with their numbers, since a terminal may lack them too.
fn listed(characters: &[char]) -> String {
    const MOST: usize = 20;
    let mut shown: Vec<String> =
        characters.iter().take(MOST).map(|c| format!("{c}（U+{:04X}）", u32::from(*c))).collect();
    if characters.len() > MOST {
        shown.push("……".to_owned());
    }
    shown.join("、")
}

impl fmt::Display for PrintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Lang::Zh))
    }
}

impl std::error::Error for PrintError {}
