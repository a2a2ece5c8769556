// What the language reference says, sentence by sentence: prose, items of lists and rows of tables, each with the section it stands in.

export interface Sentence {
  /** Heading of the section. */
  readonly section: string;
  /** On one line. */
  readonly text: string;
  readonly line: number;
}

/** Tables that tests of their own hold against what they list, row by row: the diagnostics, the habits. */
const TABLES_OF_THEIR_OWN = [/^\| code \|/, /^\| from \|/];

/** Without code blocks, headings, the list of sections and the grammar. */
export function sentencesOf(page: string): readonly Sentence[] {
  const found: Sentence[] = [];
  let section = "";
  let paragraph: string[] = [];
  let began = 0;
  let fenced = false;
  let skipping = false;
  const end = (): void => {
    if (paragraph.length > 0) for (const text of split(paragraph.join(" "))) found.push({ section, text, line: began });
    paragraph = [];
  };
  page.split("\n").forEach((line, k) => {
    if (line.startsWith("```")) {
      end();
      fenced = !fenced;
      return;
    }
    if (fenced) return;
    if (!line.startsWith("|")) skipping = false;
    if (/^#+ /.test(line)) {
      end();
      section = line.replace(/^#+ /, "");
    } else if (line.startsWith("|")) {
      end();
      skipping ||= TABLES_OF_THEIR_OWN.some((t) => t.test(line));
      const isHeader = /^\|[\s:|-]+\|$/.test(page.split("\n")[k + 1] ?? "") || /^\|[\s:|-]+\|$/.test(line);
      if (!skipping && !isHeader) found.push({ section, text: line.trim(), line: k + 1 });
    } else if (line.trim() === "" || line.startsWith("<!--")) end();
    else if (section !== "The glif language" || !line.startsWith("[")) {
      if (/^(- |\d+\. )/.test(line)) end();
      if (/^\[[^\]]*\]\(#[^)]*\) ·/.test(line)) return;
      if (paragraph.length === 0) began = k + 1;
      paragraph.push(line.trim().replace(/^(- |\d+\. )/, ""));
    }
  });
  end();
  return found;
}

/** At a full stop before what can begin a sentence, outside of code. */
function split(text: string): string[] {
  const parts: string[] = [];
  let code = false;
  let from = 0;
  for (let k = 0; k < text.length; k++) {
    if (text[k] === "`") code = !code;
    if (code || !/[.!?]/.test(text[k] ?? "")) continue;
    const rest = /^([)*"]*)\s+(?=[\p{Lu}`*"([])/u.exec(text.slice(k + 1));
    if (rest === null || /\b(?:al|vs|Fig|eq)\.$/.test(text.slice(0, k + 1))) continue;
    const at = k + 1 + (rest[1] ?? "").length;
    parts.push(text.slice(from, at).trim());
    from = at;
  }
  return [...parts, text.slice(from).trim()].filter((p) => p !== "");
}
