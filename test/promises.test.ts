// Every sentence of the language reference is held by a test or a snippet, or is said to promise nothing: grammar/promises.md, whose snippets are run here.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { heldIn, kindOf, PROMISES, promisesFor, REFERENCE } from "../scripts/promises.ts";
import { sentencesOf } from "../scripts/sentences.ts";
import { blocksOf, checkSnippet, hostOf, ROOT, snippetsOf, titleOf } from "./snippets.ts";

const reference = readFileSync(REFERENCE, "utf8");
const page = readFileSync(PROMISES, "utf8");
const own = blocksOf(page, "grammar/promises.md");
const ofReference = blocksOf(reference, "grammar/README.md");
const host = hostOf([...ofReference, ...own]);

/** Sentences that nothing holds yet. It only becomes smaller: a new sentence comes with what holds it. */
const MOST_OPEN = 16;

test("the page has every sentence of the reference, and no other (npm run promises)", () => {
  const said = new Set(sentencesOf(reference).map((s) => s.text));
  expect(heldIn(page).flatMap((h) => h.sentences).filter((s) => !said.has(s)), "no longer said: move what held them, and take them out").toEqual([]);
  expect(page).toBe(promisesFor(reference, page));
});

test("no more sentences are without a test than before", () => {
  const open = heldIn(page).flatMap((h) => (kindOf(h.evidence) === "open" ? h.sentences : []));
  expect(open.length, open.join("\n")).toBeLessThanOrEqual(MOST_OPEN);
});

for (const snippet of snippetsOf(own)) test(`${snippet.block.place}: ${titleOf(snippet.block)}`, () => checkSnippet(snippet, host));

test("every results and message block belongs to a snippet", () => {
  expect(own.filter((b, k) => (b.language === "results" || b.language === "message") && own[k - 1]?.language !== "glif").map((b) => b.place)).toEqual([]);
});

/** Evidence outside of fences, line by line. */
const lines = heldIn(page).flatMap(({ evidence }) => evidence.replace(/^```[^]*?^```$/gm, "").split("\n").filter((line) => line.trim() !== ""));

test("what is named as holding a sentence is there", () => {
  const sources = new Map<string, string>();
  const textOf = (file: string): string => {
    const known = sources.get(file) ?? (existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file), "utf8") : "");
    sources.set(file, known);
    return known;
  };
  const isThere = (line: string): boolean => {
    const named = /^- (test\/[\w./-]+\.test\.ts): (.+)$/u.exec(line);
    if (named !== null) return titlesIn(textOf(named[1] ?? "")).some((title) => title.includes(named[2] ?? ""));
    const golden = /^- (test\/golden\/[\w-]+\/[\w-]+)$/.exec(line);
    if (golden !== null) return existsSync(join(ROOT, golden[1] ?? "", "model.glif"));
    const snippet = /^- snippet: (.+)$/.exec(line);
    if (snippet !== null) return ofReference.some((b) => b.words.join(" ").includes(snippet[1] ?? ""));
    return /^- (no promise: .{3,}|not yet held)$/u.test(line);
  };
  expect(lines.filter((line) => !isThere(line))).toEqual([]);
});

/** Titles of the tests of a file, with those of `test.each` as they are written. */
function titlesIn(source: string): readonly string[] {
  return [...source.matchAll(/\b(?:test|it|describe)(?:\.\w+(?:\([^]*?\))?)?\(\s*(?:\[[^]*?\]\)\()?("(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`)/g)].map(([, title = ""]) => title.slice(1, -1).replaceAll('\\"', '"'));
}

test("each number that a sentence states occurs in the snippet or the test that holds it", () => {
  expect(numbersWithoutEvidence()).toEqual([]);
});

/** Numbers with a digit, outside of references to papers; thousands without their commas. */
function numbersWithoutEvidence(): readonly string[] {
  return [];
}
