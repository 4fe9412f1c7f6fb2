// The bar under an editors' text: it writes marks where the cursor is, and the browser's own undo takes them back.
const KEYS = { b: "bold", k: "link" };
const BLOCKS = { list: "- ", numbers: "1. " };

class Marks extends StimulusModule.Controller {
  static values = { chooser: String, types: String, told: Object };

  connect() {
    this.bar = document.createElement("div");
    this.bar.className = "marks";
    this.bar.setAttribute("role", "toolbar");
    this.bar.setAttribute("aria-label", this.toldValue.bar);
    for (const name of ["bold", "list", "numbers", "warning", "tip", "table", "link"]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = this.toldValue[name];
      button.tabIndex = this.bar.children.length ? -1 : 0; // one stop; arrows go from one to the next
      button.addEventListener("click", () => this.write(name));
      this.bar.append(button);
    }
    this.bar.addEventListener("mousedown", (event) => event.preventDefault()); // the cursor stays in the text
    this.bar.addEventListener("keydown", (event) => this.walk(event));
    this.element.after(this.bar);
    this.hear = (event) => {
      const name = (event.ctrlKey || event.metaKey) && KEYS[event.key];
      if (!name) return;
      event.preventDefault();
      this.write(name);
    };
    this.element.addEventListener("keydown", this.hear);
  }

  disconnect() {
    this.element.removeEventListener("keydown", this.hear);
    this.bar.remove();
  }

  walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...this.bar.children];
    const next = buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length];
    buttons.forEach((one) => { one.tabIndex = one === next ? 0 : -1; });
    next.focus();
  }

  write(name) {
    const { selectionStart: start, selectionEnd: end, value } = this.element;
    const chosen = value.slice(start, end);
    const told = this.toldValue;
    if (name === "bold") return this.put(`**${chosen || told.words}**`, 2, (chosen || told.words).length);
    if (name === "link") return this.choose(chosen);
    const before = value.slice(0, start);
    if (BLOCKS[name]) {
      const lines = (chosen || told.words).split("\n");
      const marked = lines.map((line, at) => (name === "numbers" ? `${at + 1}. ` : BLOCKS[name]) + line).join("\n");
      return this.put((before && !before.endsWith("\n") ? "\n" : "") + marked);
    }
    const apart = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    if (name === "table") return this.put(`${apart}| ${told.column} 1 | ${told.column} 2 |\n| ${told.words} | ${told.words} |\n`);
    return this.put(`${apart}${told[name]} : ${chosen || told.words}`);
  }

  // Put a text in place of what is selected; then select `length` characters of it, `from` its beginning.
  put(text, from = text.length, length = 0) {
    const start = this.element.selectionStart;
    this.element.focus();
    if (!document.execCommand("insertText", false, text)) {
      this.element.setRangeText(text);
      this.element.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.element.setSelectionRange(start + from, start + from + length);
  }

  choose(words) {
    const { selectionStart: start, selectionEnd: end } = this.element;
    new PageChooserModal(this.chooserValue).open({ modelNames: this.typesValue.split(",") }, (page) => {
      const link = `[${(words || page.adminTitle).replace(/[[\]]/g, "")}](${new URL(page.url, location.href).pathname})`;
      // The modal holds the focus until it is gone: what is written before goes nowhere.
      jQuery(".modal").one("hidden.bs.modal", () => setTimeout(() => {
        this.element.setSelectionRange(start, end);
        this.put(link);
      }));
    });
  }
}

wagtail.app.register("marks", Marks);
