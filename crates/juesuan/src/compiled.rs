//! A department's folder compiled: read, consolidated, scored. What publishing, scoring and
//! explaining share.

use std::path::Path;

use juesuan_compile::{Consolidated, Scored, consolidate, enter, enter_terms, score};
use juesuan_model::{Finding, Severity};
use juesuan_scheme::Scheme;
use juesuan_scheme::glossary::Glossary;
use juesuan_scheme::manuscript::Manuscript;
use juesuan_scheme::package::PackageForm;

use crate::department::{Folder, HandedIn};
use crate::failure::Failure;
use crate::schemes::Schemes;

/// A compiled department.
pub(crate) struct Compiled {
    pub(crate) scheme: Scheme,
    pub(crate) form: PackageForm,
    pub(crate) manuscript: Manuscript,
    pub(crate) handed_in: HandedIn,
    pub(crate) consolidated: Consolidated,
    pub(crate) scored: Vec<Scored>,
    /// Everything that is wrong with the packages.
    pub(crate) findings: Vec<Finding>,
    /// Whether nothing was wrong with them before they were scored, so that what is missing then
    /// is missing and does not only follow.
    pub(crate) is_sound: bool,
}

impl Compiled {
    /// Compiles a department's folder.
    pub(crate) fn open(folder: &Path, schemes: &Schemes) -> Result<Self, Failure> {
        let folder = Folder::open(folder)?;
        let mut scheme = (*schemes.load(folder.scheme())?).clone();
        let files = schemes.files();
        let form = PackageForm::load(&files, &mut scheme)?;
        let manuscript = Manuscript::load(&files, &scheme)?;
        let glossary = Glossary::load(&files, &scheme)?;
        let mut handed_in = folder.read(&form, &scheme)?;
        let mut findings = std::mem::take(&mut handed_in.findings);
        let mut consolidated =
            consolidate(&handed_in.department, &form, &scheme, &handed_in.packages);
        findings.append(&mut consolidated.findings);
        let (scored, faults) = score(&scheme, &consolidated.ledger);
        // What follows from a fault of a package is no fault of its own.
        let is_sound = !has_errors(&findings);
        enter(&mut consolidated.ledger, &scored);
        let unexplained = enter_terms(&mut consolidated.ledger, &glossary, &scheme);
        if is_sound {
            findings.extend(faults);
            findings.extend(unexplained);
        }
        Ok(Self { scheme, form, manuscript, handed_in, consolidated, scored, findings, is_sound })
    }
}

/// Whether one of the findings is an error.
pub(crate) fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}
