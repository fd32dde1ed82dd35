/* A button at each block of code: it copies what one types, without prompts and without what is printed. */
"use strict";

const typed = (block) => {
  const copy = block.cloneNode(true);
  copy.querySelectorAll("button, .linenos").forEach((part) => part.remove());
  const prompted = copy.querySelector(".gp") !== null;
  const lines = copy.textContent.replace(/\n+$/, "").split("\n");
  if (!prompted) return lines.join("\n");
  return lines
    .filter((line) => /^(>>>|\.\.\.|\$)( |$)/.test(line))
    .map((line) => line.replace(/^(>>>|\.\.\.|\$) ?/, ""))
    .join("\n");
};

const write = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // A page opened from a disk has no clipboard, and a browser may refuse it.
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
};

document.querySelectorAll("div.highlight").forEach((block) => {
  if (block.closest(".cell_output, .highlight-text")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.setAttribute("aria-label", "Copy this code");
  button.addEventListener("click", async () => {
    await write(typed(block.querySelector("pre")));
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  block.append(button);
});
