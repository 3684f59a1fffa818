// What a form cannot do by itself: a file may be dropped anywhere, and the button tells that work goes on.
"use strict";

const form = document.getElementById("check");
if (form) {
  const drop = form.querySelector(".drop");
  const file = document.getElementById("file");
  const chosen = drop.querySelector(".chosen");
  const said = drop.dataset;
  document.getElementById("file-hint").append(" " + said.drop);

  const tell = () => {
    const [first] = file.files;
    const large = first && first.size > Number(said.largest);
    chosen.textContent = first ? (large ? said.large : said.chosen) : "";
    chosen.classList.toggle("wrong", Boolean(large));
    file.setCustomValidity(large ? said.large : "");
    if (first) {
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "quiet";
      remove.textContent = said.remove;
      remove.addEventListener("click", () => {
        file.value = "";
        tell();
        file.focus();
      });
      chosen.append(remove);
    }
  };
  file.addEventListener("change", tell);

  const holdsFiles = (event) => event.dataTransfer && event.dataTransfer.types.includes("Files");
  for (const name of ["dragenter", "dragover"]) {
    document.addEventListener(name, (event) => {
      if (holdsFiles(event)) {
        event.preventDefault();
        form.classList.add("over");
      }
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) form.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    form.classList.remove("over");
    if (!holdsFiles(event)) return;
    event.preventDefault();
    const several = event.dataTransfer.files.length > 1;
    if (several) file.value = "";
    else file.files = event.dataTransfer.files;
    tell();
    if (several) {
      chosen.textContent = said.one;
      chosen.classList.add("wrong");
    }
    form.scrollIntoView({ block: "nearest" });
    form.querySelector(".main").focus();
  });

  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  const button = form.querySelector(".main");
  const check = button.textContent;
  form.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.hasAttribute("formaction")) {
      if (file.files.length) event.submitter.value = "file";
      file.disabled = true; // a file cannot be sent back, so it need not be sent to switch the language
    } else {
      button.setAttribute("aria-busy", "true");
      button.textContent = form.dataset.checking;
    }
  });
  window.addEventListener("pageshow", () => { // whoever comes back finds the page as it was left
    button.removeAttribute("aria-busy");
    button.textContent = check;
    file.disabled = false;
    tell();
  });
}
