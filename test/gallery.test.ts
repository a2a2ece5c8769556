// The gallery of models: every shipped model is in it, and its text and figures are what the models say and draw.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { figureText, gallery, galleryProblems } from "../scripts/gallery.ts";
import { sourceText } from "../src/base/source.ts";
import { check, planOf, targetsOf } from "../src/compile.ts";
import { renderDiagnostics } from "../src/render/terminal.ts";
import { host, MODELS } from "./conformance/harness.ts";

test("models, README and figures belong together", () => {
  expect(galleryProblems()).toEqual([]);
});

test.each(gallery.map((exhibit) => [exhibit.file, exhibit] as const))(
  "the figure of %s is what its experiments draw",
  (file, exhibit) => {
    // Compared by length and place of the first difference: a whole figure is no message.
    const stored = readFileSync(join(MODELS, "figures", `${file}.svg`), "utf8");
    const drawn = figureText(exhibit);
    const difference = stored === drawn ? -1 : [...drawn].findIndex((c, k) => c !== stored[k]);
    expect(difference, "run npx tsx scripts/gallery.ts").toBe(-1);
  },
);

test.each(readdirSync(MODELS).filter((f) => f.endsWith(".glif")))(
  "%s compiles without a word, with every experiment",
  (file) => {
    const path = join(MODELS, file);
    const { program, diagnostics } = check(sourceText(path, readFileSync(path, "utf8")), host);
    expect(renderDiagnostics(diagnostics, { color: false })).toBe(renderDiagnostics([], { color: false }));
    const { experiments } = targetsOf(
      program ?? {
        neurons: [],
        mechanisms: [],
        synapses: [],
        experiments: [],
        networks: [],
        comparisons: [],
        fits: [],
        own: [],
      },
    );
    expect(experiments.length).toBeGreaterThan(0);
    for (const experiment of experiments) {
      const compiled = program === null ? null : planOf(program, experiment);
      expect(compiled?.plan?.steps, experiment).toBeGreaterThan(0);
      expect(renderDiagnostics(compiled?.diagnostics ?? [], { color: false }), experiment).toBe(
        renderDiagnostics([], { color: false }),
      );
    }
  },
);
