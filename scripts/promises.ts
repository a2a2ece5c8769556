// npm run promises: brings grammar/promises.md up to the language reference, sentence by sentence. What is written there by hand, what holds each sentence, is kept.
//
// The page has the sections of the reference. In each, `> sentence` lines, one a sentence or row of a table, are followed by what holds them:
//   ```glif …                         a snippet, read as those of the reference are (test/snippets.ts), that fails where a sentence above it is not true
//   - test/x/y.test.ts: title         a test, by words of its title
//   - snippet: run Ramp               a snippet of the reference itself, by the words of its fence
//   - no promise: why                 a heading, a pointer, a reason: nothing that could be otherwise
//   - not yet held
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { sentencesOf } from "./sentences.ts";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
export const REFERENCE = join(ROOT, "grammar", "README.md");
export const PROMISES = join(ROOT, "grammar", "promises.md");

export const NOT_YET = "- not yet held";

export interface Held {
  readonly sentences: readonly string[];
  /** Lines of Markdown. */
  readonly evidence: string;
}

/** The groups of the page, in their order; the head and the headings are made anew. */
export function heldIn(page: string): readonly Held[] {
  const groups: { sentences: string[]; lines: string[] }[] = [];
  let fenced = false;
  for (const line of page.split("\n")) {
    const last = groups.at(-1);
    if (line.startsWith("```")) fenced = !fenced;
    if (!fenced && line.startsWith("> ")) {
      if (last === undefined || last.lines.some((l) => l.trim() !== ""))
        groups.push({ sentences: [line.slice(2)], lines: [] });
      else last.sentences.push(line.slice(2));
    } else if (fenced || line.startsWith("```") || !/^#+ /.test(line)) last?.lines.push(line);
  }
  return groups.map(({ sentences, lines }) => ({ sentences, evidence: lines.join("\n").trim() }));
}

/** The page for this reference: a sentence that is new is not yet held, one that is no longer said stands at the end, with what held it. */
export function promisesFor(reference: string, page: string): string {
  const said = sentencesOf(reference);
  const texts = new Set(said.map((s) => s.text));
  const groups = heldIn(page);
  const groupOf = new Map(groups.flatMap((g) => g.sentences.map((s) => [s, g] as const)));
  const written = new Set<Held>();
  const sections = [...new Set(said.map((s) => s.section))].map((section) => {
    const own = said.filter((s) => s.section === section);
    const parts: string[] = [];
    const fresh: string[] = [];
    const flush = (): void => {
      if (fresh.length > 0) parts.push(groupText({ sentences: [...fresh], evidence: NOT_YET }));
      fresh.length = 0;
    };
    for (const { text } of own) {
      const group = groupOf.get(text);
      if (group === undefined) {
        if (!fresh.includes(text)) fresh.push(text);
        continue;
      }
      if (written.has(group)) continue;
      flush();
      written.add(group);
      parts.push(groupText({ sentences: group.sentences.filter((s) => texts.has(s)), evidence: group.evidence }));
    }
    flush();
    return [`## ${section}`, ...parts].join("\n\n");
  });
  const gone = groups.flatMap((g) => {
    const sentences = g.sentences.filter((s) => !texts.has(s));
    return sentences.length === 0 || g.evidence === NOT_YET ? [] : [groupText({ sentences, evidence: g.evidence })];
  });
  return `${[
    head(
      said.map((s) => s.text),
      groupOf,
    ),
    ...sections,
    ...(gone.length === 0 ? [] : ["## No longer said", ...gone]),
  ].join("\n\n")}\n`;
}

function head(texts: readonly string[], groupOf: ReadonlyMap<string, Held>): string {
  const kinds = texts.map((t) => kindOf(groupOf.get(t)?.evidence ?? NOT_YET));
  const count = (kind: string): number => kinds.filter((k) => k === kind).length;
  return `# What the reference promises, and what holds it

Every sentence and row of [the reference](README.md), with the test or the snippet that fails where it is not true. \`npm run promises\` brings new sentences in; what
holds them is written here by hand, and \`test/promises.test.ts\` runs the snippets and looks for the tests.

| held by a test or a snippet | no promise | not yet held |
|---|---|---|
| ${count("held")} | ${count("none")} | ${count("open")} |`;
}

export function kindOf(evidence: string): "held" | "none" | "open" {
  return evidence === "" || evidence.includes(NOT_YET)
    ? "open"
    : evidence.startsWith("- no promise: ")
      ? "none"
      : "held";
}

function groupText({ sentences, evidence }: Held): string {
  return `${sentences.map((s) => `> ${s}`).join("\n")}\n\n${evidence}`;
}

function pageThere(): string {
  try {
    return readFileSync(PROMISES, "utf8");
  } catch {
    return "";
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  // Twice: the head counts what the sections have.
  const once = promisesFor(readFileSync(REFERENCE, "utf8"), pageThere());
  writeFileSync(PROMISES, promisesFor(readFileSync(REFERENCE, "utf8"), once));
}
