// Narrows the list of findings. Without it, all of them are visible.
(() => {
  "use strict";

  // On paper nothing can be opened, so everything is.
  const folds = [...document.querySelectorAll("details")];
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = folds.filter((fold) => !fold.open);
    opened.forEach((fold) => { fold.open = true; });
  });
  addEventListener("afterprint", () => {
    opened.forEach((fold) => { fold.open = false; });
  });

  const form = document.getElementById("filter");
  if (!form) return;

  // Full and half width, thousands separators and spaces make no difference to a search.
  const fold = (text) =>
    text.normalize("NFKC").toLowerCase().replace(/(\d),(?=\d{3})/g, "$1").replace(/\s+/g, "");
  const findings = [...document.querySelectorAll("article[data-severity]")];
  const texts = findings.map((node) => fold(node.textContent));
  const marks = [...document.querySelectorAll(".spot")];
  const containers = [...document.querySelectorAll(".part, .group")];
  const shown = document.getElementById("shown");
  const noMatch = document.getElementById("no-match");

  const apply = () => {
    const data = new FormData(form);
    const severities = new Set(data.getAll("severity"));
    const families = new Set(data.getAll("family"));
    const known = new Set([...form.querySelectorAll("[name=family]")].map((box) => box.value));
    const section = data.get("section") || "";
    const words = (data.get("words") || "").split(/\s+/).map(fold).filter(Boolean);
    let count = 0;
    findings.forEach((node, at) => {
      const { severity, family, section: home } = node.dataset;
      const fits = severities.has(severity)
        && (families.has(family) || !known.has(family))
        && (section === "" || section === home)
        && words.every((word) => texts[at].includes(word));
      node.hidden = !fits;
      if (fits) count += 1;
    });
    // A mark goes with the findings that it stands for.
    marks.forEach((node) => {
      const ids = node.dataset.for.split(" ");
      node.hidden = ids.every((id) => document.getElementById(id)?.hidden);
    });
    containers.forEach((node) => {
      node.hidden = !node.querySelector("article:not([hidden]), .spot:not([hidden])");
    });
    noMatch.hidden = count > 0;
    shown.textContent = form.dataset.shown
      .replace("{shown}", String(count))
      .replace("{all}", String(findings.length));
    document.body.classList.toggle("filtered", count < findings.length);
  };

  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  form.hidden = false;
  apply();
})();
