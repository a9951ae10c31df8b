//! TXT135: more people are in office than there are posts.

use juesuan_model::Severity;

use crate::{Context, Failure, Outcomes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: "TXT135",
    title: "在职人数超过编制数",
    english: "More people are in office than there are posts",
    severity: Severity::Warning,
    checks: "概况里“编制42名，年末在职40人”一类同时写明编制和在职人数的，在职人数不应超过编制数。",
    why: "超编须经批准；没有超编的，两个数必有一个写错。",
    bad: "第一部分 概况\n\n一、机构设置\n\n本部门为行政单位，编制24名，年末在职40人。",
    good: "第一部分 概况\n\n一、机构设置\n\n本部门为行政单位，编制42名，年末在职40人。",
    basis: "《地方各级人民政府机构设置和编制管理条例》：不得擅自超编制配备人员",
    false_alarms: "在职人数包括编外人员的，请在文中写明。",
    covers: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Outcomes) {
    for (index, staffing) in context.accounts.staffing.iter().enumerate() {
        let [posts, people] = [staffing.posts, staffing.people].map(|id| context.value(Some(id)));
        let (Some(posts), Some(people)) = (posts, people) else {
            out.not_checked(format!("staffing[{index}].people"), "人数没有读懂");
            continue;
        };
        if people <= posts {
            out.pass(&[staffing.posts, staffing.people]);
            continue;
        }
        let [posts, people] = [staffing.posts, staffing.people].map(|id| context.printed(Some(id)));
        let message = format!("在职 {people} 人，超过编制 {posts} 名");
        let failure = Failure::new(format!("staffing[{index}].people"), message);
        let failure = failure.values(people, format!("≤{posts}"));
        let failure = failure.figure(context, staffing.people).figure(context, staffing.posts);
        // Where a rate proves one of the two wrong, that is the cause.
        out.fail(failure.derived());
    }
}
