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

test("the page has every sentence of the reference, and no other (npm run promises)", () => {
  const said = new Set(sentencesOf(reference).map((s) => s.text));
  expect(
    heldIn(page)
      .flatMap((h) => h.sentences)
      .filter((s) => !said.has(s)),
    "no longer said: move what held them, and take them out",
  ).toEqual([]);
  expect(page).toBe(promisesFor(reference, page));
});

test("no sentence is without a test", () => {
  expect(heldIn(page).flatMap((h) => (kindOf(h.evidence) === "open" ? h.sentences : []))).toEqual([]);
});

for (const snippet of snippetsOf(own))
  test(`${snippet.block.place}: ${titleOf(snippet.block)}`, () => checkSnippet(snippet, host));

test("every results and message block belongs to a snippet", () => {
  expect(
    own
      .filter((b, k) => (b.language === "results" || b.language === "message") && own[k - 1]?.language !== "glif")
      .map((b) => b.place),
  ).toEqual([]);
});

/** Evidence outside of fences, line by line. */
const lines = heldIn(page).flatMap(({ evidence }) =>
  evidence
    .replace(/^```[^]*?^```$/gm, "")
    .split("\n")
    .filter((line) => line.trim() !== ""),
);

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
  return [
    ...source.matchAll(
      /\b(?:test|it|describe)(?:\.\w+(?:<[^]*?>)?(?:\([^]*?\))?)?\(\s*(?:\[[^]*?\]\)\()?("(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`)/g,
    ),
  ].map(([, title = ""]) => title.slice(1, -1).replaceAll('\\"', '"'));
}

test("each number that a sentence states occurs in what holds it", () => {
  const without = heldIn(page)
    .filter((h) => kindOf(h.evidence) === "held")
    .flatMap(({ sentences, evidence }) => {
      const known = new Set(numbersIn(`${evidence}\n${namedIn(evidence)}`));
      return sentences.flatMap((s) =>
        numbersIn(stated(s))
          .filter((n) => !known.has(n))
          .map((n) => `${n}: ${s}`),
      );
    });
  expect(without).toEqual([]);
});

/** The sentence without its examples in code and without the papers in the last cell of a row. */
function stated(sentence: string): string {
  const row = sentence.startsWith("| ");
  return (row ? sentence.split(/ \| /).slice(0, -1).join(" ") : sentence)
    .replace(/`[^`]*`/g, " ")
    .replace(/\]\([^)]*\)/g, " ")
    .replace(/\b(?:[A-Z]\w*\d\w*|UAX \d+)/g, " ");
}

/** Numbers of two digits and more, or with a decimal point or a power of ten: 100,000, 0.1, 1e-10. One or two of something is words. */
function numbersIn(text: string): readonly number[] {
  return [
    ...text
      .replace(/(\d)[,_](?=\d{3})/g, "$1")
      .matchAll(/(?<![\p{L}\d_.^])\d+(?:\.\d+)?(?:e[-+]?\d+)?(?![\d\p{L}_])/gu),
  ]
    .map(([n]) => Number(n))
    .filter((n) => !(Number.isInteger(n) && n < 10));
}

/** The texts of the tests, golden models and snippets of the reference that are named. */
function namedIn(evidence: string): string {
  return evidence
    .split("\n")
    .flatMap((line): readonly string[] => {
      const file = /^- (test\/[\w./-]+\.test\.ts): /.exec(line)?.[1];
      if (file !== undefined) return [readFileSync(join(ROOT, file), "utf8")];
      const golden = /^- (test\/golden\/[\w-]+\/[\w-]+)$/.exec(line)?.[1];
      if (golden !== undefined)
        return ["model.glif", "diagnostics.txt"].map((name) => readFileSync(join(ROOT, golden, name), "utf8"));
      const words = /^- snippet: (.+)$/.exec(line)?.[1];
      return words === undefined
        ? []
        : ofReference
            .filter(
              (b, k) =>
                b.words.join(" ").includes(words) || ofReference[k - 1]?.words.join(" ").includes(words) === true,
            )
            .map((b) => b.text);
    })
    .join("\n");
}
