// Texts that nobody would write: what was found once stays mended, and some fresh ones are tried in every run. `npm run fuzz` tries as many as there is time for.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { attempt } from "./attempt.ts";
import { inputOf } from "./inputs.ts";

const corpus = new URL("./corpus/", import.meta.url);

test.each(
  readdirSync(corpus)
    .filter((name) => name.endsWith(".glif"))
    .sort(),
)("what was found once: %s", (name) => {
  const outcome = attempt(readFileSync(new URL(name, corpus), "utf8"));
  expect(outcome.kind === "fault" ? outcome.what : "no fault").toBe("no fault");
});

test("fresh texts: a diagnosis with its place or a run, never a failure of glif's own", () => {
  const seed = Number(process.env["GLIF_TEST_SEED"] ?? 20261123);
  const kinds = new Set<string>();
  for (let number = 0; number < 300; number++) {
    const { kind, text } = inputOf(seed, number);
    const outcome = attempt(text);
    expect(outcome.kind === "fault" ? `input ${number} of seed ${seed}: ${outcome.what}\n${text}` : "no fault").toBe(
      "no fault",
    );
    kinds.add(`${kind} ${outcome.kind}`);
  }
  // The texts reach what they are to reach.
  for (const reached of ["model ran", "spoilt refused", "grammar refused", "bytes refused", "tokens refused"])
    expect(kinds).toContain(reached);
});
