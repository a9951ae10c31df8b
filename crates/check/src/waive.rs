//! Accepted findings stay in the report, marked with who accepted them and why.

use juesuan_model::{Finding, Severity, Waiver};

/// The code of findings about the waivers themselves.
pub(crate) const CODE: &str = "DOC900";

/// Marks the findings that waivers cover. A waiver that matches nothing any more, or has run out
/// on `today` (`YYYY-MM-DD`), becomes a finding itself.
pub fn apply_waivers(findings: &mut Vec<Finding>, waivers: &[Waiver], today: &str) {
    let mut stale = Vec::new();
    for waiver in waivers {
        let expired = waiver.until.as_deref().is_some_and(|until| until < today);
        let mut matched = false;
        for finding in findings.iter_mut().filter(|f| covers(waiver, f)) {
            matched = true;
            if !expired {
                finding.waived = Some(waiver.clone());
            }
        }
        if expired && matched {
            stale.push(about(waiver, "已过有效期，所接受的问题仍在，请重新确认或更正"));
        } else if !matched {
            stale.push(about(waiver, "已没有对应的问题，请从接受清单中删去"));
        }
    }
    findings.extend(stale);
}

fn covers(waiver: &Waiver, finding: &Finding) -> bool {
    waiver.code == finding.code && (waiver.subject == finding.subject || waiver.subject == "*")
}

fn about(waiver: &Waiver, what: &str) -> Finding {
    Finding {
        code: CODE.to_owned(),
        severity: Severity::Note,
        title: "接受清单与报告不符".to_owned(),
        message: format!(
            "接受清单中的 {} {} {what}（{}：{}）",
            waiver.code, waiver.subject, waiver.who, waiver.note
        ),
        subject: waiver.subject.clone(),
        stated: String::new(),
        expected: String::new(),
        difference: String::new(),
        evidence: Vec::new(),
        basis: "使用者提供的接受清单".to_owned(),
        hint: String::new(),
        cause: None,
        consequences: Vec::new(),
        waived: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiver(subject: &str, until: Option<&str>) -> Waiver {
        Waiver {
            code: "TAB045".into(),
            subject: subject.into(),
            note: "已向财政部门说明".into(),
            who: "王会计".into(),
            until: until.map(Into::into),
        }
    }

    fn findings() -> Vec<Finding> {
        let mut finding = about(&waiver("three_public[total].budget", None), "");
        finding.code = "TAB045".into();
        vec![finding]
    }

    #[test]
    fn an_accepted_finding_stays_with_its_note() {
        let mut all = findings();
        apply_waivers(
            &mut all,
            &[waiver("three_public[total].budget", Some("2025-12-31"))],
            "2025-12-31",
        );
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].waived.as_ref().map(|w| w.who.as_str()), Some("王会计"));
    }

    #[test]
    fn what_matches_nothing_or_has_run_out_is_said() {
        let mut all = findings();
        let gone = waiver("summary[215].amount", None);
        let old = waiver("three_public[total].budget", Some("2025-06-30"));
        apply_waivers(&mut all, &[gone, old], "2025-07-01");
        assert!(all[0].waived.is_none());
        let said: Vec<_> = all[1..].iter().map(|f| f.message.clone()).collect();
        assert!(said[0].contains("已没有对应的问题") && said[1].contains("已过有效期"));
    }
}
