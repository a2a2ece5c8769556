// The text of exported scripts, construct by construct (beside this file; \`-u\` accepts a change), and what is refused or told.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { TARGETS } from "../../src/exchange/targets.ts";
import { CONSTRUCTS } from "../../src/exchange/target.ts";
import { folderWith, glif } from "../cli/helpers.ts";
import { ROOT } from "../snippets.ts";

const HERE = "test/exchange/brian2";

test.each([
  ["neuron", "Step"],
  ["events", "Events"],
  ["rests", "Rests"],
  ["network", "Run"],
  ["plasticity", "Learn"],
  ["noise", "Noise"],
])("the script of %s.glif", async (file, experiment) => {
  const { code, out, err } = await glif(ROOT, ["export", "brian2", `${HERE}/${file}.glif`, experiment, "--json"]);
  expect(code, err).toBe(0);
  const { files } = JSON.parse(out) as { files: readonly { name: string; text?: string }[] };
  const script = files.find((f) => f.name.endsWith(".py"))?.text ?? "";
  await expect(script.replace(/^(Exported by glif|data = .*by glif) \S+/gm, "$1 VERSION")).toMatchFileSnapshot(
    join(ROOT, HERE, `${file}.py`),
  );
});

test("with --exact the network has arrays, and steps of its own", async () => {
  const folder = folderWith();
  const { code, err } = await glif(ROOT, ["export", "brian2", `${HERE}/network.glif`, "--exact", "-o", folder]);
  expect(code, err).toBe(0);
  const script = readFileSync(join(folder, "Run.py"), "utf8");
  await expect(script.replace(/by glif \S+/gm, "by glif VERSION")).toMatchFileSnapshot(
    join(ROOT, HERE, "network_exact.py"),
  );
  expect(readFileSync(join(folder, "README.md"), "utf8")).toContain("spikes fall into the same steps");
});

const NEURON = (body: string): string =>
  `neuron N {\n  param τ = 10 ms\n  input R : mV\n  state V = 0 mV\n  V' = (R - V)/τ\n  spike when V > 10 mV\n  ${body}\n}\n`;
const RUN = (more = ""): string => `experiment X of N { duration 10 ms; seed 1; R = 20 mV; ${more} }\n`;

const REFUSED: readonly (readonly [name: string, text: string, flags: readonly string[], message: string])[] = [
  [
    "a draw that Brian2 has no function for",
    NEURON("reset { V ~ gamma(1 mV, 1 mV) }") + RUN(),
    [],
    "a draw from gamma in an event",
  ],
  [
    "a draw with bounds in an event",
    NEURON("reset { V ~ normal(0 mV, 1 mV, min: 0 mV) }") + RUN(),
    [],
    "cannot draw again what falls outside of bounds",
  ],
  [
    "spikes precise with --exact",
    NEURON("reset { V <- 0 }") + RUN("spikes precise"),
    ["--exact"],
    "Brian2 spikes at the ends of steps alone",
  ],
  ["an adaptive method with --exact", NEURON("reset { V <- 0 }") + RUN("method rk45"), ["--exact"], "`method rk45`"],
  [
    "a stimulus as the strength of noise",
    NEURON("reset { V <- 0 }") +
      `experiment X of N { duration 10 ms; seed 1; R = 5 mV*pulse(1, to: 5 ms)*sqrt(1 ms)*ξ }\n`,
    [],
    "beside noise, or as its strength",
  ],
  [
    "a rule behind a condition, without --exact",
    `${NEURON("reset { V <- 0 }")}synapse J { weight w : mV; on pre { post.V <- post.V + w } }
network Net { population A = 9 N; connect A -> A by J { w = 1 mV } indegree(n: 2) where i < 5 }
experiment X of Net { duration 10 ms; seed 1 }\n`,
    [],
    "Brian2 has no rule for it",
  ],
  [
    "noise that an equation sees by way of a let",
    NEURON("reset { V <- 0 }").replace("V' = (R - V)/τ", "let drive = 2*R\n  V' = (drive - V)/τ") +
      `experiment X of N { duration 10 ms; seed 1; R = 5 mV*sqrt(1 ms)*ξ }\n`,
    [],
    "by way of a let or another input",
  ],
  [
    "a coupling that moves in the step, with --exact",
    `${NEURON("reset { V <- 0 }")}synapse G { weight w = 0.1; post.R += w*(pre.V - post.V) }
network Net { population A = 3 N; connect A -> A by G all }
experiment X of Net { duration 10 ms; seed 1 }\n`,
    ["--exact"],
    "whose sum over connections moves inside the step",
  ],
];

test.each(REFUSED)("refused: %s", async (_, text, flags, message) => {
  const folder = folderWith({ "m.glif": text });
  const { code, out, err } = await glif(folder, ["export", "brian2", "m.glif", "X", "-o", "out/", ...flags]);
  expect(code).toBe(1);
  expect(out).toBe("");
  expect(err).toContain("error[export/not-expressible]");
  expect(err).toContain(message);
  expect(err).toContain("help: ");
});

const NEARLY: readonly (readonly [name: string, text: string, message: string])[] = [
  ["spikes precise", NEURON("reset { V <- 0 }") + RUN("spikes precise"), "each spike is late by up to one"],
  ["an adaptive method", NEURON("reset { V <- 0 }") + RUN("method rk45"), "V by rk45, Brian2 all by rk4"],
  [
    "noise",
    NEURON("reset { V <- 0 }") + `experiment X of N { duration 10 ms; seed 1; R = 5 mV*sqrt(ms)*ξ }\n`,
    "the noise of N",
  ],
  ["draws in events", NEURON("reset { V ~ uniform(0 mV, 1 mV) }") + RUN(), "what events draw"],
  [
    "a rate",
    NEURON("spike with rate 0.1 /ms; reset { V <- 0 }").replace("spike when V > 10 mV\n", "") + RUN(),
    "spikes with a rate",
  ],
];

test.each(NEARLY)("told, and in the script's head: %s", async (_, text, message) => {
  const folder = folderWith({ "m.glif": text });
  const { code, out, err } = await glif(folder, ["export", "brian2", "m.glif", "X"]);
  expect(code, err).toBe(0);
  expect(err).toContain("warning[export/nearly]: not the same in Brian2: ");
  expect(err).toContain(message);
  expect(out.slice(0, out.indexOf("import numpy"))).toContain(message);
});

test("the table of the reference is what targets say of themselves", () => {
  const reference = readFileSync(join(ROOT, "grammar", "README.md"), "utf8");
  const rows = Object.entries(CONSTRUCTS).map(
    ([construct, words]) =>
      `| ${words} | ${Object.values(TARGETS)
        .map((t) => t.takes[construct as keyof typeof CONSTRUCTS])
        .join(" | ")} |`,
  );
  expect(rows.filter((row) => !reference.includes(`\n${row}\n`))).toEqual([]);
  expect(reference).toContain(
    `| construct | ${Object.values(TARGETS)
      .map((t) => `${t.title} ${t.version}`)
      .join(" | ")} |`,
  );
});
