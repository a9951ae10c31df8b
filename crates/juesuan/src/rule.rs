//! `juesuan rule`

use juesuan_check::infos;
use juesuan_model::RuleInfo;
use juesuan_scheme::{BASE, cases};
use juesuan_write::text::{rule_list, rule_page};

use crate::cli::RuleArgs;
use crate::failure::Failure;
use crate::schemes::Schemes;
use crate::{CLEAN, terminal};

/// How many rules of a like code are named when a code is unknown.
const NEAR: usize = 5;

/// Prints the page of a rule, or the list of all.
pub(crate) fn run(args: &RuleArgs) -> Result<u8, Failure> {
    let schemes = Schemes::open(args.schemes.as_deref())?;
    let scheme = schemes.load(BASE)?;
    let infos = infos(&scheme, &cases(&schemes.files()));
    let options = terminal::options(args.color, args.lang, true);
    let page = match &args.code {
        None => rule_list(&infos, options),
        Some(code) => rule_page(find(&infos, code)?, options),
    };
    terminal::print(&page)?;
    Ok(CLEAN)
}

fn find<'a>(infos: &'a [RuleInfo], code: &str) -> Result<&'a RuleInfo, Failure> {
    let code = code.to_uppercase();
    infos.iter().find(|info| info.code == code).ok_or_else(|| {
        let family: String = code.chars().take(4).collect();
        let near = infos.iter().filter(|info| info.code.starts_with(&family)).take(NEAR);
        Failure::UnknownRule { near: near.map(|info| info.code.clone()).collect(), code }
    })
}
