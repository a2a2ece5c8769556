// A number of the language reference that is changed is noticed: in results, in the models that are run, and in what its sentences state.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { heldIn, PROMISES } from "../scripts/promises.ts";
import { sentencesOf } from "../scripts/sentences.ts";
import {
  argument,
  blocksOf,
  compileSnippet,
  found,
  hostOf,
  ROOT,
  snippetsOf,
  titleOf,
  type Block,
} from "./snippets.ts";

/** Of the numbers of models, so many (%) must be noticed: some decide nothing, a time between two steps of the same value or a bound that is not reached. */
const LEAST = 90;

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
    const counted = String(BigInt(digits.replace(".", "")) + 1n).padStart(decimals + 1, "0");
    const larger = (decimals === 0 ? counted : `${counted.slice(0, -decimals)}.${counted.slice(-decimals)}`) + power;
    return [
      {
        text: before + larger + text.slice(m.index + m[0].length),
        what: `${m[0]} -> ${larger} in line ${before.split("\n").length}`,
      },
    ];
  });
}

for (const { block, next } of run) {
  test(`results of ${block.place}: ${titleOf(block)}`, () => {
    const { plan, simulation } = compileSnippet(block, argument(block, "run"), host);
    if (plan === null || simulation === null) throw new Error("not run");
    for (const line of next?.text.trim().split("\n") ?? []) {
      // The value, the number of spikes or connections, each time of a spike; the time at which a value is stated may be any other on a level stretch.
      const [stated = "", ...rest] = line.startsWith("spikes at") ? [line] : line.split(/(?= at )/);
      for (const change of changesOf(stated))
        expect(found(change.text + rest.join(""), plan, simulation, block), change.what).not.toBe(
          change.text + rest.join(""),
        );
    }
  });
}

test("what the models do that are run", async () => {
  const lines = run.map(({ block }) => `${titleOf(block)}: ${fingerprint(block)}`);
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(join(ROOT, "test", "mutatedReference.txt"));
});

test("numbers of the models that are run", { timeout: 600_000 }, () => {
  const unnoticed: string[] = [];
  let tried = 0;
  for (const { block } of run) {
    const before = fingerprint(block);
    for (const change of changesOf(block.text)) {
      tried++;
      if (fingerprint({ ...block, text: change.text }) === before) unnoticed.push(`${block.place}: ${change.what}`);
    }
  }
  const share = (100 * (tried - unnoticed.length)) / tried;
  if (process.env["GLIF_MUTATED"] !== undefined)
    console.log(
      `${tried - unnoticed.length} of ${tried} changes noticed, ${share.toFixed(1)} %\n${unnoticed.join("\n")}`,
    );
  expect(tried).toBeGreaterThan(100);
  expect(share, unnoticed.join("\n")).toBeGreaterThanOrEqual(LEAST);
});

/** All that is in a run of the snippet, to nine digits: what it is told, states and parameters, spikes, traces, connections and their values. */
function fingerprint(block: Block): string {
  try {
    const { diagnostics, plan, simulation } = compileSnippet(block, argument(block, "run"), host);
    if (plan === null || simulation === null) return "not run";
    const { spikes, traces, populations, projections, steps, dt } = simulation;
    const numbers = (values: ArrayLike<number>): string => Array.from(values, (v) => v.toPrecision(9)).join(" ");
    const parts = [
      ...diagnostics.map((d) => d.code),
      `${steps} ${dt}`,
      ...Array.from(
        { length: spikes.length },
        (_, k) => `${spikes.time(k).toPrecision(9)} ${spikes.population(k)} ${spikes.neuron(k)}`,
      ),
      ...traces.map((t) => `${t.variable} ${t.neuron} ${t.every} ${numbers(t.values())}`),
      ...populations.flatMap((p) => [
        p.name,
        ...Object.entries(p.arrays).map(([name, a]) => `${name} ${numbers(a)}`),
        JSON.stringify(p.parameters, (_, v: unknown) => (ArrayBuffer.isView(v) ? numbers(v as Float64Array) : v)),
      ]),
      ...projections.flatMap(({ name, connections: { starts, target, delays }, values }) => [
        name,
        numbers(starts),
        numbers(target),
        numbers(delays),
        ...values.map((v) => `${v.name} ${numbers(v.values)}`),
      ]),
      ...plan.populations.flatMap((p) => p.groups.map((g) => g.method)),
    ];
    return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 16);
  } catch (error) {
    return error instanceof Error ? error.name : "failed";
  }
}

test("numbers of sentences and tables", () => {
  const held = new Set(heldIn(readFileSync(PROMISES, "utf8")).flatMap((h) => h.sentences));
  const changed = sentencesOf(reference).flatMap(({ text }) => changesOf(text.replaceAll('"', "'")).map((c) => c.text));
  expect(changed.length).toBeGreaterThan(200);
  expect(changed.filter((text) => held.has(text))).toEqual([]);
});
