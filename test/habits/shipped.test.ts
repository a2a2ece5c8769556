// What is said of models that come with glif is what its files declare.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { SHIPPED } from "../../src/diagnostics/shipped.ts";

const MODELS = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "models");

const declared = (path: string): string[] =>
  [
    ...readFileSync(join(MODELS, `${path.slice("glif/".length)}.glif`), "utf8").matchAll(
      /^(?:neuron|mechanism|synapse) (\w+)/gmu,
    ),
  ].map((m) => m[1] ?? "");

test.each([...SHIPPED])("%s stands in %s", (name, path) => {
  expect(declared(path)).toContain(name);
});

test("every synapse that ships is known by its name", () => {
  expect(declared("glif/synapses").filter((name) => !SHIPPED.has(name) && name !== "Passive")).toEqual([]);
});
