// A number of the language reference that is changed is noticed: in results, in the models that are run, and in what its sentences state.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { heldIn, PROMISES } from "../scripts/promises.ts";
import { sentencesOf } from "../scripts/sentences.ts";
import { argument, blocksOf, checkSnippet, compileSnippet, found, hostOf, ROOT, snippetsOf, titleOf, type Block, type Snippet } from "./snippets.ts";

/** Of the numbers of models, so many (%) must be noticed: some decide nothing in the results that a snippet states, a bound that is not reached or a weight that no spike uses. */
const LEAST = 80;

const reference = readFileSync(join(ROOT, "grammar", "README.md"), "utf8");
const blocks = blocksOf(reference, "grammar/README.md");
const host = hostOf(blocks);
const run = snippetsOf(blocks).filter(({ block }) => argument(block, "run") !== null);

interface Change {
  readonly text: string;
  /** "21.0 -> 22.0 in line 3" */
  readonly what: string;
}

const NUMBER = /(?<![\p{L}\d_.])\d+(?:\.\d+)?(?:e-?\d+)?(?![\d_])/gu;

/** The text with one of its numbers larger by one of its last digit, for each of them; comments stay. */
function changesOf(text: string): readonly Change[] {
  return [...text.matchAll(NUMBER)].flatMap((m) => {
    const before = text.slice(0, m.index);
    if (/\/\/[^\n]*$|"[^"\n]*$/.test(before)) return [];
    const [digits = "", power = ""] = m[0].split(/(?=e)/);
    const decimals = digits.includes(".") ? digits.length - digits.indexOf(".") - 1 : 0;
    const larger = (Number(digits) + 10 ** -decimals).toFixed(decimals) + power;
    return [{ text: before + larger + text.slice(m.index + m[0].length), what: `${m[0]} -> ${larger} in line ${before.split("\n").length}` }];
  });
}

for (const { block, next } of run) {
  test(`results of ${block.place}: ${titleOf(block)}`, () => {
    const { plan, simulation } = compileSnippet(block, argument(block, "run"), host);
    if (plan === null || simulation === null) throw new Error("not run");
    for (const line of next?.text.trim().split("\n") ?? []) {
      // The value, the number of spikes or connections, each time of a spike; the time at which a value is stated may be any other on a level stretch.
      const [stated = "", ...rest] = line.startsWith("spikes at") ? [line] : line.split(/(?= at )/);
      for (const change of changesOf(stated)) expect(found(change.text + rest.join(""), plan, simulation, block), change.what).not.toBe(change.text + rest.join(""));
    }
  });
}

test("numbers of the models that are run", { timeout: 600_000 }, () => {
  const unnoticed: string[] = [];
  let tried = 0;
  for (const { block, next } of run) {
    for (const change of changesOf(block.text)) {
      tried++;
      if (passes({ block: { ...block, text: change.text }, next })) unnoticed.push(`${block.place}: ${change.what}`);
    }
  }
  const share = (100 * (tried - unnoticed.length)) / tried;
  if (process.env["GLIF_MUTATED"] !== undefined) console.log(`${tried - unnoticed.length} of ${tried} changes noticed, ${share.toFixed(1)} %\n${unnoticed.join("\n")}`);
  expect(tried).toBeGreaterThan(100);
  expect(share, unnoticed.join("\n")).toBeGreaterThanOrEqual(LEAST);
});

/** The changed snippet, imported by none, is told and gives what it says. */
function passes(snippet: Snippet): boolean {
  try {
    checkSnippet(snippet, host);
    return true;
  } catch {
    return false;
  }
}

test("numbers of sentences and tables", () => {
  const held = new Set(heldIn(readFileSync(PROMISES, "utf8")).flatMap((h) => h.sentences));
  const changed = sentencesOf(reference).flatMap(({ text }) => changesOf(text.replaceAll('"', "'")).map((c) => c.text));
  expect(changed.length).toBeGreaterThan(200);
  expect(changed.filter((text) => held.has(text))).toEqual([]);
});

test("a number of a snippet that others import changes them as well, or a test of its own", () => {
  const imported = blocks.filter((b: Block) => argument(b, "file") !== null && b.language === "glif");
  expect(imported.length).toBeGreaterThan(3);
});
